/* How a person proves who they are: by a token of the page around the chat, or by a code that went
 * to their address. And how long that lasts. */
#include "api/api_private.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "api/identity.h"
#include "base/log.h"
#include "base/secret.h"
#include "base/str.h"
#include "chat/address.h"
#include "mail/letter.h"
#include "mail/post.h"

#define TOKEN_SESSION_MS (INT64_C(12) * 3600 * 1000)
#define CODE_SESSION_MS  (INT64_C(30) * 24 * 3600 * 1000)
#define SLIDE_MS         (INT64_C(24) * 3600 * 1000) /* it is lengthened once a day */
#define CHECK_MS         5000
#define CHECK_EACH_MS    10 /* and for each browser: at most a hundred looks a second */

#define ASK_AGAIN_MS     30000
#define ASKS_PER_MINUTE  2 /* of one browser */
#define ASK_BURST        3
#define TRIES_PER_MINUTE 20 /* asks and tries of one address */
#define TRY_BURST        40
#define TRIES_MAX        5 /* of one code */
#define EMAIL_PER_HOUR   5 /* codes for one address */
#define HOUR_MS          (INT64_C(3600) * 1000)

/* --- a session --- */

void prove_seen(struct visitor *v, const struct store_visitor *row)
{
    const bool is_verified = row != NULL && row->is_verified;

    v->is_proved = is_verified;
    v->expires_ms = is_verified ? row->expires_ms : 0;
    v->by_token = is_verified && str_equal(row->via, "token");
}

static void end_sockets(struct visitor *v, const char *code, const char *text, int close_code)
{
    struct session_list *const lists[] = {&v->api->people, &v->api->waiting};
    struct session *next;

    v->is_proved = false;
    for (size_t i = 0; i < COUNT_OF(lists); i++)
        for (struct session *s = lists[i]->first; s != NULL; s = next) {
            next = s->next;
            if (s->visitor != v)
                continue;
            if (code != NULL)
                session_error(s, code, text, NULL, -1);
            session_end(s, close_code, "the session is over");
        }
}

static void end_session(struct visitor *v)
{
    end_sockets(v, "signed_out", "you were signed out: prove again who you are", 1008);
}

static void still_runs(enum store_result result, const union store_out *out, void *arg)
{
    struct visitor *v = arg;

    (void)out;
    v->check = NULL;
    if (result == STORE_NOT_FOUND)
        end_session(v);
}

/* Whatever ended it is noticed here. An open chat is a chat in use. */
void prove_watch(struct visitor *v)
{
    const int64_t mono = env_mono_ms(v->api->set.env), now = env_now_ms(v->api->set.env);

    if (v->sockets == 0 || !v->is_proved)
        return;
    if (now >= v->expires_ms) {
        end_session(v);
        return;
    }
    if (v->check != NULL || mono < v->check_at_ms)
        return;
    v->check_at_ms = mono + CHECK_MS + CHECK_EACH_MS * (int64_t)v->api->visitors.count;
    if (!v->by_token && v->expires_ms - now < CODE_SESSION_MS - SLIDE_MS) {
        struct store_visitor_seen in = {.now_ms = now, .expires_ms = now + CODE_SESSION_MS};

        memcpy(in.token_hash, v->hash, STORE_HASH_SIZE);
        v->expires_ms = in.expires_ms;
        v->check = store_visitor_seen(v->api->set.store, &in, still_runs, v);
    } else {
        v->check = store_visitor_check(v->api->set.store, v->hash, now, still_runs, v);
    }
}

void prove_forget(struct visitor *v)
{
    store_cancel(v->api->set.store, &v->check);
}

/* The browser is somebody's now: every tab of it is told, and staff who look at it. */
static void welcome_again(struct api *api, const uint8_t hash[STORE_HASH_SIZE])
{
    for (struct session *s = api->people.first; s != NULL; s = s->next) {
        if (memcmp(s->visitor->hash, hash, STORE_HASH_SIZE) != 0)
            continue;
        if (s->room != NULL)
            hub_refresh_soon(api, &s->room->id);
        room_leave(s); /* it may not be theirs any more; the welcome says */
        person_open(s);
    }
}

/* --- a token of the page around the chat --- */

static void refuse_hello(struct act *a, const char *text)
{
    session_error(a->session, "bad_identity", text, NULL, -1);
    session_end(a->session, 1008, "bad identity");
    act_free(a);
}

