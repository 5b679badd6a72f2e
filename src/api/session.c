/* One socket or stream: its life, its frames in, its frames out. */
#include "api/api_private.h"
#include "chat/account.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#define STAFF_CHECK_MS 5000 /* how often it is looked whether a console's session still runs */

struct outgoing outgoing_of(const struct buf *frame)
{
    assert(buf_ok(frame));
    return (struct outgoing){.text = frame->ptr, .len = frame->len};
}

void outgoing_done(struct outgoing *o)
{
    if (o->ws != NULL)
        net_bytes_unref(o->ws);
    if (o->sse != NULL)
        net_bytes_unref(o->sse);
    o->ws = o->sse = NULL;
}

/* A frame never holds a newline (they are escaped in JSON), so it is one "data:" line. */
static struct net_bytes *as_event(const char *text, size_t len)
{
    struct net_bytes *bytes;
    struct buf b;

    buf_init(&b, len + 16);
    buf_str(&b, "data: ");
    buf_append(&b, text, len);
    buf_str(&b, "\n\n");
    bytes = net_bytes_new(b.ptr, b.len);
    buf_free(&b);
    return bytes;
}

void session_send(struct session *s, struct outgoing *o)
{
    /* Full means that it reads too slowly: net closes it, and session_free follows. */
    if (s->ws != NULL) {
        if (o->ws == NULL)
            o->ws = net_bytes_new(o->text, o->len);
        (void)ws_send(s->ws, o->ws);
    } else if (s->stream != NULL && s->stream->http != NULL) {
        if (o->sse == NULL)
            o->sse = as_event(o->text, o->len);
        (void)http_stream_send(s->stream->http, o->sse);
    }
}

void session_send_out(struct session *s)
{
    struct outgoing o = outgoing_of(&s->api->out);

    session_send(s, &o);
    outgoing_done(&o);
}

void session_error(struct session *s, const char *code, const char *text, const char *client_id,
                   int64_t retry_ms)
{
    print_error(s->api, code, text, client_id, retry_ms);
    session_send_out(s);
}

void session_end(struct session *s, int code, const char *reason)
{
    if (s->state == SESSION_ENDING)
        return;
    session_set_state(s, SESSION_ENDING);
    if (s->ws != NULL)
        ws_end(s->ws, code, reason);
    else if (s->stream != NULL && s->stream->http != NULL)
        http_stream_end(s->stream->http);
}

/* --- lists --- */

static struct session_list *list_of(struct session *s)
{
    switch ((enum session_state)s->state) {
    case SESSION_NEW:
    case SESSION_OPENING:
        return &s->api->waiting;
    case SESSION_READY:
        return s->side == FRAME_STAFF ? &s->api->staff : &s->api->people;
    case SESSION_ENDING:
        break;
    }
    return NULL;
}

static void list_add(struct session *s)
{
    struct session_list *list = list_of(s);

    s->prev = s->next = NULL;
    if (list == NULL)
        return;
    s->next = list->first;
    if (s->next != NULL)
        s->next->prev = s;
    list->first = s;
    list->count++;
}

static void list_remove(struct session *s)
{
    struct session_list *list = list_of(s);

    if (list == NULL)
        return;
    if (s->prev != NULL)
        s->prev->next = s->next;
    else
        list->first = s->next;
    if (s->next != NULL)
        s->next->prev = s->prev;
    list->count--;
}

void session_set_state(struct session *s, enum session_state state)
{
    bool staff_before = s->state == SESSION_READY && s->side == FRAME_STAFF;

    list_remove(s);
    s->state = (uint8_t)state;
    list_add(s);
    if (state == SESSION_READY && s->api->set.attended != NULL)
        s->api->set.attended(s->api->set.arg);
    if (staff_before != (state == SESSION_READY && s->side == FRAME_STAFF)) {
        hub_presence(s->api);
        team_presence(s->api);
    }
}

/* --- life --- */

struct session *session_new(struct api *api, struct address *address, const uint8_t *staff_hash)
{
    struct session *s = api_alloc(sizeof(*s));

    s->api = api;
    s->address = address;
    address->sockets++;
    s->side = FRAME_PERSON;
    if (staff_hash != NULL) {
        s->side = FRAME_STAFF;
        s->staff = api_alloc(sizeof(*s->staff));
        s->staff->api = api;
        s->staff->session = s;
        memcpy(s->staff->hash, staff_hash, STORE_HASH_SIZE);
    }
    s->since_ms = env_mono_ms(api->set.env);
    s->state = SESSION_NEW;
    list_add(s);
    return s;
}

void session_free(struct session *s)
{
    session_set_state(s, SESSION_ENDING);
    act_abandon_all(s);
    older_cancel(s);
    present_leave(s);
    room_leave(s);
    s->address->sockets--;
    if (s->visitor != NULL)
        s->visitor->sockets--;
    if (s->staff != NULL) {
        store_cancel(s->api->set.store, &s->staff->check);
        free(s->staff->name);
        free(s->staff);
    }
    free(s->early);
    free(s);
}

/* --- staff's sockets end with their session --- */

