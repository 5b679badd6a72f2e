/* Who watches which conversation, and what they are told of it. */
#include "api/api_private.h"

#include <stdlib.h>
#include <string.h>

#define MISSED_MAX  100
#define PRESENCE_MS 3000 /* staff who reload their page are not gone */
#define SOON_MS     100
#define LATER_MS    500 /* while nobody of staff is there to see it */

/* --- rooms --- */

struct room *room_find(struct api *api, const struct id *id)
{
    return (struct room *)table_find(&api->rooms, id);
}

struct room *room_get(struct api *api, const struct id *id)
{
    struct room *room = room_find(api, id);

    if (room != NULL)
        return room;
    room = api_alloc(sizeof(*room));
    room->id = *id;
    room->api = api;
    room->last_seq = -1;
    table_add(&api->rooms, &room->link);
    return room;
}

void room_cancel(struct room *room)
{
    store_cancel(room->api->set.store, &room->summary);
    store_cancel(room->api->set.store, &room->outbox);
    store_cancel(room->api->set.store, &room->missed);
    env_timer_cancel(room->api->set.env, &room->soon);
    env_timer_cancel(room->api->set.env, &room->looks);
}

void room_free_if_unused(struct room *room)
{
    if (room->first != NULL || room->summary != NULL || room->soon != NULL)
        return;
    room_cancel(room);
    table_remove(&room->api->rooms, &room->link);
    free(room);
}

void room_leave(struct session *s)
{
    struct room *room = s->room;

    if (room == NULL)
        return;
    if (s->room_prev != NULL)
        s->room_prev->room_next = s->room_next;
    else
        room->first = s->room_next;
    if (s->room_next != NULL)
        s->room_next->room_prev = s->room_prev;
    if (s->looks)
        talk_looks(room);
    s->looks = false;
    s->room = NULL;
    s->is_guest = false;
    s->room_next = s->room_prev = NULL;
    room_free_if_unused(room);
}

void room_join(struct session *s, struct room *room)
{
    if (s->room == room)
        return;
    room_leave(s);
    s->since_ms = 0; /* nobody there has heard of its typing */
    s->room = room;
    s->room_next = room->first;
    if (s->room_next != NULL)
        s->room_next->room_prev = s;
    room->first = s;
}

static bool room_has(const struct room *room, enum frame_side side)
{
    for (const struct session *s = room->first; s != NULL; s = s->room_next)
        if (s->side == side)
            return true;
    return false;
}

static bool hears(const struct session *s, const struct store_message *m)
{
    return m == NULL || s->side == FRAME_STAFF || rules_person_sees(m, s->is_verified);
}

/* It is a message of this session's own, from this page or another. */
static bool is_own(const struct session *s, const struct store_message *m)
{
    return m != NULL && m->client_id[0] != '\0' && is_sender(s, m->sender);
}

/* Of this side everybody but guests; of a message (m) those who may see it and did not send it. */
static bool is_told(const struct session *s, enum frame_side side, const struct store_message *m,
                    const struct session *except)
{
    return s->side == side && s != except && !s->is_guest && hears(s, m) && !is_own(s, m);
}

/* The frame in api->out. */
static void room_send(struct room *room, enum frame_side side, const struct store_message *m,
                      const struct session *except)
{
    struct outgoing o = outgoing_of(&room->api->out);

    for (struct session *s = room->first; s != NULL; s = s->room_next)
        if (is_told(s, side, m, except))
            session_send(s, &o);
    outgoing_done(&o);
}

void room_tell_staff(struct room *room, const struct session *except)
{
    room_send(room, FRAME_STAFF, NULL, except);
}

static void list_send(struct api *api, struct session_list *list)
{
    struct outgoing o = outgoing_of(&api->out);

    for (struct session *s = list->first; s != NULL; s = s->next)
        session_send(s, &o);
    outgoing_done(&o);
}

void hub_settings(struct api *api)
{
    struct jw w = print_begin(api, "settings");

    jw_object_end(&w);
    list_send(api, &api->staff);
}

/* --- messages --- */

/* Most often whoever says something is alone there: nothing is printed for nobody. */
static bool is_alone(const struct room *room, enum frame_side side, const struct store_message *m,
                     const struct session *except)
{
    const struct session *s = room->first;

    while (s != NULL && !is_told(s, side, m, except))
        s = s->room_next;
    return s == NULL;
}

