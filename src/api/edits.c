/* Messages that were changed in the PSA: read again, and told to whoever has them before them. */
#include "api/api_private.h"

#include <stdlib.h>

struct edit {
    struct edit *next, *prev;
    struct api *api;
    struct id conversation;
    int64_t seq;
    struct store_op *op;
};

static void free_edit(struct edit *e)
{
    if (e->prev != NULL)
        e->prev->next = e->next;
    else
        e->api->edits = e->next;
    if (e->next != NULL)
        e->next->prev = e->prev;
    free(e);
}

static void tell(struct room *room, const struct store_message *m)
{
    for (struct session *s = room->first; s != NULL; s = s->room_next) {
        if (s->is_guest) {
            guest_message(s, m->seq, true);
            continue;
        }
        const bool is_seen = s->side == FRAME_STAFF || rules_person_sees(m, s->is_verified);

        print_changed(room->api, &room->id, m, is_seen);
        session_send_out(s);
    }
}

static void on_read(enum store_result result, const union store_out *out, void *arg)
{
    struct edit *e = arg;
    struct room *room = room_find(e->api, &e->conversation);

    e->op = NULL;
    if (result == STORE_OK && room != NULL && out->messages.count > 0 &&
        out->messages.rows[0].seq == e->seq)
        tell(room, &out->messages.rows[0]);
    free_edit(e);
}

void hub_edited(struct api *api, const struct id *conversation, const int64_t *seqs, size_t count)
{
    if (room_find(api, conversation) == NULL)
        return;
    for (size_t i = 0; i < count; i++) {
        struct edit *e = api_alloc(sizeof(*e));
        const struct store_messages_read in = {.conversation = *conversation,
                                               .asker = {.is_staff = true},
                                               .since = seqs[i] - 1,
                                               .limit = 1,
                                               .include_notes = true};

        e->api = api;
        e->conversation = *conversation;
        e->seq = seqs[i];
        e->next = api->edits;
        if (e->next != NULL)
            e->next->prev = e;
        api->edits = e;
        e->op = store_messages_read(api->set.store, &in, on_read, e);
    }
}

void edits_cancel_all(struct api *api)
{
    while (api->edits != NULL) {
        store_cancel(api->set.store, &api->edits->op);
        free_edit(api->edits);
    }
}
