/* The store's operations on the digests of staff: letters of what waits, at the times that each of
 * them chose. Included through store/store.h, whose rules hold here. */
#ifndef PARLEY_STORE_DIGEST_H
#define PARLEY_STORE_DIGEST_H

#include "store/types.h"

#define STORE_DIGEST_MAX      500              /* members of staff that digests are made for */
#define STORE_DIGEST_TEXT_MAX 4096             /* bytes of a setting that is looked at */
#define STORE_DIGEST_ROWS     40               /* conversations that one letter names */
#define STORE_DIGEST_LATE_MS  INT64_C(7200000) /* so late a digest is none any more */

/* What a digest is about, a bit each. */
enum store_digest_part {
    STORE_DIGEST_MINE = 1,       /* they have it, and its person waits */
    STORE_DIGEST_UNASSIGNED = 2, /* its person waits, and nobody has it */
    STORE_DIGEST_UNANSWERED = 4, /* nobody answered in time, whoever has it */
    STORE_DIGEST_MENTION = 8,    /* they were mentioned, and have not read it */
};

/* What one member of staff chose: their setting "notify". */
struct store_digest_choice {
    struct id staff;
    const char *text;
    int64_t changed_ms;
    int64_t slot_ms; /* the last digest that was decided on; 0: none yet */
};

struct store_digest_choices {
    const struct store_digest_choice *rows;
    size_t count;
};

struct store_digest_send {
    struct id staff;
    int64_t slot_ms; /* when it was due: each is decided on once */
    unsigned parts;
    struct id key; /* fresh: the letter's */
    int64_t now_ms;
};

/* A conversation as a digest tells of it. It stands under the first of its parts. */
struct store_digest_row {
    enum store_digest_part part;
    struct id conversation;
    const char *name, *subject, *reference;
    int64_t waiting_since_ms; /* of a mention: when it was made */
};

struct store_digest {
    const struct store_digest_row *rows; /* by part, who waits longest first */
    size_t count;
    int64_t more; /* how many further ones there are */
};

/* The choices of all of staff, also of those who cannot come in. out->digest_choices. */
struct store_op *store_digest_list(struct store *s, store_fn *fn, void *arg);
/* In one: it is written down that this digest was decided on, and its letter (STORE_MAIL_DIGEST),
 * if anything of these parts waits. out->changed: a letter was written. Nothing is written when it,
 * or a later one, was decided on before. No letter goes to who cannot come in, nor while no mail
 * server is set up. STORE_NOT_FOUND: no such member of staff. */
struct store_op *store_digest_send(struct store *s, const struct store_digest_send *in,
                                   store_fn *fn, void *arg);

#endif
