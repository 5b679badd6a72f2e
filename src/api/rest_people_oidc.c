/* People who sign in by their company's provider of OpenID Connect. The chat opens a window at an
 * address of ours, which goes on to the provider and back; there stands a code, which the person
 * types into the chat. So that nobody can send another person to an address that signs them in to
 * a chat that is not theirs: the code is seen only by who signed in, and fits only the browser that
 * asked. */
#include "api/rest_private.h"
#include "api/rest_words.h"

#include <stdio.h>
#include <string.h>

#include "base/log.h"
#include "base/secret.h"
#include "base/str.h"
#include "chat/address.h"

#define PAGE_HEAD                                                                                  \
    "<!DOCTYPE html>\n<html lang=\"%s\"><head><meta charset=\"utf-8\">"                            \
    "<meta name=\"viewport\" content=\"width=device-width\">"
#define TICKET_LEN 43

struct person_in {
    uint8_t hash[STORE_HASH_SIZE]; /* the browser that asked */
    char code[PROVE_CODE_LEN + 1];
    char email[ADDRESS_SIZE];
};

/* --- the chat asks for the address --- */

void prove_sign_in(struct session *s, const struct frame *f)
{
    struct api *api = s->api;
    char ticket[TICKET_LEN + 1], hex[2 * STORE_HASH_SIZE + 1], url[OIDC_TEXT_MAX + 128];
    uint8_t hash[SECRET_HASH_SIZE];
    struct pending *p;

    if (api->set.people_oidc == NULL) {
        session_error(s, "not_allowed", "there is no provider to sign in at", f->client_id, -1);
        return;
    }
    secret_random_text(ticket, TICKET_LEN);
    secret_hash(ticket, TICKET_LEN, hash);
    str_hex(s->visitor->hash, STORE_HASH_SIZE, hex);
    p = pending_put(api->pendings, PENDING_TICKET, hash, OIDC_FLIGHT_MS);
    p->text = api_strdup(hex);
    (void)snprintf(url, sizeof(url), "%s/v1/people/oidc/start?ticket=%s",
                   api->set.url != NULL ? api->set.url : "", ticket);
    print_sign_in(api, url);
    session_send_out(s);
}

/* --- pages --- */

static void escaped(struct buf *b, const char *text)
{
    for (; *text != '\0'; text++)
        if (strchr("<>&\"'", *text) != NULL)
            buf_printf(b, "&#%d;", *text);
        else
            buf_char(b, *text);
}

static void say(struct rest *r, int status, const char *title, const char *sentence)
{
    buf_clear(&r->out);
    title = rest_say(r, title);
    buf_printf(&r->out, PAGE_HEAD "<title>%s</title></head><body><main><h1>%s</h1><p>",
               rest_language(r), title, title);
    escaped(&r->out, rest_say(r, sentence));
    buf_printf(&r->out, "</p><p>%s</p></main></body></html>",
               rest_say(r, "You can close this window."));
    rest_page(r, status);
}

static void refuse(struct rest *r, int status, const char *sentence)
{
    say(r, status, "Not signed in", sentence);
}

static void say_code(struct rest *r, const struct person_in *in)
{
    const char *title = rest_say(r, "Your code");

    buf_clear(&r->out);
    buf_printf(&r->out, PAGE_HEAD "<title>%s</title></head><body><main><h1>%s</h1><p>",
               rest_language(r), title, title);
    if (in->email[0] != '\0') {
        buf_printf(&r->out, "%s ", rest_say(r, "You are signed in as"));
        escaped(&r->out, in->email);
        buf_str(&r->out, "</p><p>");
    }
    buf_printf(&r->out, "%s</p><p><strong>%.3s %.3s</strong></p><p>%s</p></main></body></html>",
               rest_say(r, "The sign-in service knows you. Type this code into the chat that you "
                           "came from:"),
               in->code, in->code + 3,
               rest_say(r, "It holds for ten minutes. Give it to nobody, whoever asks."));
    rest_page(r, 200);
}

static bool may_try(struct rest *r)
{
    if (r->api->set.people_oidc == NULL)
        refuse(r, 404, "There is no sign-in service here.");
    else if (rest_knock(r) > 0)
        refuse(r, 429, "Too many tries from your address. Wait a moment.");
    else
        return true;
    return false;
}

