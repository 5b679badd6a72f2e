/* What staff do with a conversation beside talking in it, and what each of them chose for
 * themselves. Included through store/store.h, whose rules hold here. */
#ifndef PARLEY_STORE_ACT_H
#define PARLEY_STORE_ACT_H

#include "store/types.h"

#define STORE_TAGS_MAX    10 /* of one conversation */
#define STORE_TAG_MAX     40 /* bytes of one; it holds no comma */
#define STORE_SETTING_MAX 16384

/* The sender of a message that tells of an act begins with it; then comes the id of who did it. */
#define STORE_ACT_SENDER "desk:"

enum store_act_kind {
    STORE_ACT_ASSIGN = 1,
    STORE_ACT_SNOOZE,
    STORE_ACT_CLOSE,
    STORE_ACT_REOPEN,
    STORE_ACT_TAGS,
    STORE_ACT_MERGE,
};

struct store_act {
    enum store_act_kind kind;
    struct id conversation;
    struct id message, second; /* fresh: of the act, and of the note or event that goes with it */
    struct id third;           /* STORE_ACT_MERGE: fresh, of what is said in the other */
    struct id by;              /* who does it; none: the house itself */
    const char *name;          /* of who does it; "" for the house */
    const char *client_id;     /* with `by` the name of this act */
    /* STORE_ACT_ASSIGN: to whom (none: to nobody); where look_was, whom it must have been until
     * now; and a note to the next ("": none), which goes into the ticket as any note does. */
    struct id to, was; /* STORE_ACT_MERGE: `to` is the conversation in which it goes on */
    bool look_was;
    const char *body;
    struct store_enqueue outbox;            /* of that note */
    struct id mentions[STORE_MENTIONS_MAX]; /* who is named in it */
    size_t mention_count;
    int64_t until_ms; /* STORE_ACT_SNOOZE; 0: awake. The house wakes only what is due. */
    /* STORE_ACT_CLOSE, STORE_ACT_REOPEN: the sentence that the person reads, and the change of the
     * ticket ("": none; of STORE_ACT_MERGE that of the first). */
    const char *text, *payload;
    const char *reopen; /* STORE_ACT_MERGE: of the ticket of the other, where that is closed */
    int64_t seen; /* STORE_ACT_CLOSE: STORE_CROSSED where the person has written since; 0: not so */
    const char *tags[STORE_TAGS_MAX]; /* STORE_ACT_TAGS: all of them from now on */
    size_t tag_count;
    int64_t now_ms;
};

/* What one member of staff chose, as JSON. */
struct store_staff_setting {
    struct id staff;
    const char *key, *text;
    int64_t changed_ms;
};

/* The state, the message that tells staff of it (STORE_NOTE, body a JSON object: {"act":"assign",
 * "to":NAME}, "unassign", {"act":"snooze","until":MS}, "wake", {"act":"tags","tags":[..]}; closing
 * and reopening are told by an event that the person reads too), and what goes with it, in one.
 * What is so already changes nothing and says nothing: out->added with seq 0, or that of the note.
 * The same (by, client_id) again: duplicate. out->added. STORE_NOT_FOUND: no such conversation, or
 * nobody of staff to give it to. STORE_CROSSED: another has it by now, or the person has written.
 * STORE_CONFLICT: the client_id named another act. STORE_ACT_MERGE: the first is closed and points
 * to the other, which opens, and wakes where somebody waits in the first; both and the ticket of
 * the first say so; its person's next word there, and staff's, but for notes, brings STORE_MOVED.
 * STORE_REFUSED: the same one, or another person's. STORE_CROSSED: one of them is merged already.
 */
struct store_op *store_conversation_act(struct store *s, const struct store_act *in, store_fn *fn,
                                        void *arg);

/* out->setting. STORE_NOT_FOUND: nothing was chosen. */
struct store_op *store_staff_setting_get(struct store *s, const struct id *staff, const char *key,
                                         store_fn *fn, void *arg);
/* Add or replace. No out. STORE_NOT_FOUND: no such member of staff. */
struct store_op *store_staff_setting_put(struct store *s, const struct store_staff_setting *in,
                                         store_fn *fn, void *arg);

#endif
