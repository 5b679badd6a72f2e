/* A person's tickets: the list, one that is opened, what they say of it, and what they have read.
 * Who may see what is the store's to say (store/sqlite/ops_access.c). */
#include "api/api_private.h"

#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/str.h"
#include "psa/sync.h"

#define PAGE_ROWS        20
#define ASKS_PER_MINUTE  120 /* of one browser: a search asks while it is typed */
#define ASK_BURST        30
#define READS_PER_MINUTE 60
#define READ_BURST       10

static const char *account_of(const struct api *api)
{
    return api->set.account == NULL ? "" : api->set.account(api->set.arg);
}

struct store_asker asker_of(const struct session *s)
{
    struct store_asker asker = {.now_ms = env_now_ms(s->api->set.env)};

    memcpy(asker.token_hash, s->visitor->hash, STORE_HASH_SIZE);
    return asker;
}

static bool too_fast(struct session *s, const struct frame *f, struct rate *rate, int per_minute,
                     int burst)
{
    const int64_t wait = rate_take(rate, env_mono_ms(s->api->set.env), per_minute, burst);

    if (wait > 0)
        session_error(s, "too_fast", "a little slower, please", f->client_id, wait);
    return wait > 0;
}

/* --- the list --- */

static void keep_early(struct session *s, const struct list_ask *ask,
                       const struct store_ticket_rows *all)
{
    free(s->early);
    s->early = NULL;
    if (!s->is_verified || all->contact != 0 || all->customer != 0)
        return;
    if (ask->known != s->known) { /* while the store was asked */
        tickets_list(s, ask);
        return;
    }
    s->early = api_alloc(sizeof(*s->early));
    *s->early = *ask;
}

void tickets_known(struct api *api, const struct id *person)
{
    struct session *next;

    for (struct session *s = api->people.first; s != NULL; s = next) {
        next = s->next;
        if (!s->is_verified || !id_equal(&s->visitor->person, person))
            continue;
        s->known++;
        if (s->older != OLDER_READING)
            s->older = OLDER_NOT_ASKED;
        if (s->early != NULL) {
            const struct list_ask ask = *s->early;

            tickets_list(s, &ask);
        }
    }
}

static void listed(enum store_result result, const union store_out *out, void *arg)
{
    struct act *a = arg;
    struct session *s = a->session; /* reads do not outlive it */

    a->op = NULL;
    if (!act_refused(a, result)) {
        const struct store_ticket_rows *all = &out->tickets;

        keep_early(s, a->ask, all);
        if (s->is_verified && s->older == OLDER_NOT_ASKED &&
            (all->contact != 0 || all->customer != 0))
            older_begin(s, a->ask, all->contact, all->customer);
        print_tickets(s->api, a->ask, all, (enum older)s->older);
        session_send_out(s);
    }
    act_free(a);
}

/* "MS.KEY", as print_tickets writes it. -1: it is not one. */
static int read_before(const char *before, int64_t *ms, const char **key)
{
    const char *dot = strchr(before, '.');
    char digits[24];

    *ms = 0;
    *key = "";
    if (before[0] == '\0')
        return 0;
    if (dot == NULL || dot - before >= (ptrdiff_t)sizeof(digits))
        return -1;
    memcpy(digits, before, (size_t)(dot - before));
    digits[dot - before] = '\0';
    *key = dot + 1;
    return str_to_int(digits, 1, INT64_MAX, ms);
}

void tickets_list(struct session *s, const struct list_ask *ask)
{
    struct store_ticket_list in = {.asker = asker_of(s),
                                   .account = account_of(s->api),
                                   .which = ask->which,
                                   .query = ask->query,
                                   .limit = PAGE_ROWS};
    struct act *a;

    if (read_before(ask->before, &in.before_ms, &in.before_key) != 0) {
        session_error(s, "bad_frame", "before is not from a list", NULL, -1);
        return;
    }
    a = act_new(s, false, &(struct frame){.kind = FRAME_TICKETS});
    if (a == NULL)
        return;
    a->ask = api_alloc(sizeof(*a->ask));
    *a->ask = *ask;
    a->ask->known = s->known;
    a->op = store_ticket_list(s->api->set.store, &in, listed, a);
}

