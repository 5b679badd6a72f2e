/* Email: how it does, what an administrator chooses and tries; and the page by which a person ends
 * their letters. */
#include <string.h>

#include "api/rest_private.h"
#include "api/rest_words.h"
#include "base/str.h"
#include "mail/letter.h"
#include "mail/post.h"

#define PARKED_MAX 50

static const char *const states[] = {"?",      "waiting", "sending", "sent",
                                     "parked", "expired", "dropped"};

/* --- how it does --- */

/* Who may write about answers; the first does until an administrator chooses. */
static const char *const writers[] = {"parley", "parley_all", "psa"};

/* The one of this name; NULL: there is none. */
static const char *writer_of(const char *name)
{
    for (size_t i = 0; i < COUNT_OF(writers); i++)
        if (str_equal(name, writers[i]))
            return writers[i];
    return NULL;
}

/* The writer that the value names. */
static const char *answers_of(const char *json)
{
    struct json_doc *doc = json_parse(json, strlen(json), NULL);
    const char *writer = writer_of(doc == NULL ? NULL : json_get_text(json_root(doc), "answers"));

    json_free(doc);
    return writer == NULL ? writers[0] : writer;
}

static void write_row(struct jw *w, const char *key, const struct store_mail_row *row)
{
    jw_object(w, key);
    jw_int(w, "id", row->id);
    jw_text(w, "kind", store_mail_kind_name(row->kind));
    jw_text(w, "state", states[row->state]);
    jw_text(w, "to", row->to);
    jw_text(w, "reason", row->reason);
    jw_text(w, "reference", row->reference);
    jw_int(w, "since", row->created_ms);
    jw_object_end(w);
}

static void write_state(struct rest *r, const struct store_mail_overview *all)
{
    const struct post_state state = post_state(r->api->set.post);
    struct jw *w = rest_begin(r);

    jw_text(w, "state", !state.is_set ? "off" : state.held ? "held" : "ok");
    jw_text(w, "url", state.url);
    jw_text(w, "from", state.from);
    jw_text(w, "answers", r->state);
    jw_text(w, "reason", state.reason);
    jw_int(w, "held", state.held_ms);
    jw_int(w, "next_try", state.next_try_ms);
    jw_int(w, "sent", all->sent_ms);
    jw_int(w, "waiting", all->waiting);
    jw_int(w, "later", all->later);
    jw_int(w, "oldest", all->oldest_ms);
    if (all->test.id != 0)
        write_row(w, "test", &all->test);
    else
        jw_null(w, "test");
    jw_array(w, "parked");
    for (size_t i = 0; i < all->parked_count; i++)
        write_row(w, NULL, &all->parked[i]);
    jw_array_end(w);
    jw_bool(w, "more", all->more);
    rest_done(r, 200);
}

static void looked(enum store_result result, const union store_out *out, void *arg)
{
    struct rest *r = arg;

    r->op = NULL;
    if (result != STORE_OK)
        rest_error_busy(r);
    else
        write_state(r, &out->mail);
}

static void look(struct rest *r, const char *answers)
{
    char *state = rest_state(r, strlen(answers) + 1, NULL);

    (void)!str_copy(state, strlen(answers) + 1, answers);
    r->op = store_mail_overview(r->api->set.store, r->me.email, env_now_ms(r->api->set.env),
                                PARKED_MAX, looked, r);
}

static void chosen(enum store_result result, const union store_out *out, void *arg)
{
    struct rest *r = arg;

    r->op = NULL;
    if (result != STORE_OK && result != STORE_NOT_FOUND)
        rest_error_busy(r);
    else
        look(r, answers_of(result == STORE_OK ? out->value.text : "{}"));
}

void rest_mail(struct rest *r)
{
    r->op = store_value_get(r->api->set.store, STORE_VALUE_EMAILS, chosen, r);
}

/* --- what is chosen and tried --- */

static void stored(enum store_result result, const union store_out *out, void *arg)
{
    struct rest *r = arg;

    (void)out;
    r->op = NULL;
    if (result != STORE_OK)
        rest_error_busy(r);
    else
        rest_mail(r);
}

void rest_set_mail(struct rest *r)
{
    const char *answers = rest_text(r, "answers", 16, false);
    struct store_value in = {.key = STORE_VALUE_EMAILS};

    if (answers == NULL)
        return;
    if (writer_of(answers) == NULL) {
        rest_error(r, 400, "bad_field", "answers", "choose who writes: parley, parley_all or psa");
        return;
    }
    in.text = arena_printf(r->arena, "{\"answers\":\"%s\"}", answers);
    in.changed_ms = env_now_ms(r->api->set.env);
    in.audit = rest_audit(r, AUDIT_MAIL_CHANGED, answers);
    r->op = store_value_put(r->api->set.store, &in, stored, r);
}

