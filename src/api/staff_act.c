/* What staff do with a conversation beside talking in it: give it to one of them, let it sleep,
 * close it, open it again, tag it. */
#include "api/api_private.h"

#include <stdlib.h>
#include <string.h>

static void done(enum store_result result, const union store_out *out, void *arg)
{
    struct act *a = arg;

    a->op = NULL;
    if (result == STORE_NOT_FOUND && a->session != NULL) {
        session_error(a->session, "not_found", "no such conversation, or nobody to give it to",
                      a->client_id, -1);
    } else if (result == STORE_REFUSED && a->session != NULL) {
        session_error(a->session, "not_allowed", "those are not two conversations of one person",
                      a->client_id, -1);
    } else if (result == STORE_CROSSED && a->seen > 0 && a->session != NULL) {
        session_error(a->session, "written", "the person has written meanwhile: read it first",
                      a->client_id, -1);
    } else if (!act_refused(a, result)) {
        if (a->session != NULL) {
            print_ack(a->api, a, NULL, out->added.seq, out->added.at_ms);
            session_send_out(a->session);
        }
        if (out->added.note_seq > 0)
            talk_tell_mentions(a, out->added.note_seq, out->added.at_ms);
        hub_missed_from(a->api, &a->conversation, out->added.seq);
        hub_refresh(a->api, &a->conversation);
        if (!id_is_none(&a->message)) { /* merged into it */
            hub_missed(a->api, &a->message);
            hub_refresh(a->api, &a->message);
        }
        api_wake(a->api);
    }
    act_free(a);
}

/* {"status": ...}, malloc'd; "" when the ticket stays as it is. */
static char *status_payload(const char *status)
{
    struct buf b;
    struct jw w;
    char *text;

    if (status == NULL || status[0] == '\0')
        return api_strdup("");
    buf_init(&b, STORE_TEXT_MAX);
    jw_init(&w, &b);
    jw_object(&w, NULL);
    jw_text(&w, "status", status);
    jw_object_end(&w);
    text = api_strdup(buf_ok(&b) ? b.ptr : "");
    buf_free(&b);
    return text;
}

/* What closing or opening does to the ticket, malloc'd: the status that is named, else the one that
 * the administrator chose; "" leaves it alone. NULL: refused, with an error sent. */
static char *payload_of(struct session *s, const struct frame *f)
{
    char *chosen, *payload;

    if (f->status == NULL && f->kind == FRAME_REOPEN)
        return api_strdup(tickets_reopen(s->api));
    if (f->status == NULL) {
        chosen = tickets_status_of(s->api, STATUS_ACT_SOLVED);
        payload = status_payload(chosen);
        free(chosen);
        return payload;
    }
    if (f->status[0] != '\0' && !api_is_option(s->api, "statuses", f->status)) {
        session_error(s, "not_allowed", "the account has no such status", f->client_id, -1);
        return NULL;
    }
    return status_payload(f->status);
}

static enum store_act_kind kind_of(const struct frame *f)
{
    switch (f->kind) {
    case FRAME_ASSIGN:
        return STORE_ACT_ASSIGN;
    case FRAME_SNOOZE:
        return STORE_ACT_SNOOZE;
    case FRAME_CLOSE:
        return STORE_ACT_CLOSE;
    case FRAME_REOPEN:
        return STORE_ACT_REOPEN;
    case FRAME_MERGE:
        return STORE_ACT_MERGE;
    default:
        return STORE_ACT_TAGS;
    }
}

/* The sentence that the person reads. */
static char *sentence_of(const struct session *s, const struct frame *f)
{
    struct buf b;
    char *text;

    buf_init(&b, STORE_TEXT_MAX);
    if (f->kind == FRAME_CLOSE)
        buf_printf(&b, "%s closed this conversation.", s->staff->name);
    else if (f->kind == FRAME_REOPEN)
        buf_printf(&b, "%s opened this conversation again.", s->staff->name);
    text = api_strdup(b.len > 0 && buf_ok(&b) ? b.ptr : "");
    buf_free(&b);
    return text;
}

/* The note to the next, cleaned, malloc'd; "" for none. NULL: refused, with an error sent. */
static char *note_of(struct session *s, const struct frame *f)
{
    if (f->body == NULL || f->body[0] == '\0')
        return api_strdup("");
    return act_body(s, f);
}

void staff_act(struct session *s, const struct frame *f)
{
    const bool merges = f->kind == FRAME_MERGE;
    const bool turns = f->kind == FRAME_CLOSE || f->kind == FRAME_REOPEN || merges;
    struct env *env = s->api->set.env;
    const struct rules_effect note = rules_effect_of(RULES_NOTE);
    struct store_act in = {.kind = kind_of(f),
                           .conversation = f->conversation,
                           .by = s->staff->id,
                           .name = s->staff->name,
                           .client_id = f->client_id,
                           .to = merges ? f->into : f->staff,
                           .was = f->was,
                           .look_was = f->has_was,
                           .until_ms = f->until,
                           .seen = f->seen,
                           .tag_count = f->tag_count,
                           .now_ms = env_now_ms(env)};
    if (f->until != 0 && f->until <= in.now_ms) {
        session_error(s, "not_allowed", "choose a time that is still to come", f->client_id, -1);
        return;
    }
    char *payload = turns ? payload_of(s, f) : api_strdup("");
    char *body = payload == NULL ? NULL : note_of(s, f), *text = sentence_of(s, f);
    struct act *a = body == NULL ? NULL : act_new(s, true, f);

    if (a == NULL)
        goto out;
    if (merges)
        a->message = f->into;
    a->seen = f->seen;
    a->name = api_strdup(s->staff->name);
    in.mention_count = a->mention_count = talk_mentioned(s, body, a->mentions);
    memcpy(in.mentions, a->mentions, sizeof(in.mentions));
    memcpy(in.tags, f->tags, sizeof(in.tags));
    in.message = env_new_id(env);
    in.second = env_new_id(env);
    in.third = env_new_id(env);
    in.payload = payload;
    in.reopen = merges ? tickets_reopen(s->api) : "";
    in.text = text;
    in.body = body;
    in.outbox = (struct store_enqueue){
        .wanted = true, .interactive = note.interactive, .next_at_ms = in.now_ms + note.after_ms};
    a->op = store_conversation_act(s->api->set.store, &in, done, a);
out:
    free(payload);
    free(body);
    free(text);
}
