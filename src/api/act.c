/* What a session has asked of the store and waits for. Nothing is acknowledged, and nobody hears
 * of it, before the store's answer. */
#include "api/api_private.h"

#include "base/id.h"
#include "base/str.h"
#include "chat/address.h"
#include "chat/text.h"

#include <stdlib.h>
#include <string.h>

static struct act **list_of(struct act *a)
{
    return a->session != NULL ? &a->session->acts : &a->api->orphans;
}

static void list_add(struct act *a)
{
    struct act **first = list_of(a);

    a->prev = NULL;
    a->next = *first;
    if (a->next != NULL)
        a->next->prev = a;
    *first = a;
}

static void list_remove(struct act *a)
{
    if (a->prev != NULL)
        a->prev->next = a->next;
    else
        *list_of(a) = a->next;
    if (a->next != NULL)
        a->next->prev = a->prev;
}

struct act *act_new(struct session *s, bool is_write, const struct frame *f)
{
    struct act *a;
    size_t count = 0;

    for (a = s->acts; a != NULL; a = a->next)
        count++;
    if (count >= API_ACTS_MAX) {
        session_error(s, "busy", "too much at once", f->client_id, 1000);
        return NULL;
    }
    a = api_alloc(sizeof(*a));
    a->api = s->api;
    a->session = s;
    a->is_write = is_write;
    a->conversation = f->conversation;
    if (f->client_id != NULL && str_copy(a->client_id, sizeof(a->client_id), f->client_id) < 0)
        abort(); /* frame_parse has looked at its length */
    list_add(a);
    if (is_write)
        s->api->writes++;
    return a;
}

void act_free(struct act *a)
{
    list_remove(a);
    if (a->is_write)
        a->api->writes--;
    free(a->name);
    free(a->email);
    free(a->subject);
    free(a->body);
    free(a->payload);
    free(a->sender);
    free(a->ask);
    free(a);
}

void act_abandon_all(struct session *s)
{
    while (s->acts != NULL) {
        struct act *a = s->acts;

        if (a->is_write) {
            list_remove(a);
            a->session = NULL;
            list_add(a);
        } else {
            store_cancel(s->api->set.store, &a->op);
            act_free(a);
        }
    }
}

void act_cancel_all(struct api *api)
{
    while (api->orphans != NULL) {
        struct act *a = api->orphans;

        store_cancel(api->set.store, &a->op);
        act_free(a);
    }
}

bool act_refused(struct act *a, enum store_result result)
{
    const char *client_id = a->client_id[0] != '\0' ? a->client_id : NULL;

    if (result == STORE_OK)
        return false;
    if (a->session == NULL)
        return true;
    if (result == STORE_NOT_FOUND)
        session_error(a->session, "not_found", "no such conversation", client_id, -1);
    else if (result == STORE_REFUSED)
        session_error(a->session, "bad_file", "a file is not whole, not yours or sent already",
                      client_id, -1);
    else if (result == STORE_CROSSED && a->seen > 0)
        session_error(a->session, "crossed", "somebody else has answered: read it first", client_id,
                      -1);
    else if (result == STORE_CROSSED)
        session_error(a->session, "moved_on", "somebody else was first: look at what is there now",
                      client_id, -1);
    else if (result == STORE_CONFLICT)
        session_error(a->session, "bad_frame", "that client_id was used elsewhere", client_id, -1);
    else
        session_error(a->session, "busy", "the server cannot store now", client_id, 2000);
    return true;
}

/* --- saying something --- */

static void after_say(struct act *a, const char *reference, int64_t seq, int64_t at_ms,
                      bool duplicate)
{
    struct session *s = a->session;

    if (s != NULL) {
        /* One with many tickets may have gone back to the list meanwhile. */
        if (a->rule == RULES_START || (s->room == NULL && !s->is_verified))
            room_join(s, room_get(a->api, &a->conversation));
        print_ack(a->api, a, reference, seq, at_ms);
        session_send_out(s);
    }
    if (duplicate)
        return;
    if (!id_is_none(&a->staff))
        talk_said(a);
    talk_tell_mentions(a, seq, at_ms);
    if (a->file_count > 0) { /* read again, with what is known of them */
        hub_missed_from(a->api, &a->conversation, seq);
        hub_refresh_soon(a->api, &a->conversation);
        api_wake(a->api);
        return;
    }
    hub_said(a->api, &a->conversation,
             &(struct store_message){.id = a->message,
                                     .seq = seq,
                                     .at_ms = at_ms,
                                     .author = rules_effect_of(a->rule).author,
                                     .name = a->name,
                                     .body = a->body,
                                     .sender = a->sender,
                                     .client_id = a->client_id},
             s);
    hub_refresh_soon(a->api, &a->conversation);
    api_wake(a->api);
}

