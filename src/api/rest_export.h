/* A file that is read from the store piece by piece, as fast as the peer takes it. */
#ifndef PARLEY_API_REST_EXPORT_H
#define PARLEY_API_REST_EXPORT_H

#include "api/rest_private.h"

struct export_source {
    const char *type, *file; /* of the content; its name */
    /* Ask for the next rows. state is the export's. */
    struct store_op *(*read)(struct store *s, void *state, store_fn *fn, void *arg);
    /* Write them, at most EXPORT_PIECE bytes. True: there are more. */
    bool (*put)(void *state, const union store_out *out, struct buf *to);
    /* What ends the file. whole: false when the store or the space gave out. */
    void (*end)(bool whole, struct buf *to);
    void (*free)(void *state);
};

#define EXPORT_PIECE 1048576

/* The peer is still there, and not too many run already. */
bool export_may_start(const struct rest *r);
/* Answer r with the file: head, then what is read. Ends r; state is the export's from here on. */
void export_start(struct rest *r, const struct export_source *source, void *state,
                  const struct buf *head);

#endif
