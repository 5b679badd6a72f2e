/* The server's frames, written into api->out. */
#include "api/api_private.h"

#include "base/str.h"
#include "chat/account.h"
#include "duty/duty.h"
#include "hook/body.h"

#include <string.h>

#define BODY_SHOWN_MAX 16000 /* bytes; what the PSA holds may be longer */

struct jw print_begin(struct api *api, const char *kind)
{
    struct jw w;

    buf_clear(&api->out);
    jw_init(&w, &api->out);
    jw_object(&w, NULL);
    jw_text(&w, "t", kind);
    return w;
}

void print_id(struct jw *w, const char *key, const struct id *id)
{
    char text[ID_TEXT_SIZE];

    id_format(id, text);
    jw_text(w, key, text);
}

void print_some(struct jw *w, const char *key, const char *text)
{
    jw_text(w, key, text != NULL && text[0] != '\0' ? text : NULL);
}

static void some_time(struct jw *w, const char *key, int64_t ms)
{
    if (ms != 0)
        jw_int(w, key, ms);
    else
        jw_null(w, key);
}

void print_kind(struct api *api, const char *kind)
{
    struct jw w = print_begin(api, kind);

    jw_object_end(&w);
}

void print_error(struct api *api, const char *code, const char *text, const char *client_id,
                 int64_t retry_ms)
{
    struct jw w = print_begin(api, "error");

    jw_text(&w, "code", code);
    jw_text(&w, "text", text);
    if (client_id != NULL)
        jw_text(&w, "client_id", client_id);
    if (retry_ms >= 0)
        jw_int(&w, "retry_ms", retry_ms);
    jw_object_end(&w);
}

void print_ticket_fields(struct api *api, struct jw *w, const struct store_summary *s)
{
    const struct store_ticket *t = &s->ticket;

    print_some(w, "number", t->number);
    jw_text(w, "state", rules_ticket_word(t));
    print_some(w, "status", t->status);
    jw_text(w, "word", status_word(status_told(api->status_map, t->status, s->open)));
    jw_bool(w, "open", s->open);
    print_some(w, "priority", t->priority);
    print_some(w, "assignee", t->assignee);
}

/* How a person can prove here who they are. */
static void prove_ways(struct jw *w, const struct api *api)
{
    jw_array(w, "prove");
    if (after_has_mail(api))
        jw_text(w, NULL, "code");
    if (api->set.people_oidc != NULL)
        jw_text(w, NULL, "oidc");
    jw_array_end(w);
    if (api->set.people_oidc != NULL)
        jw_text(w, "provider", api->set.people_oidc_name);
}

static void file_limits(struct api *api, struct jw *w)
{
    const struct files_rules *rules = files_rules(api->files);

    jw_object(w, "files");
    jw_int(w, "max_bytes", rules->max_mib * FILES_MIB);
    jw_int(w, "count", rules->count);
    jw_int(w, "chunk", CHAT_FILE_CHUNK);
    jw_array(w, "types");
    for (int k = 1; k < FILE_KIND_COUNT; k++)
        if (files_takes(api->files, (enum file_kind)k))
            jw_text(w, NULL, file_kind_name((enum file_kind)k));
    jw_array_end(w);
    jw_object_end(w);
}

/* What may be said of when an answer comes: null when nothing may. */
static void print_promise(const struct api *api, struct jw *w)
{
    struct duty_promise p = {.is_open = true};

    if (api->set.duty != NULL)
        p = duty_promise(api->set.duty);
    if (p.answer_ms == 0 && p.opens_ms == 0) {
        jw_null(w, "promise");
        return;
    }
    jw_object(w, "promise");
    some_time(w, "answer_ms", p.answer_ms);
    some_time(w, "opens_at", p.opens_ms);
    jw_object_end(w);
}

