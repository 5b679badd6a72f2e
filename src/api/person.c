/* What a person may ask for. */
#include "api/api_private.h"

#include "base/secret.h"
#include "base/str.h"
#include "chat/text.h"

#include <stdlib.h>
#include <string.h>

_Static_assert(TEXT_LANGUAGE_SIZE == STORE_LANGUAGE_SIZE, "it is copied");

static void language_kept(enum store_result result, const union store_out *out, void *arg)
{
    (void)result; /* the next hello tries it again */
    (void)out;
    (void)arg;
}

/* Letters are written in what the chat spoke last. */
static void keep_language(struct session *s, const struct store_visitor *v)
{
    struct store_person_language in = {.person = v->person};

    memcpy(in.language, s->visitor->language, sizeof(in.language));
    if (in.language[0] != '\0' && strcmp(in.language, v->language) != 0)
        store_person_language(s->api->set.store, &in, language_kept, NULL);
}

static void welcome(struct session *s, const struct store_visitor *v)
{
    struct api *api = s->api;
    int64_t last_seq = 0;

    prove_seen(s->visitor, v);
    if (v != NULL) {
        free(s->visitor->name);
        s->visitor->name = api_strdup(v->name);
        free(s->visitor->email);
        s->visitor->email = v->is_verified ? api_strdup(v->email) : NULL;
        s->visitor->person = v->person;
        s->is_verified = v->is_verified;
        keep_language(s, v);
        if (v->is_verified && api->set.seen != NULL)
            api->set.seen(&v->person, api->set.arg);
        present_set(s);
    }
    if (v != NULL && v->has_conversation) {
        struct room *room = room_get(api, &v->conversation.conversation);

        room_join(s, room);
        if (room->last_seq < v->conversation.last_seq)
            room->last_seq = v->conversation.last_seq;
        last_seq = room->last_seq;
        if (room->ticket_mark == 0)
            room->ticket_mark = hub_ticket_mark(&v->conversation);
    } else {
        room_leave(s);
    }
    if (s->state == SESSION_OPENING)
        session_set_state(s, SESSION_READY);
    s->since_ms = 0;
    print_welcome_person(api, v, last_seq);
    session_send_out(s);
}

/* Any number of tokens can be made up, and each costs a read and a place. */
static int64_t newcomer_waits(struct session *s)
{
    const struct api_settings *set = &s->api->set;

    return rate_take(&s->address->newcomers, env_mono_ms(set->env), set->newcomers_per_minute,
                     set->newcomer_burst);
}

static void visitor_read(enum store_result result, const union store_out *out, void *arg)
{
    struct act *a = arg;
    struct session *s = a->session; /* reads do not outlive it */
    int64_t wait;

    a->op = NULL;
    if (s->state != SESSION_OPENING && s->state != SESSION_READY) {
        ;
    } else if (result == STORE_NOT_FOUND && (wait = newcomer_waits(s)) > 0) {
        session_error(s, "too_fast", "too many new browsers from this address", NULL, wait);
        session_end(s, 1013, "try again later");
    } else if (result == STORE_OK && out->visitor.is_blocked) {
        session_error(s, "blocked", PERSON_BLOCKED_TEXT, NULL, -1);
        session_end(s, 1008, "blocked");
    } else if (result == STORE_OK || result == STORE_NOT_FOUND) {
        welcome(s, result == STORE_OK ? &out->visitor : NULL);
    } else {
        session_error(s, "busy", "the server cannot read now", NULL, 2000);
        session_end(s, 1013, "try again later");
    }
    act_free(a);
}

static void hello(struct session *s, const struct frame *f)
{
    uint8_t hash[STORE_HASH_SIZE];
    struct act *a;

    if (!text_is_token(f->token)) {
        session_error(s, "bad_token", "token has 43 characters of base64url", NULL, -1);
        session_end(s, 1008, "bad token");
        return;
    }
    a = act_new(s, false, f);
    if (a == NULL)
        return;
    secret_hash(f->token, CHAT_TOKEN_LEN, hash);
    s->visitor = visitor_get(s->api, hash);
    s->visitor->sockets++;
    if (f->language != NULL)
        text_language(f->language, s->visitor->language);
    session_set_state(s, SESSION_OPENING);
    if (f->identity != NULL)
        prove_hello(a, f);
    else
        person_opened(a);
}

