/* The store's operations on keys for REST: who may ask as a program, and what it was answered under
 * which name. Included through store/store.h, whose rules hold here. */
#ifndef PARLEY_STORE_KEY_H
#define PARLEY_STORE_KEY_H

#include "store/types.h"

#define STORE_KEYS_MAX       50 /* that are not revoked */
#define STORE_API_NAME_MAX   64
#define STORE_API_ANSWER_MAX 16384 /* bytes of an answer that is kept */
#define STORE_API_KEPT_MS    (INT64_C(1) * 86400000)

struct store_key {
    int64_t n;
    struct id id;
    uint8_t hash[STORE_HASH_SIZE]; /* in only */
    const char *hint, *name;
    const char *rights; /* names with a space around each */
    const char *made_by;
    int64_t created_ms, used_ms, revoked_ms; /* 0: never */
    struct store_audit audit;                /* in only */
};

struct store_keys {
    const struct store_key *rows; /* newest first, those that are good before the others */
    size_t count;
};

/* One request under a name. */
struct store_api_ask {
    int64_t key;
    const char *name;
    uint8_t hash[STORE_HASH_SIZE]; /* of all that is asked */
    int status;                    /* store_api_answer: what it was answered */
    const char *body;
    int64_t now_ms;
};

struct store_api_asked {
    int status; /* 0: it was not answered yet */
    const char *body;
};

/* Conversations, those that began last first. */
struct store_talks_read {
    int open;         /* 1: open ones, 0: closed ones, -1: both */
    struct id before; /* that began earlier than this one; none: from the latest */
    size_t limit;
};

#endif