void print_welcome_person(struct api *api, const struct store_visitor *v, int64_t last_seq)
{
    struct jw w = print_begin(api, "welcome");

    if (v != NULL) {
        jw_object(&w, "person");
        jw_text(&w, "name", v->name);
        jw_text(&w, "email", v->email);
        jw_bool(&w, "verified", v->is_verified);
        print_some(&w, "via", v->via);
        print_some(&w, "company", v->company);
        jw_bool(&w, "manager", v->is_manager);
        jw_object_end(&w);
    } else {
        jw_null(&w, "person");
    }
    if (v != NULL && v->has_conversation) {
        jw_object(&w, "conversation");
        print_id(&w, "id", &v->conversation.conversation);
        jw_text(&w, "reference", v->conversation.reference);
        jw_int(&w, "last_seq", last_seq);
        print_rating_fields(&w, "rating", &v->conversation.rating);
        jw_object(&w, "ticket");
        print_ticket_fields(api, &w, &v->conversation);
        jw_object_end(&w);
        jw_object_end(&w);
    } else {
        jw_null(&w, "conversation");
    }
    jw_object(&w, "limits");
    jw_int(&w, "body", CHAT_BODY_MAX);
    jw_int(&w, "name", CHAT_NAME_MAX);
    jw_int(&w, "email", CHAT_EMAIL_MAX);
    jw_int(&w, "frame", CHAT_FRAME_MAX);
    jw_int(&w, "per_minute", api->set.messages_per_minute);
    file_limits(api, &w);
    jw_object_end(&w);
    prove_ways(&w, api);
    jw_int(&w, "heartbeat_ms", api->set.heartbeat_ms);
    jw_bool(&w, "staff", api->someone);
    print_promise(api, &w);
    print_choices(api, &w);
    jw_object_end(&w);
}

void print_proving(struct api *api, const char *email, int64_t retry_ms)
{
    struct jw w = print_begin(api, "proving");

    jw_text(&w, "email", email);
    jw_int(&w, "retry_ms", retry_ms);
    jw_object_end(&w);
}

void print_sign_in(struct api *api, const char *url)
{
    struct jw w = print_begin(api, "sign_in");

    jw_text(&w, "url", url);
    jw_object_end(&w);
}

void print_welcome_staff(struct api *api, const struct staff *who)
{
    struct jw w = print_begin(api, "welcome");

    print_id(&w, "id", &who->id);
    jw_text(&w, "name", who->name);
    jw_text(&w, "role", account_role_name(who->role));
    jw_int(&w, "heartbeat_ms", api->set.heartbeat_ms);
    jw_raw(&w, "options", ticket_lists(api));
    jw_bool(&w, "mail", after_has_mail(api));
    file_limits(api, &w);
    jw_object_end(&w);
}

void print_team(struct api *api)
{
    struct jw w = print_begin(api, "team");

    jw_array(&w, "members");
    for (size_t i = 0; i < api->team_count && api->out.len < API_FRAME_OUT_MAX - 2048; i++) {
        const struct team *one = &api->team[i];

        jw_object(&w, NULL);
        print_id(&w, "id", &one->id);
        jw_text(&w, "name", one->name);
        jw_text(&w, "role", account_role_name(one->role));
        jw_bool(&w, "present", one->is_present);
        jw_bool(&w, "away", api->set.duty != NULL && duty_is_away(api->set.duty, &one->id));
        jw_object_end(&w);
    }
    jw_array_end(&w);
    jw_object_end(&w);
}

/* The stored lists are an object already; the frame is that object with its kind. */
void print_options(struct api *api)
{
    const char *lists = ticket_lists(api);

    buf_clear(&api->out);
    buf_printf(&api->out, "{\"t\":\"options\"%s%s", strcmp(lists, "{}") == 0 ? "" : ",", lists + 1);
}

void print_ack(struct api *api, const struct act *a, const char *reference, int64_t seq,
               int64_t at_ms)
{
    struct jw w = print_begin(api, "ack");

    jw_text(&w, "client_id", a->client_id);
    print_id(&w, "conversation", &a->conversation);
    if (reference != NULL)
        jw_text(&w, "reference", reference);
    jw_int(&w, "seq", seq);
    jw_int(&w, "at", at_ms);
    jw_object_end(&w);
}