void person_opened(struct act *a)
{
    struct session *s = a->session;

    a->op = store_visitor_open(s->api->set.store, s->visitor->hash, env_now_ms(s->api->set.env),
                               visitor_read, a);
}

void person_open(struct session *s)
{
    const struct frame none = {.kind = FRAME_HELLO};
    struct act *a = act_new(s, false, &none);

    if (a != NULL)
        person_opened(a);
}

static void say(struct session *s, const struct frame *f, enum rules_act rule)
{
    const struct api_settings *set = &s->api->set;
    const int64_t now = env_mono_ms(set->env);
    int64_t wait = rate_take(&s->visitor->rate, now, set->messages_per_minute, set->message_burst);

    /* A fresh token costs nothing; an address does. */
    if (wait == 0 && rule == RULES_START)
        wait = rate_take(&s->address->starts, now, set->starts_per_minute, set->start_burst);

    if (wait > 0)
        session_error(s, "too_fast", "a little slower, please", f->client_id, wait);
    else
        act_say(s, f, rule);
}

void person_frame(struct session *s, const struct frame *f)
{
    switch (f->kind) {
    case FRAME_HELLO:
        hello(s, f);
        break;
    case FRAME_START:
        say(s, f, RULES_START);
        break;
    case FRAME_MESSAGE:
        say(s, f, RULES_MESSAGE);
        break;
    case FRAME_RESUME:
        resume_frame(s, f);
        break;
    case FRAME_TICKETS:
    case FRAME_OPEN:
    case FRAME_LEAVE:
    case FRAME_SOLVED:
    case FRAME_HELP:
    case FRAME_READ:
        tickets_frame(s, f);
        break;
    case FRAME_RATE:
        after_rate(s, f);
        break;
    case FRAME_TRANSCRIPT:
        after_transcript(s, f);
        break;
    case FRAME_PROVE:
        prove_frame(s, f);
        break;
    case FRAME_CODE:
        prove_code(s, f);
        break;
    case FRAME_SIGN_IN:
        prove_sign_in(s, f);
        break;
    case FRAME_SIGN_OUT:
        prove_sign_out(s, f);
        break;
    default: /* frame_parse lets no other through */
        break;
    }
}

/* --- resume, for both sides --- */

/* What was edited, hidden or shown while it was away. */
static void edited_read(enum store_result result, const union store_out *out, void *arg)
{
    struct act *a = arg;
    struct session *s = a->session;

    a->op = NULL;
    if (!act_refused(a, result))
        for (size_t i = 0; i < out->messages.count; i++) {
            const struct store_message *m = &out->messages.rows[i];

            print_changed(s->api, &a->conversation, m,
                          s->side == FRAME_STAFF || rules_person_sees(m, s->is_verified));
            session_send_out(s);
        }
    act_free(a);
}

static struct store_messages_read read_of(const struct session *s, const struct id *conversation,
                                          int64_t since)
{
    struct store_messages_read in = {.conversation = *conversation,
                                     .asker = {.is_staff = s->side == FRAME_STAFF},
                                     .since = since,
                                     .limit = 100,
                                     .include_notes = s->side == FRAME_STAFF};

    if (s->side == FRAME_PERSON)
        in.asker = asker_of(s);
    return in;
}

static void messages_read(enum store_result result, const union store_out *out, void *arg)
{
    struct act *a = arg;
    struct session *s = a->session;
    bool more = true;

    a->op = NULL;
    if (!act_refused(a, result)) {
        const struct store_messages *m = &out->messages;

        (void)print_messages(s->api, &m->conversation, m->rows, m->count, m->more,
                             s->side == FRAME_STAFF, a->sender);
        session_send_out(s);
        if (s->room != NULL && id_equal(&s->room->id, &m->conversation) && s->room->last_seq < 0)
            s->room->last_seq = m->last_seq;
        more = m->more;
    }
    if (more || a->seq == 0) {
        act_free(a);
        return;
    }
    struct store_messages_read in = read_of(s, &a->conversation, a->seq);
    in.edited = true;
    a->op = store_messages_read(s->api->set.store, &in, edited_read, a);
}

void resume_frame(struct session *s, const struct frame *f)
{
    const struct store_messages_read in = read_of(s, &f->conversation, f->since);
    struct act *a = act_new(s, false, f);

    if (a == NULL)
        return;
    a->seq = f->since;
    a->sender = sender_of(s);
    a->op = store_messages_read(s->api->set.store, &in, messages_read, a);
}
