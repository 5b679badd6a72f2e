/* The conversations that staff see: the inbox, in pieces that they ask for one by one, and the one
 * that is opened. */
#include "api/api_private.h"

#include "base/str.h"

#define FIRST_MAX 100 /* those who wait longest */
#define PIECE_MAX 200

/* --- the inbox --- */

/* Behind the first piece comes what of it one has read. */
static void first_read(enum store_result result, const union store_out *out, void *arg)
{
    struct act *a = arg;

    a->op = NULL;
    if (act_refused(a, result) || a->session == NULL) {
        act_free(a);
        return;
    }
    print_inbox(a->api, &out->summaries, true);
    session_send_out(a->session);
    talk_marks(a);
}

static void piece_read(enum store_result result, const union store_out *out, void *arg)
{
    struct act *a = arg;

    a->op = NULL;
    if (!act_refused(a, result) && a->session != NULL) {
        print_inbox(a->api, &out->summaries, false);
        session_send_out(a->session);
    }
    act_free(a);
}

void staff_inbox_first(struct act *a)
{
    a->op = store_inbox_read(a->api->set.store, FIRST_MAX, first_read, a);
}

void staff_inbox(struct session *s, const struct frame *f)
{
    struct store_inbox_list in = {.open = true, .limit = PIECE_MAX};
    struct act *a;

    if (f->after[0] != '\0' && id_parse(f->after, &in.after) != 0) {
        session_error(s, "bad_frame", "after is the one that the piece before named", NULL, -1);
        return;
    }
    a = act_new(s, false, f);
    if (a != NULL)
        a->op = store_inbox_list(s->api->set.store, &in, piece_read, a);
}

/* --- a conversation --- */

static void entries_read(enum store_result result, const union store_out *out, void *arg)
{
    struct act *a = arg;

    a->op = NULL;
    if (!act_refused(a, result)) {
        print_outbox(a->api, &a->conversation, &out->entries);
        session_send_out(a->session);
    }
    act_free(a);
}

static void summary_read(enum store_result result, const union store_out *out, void *arg)
{
    struct act *a = arg;

    a->op = NULL;
    if (result == STORE_OK) { /* else the messages' answer tells why */
        print_summary(a->api, &out->summary);
        session_send_out(a->session);
    }
    a->op = store_outbox_of(a->api->set.store, &a->conversation, entries_read, a);
}

void staff_open(struct session *s, const struct frame *f)
{
    const struct store_asker staff = {.is_staff = true};
    struct act *a = act_new(s, false, f);

    if (a == NULL)
        return;
    /* Joined before it is read: what comes in between is sent twice rather than not at all. */
    room_join(s, room_get(s->api, &f->conversation));
    s->looks = true;
    talk_looks(s->room);
    resume_frame(s, f);
    talk_open(s, f);
    a->op =
        store_conversation_summary(s->api->set.store, &f->conversation, &staff, summary_read, a);
}