static void one_message(struct jw *w, const struct store_message *m, const char *sender)
{
    size_t len = strlen(m->body), shown = str_cut_utf8(m->body, len, BODY_SHOWN_MAX);

    jw_object(w, NULL);
    jw_int(w, "seq", m->seq);
    print_id(w, "id", &m->id);
    if (rules_is_act(m)) { /* the store wrote it: an object */
        jw_text(w, "from", "act");
        jw_text(w, "name", m->name);
        jw_raw(w, "act", m->body);
        jw_text(w, "body", "");
    } else {
        jw_text(w, "from", store_author_name(m->author));
        jw_text(w, "name", m->name);
        jw_textn(w, "body", m->body, shown);
    }
    jw_int(w, "at", m->at_ms);
    if (m->edited_ms != 0)
        jw_int(w, "edited", m->edited_ms);
    if (m->removed)
        jw_bool(w, "removed", true);
    if (m->file_count > 0) {
        jw_array(w, "files");
        for (size_t i = 0; i < m->file_count; i++) {
            jw_object(w, NULL);
            files_print(w, &m->files[i]);
            jw_object_end(w);
        }
        jw_array_end(w);
    }
    if (sender != NULL && m->client_id[0] != '\0' && str_equal(sender, m->sender))
        jw_text(w, "client_id", m->client_id);
    jw_object_end(w);
}

size_t print_messages(struct api *api, const struct id *conversation,
                      const struct store_message *rows, size_t count, bool more, bool notes,
                      const char *sender)
{
    struct jw w = print_begin(api, "messages");
    size_t i;

    print_id(&w, "conversation", conversation);
    jw_array(&w, "messages");
    for (i = 0; i < count; i++) {
        /* The worst case of one more: each byte an escape of six. */
        if (i > 0 && api->out.len + 6 * strlen(rows[i].body) + 2048 + 1024 * rows[i].file_count >
                         API_FRAME_OUT_MAX / 2)
            break;
        if (notes || rules_person_sees(&rows[i], true))
            one_message(&w, &rows[i], sender);
    }
    jw_array_end(&w);
    jw_bool(&w, "more", more || i < count);
    jw_object_end(&w);
    return i;
}

void print_changed(struct api *api, const struct id *conversation, const struct store_message *m,
                   bool is_seen)
{
    struct jw w = print_begin(api, "changed");

    print_id(&w, "conversation", conversation);
    jw_int(&w, "seq", m->seq);
    if (is_seen) {
        jw_array(&w, "messages");
        one_message(&w, m, NULL);
        jw_array_end(&w);
    }
    jw_object_end(&w);
}

void print_ticket(struct api *api, const struct store_summary *s)
{
    struct jw w = print_begin(api, "ticket");

    print_id(&w, "conversation", &s->conversation);
    print_ticket_fields(api, &w, s);
    jw_object_end(&w);
}

void print_presence(struct api *api)
{
    struct jw w = print_begin(api, "presence");

    jw_bool(&w, "staff", api->someone);
    print_promise(api, &w);
    jw_object_end(&w);
}

/* They come as one text with commas. */
static void print_tags(struct jw *w, const char *tags)
{
    jw_array(w, "tags");
    while (*tags != '\0') {
        const size_t len = strcspn(tags, ",");

        jw_textn(w, NULL, tags, len);
        tags += len + (tags[len] == ',');
    }
    jw_array_end(w);
}

