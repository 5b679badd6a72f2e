/* Words in all messages, for staff. Included through store/store.h, whose rules hold here.
 *
 * What was said can be found a little later: messages are written without an index of words, and
 * store_search_index brings that up to them, a piece at a time. What is edited, or erased with its
 * person, cannot be found by its old words from that moment on, and by its new ones a little later.
 */
#ifndef PARLEY_STORE_SEARCH_H
#define PARLEY_STORE_SEARCH_H

#include "store/people.h"
#include "store/types.h"

#define STORE_FOUND_MAX   50 /* rows of one page */
#define STORE_FOUND_EACH  3  /* of one conversation */
#define STORE_FOUND_PARTS 9  /* of a snippet */

struct store_search {
    const char *query; /* up to STORE_QUERY_MAX bytes */
    int64_t before;    /* store_found_list.before of the page before; 0: the first */
    size_t limit;      /* up to STORE_FOUND_MAX */
};

/* A message, or with seq 0 the conversation whose reference or ticket number was asked for. */
struct store_found {
    struct id conversation;
    const char *reference, *subject, *person, *company, *number;
    bool open;
    int64_t seq, at_ms;
    enum store_author author;
    const char *name;         /* who said it */
    const char *const *parts; /* of what was said: in turn others' words and those asked for */
    size_t part_count;
};

struct store_found_list {
    const struct store_found *rows;
    size_t count;
    bool more;
    int64_t before; /* for the next page */
    bool complete;  /* false: the index is not up to all messages by far */
};

struct store_search_due {
    bool due;        /* store_search_index has something to do */
    int64_t waiting; /* messages that cannot be found yet, about */
    int64_t newest;  /* grows with every message */
};

struct store_indexed {
    int64_t messages; /* taken up now */
    bool more;        /* there is more to do at once */
};

/* Messages that have all words of the query, in any order, in upper or lower case, with accents or
 * without; the last word may be the beginning of one (from 3 letters on). Those of the latest
 * conversations first, at most STORE_FOUND_EACH of each; before them the conversation whose
 * reference or ticket number the query is. Names of who said it and subjects count as words. A
 * query without any word finds nothing. out->found. */
struct store_op *store_search(struct store *s, const struct store_search *in, store_fn *fn,
                              void *arg);

/* Is there something to do for store_search_index? Costs next to nothing. out->search_due. */
struct store_op *store_search_due(struct store *s, store_fn *fn, void *arg);

/* Take up some messages, so few that others hardly wait for it; when there are none, and somebody
 * was erased, let go of old words for good, in pieces, too. out->indexed. */
struct store_op *store_search_index(struct store *s, store_fn *fn, void *arg);

#endif
