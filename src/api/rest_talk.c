/* Conversations for programs of others: read them, and do in them what staff do. */
#include <stdlib.h>
#include <string.h>

#include "api/rest_api.h"
#include "base/str.h"
#include "chat/rules.h"
#include "chat/text.h"
#include "hook/body.h"

#define TALKS_MAX    50
#define MESSAGES_MAX 100

static const struct store_asker staff = {.is_staff = true};

/* --- read --- */

static void talks_read(enum store_result result, const union store_out *out, void *arg)
{
    struct rest *r = arg;
    struct jw *w = rest_list(r, result, "conversations");

    if (w == NULL)
        return;
    for (size_t i = 0; i < out->summaries.count; i++)
        hook_body_conversation(w, NULL, &out->summaries.rows[i]);
    jw_array_end(w);
    jw_bool(w, "more", out->summaries.more);
    rest_done(r, 200);
}

void rest_api_talks(struct rest *r)
{
    struct store_talks_read in = {.open = -1, .limit = TALKS_MAX};
    const char *open = rest_query(r, "open"), *before = rest_query(r, "before");

    if (str_equal(open, "true") || str_equal(open, "false"))
        in.open = open[0] == 't';
    else if (open[0] != '\0') {
        rest_error(r, 400, "bad_field", "open", "true or false");
        return;
    }
    if (before[0] != '\0' && id_parse(before, &in.before) != 0)
        rest_error(r, 400, "bad_field", "before", "this is no id of a conversation");
    else
        r->op = store_talks_read(r->api->set.store, &in, talks_read, r);
}

static void talk_read(enum store_result result, const union store_out *out, void *arg)
{
    struct rest *r = arg;

    r->op = NULL;
    if (result == STORE_NOT_FOUND) {
        rest_error_not_found(r);
    } else if (result != STORE_OK) {
        rest_error_busy(r);
    } else {
        hook_body_conversation(rest_begin(r), "conversation", &out->summary);
        rest_done(r, 200);
    }
}

void rest_api_talk(struct rest *r)
{
    struct id id;

    if (rest_id(r, 0, &id))
        r->op = store_conversation_summary(r->api->set.store, &id, &staff, talk_read, r);
}

/* The most bytes that a message takes: each of its body may be an escape of six. */
static size_t most_of(const struct store_message *m)
{
    return 6 * (strlen(m->body) + strlen(m->name)) + 1024 + 2048 * m->file_count;
}

static void messages_read(enum store_result result, const union store_out *out, void *arg)
{
    struct rest *r = arg;
    const struct store_message *rows;
    struct jw *w;
    size_t n;

    if (result == STORE_NOT_FOUND) {
        r->op = NULL;
        rest_error_not_found(r);
        return;
    }
    w = rest_list(r, result, "messages");
    if (w == NULL)
        return;
    rows = out->messages.rows;
    for (n = 0; n < out->messages.count; n++) {
        if (n > 0 && r->out.len + most_of(&rows[n]) + 128 > REST_OUT_MAX)
            break; /* the next page begins with it */
        if (!rules_is_act(&rows[n]))
            hook_body_message(w, NULL, &rows[n]);
    }
    jw_array_end(w);
    /* Acts of staff are left out, so that the last seq that was looked at is told. */
    jw_int(w, "since", n > 0 ? rows[n - 1].seq : out->messages.last_seq);
    jw_bool(w, "more", out->messages.more || n < out->messages.count);
    rest_done(r, 200);
}

void rest_api_messages(struct rest *r)
{
    struct store_messages_read in = {.asker = staff, .limit = MESSAGES_MAX, .include_notes = true};
    const char *since = rest_query(r, "since");

    if (!rest_id(r, 0, &in.conversation))
        return;
    if (since[0] != '\0' && str_to_int(since, 0, INT64_MAX, &in.since) != 0)
        rest_error(r, 400, "bad_field", "since", "this is no seq of a message");
    else
        r->op = store_messages_read(r->api->set.store, &in, messages_read, r);
}

/* --- say --- */

static void done(enum store_result result, const union store_out *out, void *arg)
{
    struct rest *r = arg;
    struct id conversation;

    r->op = NULL;
    if (result == STORE_NOT_FOUND) {
        rest_error_not_found(r);
    } else if (result == STORE_CONFLICT || result == STORE_CROSSED || result == STORE_MOVED) {
        rest_error(r, 409, "moved_on", NULL, "somebody else was first: look at what is there now");
    } else if (result != STORE_OK) {
        rest_error_busy(r);
    } else {
        conversation = out->added.conversation;
        hub_missed_from(r->api, &conversation, out->added.seq);
        hub_refresh(r->api, &conversation);
        api_wake(r->api);
        jw_int(rest_begin(r), "seq", out->added.seq);
        jw_int(&r->w, "at", out->added.at_ms);
        rest_done(r, 200);
    }
}

/* The key's own name of this request, as messages and acts know it. It is there: rest_api_once. */
static const char *client_id(struct rest *r)
{
    return r->once;
}