static void identified(enum store_result result, const union store_out *out, void *arg)
{
    struct act *a = arg;
    struct session *s = a->session;

    a->op = NULL;
    if (s == NULL || s->state != SESSION_OPENING) {
        act_free(a);
    } else if (result == STORE_OK) {
        log_event(LOG_INFO, "api", "person_proved", LOG_S("via", "token"),
                  LOG_N("moved", out->verified.moved));
        if (!id_equal(&s->visitor->person, &out->verified.person))
            welcome_again(s->api, s->visitor->hash);
        person_opened(a);
    } else if (result == STORE_NOT_FOUND) {
        refuse_hello(a, "the identity token: its secret was removed");
    } else {
        session_error(s, "busy", "the server cannot store now", NULL, 2000);
        session_end(s, 1013, "try again later");
        act_free(a);
    }
}

void prove_hello(struct act *a, const struct frame *f)
{
    struct session *s = a->session;
    struct api *api = s->api;
    const struct site *site = f->site == NULL ? NULL : site_find(api, f->site);
    struct identity who;
    struct err why = {""};
    char text[sizeof(why.text) + 32];
    size_t which;

    if (!api->sites_known) {
        sites_read(api);
        session_error(s, "busy", "the server cannot read now", NULL, 2000);
        session_end(s, 1013, "try again later");
        act_free(a);
        return;
    }
    if (site == NULL) {
        refuse_hello(a, "the identity token: there is no site with this key");
        return;
    }
    if (identity_read(site->keys, site->key, f->identity, env_now_ms(api->set.env), &who, &which,
                      &why) < 0) {
        (void)snprintf(text, sizeof(text), "the identity token: %s", why.text);
        log_event(LOG_WARN, "api", "identity_refused", LOG_S("site", site->key),
                  LOG_S("why", why.text));
        refuse_hello(a, text);
        return;
    }
    struct store_person_verify in = {.person = env_new_id(api->set.env),
                                     .kind = STORE_PROOF_SITE,
                                     .issuer = site->key,
                                     .subject = who.subject,
                                     .email = who.email,
                                     .name = who.name,
                                     .secret = site->secrets[which],
                                     .via = "token",
                                     .now_ms = env_now_ms(api->set.env)};
    in.expires_ms = in.now_ms + TOKEN_SESSION_MS;
    memcpy(in.token_hash, s->visitor->hash, STORE_HASH_SIZE);
    a->op = store_person_verify(api->set.store, &in, identified, a);
}

/* --- a code by email --- */

void prove_mac(struct api *api, const uint8_t hash[STORE_HASH_SIZE], const char *code,
               uint8_t mac[STORE_HASH_SIZE])
{
    uint8_t bytes[STORE_HASH_SIZE + PROVE_CODE_LEN];

    memcpy(bytes, hash, STORE_HASH_SIZE);
    memcpy(bytes + STORE_HASH_SIZE, code, PROVE_CODE_LEN);
    secret_mac(api->set.key, "proof", bytes, sizeof(bytes), mac);
}

void prove_new_code(struct api *api, char code[PROVE_CODE_LEN + 1])
{
    uint32_t number;

    do { /* each as likely as any other */
        env_random(api->set.env, &number, sizeof(number));
    } while (number >= UINT32_C(4294000000));
    (void)snprintf(code, PROVE_CODE_LEN + 1, "%06u", (unsigned)(number % 1000000));
}

static void asked(enum store_result result, const union store_out *out, void *arg)
{
    struct act *a = arg;

    (void)out;
    a->op = NULL;
    if (!act_refused(a, result)) {
        post_wake(a->api->set.post);
        if (a->session != NULL) {
            print_proving(a->api, a->email, ASK_AGAIN_MS);
            session_send_out(a->session);
        }
    }
    act_free(a);
}

/* One ask or try: false, and said so, when there were too many. */
static bool may_try(struct session *s, const struct frame *f)
{
    const int64_t now = env_mono_ms(s->api->set.env);
    int64_t wait = 0;

    if (f->kind == FRAME_PROVE)
        wait = rate_take(&s->visitor->proofs, now, ASKS_PER_MINUTE, ASK_BURST);
    if (wait == 0)
        wait = rate_take(&s->address->proofs, now, TRIES_PER_MINUTE, TRY_BURST);
    if (wait > 0)
        session_error(s, "too_fast", "a little slower, please", f->client_id, wait);
    return wait == 0;
}