static void list(struct session *s, const struct frame *f)
{
    struct list_ask ask = {.which = STORE_TICKETS_ALL};

    if (str_equal(f->which, "open"))
        ask.which = STORE_TICKETS_OPEN;
    else if (str_equal(f->which, "closed"))
        ask.which = STORE_TICKETS_CLOSED;
    else if (f->which != NULL && !str_equal(f->which, "all")) {
        session_error(s, "bad_frame", "which is open, closed or all", NULL, -1);
        return;
    }
    if (f->query != NULL) {
        const struct slice words = str_trim(f->query, strlen(f->query));

        if (words.len > STORE_QUERY_MAX) {
            session_error(s, "too_long", "the words to look for are too long", NULL, -1);
            return;
        }
        memcpy(ask.query, words.ptr, words.len);
    }
    if (f->before != NULL && str_copy(ask.before, sizeof(ask.before), f->before) != 0) {
        session_error(s, "bad_frame", "before is not from a list", NULL, -1);
        return;
    }
    if (!too_fast(s, f, &s->visitor->asks, ASKS_PER_MINUTE, ASK_BURST))
        tickets_list(s, &ask);
}

/* --- opening one --- */

/* It went to whom the PSA says that it belongs: whoever only typed the address has it no more. */
static void turn_out(struct room *room, const struct id *owner)
{
    struct session *next;

    for (struct session *s = room->first; s != NULL; s = next) {
        next = s->room_next;
        if (s->side != FRAME_PERSON || id_equal(&s->visitor->person, owner))
            continue;
        room_leave(s);
        session_end(s, 1008, "not yours any more");
    }
}

/* Nothing of an older ticket is here before its comments were read once. */
static const char *begin_reading(struct api *api, const struct store_summary *s)
{
    struct sync *sync = api->set.sync == NULL ? NULL : api->set.sync(api->set.arg);

    if (s->ticket.id == 0 || s->last_seq > 0)
        return "no";
    if (sync == NULL || !str_equal(s->ticket.account, account_of(api)))
        return "failed";
    sync_read(sync, &s->conversation, s->ticket.id);
    return "now";
}

static void opened(enum store_result result, const union store_out *out, void *arg)
{
    struct act *a = arg;
    struct session *s = a->session;
    struct api *api = a->api;

    a->op = NULL;
    if (!act_refused(a, result) && s != NULL && s->state == SESSION_READY) {
        const struct store_summary *summary = &out->opened.summary;
        struct room *room = room_get(api, &summary->conversation);

        if (out->opened.claimed)
            turn_out(room, &summary->person);
        room = room_get(api, &summary->conversation);
        room_join(s, room);
        s->is_guest = out->opened.by_psa;
        if (room->last_seq < summary->last_seq)
            room->last_seq = summary->last_seq;
        if (room->ticket_mark == 0)
            room->ticket_mark = hub_ticket_mark(summary);
        print_conversation(api, &out->opened, room->last_seq, begin_reading(api, summary));
        session_send_out(s);
        if (out->opened.claimed)
            hub_refresh_soon(api, &summary->conversation);
    }
    act_free(a);
}

