/* The lists of conversations that staff see. Included through store/store.h, whose rules hold
 * here. */
#ifndef PARLEY_STORE_INBOX_H
#define PARLEY_STORE_INBOX_H

#include "store/types.h"

struct store_inbox_list {
    bool open;       /* the open ones, as they were begun; else the closed ones, the latest first */
    struct id after; /* the last one of the page before; none: the first page */
    /* Only those of: "" and none for all. */
    const char *company, *tag, *priority;
    bool nobody; /* those that nobody has */
    struct id staff;
    size_t limit; /* at most STORE_READ_MAX */
};

/* out->summaries. An unknown `after` brings an empty page. */
struct store_op *store_inbox_list(struct store *s, const struct store_inbox_list *in, store_fn *fn,
                                  void *arg);

#endif