static void written(enum store_result result, const union store_out *out, void *arg)
{
    struct rest *r = arg;

    (void)out;
    r->op = NULL;
    if (result != STORE_OK) {
        rest_error_busy(r);
        return;
    }
    post_try(r->api->set.post);
    rest_mail(r);
}

void rest_mail_test(struct rest *r)
{
    struct env *env = r->api->set.env;
    struct store_mail_add in = {.mail = {.kind = STORE_MAIL_TEST,
                                         .key = env_new_id(env),
                                         .to = r->me.email,
                                         .now_ms = env_now_ms(env)},
                                .audit = rest_audit(r, AUDIT_MAIL_TESTED, r->me.email)};

    if (!post_state(r->api->set.post).is_set)
        rest_error(r, 409, "no_mail_server", NULL, "no mail server is set: set smtp_url first");
    else
        r->op = store_mail_add(r->api->set.store, &in, written, r);
}

static void decided(enum store_result result, const union store_out *out, void *arg)
{
    struct rest *r = arg;

    (void)out;
    r->op = NULL;
    if (result == STORE_CONFLICT)
        rest_error(r, 409, "a_code", NULL, "a code is of use for minutes only: give it up");
    else if (result == STORE_NOT_FOUND)
        rest_error_not_found(r);
    else if (result != STORE_OK)
        rest_error_busy(r);
    if (result != STORE_OK)
        return;
    post_try(r->api->set.post);
    rest_mail(r);
}

static void decide(struct rest *r, bool retry)
{
    struct store_mail_decide in = {.retry = retry, .now_ms = env_now_ms(r->api->set.env)};

    if (str_to_int(r->param[0], 1, INT64_MAX, &in.id) != 0) {
        rest_error_not_found(r);
        return;
    }
    in.audit = rest_audit(r, retry ? AUDIT_MAIL_RETRIED : AUDIT_MAIL_DISCARDED, "");
    r->op = store_mail_decide(r->api->set.store, &in, decided, r);
}

void rest_mail_retry(struct rest *r)
{
    decide(r, true);
}

void rest_mail_discard(struct rest *r)
{
    decide(r, false);
}

/* --- the page that ends letters --- */

#define PAGE_HEAD                                                                                  \
    "<!doctype html><html lang=\"%s\"><head><meta charset=\"utf-8\">"                              \
    "<meta name=\"viewport\" content=\"width=device-width\">"                                      \
    "<meta name=\"color-scheme\" content=\"light dark\">"

/* A question, or what was done, and a button for the other way. */
static void page(struct rest *r, int status, const char *title, const char *text,
                 const char *button, const char *letters)
{
    buf_clear(&r->out);
    title = rest_say(r, title);
    buf_printf(&r->out, PAGE_HEAD "<title>%s</title></head><body><main><h1>%s</h1><p>%s</p>",
               rest_language(r), title, title, rest_say(r, text));
    if (button != NULL)
        buf_printf(&r->out,
                   "<form method=\"post\"><input type=\"hidden\" name=\"letters\" value=\"%s\">"
                   "<button>%s</button></form>",
                   letters, rest_say(r, button));
    buf_str(&r->out, "</main></body></html>");
    rest_page(r, status);
}

static bool whose(struct rest *r, struct id *person)
{
    if (letter_off_read(r->api->set.key, r->param[0], person) == 0)
        return true;
    page(r, 404, "This link is not whole",
         "Copy all of it from the letter, or answer the letter's sender.", NULL, "");
    return false;
}

void rest_mail_off_page(struct rest *r)
{
    struct id person;

    if (whose(r, &person))
        page(r, 200, "Letters about answers",
             "When you are answered and do not read it in the chat, a letter tells you. Do you "
             "want no more of these letters?",
             "No more letters", "off");
}

static void turned(enum store_result result, const union store_out *out, void *arg)
{
    struct rest *r = arg;

    (void)out;
    r->op = NULL;
    if (result != STORE_OK && result != STORE_NOT_FOUND)
        page(r, 503, "Not done", "The server cannot do this now. Try again in a moment.", NULL, "");
    else if (r->state != NULL)
        page(r, 200, "You get letters again", "They tell of answers that you did not read.",
             "No more letters", "off");
    else
        page(r, 200, "No more letters", "What is answered is in the chat, whenever you look.",
             "Send me letters again", "on");
}

/* By the page's button, or by a mail program that does it in one click (RFC 8058, 3.1): without a
 * cookie, from wherever. What counts is the token. */
void rest_mail_off(struct rest *r)
{
    struct store_mail_off in = {.now_ms = env_now_ms(r->api->set.env)};
    size_t len;
    const char *body = http_body(r->x, &len);

    if (!whose(r, &in.person))
        return;
    in.off = len != strlen("letters=on") || memcmp(body, "letters=on", len) != 0;
    if (!in.off)
        rest_state(r, 1, NULL);
    r->op = store_mail_off(r->api->set.store, &in, turned, r);
}