/* The address in the spelling in which it is kept; false: refused. */
static bool read_email(struct session *s, const struct frame *f, char email[ADDRESS_SIZE])
{
    switch (address_normalise(f->email, email)) {
    case ADDRESS_OK:
        return true;
    case ADDRESS_TOO_LONG:
        session_error(s, "too_long", "the email is too long", f->client_id, -1);
        break;
    default:
        session_error(s, "bad_email", "that does not look like an email address", f->client_id, -1);
    }
    return false;
}

/* What is answered, and when, is the same for everybody: one row is written, whoever it is. */
void prove_frame(struct session *s, const struct frame *f)
{
    struct api *api = s->api;
    const int64_t now = env_now_ms(api->set.env);
    const struct id key = env_new_id(api->set.env);
    char email[ADDRESS_SIZE], code[PROVE_CODE_LEN + 1], *sealed = NULL;
    struct act *a;

    if (api->set.post == NULL || !post_state(api->set.post).is_set) {
        session_error(s, "not_allowed", "codes cannot be sent here", f->client_id, -1);
        return;
    }
    if (!read_email(s, f, email) || !may_try(s, f))
        return;
    a = act_new(s, true, f);
    if (a == NULL)
        return;
    a->email = api_strdup(email);
    prove_new_code(api, code);
    struct store_code_ask in = {.kind = STORE_PROOF_EMAIL,
                                .subject = email,
                                .email = email,
                                .now_ms = now,
                                .expires_ms = now + PROVE_CODE_MS,
                                .since_ms = now - HOUR_MS,
                                .most = EMAIL_PER_HOUR};
    memcpy(in.token_hash, s->visitor->hash, STORE_HASH_SIZE);
    prove_mac(api, s->visitor->hash, code, in.mac);
    in.mail = letter_code(api->set.key, &key, email, code, now, in.expires_ms, &sealed);
    memcpy(in.mail.language, s->visitor->language, sizeof(in.mail.language));
    a->op = store_code_ask(api->set.store, &in, asked, a);
    secret_wipe(code, sizeof(code));
    free(sealed);
}

static void tried(enum store_result result, const union store_out *out, void *arg)
{
    struct act *a = arg;

    a->op = NULL;
    if (!act_refused(a, result)) {
        if (!out->verified.wrong_code) {
            log_event(LOG_INFO, "api", "person_proved", LOG_S("via", "code"),
                      LOG_N("moved", out->verified.moved));
            welcome_again(a->api, a->hash);
        } else if (a->session != NULL) {
            session_error(a->session, "bad_code", "the code is wrong, or its time is over",
                          a->client_id[0] != '\0' ? a->client_id : NULL, -1);
        }
    }
    act_free(a);
}

void prove_code(struct session *s, const struct frame *f)
{
    struct api *api = s->api;
    char email[ADDRESS_SIZE] = "";
    struct act *a;

    if (f->email != NULL && !read_email(s, f, email))
        return;
    if (!may_try(s, f))
        return;
    if (strlen(f->code) != PROVE_CODE_LEN || strspn(f->code, "0123456789") != PROVE_CODE_LEN) {
        session_error(s, "bad_code", "a code has six digits", f->client_id, -1);
        return;
    }
    a = act_new(s, true, f);
    if (a == NULL)
        return;
    memcpy(a->hash, s->visitor->hash, STORE_HASH_SIZE);
    struct store_person_verify in = {.person = env_new_id(api->set.env),
                                     .by_code = true,
                                     .code_email = email,
                                     .tries_max = TRIES_MAX,
                                     .now_ms = env_now_ms(api->set.env)};
    in.expires_ms = in.now_ms + CODE_SESSION_MS;
    memcpy(in.token_hash, s->visitor->hash, STORE_HASH_SIZE);
    prove_mac(api, s->visitor->hash, f->code, in.code_mac);
    a->op = store_person_verify(api->set.store, &in, tried, a);
}

/* --- signing out --- */

static void signed_out(enum store_result result, const union store_out *out, void *arg)
{
    struct act *a = arg;
    struct visitor *v;

    (void)out;
    a->op = NULL;
    if (!act_refused(a, result)) {
        v = visitor_get(a->api, a->hash);
        end_sockets(v, NULL, NULL, 1000);
    }
    act_free(a);
}

void prove_sign_out(struct session *s, const struct frame *f)
{
    struct store_visitor_end in = {.person = {{0}}};
    struct act *a = act_new(s, true, f);

    if (a == NULL)
        return;
    memcpy(a->hash, s->visitor->hash, STORE_HASH_SIZE);
    memcpy(in.token_hash, s->visitor->hash, STORE_HASH_SIZE);
    a->op = store_visitor_end(s->api->set.store, &in, signed_out, a);
}