static void open_conversation(struct session *s, const struct frame *f)
{
    struct env *env = s->api->set.env;
    struct act *a;

    if (too_fast(s, f, &s->visitor->asks, ASKS_PER_MINUTE, ASK_BURST))
        return;
    a = act_new(s, true, f);
    if (a == NULL)
        return;
    if (f->ticket == 0) {
        const struct store_conversation_open in = {.asker = asker_of(s),
                                                   .conversation = f->conversation};

        a->op = store_conversation_open(s->api->set.store, &in, opened, a);
        return;
    }
    struct store_ticket_adopt in = {.asker = asker_of(s),
                                    .account = account_of(s->api),
                                    .ticket = f->ticket,
                                    .conversation = env_new_id(env),
                                    .person = env_new_id(env),
                                    .now_ms = env_now_ms(env)};
    uint8_t random[5];

    env_random(env, random, sizeof(random));
    reference_make(random, in.reference);
    a->op = store_ticket_adopt(s->api->set.store, &in, opened, a);
}

/* --- solved, or not --- */

char *tickets_status_of(struct api *api, enum status_act act)
{
    const size_t len = api->options == NULL ? 0 : strlen(api->options);
    struct json_doc *doc = len == 0 ? NULL : json_parse(api->options, len, NULL);
    const struct json *all = doc == NULL ? NULL : json_get(json_root(doc), "statuses");
    const char *status = status_of_act(api->status_map, all, act);
    char *copy = status == NULL ? NULL : api_strdup(status);

    json_free(doc);
    return copy;
}

const char *tickets_reopen(struct api *api)
{
    char *status;
    struct buf payload;
    struct jw w;

    if (api->reopen != NULL)
        return api->reopen;
    status = tickets_status_of(api, STATUS_ACT_HELP);
    buf_init(&payload, STORE_TEXT_MAX);
    if (status != NULL) {
        jw_init(&w, &payload);
        jw_object(&w, NULL);
        jw_text(&w, "status", status);
        jw_object_end(&w);
    }
    api->reopen = api_strdup(payload.len > 0 && buf_ok(&payload) ? payload.ptr : "");
    buf_free(&payload);
    free(status);
    return api->reopen;
}

const char *api_reopen(struct api *api)
{
    return tickets_reopen(api);
}

void tickets_forget_reopen(struct api *api)
{
    free(api->reopen);
    api->reopen = NULL;
}

static void decided(enum store_result result, const union store_out *out, void *arg)
{
    struct act *a = arg;

    a->op = NULL;
    if (!act_refused(a, result)) {
        const struct store_added *added = &out->added;

        if (a->session != NULL) {
            print_ack(a->api, a, added->reference, added->seq, added->at_ms);
            session_send_out(a->session);
        }
        if (!added->duplicate) {
            hub_said(a->api, &a->conversation,
                     &(struct store_message){.id = added->message,
                                             .seq = added->seq,
                                             .at_ms = added->at_ms,
                                             .author = STORE_EVENT,
                                             .name = "",
                                             .body = a->body,
                                             .sender = "",
                                             .client_id = ""},
                     NULL);
            hub_refresh_soon(a->api, &a->conversation);
            api_wake(a->api);
        }
    }
    act_free(a);
}

static void submit_decision(struct session *s, const struct frame *f, char *status)
{
    const bool closes = f->kind == FRAME_SOLVED;
    const char *name = s->visitor->name != NULL ? s->visitor->name : "";
    struct act *a = act_new(s, true, f);
    struct buf payload, text;
    struct jw w;

    if (a == NULL)
        return;
    buf_init(&payload, STORE_TEXT_MAX);
    jw_init(&w, &payload);
    jw_object(&w, NULL);
    jw_text(&w, "status", status);
    jw_object_end(&w);
    buf_init(&text, STORE_TEXT_MAX);
    buf_printf(&text, closes ? "%s: this is solved." : "%s: I still need help.", name);
    a->body = api_strdup(text.ptr);
    a->sender = sender_of(s);
    const struct store_ticket_decide in = {.asker = asker_of(s),
                                           .conversation = f->conversation,
                                           .message = env_new_id(s->api->set.env),
                                           .closes = closes,
                                           .text = a->body,
                                           .payload = payload.ptr,
                                           .sender = a->sender,
                                           .client_id = a->client_id,
                                           .now_ms = env_now_ms(s->api->set.env)};
    a->op = store_ticket_decide(s->api->set.store, &in, decided, a);
    buf_free(&payload);
    buf_free(&text);
}

