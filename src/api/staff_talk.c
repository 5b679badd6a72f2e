/* What goes on around the words in a conversation: what staff are writing, who of them looks at it,
 * how far it was read, and who was named. */
#include "api/api_private.h"

#include "chat/mention.h"

#include <stdlib.h>
#include <string.h>

#define MARKS_MAX     500
#define LOOKS_SOON_MS 50
#define TEAM_NAMES    200 /* that a note is searched for */

/* --- to one's own pages --- */

/* The frame in api->out to all of one's sockets but this. */
static void to_own(struct api *api, const struct id *staff, const struct session *except)
{
    struct outgoing o = outgoing_of(&api->out);

    for (struct session *s = api->staff.first; s != NULL; s = s->next)
        if (s != except && id_equal(&s->staff->id, staff))
            session_send(s, &o);
    outgoing_done(&o);
}

/* --- drafts --- */

static void drafted(enum store_result result, const union store_out *out, void *arg)
{
    struct act *a = arg;
    struct session *s = a->session;

    (void)out;
    a->op = NULL;
    if (!act_refused(a, result) && s != NULL) {
        if (a->client_id[0] != '\0') {
            print_ack(a->api, a, NULL, 0, env_now_ms(a->api->set.env));
            session_send_out(s);
        }
        print_draft(a->api, &a->conversation, a->box, a->body);
        to_own(a->api, &s->staff->id, s);
    }
    act_free(a);
}

static void draft(struct session *s, const struct frame *f)
{
    struct store_draft in = {.conversation = f->conversation,
                             .staff = s->staff->id,
                             .box = f->box,
                             .text = f->body,
                             .now_ms = env_now_ms(s->api->set.env)};
    struct act *a;

    if (strlen(f->body) > CHAT_BODY_MAX) {
        session_error(s, "too_long", "the draft is too long to be kept", f->client_id, -1);
        return;
    }
    a = act_new(s, true, f);
    if (a == NULL)
        return;
    a->body = api_strdup(f->body);
    a->box = f->box;
    a->op = store_draft_put(s->api->set.store, &in, drafted, a);
}

void talk_said(const struct act *a)
{
    print_draft(a->api, &a->conversation, a->rule == RULES_NOTE ? STORE_BOX_NOTE : STORE_BOX_REPLY,
                "");
    to_own(a->api, &a->staff, a->session);
}

/* --- what was read --- */

static void was_read(enum store_result result, const union store_out *out, void *arg)
{
    struct act *a = arg;
    struct session *s = a->session;

    a->op = NULL;
    if (!act_refused(a, result) && s != NULL && out->changed.changed) {
        print_read(a->api, &a->conversation, a->seq);
        to_own(a->api, &s->staff->id, s);
    }
    act_free(a);
}

static void read_to(struct session *s, const struct frame *f)
{
    const struct store_talk_read in = {.conversation = f->conversation,
                                       .staff = s->staff->id,
                                       .seq = f->seq,
                                       .now_ms = env_now_ms(s->api->set.env)};
    struct act *a = act_new(s, true, f);

    if (a == NULL)
        return;
    a->seq = f->seq;
    a->op = store_staff_read(s->api->set.store, &in, was_read, a);
}

static void marks_read(enum store_result result, const union store_out *out, void *arg)
{
    struct act *a = arg;

    a->op = NULL;
    if (!act_refused(a, result) && a->session != NULL) {
        print_marks(a->api, &out->marks);
        session_send_out(a->session);
    }
    act_free(a);
}

void talk_marks(struct act *a)
{
    a->op = store_staff_marks(a->api->set.store, &a->session->staff->id, MARKS_MAX, marks_read, a);
}

void talk_seen(const struct session *reader, const struct id *conversation, int64_t seq)
{
    struct room *room = reader->room;
    struct api *api = reader->api;

    if (room == NULL || reader->is_guest || !id_equal(&room->id, conversation))
        return;
    print_seen(api, &room->id, seq, env_now_ms(api->set.env));
    room_tell_staff(room, NULL);
}

/* --- what is asked for once, with the conversation --- */

static void talk_read(enum store_result result, const union store_out *out, void *arg)
{
    struct act *a = arg;

    a->op = NULL;
    if (result == STORE_OK && a->session != NULL) { /* else the messages' answer tells why */
        print_talk(a->api, &a->conversation, &out->talk);
        session_send_out(a->session);
    }
    act_free(a);
}

void talk_open(struct session *s, const struct frame *f)
{
    struct act *a = act_new(s, false, f);

    if (a != NULL)
        a->op = store_talk_read(s->api->set.store, &f->conversation, &s->staff->id, talk_read, a);
}

/* --- who looks at it --- */

static void tell_looks(void *arg)
{
    struct room *room = arg;

    room->looks = NULL;
    print_looking(room->api, room);
    room_tell_staff(room, NULL);
}

void talk_looks(struct room *room)
{
    if (room->looks == NULL && !room->api->stopping)
        room->looks = env_timer_start(room->api->set.env, LOOKS_SOON_MS, tell_looks, room);
}

static void look(struct session *s, const struct frame *f)
{
    if (s->room == NULL || !id_equal(&s->room->id, &f->conversation) || s->looks == f->looks)
        return;
    s->looks = f->looks;
    talk_looks(s->room);
}

/* --- who is named --- */

size_t talk_mentioned(const struct session *s, const char *body, struct id *to)
{
    const char *names[TEAM_NAMES] = {0};
    bool hit[TEAM_NAMES];
    const size_t count = s->api->team_count < TEAM_NAMES ? s->api->team_count : TEAM_NAMES;
    size_t found = 0;

    for (size_t i = 0; i < count; i++)
        names[i] = s->api->team[i].name;
    mention_find(body, names, count, hit);
    for (size_t i = 0; i < count && found < STORE_MENTIONS_MAX; i++)
        if (hit[i] && !id_equal(&s->api->team[i].id, &s->staff->id))
            to[found++] = s->api->team[i].id;
    return found;
}

void talk_tell_mentions(struct act *a, int64_t seq, int64_t at_ms)
{
    for (size_t i = 0; i < a->mention_count; i++) {
        print_mention(a->api, &a->conversation, seq, at_ms, a->name);
        to_own(a->api, &a->mentions[i], NULL);
    }
}

void staff_talk(struct session *s, const struct frame *f)
{
    switch (f->kind) {
    case FRAME_DRAFT:
        draft(s, f);
        break;
    case FRAME_READ:
        read_to(s, f);
        break;
    case FRAME_LOOK:
        look(s, f);
        break;
    default: /* staff_frame hands on no other */
        break;
    }
}