static void trouble(struct rest *r, const struct oidc_answer *a)
{
    log_event(LOG_WARN, "oidc", "person_not_signed_in", LOG_S("peer", r->address),
              LOG_S("why", a->detail));
    refuse(r, rest_oidc_status(a->outcome), a->sentence);
}

/* --- to the provider --- */

/* The browser's hash that waits under this text; false: nothing does. */
static bool take_pending(struct rest *r, enum pending_kind kind, const char *text,
                         uint8_t browser[STORE_HASH_SIZE])
{
    uint8_t key[SECRET_HASH_SIZE];
    struct pending *p;
    bool good;

    secret_hash(text, strlen(text), key);
    p = pending_find(r->api->pendings, kind, key);
    good = p != NULL && str_unhex(p->text, browser, STORE_HASH_SIZE) == 0;
    if (p != NULL)
        pending_drop(r->api->pendings, p);
    return good;
}

static void began(const struct oidc_answer *a, void *arg)
{
    struct rest *r = arg;
    const struct person_in *in = r->state;
    char hex[2 * STORE_HASH_SIZE + 1];
    uint8_t key[SECRET_HASH_SIZE];
    struct pending *p;

    r->oidc = NULL;
    if (a->outcome != OIDC_OK) {
        trouble(r, a);
        return;
    }
    secret_hash(a->cookie, strlen(a->cookie), key);
    str_hex(in->hash, STORE_HASH_SIZE, hex);
    p = pending_put(r->api->pendings, PENDING_PERSON, key, OIDC_FLIGHT_MS);
    p->text = api_strdup(hex);
    r->set_cookie = cookie_oidc_set(a->cookie, OIDC_FLIGHT_MS);
    rest_redirect(r, a->url);
}

void rest_people_oidc_start(struct rest *r)
{
    struct person_in *in = rest_state(r, sizeof(*in), NULL);
    char token[CHAT_TOKEN_LEN + 1];
    const char *ticket;

    if (!may_try(r))
        return;
    ticket = rest_query(r, "ticket");
    if (!take_pending(r, PENDING_TICKET, ticket, in->hash)) {
        refuse(r, 400, "This address was used already, or is too old. Begin again in the chat.");
        return;
    }
    const struct oidc_browser browser = {http_header(r->x, "host"),
                                         cookie_oidc(r->x, token) ? token : NULL};
    r->oidc = oidc_begin(r->api->set.people_oidc, &browser, began, r);
}

/* --- and back --- */

static void asked(enum store_result result, const union store_out *out, void *arg)
{
    struct rest *r = arg;
    struct person_in *in = r->state;

    (void)out;
    r->op = NULL;
    if (result == STORE_OK)
        say_code(r, in);
    else
        refuse(r, 503, "The server cannot do this now. Try again in a moment.");
    secret_wipe(in->code, sizeof(in->code));
}

static void finished(const struct oidc_answer *a, void *arg)
{
    struct rest *r = arg;
    struct person_in *in = r->state;
    struct store_code_ask ask = {.kind = STORE_PROOF_OIDC,
                                 .issuer = a->issuer,
                                 .subject = a->subject,
                                 .now_ms = env_now_ms(r->api->set.env)};

    r->oidc = NULL;
    if (a->outcome != OIDC_OK) {
        trouble(r, a);
        return;
    }
    if ((!a->email_verified && !r->api->set.people_oidc_trusts) ||
        address_normalise(a->email, in->email) != ADDRESS_OK)
        in->email[0] = '\0';
    ask.email = in->email;
    ask.expires_ms = ask.now_ms + PROVE_CODE_MS;
    memcpy(ask.token_hash, in->hash, STORE_HASH_SIZE);
    prove_new_code(r->api, in->code);
    prove_mac(r->api, in->hash, in->code, ask.mac);
    r->op = store_code_ask(r->api->set.store, &ask, asked, r);
}

void rest_people_oidc_callback(struct rest *r)
{
    struct person_in *in = rest_state(r, sizeof(*in), NULL);
    char token[CHAT_TOKEN_LEN + 1] = "";

    if (!may_try(r))
        return;
    if (!cookie_oidc(r->x, token) || !take_pending(r, PENDING_PERSON, token, in->hash)) {
        refuse(r, 400,
               "This sign-in was used already, took longer than ten minutes, or began in another "
               "browser. Begin again in the chat.");
        return;
    }
    const struct oidc_browser browser = {http_header(r->x, "host"), token};
    r->oidc = oidc_finish(r->api->set.people_oidc, http_query(r->x), &browser, finished, r);
}