static void added(enum store_result result, const union store_out *out, void *arg)
{
    struct act *a = arg;

    a->op = NULL;
    if (result == STORE_MOVED && a->session != NULL) {
        print_moved(a->api, a->client_id, &out->added.conversation);
        session_send_out(a->session);
    } else if (!act_refused(a, result))
        after_say(a, out->added.reference, out->added.seq, out->added.at_ms, out->added.duplicate);
    act_free(a);
}

static void submit_start(struct act *a);

static void started(enum store_result result, const union store_out *out, void *arg)
{
    struct act *a = arg;

    a->op = NULL;
    if (result == STORE_CONFLICT && ++a->tries < 3) {
        submit_start(a); /* the reference was taken: one in a million millions, but not never */
        return;
    }
    if (!act_refused(a, result)) {
        a->conversation = out->started.conversation;
        a->message = out->started.message;
        if (a->session != NULL)
            a->session->visitor->person = out->started.person;
        after_say(a, out->started.reference, out->started.seq, out->started.at_ms,
                  out->started.duplicate);
    }
    act_free(a);
}

static void submit_start(struct act *a)
{
    struct rules_effect effect = rules_effect_of(RULES_START);
    struct env *env = a->api->set.env;
    uint8_t random[5];
    struct store_conversation_start in = {
        .name = a->name,
        .email = a->email,
        .subject = a->subject,
        .body = a->body,
        .sender = a->sender,
        .client_id = a->client_id,
        .files = a->files,
        .file_count = a->file_count,
        .offer_files = a->api->set.files_public,
        .files_max = files_rules(a->api->files)->conversation_mib * FILES_MIB,
        .now_ms = env_now_ms(env),
    };

    env_random(env, random, sizeof(random));
    reference_make(random, in.reference);
    in.conversation = env_new_id(env);
    in.person = env_new_id(env);
    in.message = env_new_id(env);
    memcpy(in.token_hash, a->hash, STORE_HASH_SIZE);
    if (a->session != NULL)
        memcpy(in.language, a->session->visitor->language, sizeof(in.language));
    in.outbox = (struct store_enqueue){.wanted = true,
                                       .interactive = effect.interactive,
                                       .next_at_ms = in.now_ms + effect.after_ms,
                                       .payload = a->payload};
    a->op = store_conversation_start(a->api->set.store, &in, started, a);
}

static void submit_message(struct act *a, bool is_staff)
{
    struct rules_effect effect = rules_effect_of(a->rule);
    struct env *env = a->api->set.env;
    struct store_message_add in = {
        .conversation = a->conversation,
        .author = effect.author,
        .name = a->name,
        .body = a->body,
        .sender = a->sender,
        .client_id = a->client_id,
        .waiting = effect.waiting,
        .files = a->files,
        .file_count = a->file_count,
        .offer_files = a->api->set.files_public,
        .files_max = files_rules(a->api->files)->conversation_mib * FILES_MIB,
        .now_ms = env_now_ms(env),
    };

    in.message = a->message = env_new_id(env);
    in.asker.is_staff = is_staff;
    if (is_staff)
        in.staff = a->session->staff->id;
    in.seen = a->seen;
    in.mentions = a->mentions;
    in.mention_count = a->mention_count;
    in.asker.now_ms = in.now_ms;
    memcpy(in.asker.token_hash, a->hash, STORE_HASH_SIZE);
    in.outbox = (struct store_enqueue){.wanted = true,
                                       .interactive = effect.interactive,
                                       .next_at_ms = in.now_ms + effect.after_ms};
    in.reopen = is_staff ? "" : tickets_reopen(a->api);
    a->op = store_message_add(a->api->set.store, &in, added, a);
}

/* What a start holds beside its body. */
struct start {
    char name[CHAT_NAME_MAX + 1], email[CHAT_EMAIL_MAX + 1], subject[TEXT_SUBJECT_SIZE];
};

/* Clean the body; NULL when it was refused, with an error sent. */
char *act_body(struct session *s, const struct frame *f)
{
    char body[CHAT_BODY_MAX + 1];
    size_t len;

    switch (text_body(f->body, strlen(f->body), body, &len)) {
    case TEXT_OK:
        return api_strdup(body);
    case TEXT_TOO_LONG:
        session_error(s, "too_long", "the message is too long", f->client_id, -1);
        break;
    case TEXT_EMPTY:
        if (f->file_count > 0)
            return api_strdup("");
        session_error(s, "empty", "the message is empty", f->client_id, -1);
        break;
    case TEXT_NOT_UTF8:
    case TEXT_BAD_EMAIL:
        session_error(s, "bad_frame", "the message is not UTF-8", f->client_id, -1);
        break;
    }
    return NULL;
}

/* The name and address of a start; -1 when refused, with an error sent. Of one who has proved who
 * they are both are known, and what the frame says of them does not count. */