static void say(struct rest *r, enum rules_act act)
{
    const struct rules_effect effect = rules_effect_of(act);
    const char *text = rest_text(r, "body", 4 * CHAT_BODY_MAX, false);
    char id[ID_TEXT_SIZE], *body = arena_alloc(r->arena, CHAT_BODY_MAX + 1);
    size_t len;
    struct store_message_add in = {.asker = staff,
                                   .message = env_new_id(r->api->set.env),
                                   .author = effect.author,
                                   .name = r->key.name,
                                   .client_id = client_id(r),
                                   .waiting = effect.waiting,
                                   .now_ms = env_now_ms(r->api->set.env)};

    if (text == NULL || !rest_id(r, 0, &in.conversation))
        return;
    if (text_body(text, strlen(text), body, &len) != TEXT_OK) {
        rest_error(r, 400, "too_long", "body", "8000 bytes at most, and not empty");
        return;
    }
    id_format(&r->key.id, id);
    in.sender = arena_printf(r->arena, "s:%s", id);
    in.body = body;
    in.outbox = (struct store_enqueue){.wanted = true,
                                       .interactive = effect.interactive,
                                       .next_at_ms = in.now_ms + effect.after_ms};
    r->op = store_message_add(r->api->set.store, &in, done, r);
}

void rest_api_reply(struct rest *r)
{
    say(r, RULES_REPLY);
}

void rest_api_note(struct rest *r)
{
    say(r, RULES_NOTE);
}

/* --- do --- */

static void act(struct rest *r, struct store_act *in)
{
    if (!rest_id(r, 0, &in->conversation))
        return;
    in->message = env_new_id(r->api->set.env);
    in->second = env_new_id(r->api->set.env);
    in->by = r->key.id;
    in->name = r->key.name;
    in->client_id = client_id(r);
    in->now_ms = env_now_ms(r->api->set.env);
    in->body = "";
    if (in->text == NULL)
        in->text = in->payload = "";
    r->op = store_conversation_act(r->api->set.store, in, done, r);
}

void rest_api_assign(struct rest *r)
{
    struct store_act in = {.kind = STORE_ACT_ASSIGN};
    const char *to = rest_text(r, "staff", ID_TEXT_SIZE, true);

    if (to == NULL)
        return;
    if (json_kind(json_get(r->body, "staff")) == JSON_KIND_NONE ||
        (to[0] != '\0' && id_parse(to, &in.to) != 0))
        rest_error(r, 400, "bad_field", "staff", "the id of somebody of staff, or null");
    else
        act(r, &in);
}

void rest_api_tags(struct rest *r)
{
    struct store_act in = {.kind = STORE_ACT_TAGS};
    const struct json *all = json_get(r->body, "tags");

    for (size_t i = 0; i < json_count(all); i++) {
        const char *tag = json_text(json_at(all, i));

        if (i >= STORE_TAGS_MAX || tag == NULL || !text_is_tag(tag)) {
            rest_error(r, 400, "bad_field", "tags",
                       "at most 10 tags of 1 to 40 bytes, in one line, without commas and without "
                       "spaces around them");
            return;
        }
        in.tags[in.tag_count++] = tag;
    }
    if (json_kind(all) != JSON_KIND_ARRAY)
        rest_error(r, 400, "bad_field", "tags", "this must be a list");
    else
        act(r, &in);
}

void rest_api_snooze(struct rest *r)
{
    struct store_act in = {.kind = STORE_ACT_SNOOZE};
    const struct json *until = json_get(r->body, "until");

    if (json_kind(until) != JSON_KIND_INT || json_int(until, &in.until_ms) != 0 ||
        in.until_ms < 0 || in.until_ms > CHAT_TIME_MAX ||
        (in.until_ms != 0 && in.until_ms <= env_now_ms(r->api->set.env)))
        rest_error(r, 400, "bad_field", "until", "a time that is still to come, or 0 to wake it");
    else
        act(r, &in);
}

static const char *change_of(struct rest *r, bool opens)
{
    char *chosen = opens ? NULL : tickets_status_of(r->api, STATUS_ACT_SOLVED);
    const char *payload = opens ? tickets_reopen(r->api) : "";
    struct buf b;
    struct jw w;

    if (chosen != NULL && chosen[0] != '\0') {
        buf_init(&b, STORE_TEXT_MAX);
        jw_init(&w, &b);
        jw_object(&w, NULL);
        jw_text(&w, "status", chosen);
        jw_object_end(&w);
        payload = buf_ok(&b) ? arena_strdup(r->arena, b.ptr) : "";
        buf_free(&b);
    }
    free(chosen);
    return payload;
}

void rest_api_close(struct rest *r)
{
    struct store_act in = {.kind = STORE_ACT_CLOSE};

    in.text = arena_printf(r->arena, "%s closed this conversation.", r->key.name);
    in.payload = change_of(r, false);
    act(r, &in);
}

void rest_api_reopen(struct rest *r)
{
    struct store_act in = {.kind = STORE_ACT_REOPEN};

    in.text = arena_printf(r->arena, "%s opened this conversation again.", r->key.name);
    in.payload = change_of(r, true);
    act(r, &in);
}