void print_summary_fields(struct api *api, struct jw *w, const char *key,
                          const struct store_summary *s)
{
    char url[API_URL_SIZE] = "";

    jw_object(w, key);
    print_id(w, "id", &s->conversation);
    jw_text(w, "reference", s->reference);
    jw_text(w, "name", s->name);
    jw_text(w, "email", s->email);
    jw_bool(w, "verified", s->is_verified);
    print_some(w, "company", s->company);
    jw_text(w, "subject", s->subject);
    jw_text(w, "last_body", s->last_body);
    jw_text(w, "last_from", store_author_name(s->last_from));
    jw_int(w, "last_at", s->last_at_ms);
    jw_int(w, "last_seq", s->last_seq);
    jw_int(w, "last_said", s->said_seq);
    some_time(w, "waiting_since", s->waiting_since_ms);
    jw_text(w, "state", s->open ? "open" : "closed");
    if (id_is_none(&s->staff)) {
        jw_null(w, "staff");
    } else {
        jw_object(w, "staff");
        print_id(w, "id", &s->staff);
        jw_text(w, "name", s->staff_name);
        jw_object_end(w);
    }
    if (id_is_none(&s->merged))
        jw_null(w, "merged");
    else
        print_id(w, "merged", &s->merged);
    print_id(w, "person", &s->person);
    some_time(w, "snoozed_until", s->snoozed_ms);
    print_tags(w, s->tags);
    jw_int(w, "created", s->created_ms);
    some_time(w, "closed_at", s->closed_ms);
    some_time(w, "answered_at", s->answered_ms);
    hook_body_rating(w, "rating", &s->rating);
    jw_bool(w, "unanswered", s->is_unanswered);
    jw_object(w, "ticket");
    print_some(w, "number", s->ticket.number);
    if (s->ticket.id != 0 && api->set.ticket_url != NULL)
        api->set.ticket_url(&s->ticket, url, api->set.arg);
    print_some(w, "url", url);
    jw_text(w, "state", rules_entry_word(s->ticket.state, s->ticket.reason));
    print_some(w, "status", s->ticket.status);
    print_some(w, "priority", s->ticket.priority);
    print_some(w, "assignee", s->ticket.assignee);
    print_some(w, "reason", s->ticket.reason);
    ticket_print(w, &s->ticket);
    jw_object_end(w);
    jw_object_end(w);
}

/* Where the next piece goes on; NULL: at the beginning of all. */
static void print_after(struct jw *w, const struct id *last)
{
    if (last == NULL)
        jw_text(w, "after", "");
    else
        print_id(w, "after", last);
}

void print_inbox(struct api *api, const struct store_summaries *all, bool first)
{
    struct jw w = print_begin(api, "inbox");
    size_t count = 0;

    jw_array(&w, "conversations");
    for (; count < all->count && api->out.len < API_FRAME_OUT_MAX - 24 * 1024; count++)
        print_summary_fields(api, &w, NULL, &all->rows[count]);
    jw_array_end(&w);
    jw_bool(&w, "first", first);
    if (count < all->count || all->more)
        /* The first piece is in another order than those that follow. */
        print_after(&w, first ? NULL : &all->rows[count - 1].conversation);
    else
        jw_null(&w, "after");
    jw_object_end(&w);
}

void print_summary(struct api *api, const struct store_summary *s)
{
    struct jw w = print_begin(api, "summary");

    print_summary_fields(api, &w, "conversation", s);
    jw_object_end(&w);
}

void print_outbox(struct api *api, const struct id *conversation, const struct store_entries *e)
{
    struct jw w = print_begin(api, "outbox");

    print_id(&w, "conversation", conversation);
    jw_array(&w, "entries");
    for (size_t i = 0; i < e->count && api->out.len < API_FRAME_OUT_MAX - 8 * 1024; i++) {
        const struct store_entry *row = &e->rows[i];

        jw_object(&w, NULL);
        jw_int(&w, "id", row->id);
        jw_text(&w, "kind", store_kind_name(row->kind));
        jw_text(&w, "state", rules_entry_word(row->state, row->reason));
        print_some(&w, "reason", row->reason);
        jw_int(&w, "attempts", row->attempts);
        jw_int(&w, "seq_from", row->seq_from);
        jw_int(&w, "seq_to", row->seq_to);
        jw_int(&w, "at", row->created_ms);
        ticket_print_entry(&w, row);
        jw_object_end(&w);
    }
    jw_array_end(&w);
    jw_object_end(&w);
}