static void room_tell(struct room *room, const struct store_message *m,
                      const struct session *except)
{
    static const enum frame_side sides[] = {FRAME_PERSON, FRAME_STAFF};

    for (size_t i = 0; i < COUNT_OF(sides); i++) {
        if (is_alone(room, sides[i], m, except))
            continue;
        (void)print_messages(room->api, &room->id, m, 1, false, sides[i] == FRAME_STAFF, NULL);
        room_send(room, sides[i], m, except);
    }
    for (struct session *s = room->first, *next; s != NULL; s = next) {
        next = s->room_next;
        if (s == except)
            continue;
        if (s->is_guest) {
            guest_message(s, m->seq, false);
        } else if (is_own(s, m) && hears(s, m)) { /* by the name under which it may wait */
            (void)print_messages(room->api, &room->id, m, 1, false, s->side == FRAME_STAFF,
                                 m->sender);
            session_send_out(s);
        }
    }
}

static void read_missed(struct room *room);

static void missed(enum store_result result, const union store_out *out, void *arg)
{
    struct room *room = arg;
    bool more = room->missed_again;

    room->missed = NULL;
    room->missed_again = false;
    if (result == STORE_OK) {
        const struct store_messages *m = &out->messages;

        for (size_t i = 0; i < m->count; i++) {
            if (m->rows[i].seq <= room->last_seq)
                continue;
            room_tell(room, &m->rows[i], NULL);
            room->last_seq = m->rows[i].seq;
        }
        more = more || m->more;
    }
    if (more)
        read_missed(room);
}

/* Bring what was committed by others and is not sent on yet. */
static void read_missed(struct room *room)
{
    struct store_messages_read in = {.conversation = room->id,
                                     .asker = {.is_staff = true},
                                     .since = room->last_seq,
                                     .limit = MISSED_MAX,
                                     .include_notes = true};

    if (room->missed != NULL)
        room->missed_again = true;
    else
        room->missed = store_messages_read(room->api->set.store, &in, missed, room);
}

void hub_said(struct api *api, const struct id *conversation, const struct store_message *m,
              const struct session *except)
{
    struct room *room = room_find(api, conversation);

    if (room == NULL || (room->last_seq >= 0 && m->seq <= room->last_seq))
        return;
    if (room->last_seq >= 0 && m->seq != room->last_seq + 1) {
        read_missed(room); /* something from elsewhere lies between: bring all in order */
        return;
    }
    room_tell(room, m, except);
    room->last_seq = m->seq;
}

void hub_missed(struct api *api, const struct id *conversation)
{
    struct room *room = room_find(api, conversation);

    if (room != NULL && room->last_seq >= 0)
        read_missed(room);
}

void hub_missed_from(struct api *api, const struct id *conversation, int64_t seq)
{
    struct room *room = room_find(api, conversation);

    if (room != NULL && room->last_seq < 0 && seq > 0)
        room->last_seq = seq - 1;
    hub_missed(api, conversation);
}

void hub_history(struct api *api, const struct id *conversation, bool good)
{
    struct room *room = room_find(api, conversation);

    if (room == NULL || !room_has(room, FRAME_PERSON))
        return;
    print_history(api, conversation, good);
    for (struct session *s = room->first; s != NULL; s = s->room_next)
        if (s->side == FRAME_PERSON)
            session_send_out(s);
}

/* --- summaries, tickets, outbox --- */

uint64_t hub_ticket_mark(const struct store_summary *s)
{
    const struct store_ticket *t = &s->ticket;
    const char *parts[] = {t->number,   rules_ticket_word(t), t->status,
                           t->priority, t->assignee,          s->open ? "open" : ""};
    uint64_t h = 0xcbf29ce484222325U;

    for (size_t i = 0; i < COUNT_OF(parts); i++)
        for (const char *p = parts[i];; p++) {
            h = (h ^ (unsigned char)*p) * 0x100000001b3U;
            if (*p == '\0')
                break;
        }
    return h | 1;
}

static void outbox_read(enum store_result result, const union store_out *out, void *arg);

static void read_outbox(struct room *room)
{
    if (!room_has(room, FRAME_STAFF))
        return;
    if (room->outbox != NULL)
        room->outbox_again = true;
    else
        room->outbox = store_outbox_of(room->api->set.store, &room->id, outbox_read, room);
}

