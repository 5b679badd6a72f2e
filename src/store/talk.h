/* What each of staff is writing, how far they and the person have read, and who was named in a
 * note. Included through store/store.h, whose rules hold here. */
#ifndef PARLEY_STORE_TALK_H
#define PARLEY_STORE_TALK_H

#include "store/types.h"

#define STORE_DRAFTS_MAX 200 /* of one member of staff; the oldest goes when one more comes */

enum store_box { STORE_BOX_REPLY = 1, STORE_BOX_NOTE };

struct store_draft {
    struct id conversation, staff;
    enum store_box box;
    const char *text; /* "": none; at most STORE_BODY_MAX */
    int64_t now_ms;
};

struct store_talk_read {
    struct id conversation, staff;
    int64_t seq;
    int64_t now_ms;
};

/* Of one member of staff in one conversation. */
struct store_talk {
    const char *reply, *note; /* drafts; "": none */
    int64_t seq;              /* how far they have read */
    int64_t person_seq;       /* how far its person has, and when; 0: not at all */
    int64_t person_at_ms;
};

/* How far one has read an open conversation, or where one was named and has not read it yet. */
struct store_mark {
    struct id conversation;
    int64_t seq, at_ms;
};

struct store_marks {
    const struct store_mark *reads; /* those read last first */
    size_t read_count;
    const struct store_mark *mentions; /* the latest first, at most one a conversation */
    size_t mention_count;
};

/* Keep what is being written, or forget it. No out. STORE_NOT_FOUND: no such conversation or
 * member of staff. */
struct store_op *store_draft_put(struct store *s, const struct store_draft *in, store_fn *fn,
                                 void *arg);

/* out->talk. STORE_NOT_FOUND: no such conversation. */
struct store_op *store_talk_read(struct store *s, const struct id *conversation,
                                 const struct id *staff, store_fn *fn, void *arg);

/* They have read it up to there, or had before. out->changed. STORE_NOT_FOUND as above. */
struct store_op *store_staff_read(struct store *s, const struct store_talk_read *in, store_fn *fn,
                                  void *arg);

/* Of one member of staff, at most limit of each (up to STORE_READ_MAX). out->marks. */
struct store_op *store_staff_marks(struct store *s, const struct id *staff, size_t limit,
                                   store_fn *fn, void *arg);

#endif
