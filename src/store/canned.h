/* The store's operations on canned replies. Included through store/store.h, whose rules hold here.
 */
#ifndef PARLEY_STORE_CANNED_H
#define PARLEY_STORE_CANNED_H

#include "store/types.h"

#define STORE_CANNED_SHARED_MAX 500
#define STORE_CANNED_OWN_MAX    200 /* of one member of staff */
#define STORE_CANNED_WORD_MAX   32  /* bytes of a shortcut */
#define STORE_CANNED_NAME_MAX   80  /* bytes */
#define STORE_CANNED_TEXT_MAX   4000

struct store_canned {
    int64_t n;
    bool shared;
    const char *shortcut, *name, *text;
    int64_t changed_ms;
};

struct store_canned_list {
    const struct store_canned *rows; /* in the order in which they were made */
    size_t count;
    bool more;
};

struct store_canned_read {
    struct id staff; /* their own, and those of all */
    int64_t after;   /* those that were made after this one; 0: from the first */
    size_t limit;
};

/* A new one (n 0), or a change of one, which stays shared or own. */
struct store_canned_put {
    int64_t n;
    struct id staff; /* who asks */
    bool may_shared; /* they may change those of all */
    bool shared;     /* of a new one */
    const char *shortcut, *name, *text;
    int64_t now_ms;
    struct store_audit audit; /* written for a shared one */
};

struct store_canned_remove {
    int64_t n;
    struct id staff;
    bool may_shared;
    struct store_audit audit; /* as above; its object is the shortcut */
};

#endif