static void decide(struct session *s, const struct frame *f)
{
    const bool closes = f->kind == FRAME_SOLVED;
    char *status;

    if (too_fast(s, f, &s->visitor->asks, ASKS_PER_MINUTE, ASK_BURST))
        return;
    status = tickets_status_of(s->api, closes ? STATUS_ACT_SOLVED : STATUS_ACT_HELP);
    if (status == NULL)
        session_error(s, "not_allowed",
                      closes ? "no status is set for \"this is solved\": write it instead"
                             : "no status is set for \"I still need help\": write it instead",
                      f->client_id, -1);
    else
        submit_decision(s, f, status);
    free(status);
}

/* --- what is read and what is not --- */

static void counted(enum store_result result, const union store_out *out, void *arg)
{
    struct act *a = arg;

    a->op = NULL;
    if (result == STORE_OK) {
        print_unread(a->api, &a->conversation, &out->unread);
        session_send_out(a->session);
    }
    act_free(a);
}

static void tell_unread(struct session *s, const struct id *conversation)
{
    const struct store_unread_read in = {
        .asker = asker_of(s), .account = account_of(s->api), .conversation = *conversation};
    struct act *a = act_new(s, false, &(struct frame){.conversation = *conversation});

    if (a != NULL)
        a->op = store_unread(s->api->set.store, &in, counted, a);
}

void tickets_changed(struct api *api, const struct store_summary *summary)
{
    for (struct session *s = present_first(api, &summary->person); s != NULL; s = s->present_next) {
        const bool is_open = s->room != NULL && id_equal(&s->room->id, &summary->conversation);

        if (s->state != SESSION_READY)
            continue;
        if (!is_open && summary->is_adopted) { /* is it still theirs? */
            guest_ticket(s, &summary->conversation, true);
        } else if (!is_open) {
            print_ticket(api, summary);
            session_send_out(s);
        }
        /* Also who has it open, for they may not look at it. */
        if (summary->last_from == STORE_STAFF)
            tell_unread(s, &summary->conversation);
    }
}

static void marked(enum store_result result, const union store_out *out, void *arg)
{
    struct act *a = arg;
    const struct session *s = a->session;

    a->op = NULL;
    if (result == STORE_OK && s != NULL && out->changed.changed)
        talk_seen(s, &a->conversation, a->seq);
    /* On every device of theirs. */
    if (!act_refused(a, result) && s != NULL && s->is_verified && out->changed.changed)
        for (struct session *one = present_first(a->api, &s->visitor->person); one != NULL;
             one = one->present_next)
            if (one->state == SESSION_READY)
                tell_unread(one, &a->conversation);
    act_free(a);
}

static void mark(struct session *s, const struct frame *f)
{
    const struct store_read_mark in = {
        .asker = asker_of(s), .conversation = f->conversation, .seq = f->seq};
    struct act *a;

    if (too_fast(s, f, &s->visitor->reads, READS_PER_MINUTE, READ_BURST))
        return;
    a = act_new(s, true, f);
    if (a == NULL)
        return;
    a->seq = f->seq;
    a->op = store_read_mark(s->api->set.store, &in, marked, a);
}

void tickets_frame(struct session *s, const struct frame *f)
{
    switch (f->kind) {
    case FRAME_TICKETS:
        list(s, f);
        break;
    case FRAME_OPEN:
        open_conversation(s, f);
        break;
    case FRAME_LEAVE:
        room_leave(s);
        break;
    case FRAME_SOLVED:
    case FRAME_HELP:
        decide(s, f);
        break;
    case FRAME_READ:
        mark(s, f);
        break;
    default: /* person_frame hands on no other */
        break;
    }
}
