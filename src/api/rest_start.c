/* A conversation that a program begins for somebody, as a monitor or a form of another system
 * does. */
#include "api/rest_api.h"
#include "base/digest.h"
#include "base/str.h"
#include "chat/address.h"
#include "chat/rules.h"
#include "chat/text.h"

#include <stdlib.h>
#include <string.h>

static void started(enum store_result result, const union store_out *out, void *arg)
{
    struct rest *r = arg;
    struct jw *w;

    r->op = NULL;
    if (result == STORE_NOT_FOUND) {
        rest_error(r, 409, "blocked", "email", "this person is blocked: unblock them first");
        return;
    }
    if (result != STORE_OK) { /* a reference that was taken, one in a million millions: again */
        rest_error_busy(r);
        return;
    }
    hub_refresh(r->api, &out->started.conversation);
    api_wake(r->api);
    w = rest_begin(r);
    print_id(w, "conversation", &out->started.conversation);
    jw_text(w, "reference", out->started.reference);
    jw_int(w, "seq", out->started.seq);
    jw_int(w, "at", out->started.at_ms);
    rest_done(r, 200);
}

/* The browser that nobody has: one for each key and address, so that the same address is the same
 * person, and only this key's. No token has this hash. */
static void browser_of(const struct rest *r, const char *email, uint8_t hash[STORE_HASH_SIZE])
{
    char text[DIGEST_TEXT_SIZE];
    struct digest d;

    digest_begin(&d);
    digest_add(&d, "program\0", 8);
    digest_add(&d, r->key.id.bytes, sizeof(r->key.id.bytes));
    digest_add(&d, email, strlen(email));
    digest_end(&d, text);
    if (str_unhex(text, hash, STORE_HASH_SIZE) != 0)
        abort(); /* a digest has this form */
}

/* What was given, cleaned; false when it was refused, with an answer sent. */
static bool clean(struct rest *r, struct store_conversation_start *in)
{
    char *name = arena_alloc(r->arena, CHAT_NAME_MAX + 1);
    char *email = arena_alloc(r->arena, CHAT_EMAIL_MAX + 1);
    char *body = arena_alloc(r->arena, CHAT_BODY_MAX + 1);
    char *subject = arena_alloc(r->arena, TEXT_SUBJECT_SIZE);
    const char *given_name = rest_text(r, "name", 4 * CHAT_NAME_MAX, false);
    const char *given_email =
        given_name == NULL ? NULL : rest_text(r, "email", 4 * CHAT_EMAIL_MAX, false);
    const char *given_body =
        given_email == NULL ? NULL : rest_text(r, "body", 4 * CHAT_BODY_MAX, false);
    const char *given_subject =
        given_body == NULL ? NULL : rest_text(r, "subject", 4 * CHAT_BODY_MAX, true);
    char *own = arena_alloc(r->arena, CHAT_BODY_MAX + 1);
    size_t len;

    if (given_subject == NULL)
        return false;
    if (text_name(given_name, name) != TEXT_OK) {
        rest_error(r, 400, "bad_field", "name", "100 bytes at most, and not empty");
    } else if (address_normalise(given_email, email) != ADDRESS_OK) {
        rest_error(r, 400, "bad_field", "email", "this does not look like an email address");
    } else if (text_body(given_body, strlen(given_body), body, &len) != TEXT_OK) {
        rest_error(r, 400, "too_long", "body", "8000 bytes at most, and not empty");
    } else if (given_subject[0] != '\0' &&
               text_body(given_subject, strlen(given_subject), own, &len) != TEXT_OK) {
        rest_error(r, 400, "too_long", "subject", "8000 bytes at most, and not only white space");
    } else {
        text_subject(given_subject[0] != '\0' ? own : body, subject);
        in->name = name;
        in->email = email;
        in->body = body;
        in->subject = subject;
        return true;
    }
    return false;
}

void rest_api_start(struct rest *r)
{
    const struct rules_effect effect = rules_effect_of(RULES_START);
    struct env *env = r->api->set.env;
    struct store_conversation_start in = {.conversation = env_new_id(env),
                                          .person = env_new_id(env),
                                          .message = env_new_id(env),
                                          .client_id = r->once,
                                          .now_ms = env_now_ms(env)};
    char id[ID_TEXT_SIZE];
    uint8_t random[5];

    if (!clean(r, &in))
        return;
    env_random(env, random, sizeof(random));
    reference_make(random, in.reference);
    browser_of(r, in.email, in.token_hash);
    id_format(&r->key.id, id);
    in.sender = arena_printf(r->arena, "k:%s", id);
    in.outbox = (struct store_enqueue){
        .wanted = true, .interactive = effect.interactive, .next_at_ms = in.now_ms};
    r->op = store_conversation_start(r->api->set.store, &in, started, r);
}