static void outbox_read(enum store_result result, const union store_out *out, void *arg)
{
    struct room *room = arg;
    bool again = room->outbox_again;

    room->outbox = NULL;
    room->outbox_again = false;
    if (result == STORE_OK && room_has(room, FRAME_STAFF)) {
        print_outbox(room->api, &room->id, &out->entries);
        room_send(room, FRAME_STAFF, NULL, NULL);
    }
    if (again)
        read_outbox(room);
}

static void tell_summary(struct room *room, const struct store_summary *s)
{
    struct api *api = room->api;
    uint64_t mark = hub_ticket_mark(s);

    ticket_user_seen(api, s->ticket.assignee_id);

    if (api->staff.first != NULL) {
        print_summary(api, s);
        list_send(api, &api->staff);
    }
    if (mark != room->ticket_mark && room_has(room, FRAME_PERSON)) {
        print_ticket(api, s);
        room_send(room, FRAME_PERSON, NULL, NULL);
    }
    for (struct session *one = room->first; one != NULL; one = one->room_next)
        if (one->is_guest)
            guest_ticket(one, &room->id, mark != room->ticket_mark);
    room->ticket_mark = mark;
    tickets_changed(api, s);
    if (room->first != NULL) {
        if (room->last_seq >= 0 && s->last_seq > room->last_seq)
            read_missed(room);
        read_outbox(room);
    }
}

static void read_summary(struct room *room);

static void summary_read(enum store_result result, const union store_out *out, void *arg)
{
    struct room *room = arg;
    bool again = room->summary_again;

    room->summary = NULL;
    room->summary_again = false;
    if (result == STORE_OK)
        tell_summary(room, &out->summary);
    if (again)
        read_summary(room);
    room_free_if_unused(room);
}

static void read_summary(struct room *room)
{
    struct store_asker staff = {.is_staff = true};

    if (room->summary != NULL)
        room->summary_again = true;
    else
        room->summary =
            store_conversation_summary(room->api->set.store, &room->id, &staff, summary_read, room);
}

/* Without staff, with nobody in the room and nobody at their list, nobody wants to know. */
static bool is_watched(struct api *api, const struct id *conversation)
{
    return api->staff.first != NULL || api->people.first != NULL ||
           room_find(api, conversation) != NULL;
}

void hub_refresh(struct api *api, const struct id *conversation)
{
    if (is_watched(api, conversation))
        read_summary(room_get(api, conversation));
}

static void on_soon(void *arg)
{
    struct room *room = arg;

    room->soon = NULL;
    read_summary(room);
}

void hub_refresh_soon(struct api *api, const struct id *conversation)
{
    if (!is_watched(api, conversation))
        return;
    struct room *room = room_get(api, conversation);
    if (room->soon == NULL)
        room->soon = env_timer_start(api->set.env, api->staff.first != NULL ? SOON_MS : LATER_MS,
                                     on_soon, room);
}

/* --- typing and presence --- */

void hub_typing(struct session *s, enum store_box box)
{
    int64_t now = env_mono_ms(s->api->set.env);
    bool is_staff = s->side == FRAME_STAFF;

    if (s->room == NULL || now - s->since_ms < CHAT_TYPING_MS)
        return;
    s->since_ms = now;
    print_typing(s->api, &s->room->id, s, box, true);
    room_send(s->room, FRAME_STAFF, NULL, s);
    if (!is_staff || box == STORE_BOX_NOTE)
        return;
    print_typing(s->api, &s->room->id, s, box, false);
    room_send(s->room, FRAME_PERSON, NULL, NULL);
}

static void tell_presence(struct api *api)
{
    bool someone = api->staff.first != NULL;

    if (someone == api->someone)
        return;
    api->someone = someone;
    print_presence(api);
    list_send(api, &api->people);
}

void api_promise_changed(struct api *api)
{
    print_presence(api);
    list_send(api, &api->people);
}

static void presence_due(void *arg)
{
    struct api *api = arg;

    api->presence = NULL;
    tell_presence(api);
}

void hub_presence(struct api *api)
{
    env_timer_cancel(api->set.env, &api->presence);
    if (api->stopping)
        return;
    api->presence = env_timer_start(api->set.env, api->staff.first != NULL ? 0 : PRESENCE_MS,
                                    presence_due, api);
}
