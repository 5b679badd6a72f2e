/* Guests: people in the room of a conversation that is another's, for the PSA says that its ticket
 * is theirs, or their company's. What the PSA says can change while they look on. So nothing is
 * passed on to them: each message and each change is read again, for them, and one who may not see
 * it any more is out. */
#include "api/api_private.h"

/* Whoever may not see it any more leaves the room, if they are in it. */
static void look(struct act *a, enum store_result result)
{
    struct session *s = a->session;

    if (result != STORE_NOT_FOUND || s->room == NULL || !s->is_guest ||
        !id_equal(&s->room->id, &a->conversation))
        return;
    room_leave(s);
    session_error(s, "not_found", "this ticket is not yours any more", NULL, -1);
}

static void message_read(enum store_result result, const union store_out *answer, void *arg)
{
    struct act *a = arg;

    a->op = NULL;
    look(a, result);
    if (result == STORE_OK) {
        const struct store_messages *m = &answer->messages;
        const bool is_seen = m->count > 0 && m->rows[0].seq == a->seq;
        const struct store_message hidden = {.seq = a->seq};

        if (a->is_edit)
            print_changed(a->api, &a->conversation, is_seen ? &m->rows[0] : &hidden, is_seen);
        else if (is_seen)
            (void)print_messages(a->api, &a->conversation, m->rows, 1, false, false, NULL);
        if (a->is_edit || is_seen)
            session_send_out(a->session);
    }
    act_free(a);
}

void guest_message(struct session *s, int64_t seq, bool is_edit)
{
    const struct store_messages_read in = {
        .conversation = s->room->id, .asker = asker_of(s), .since = seq - 1, .limit = 1};
    struct act *a = act_new(s, false, &(struct frame){.conversation = s->room->id});

    if (a == NULL)
        return;
    a->seq = seq;
    a->is_edit = is_edit;
    a->op = store_messages_read(s->api->set.store, &in, message_read, a);
}

static void ticket_read(enum store_result result, const union store_out *answer, void *arg)
{
    struct act *a = arg;

    a->op = NULL;
    look(a, result);
    if (result == STORE_OK && a->is_edit) {
        print_ticket(a->api, &answer->summary);
        session_send_out(a->session);
    }
    act_free(a);
}

void guest_ticket(struct session *s, const struct id *conversation, bool is_new)
{
    const struct store_asker asker = asker_of(s);
    struct act *a = act_new(s, false, &(struct frame){.conversation = *conversation});

    if (a == NULL)
        return;
    a->is_edit = is_new;
    a->op = store_conversation_summary(s->api->set.store, &a->conversation, &asker, ticket_read, a);
}
