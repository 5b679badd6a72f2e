/* What comes after a conversation: its person's rating, and a letter with what was said. Included
 * through store/store.h, whose rules hold here. */
#ifndef PARLEY_STORE_AFTER_H
#define PARLEY_STORE_AFTER_H

#include "store/types.h"

#define STORE_RATING_COMMENT_MAX 1000                    /* bytes */
#define STORE_RATING_CHANGE_MS   (INT64_C(24) * 3600000) /* after that it stays as it is */
#define STORE_TRANSCRIPT_MAX     400                     /* messages; the latest are told */
#define STORE_TRANSCRIPT_BYTES   (64 * 1024)             /* of them, likewise */

/* Who does it, and the message that tells staff of it (STORE_NOTE, body a JSON object). */
struct store_after {
    struct store_asker asker;
    struct id conversation;
    struct id message;     /* fresh */
    struct id by;          /* of staff; none: the person */
    const char *name;      /* of who of staff does it; "" for the person */
    const char *client_id; /* with who does it the name of this act */
    int64_t score;         /* store_rate: 1 to 5 */
    const char *comment;   /* likewise; "": none */
    int64_t now_ms;
};

/* What the person says of a conversation that is closed: kept, told to staff ({"act":"rated",
 * "score":4}; the comment is not part of it, so that it can be changed) and to whoever asked for
 * "rating.given", in one. The same once more says nothing: out->added with seq 0. The same
 * client_id again: duplicate. out->added. STORE_NOT_FOUND: no such conversation, or not the asker's
 * own; staff rate nothing. STORE_REFUSED: it is open. STORE_CROSSED: it was rated more than
 * STORE_RATING_CHANGE_MS ago. STORE_CONFLICT: the client_id named another act. */
struct store_op *store_rate(struct store *s, const struct store_after *in, store_fn *fn, void *arg);

/* A letter with what was said goes to the asker, or for staff to the conversation's person: to the
 * address that they have proved to be theirs. Staff read {"act":"transcript"}. The same client_id
 * again: duplicate. out->added. STORE_NOT_FOUND: no such conversation, or not the asker's own.
 * STORE_REFUSED: who is to get it has proved no address. STORE_CROSSED: one is under way.
 * STORE_CONFLICT: the client_id named another act. */
struct store_op *store_transcript(struct store *s, const struct store_after *in, store_fn *fn,
                                  void *arg);

#endif