static void end_staff(struct session *s)
{
    session_error(s, "not_allowed", "you are signed out: sign in again", NULL, -1);
    session_end(s, 1008, "the session is over");
}

static void still_runs(enum store_result result, const union store_out *out, void *arg)
{
    struct staff *staff = arg;
    struct api *api = staff->api;
    const int64_t now = env_now_ms(api->set.env);

    staff->check = NULL;
    if (staff->session->state != SESSION_READY)
        return;
    if (result == STORE_NOT_FOUND) {
        end_staff(staff->session);
        return;
    }
    if (result != STORE_OK)
        return;
    staff->role = out->session.role;
    if (strcmp(staff->name, out->session.name) != 0) {
        free(staff->name);
        staff->name = api_strdup(out->session.name);
    }
    /* An open console is a console in use. */
    if (now - out->session.seen_ms >= ACCOUNT_SEEN_MS)
        (void)store_session_seen(api->set.store, staff->hash, now, NULL, NULL);
}

/* Whatever ended it, also a command beside this server, is noticed here. */
static void check_staff(struct api *api)
{
    const int64_t now = env_mono_ms(api->set.env);

    for (struct session *s = api->staff.first; s != NULL; s = s->next) {
        struct staff *staff = s->staff;

        if (staff->check != NULL || now < staff->check_at_ms)
            continue;
        staff->check_at_ms = now + STAFF_CHECK_MS;
        staff->check = store_session_check(api->set.store, staff->hash, env_now_ms(api->set.env),
                                           ACCOUNT_IDLE_MS, still_runs, staff);
    }
}

static void end_in_list(struct session_list *list, const struct id *staff, const uint8_t *hash,
                        const uint8_t *keep)
{
    struct session *next;

    for (struct session *s = list->first; s != NULL; s = next) {
        next = s->next;
        if (s->staff == NULL || (staff != NULL && !id_equal(&s->staff->id, staff)) ||
            (hash != NULL && memcmp(s->staff->hash, hash, STORE_HASH_SIZE) != 0) ||
            (keep != NULL && memcmp(s->staff->hash, keep, STORE_HASH_SIZE) == 0))
            continue;
        end_staff(s);
    }
}

void session_end_staff(struct api *api, const struct id *staff, const uint8_t *hash,
                       const uint8_t *keep)
{
    end_in_list(&api->staff, staff, hash, keep);
    end_in_list(&api->waiting, staff, hash, keep);
}

void session_end_person(struct api *api, const struct id *person, enum person_end why)
{
    struct session *next;

    for (struct session *s = api->people.first; s != NULL; s = next) {
        next = s->next;
        if (!id_equal(&s->visitor->person, person) || (why == PERSON_SIGNED_OUT && !s->is_verified))
            continue;
        if (why == PERSON_BLOCKED)
            session_error(s, "blocked", PERSON_BLOCKED_TEXT, NULL, -1);
        else
            session_error(s, "signed_out", "you were signed out: prove again who you are", NULL,
                          -1);
        session_end(s, 1008, "ended by staff");
    }
}

void session_expire(struct api *api)
{
    int64_t oldest = env_mono_ms(api->set.env) - api->set.hello_ms;
    struct session *s = api->waiting.first;

    while (s != NULL) {
        struct session *next = s->next;

        if (s->state == SESSION_NEW && s->since_ms < oldest)
            session_end(s, 1008, "no hello");
        s = next;
    }
    check_staff(api);
}

/* --- frames in --- */

static void bad_frame(struct session *s, const char *why)
{
    session_error(s, "bad_frame", why, NULL, -1);
    if (++s->bad >= API_BAD_MAX)
        session_end(s, 1008, "too many bad frames");
}

static void one_frame(struct session *s, const struct frame *f)
{
    if (f->kind == FRAME_PING) {
        print_kind(s->api, "pong");
        session_send_out(s);
        return;
    }
    if (s->state != SESSION_READY && f->kind != FRAME_HELLO) {
        session_error(s, "hello_first", "say hello and wait for welcome first", f->client_id, -1);
        session_end(s, 1008, "hello first");
        return;
    }
    if (s->state != SESSION_NEW && f->kind == FRAME_HELLO) {
        bad_frame(s, "hello was said already");
        return;
    }
    if (s->api->stopping) {
        session_error(s, "busy", "the server is stopping", f->client_id, 2000);
        return;
    }
    if (f->kind == FRAME_TYPING)
        hub_typing(s, f->box);
    else if (s->side == FRAME_STAFF)
        staff_frame(s, f);
    else
        person_frame(s, f);
}

void session_text(struct session *s, const char *text, size_t len)
{
    struct frame f;
    const char *why;

    if (s->state == SESSION_ENDING)
        return;
    switch (frame_parse(&f, s->side == FRAME_STAFF ? FRAME_STAFF : FRAME_PERSON, text, len, &why)) {
    case FRAME_OK:
        one_frame(s, &f);
        frame_free(&f);
        break;
    case FRAME_NOT_ALLOWED:
        session_error(s, "not_allowed", why, NULL, -1);
        break;
    case FRAME_BAD:
        bad_frame(s, why);
        break;
    }
}