static int clean_who(struct session *s, const struct frame *f, char name[CHAT_NAME_MAX + 1],
                     char email[CHAT_EMAIL_MAX + 1])
{
    const bool known = s->is_verified && s->visitor->email != NULL;

    if (known) {
        (void)!str_copy(name, CHAT_NAME_MAX + 1, s->visitor->name);
        (void)!str_copy(email, CHAT_EMAIL_MAX + 1, s->visitor->email);
        return 0;
    }
    if (f->name == NULL || f->email == NULL) {
        session_error(s, "bad_frame", "name and email are needed", f->client_id, -1);
        return -1;
    }
    enum text_result for_name = text_name(f->name, name);
    enum address_result for_email = address_normalise(f->email, email);

    if (for_name == TEXT_TOO_LONG || for_email == ADDRESS_TOO_LONG)
        session_error(s, "too_long", "name or email is too long", f->client_id, -1);
    else if (for_name == TEXT_EMPTY)
        session_error(s, "empty", "the name is empty", f->client_id, -1);
    else if (for_email != ADDRESS_OK)
        session_error(s, "bad_email", "that does not look like an email address", f->client_id, -1);
    else if (for_name != TEXT_OK)
        session_error(s, "bad_frame", "the name is not UTF-8", f->client_id, -1);
    else
        return 0;
    return -1;
}

/* A start's own subject, else what its body says first. -1: refused, with an error sent. */
static int clean_subject(struct session *s, const struct frame *f, const char *body,
                         char subject[TEXT_SUBJECT_SIZE])
{
    char own[CHAT_BODY_MAX + 1];
    size_t len;

    if (f->subject == NULL || text_body(f->subject, strlen(f->subject), own, &len) == TEXT_EMPTY) {
        subject[0] = '\0';
        if (body[0] != '\0') /* else the store takes a file's name */
            text_subject(body, subject);
        return 0;
    }
    if (text_body(f->subject, strlen(f->subject), own, &len) != TEXT_OK) {
        session_error(s, "too_long", "the subject is too long", f->client_id, -1);
        return -1;
    }
    text_subject(own, subject);
    return 0;
}

/* For the connector, malloc'd: {"priority": ...}, or NULL when none was chosen. */
static char *urgency_payload(const struct frame *f)
{
    struct buf b;
    struct jw w;
    char *text;

    if (f->urgency == NULL || f->urgency[0] == '\0')
        return NULL;
    buf_init(&b, STORE_TEXT_MAX);
    jw_init(&w, &b);
    jw_object(&w, NULL);
    jw_text(&w, "priority", f->urgency);
    jw_object_end(&w);
    text = api_strdup(b.ptr);
    buf_free(&b);
    return text;
}

/* What a start holds beside its body, cleaned into the act. -1: refused, with an error sent. */
static int clean_start(struct session *s, const struct frame *f, const char *body, struct start *to)
{
    if (clean_who(s, f, to->name, to->email) != 0 || clean_subject(s, f, body, to->subject) != 0)
        return -1;
    if (f->urgency != NULL && f->urgency[0] != '\0' &&
        !api_is_option(s->api, "priorities", f->urgency)) {
        session_error(s, "not_allowed", "the account has no such urgency", f->client_id, -1);
        return -1;
    }
    return 0;
}

void act_say(struct session *s, const struct frame *f, enum rules_act rule)
{
    struct start start;
    struct act *a;
    char *body = act_body(s, f);

    if (body != NULL && (int64_t)f->file_count > files_rules(s->api->files)->count) {
        session_error(s, "too_long", "too many files at once", f->client_id, -1);
        free(body);
        return;
    }
    if (body == NULL)
        return;
    if (rule == RULES_START && clean_start(s, f, body, &start) != 0) {
        free(body);
        return;
    }
    a = act_new(s, true, f);
    if (a == NULL) {
        free(body);
        return;
    }
    a->rule = rule;
    a->body = body;
    memcpy(a->files, f->files, sizeof(a->files));
    a->file_count = f->file_count;
    a->seen = f->seen;
    if (rule == RULES_NOTE)
        a->mention_count = talk_mentioned(s, body, a->mentions);
    a->sender = sender_of(s);
    if (s->visitor != NULL)
        memcpy(a->hash, s->visitor->hash, STORE_HASH_SIZE);
    if (s->side == FRAME_STAFF)
        a->staff = s->staff->id;
    if (rule != RULES_START) {
        const char *known = s->side == FRAME_STAFF ? s->staff->name : s->visitor->name;

        a->name = api_strdup(known != NULL ? known : "");
        submit_message(a, s->side == FRAME_STAFF);
        return;
    }
    a->name = api_strdup(start.name);
    a->email = api_strdup(start.email);
    a->subject = api_strdup(start.subject);
    a->payload = urgency_payload(f);
    free(s->visitor->name);
    s->visitor->name = api_strdup(start.name);
    submit_start(a);
}
