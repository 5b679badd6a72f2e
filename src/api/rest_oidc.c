/* Signing in by a provider of OpenID Connect: the two addresses that a browser opens. They answer
 * with pages, for a person is looking. */
#include "api/rest_private.h"
#include "api/rest_words.h"

#include <string.h>

#include "base/log.h"

#define PAGE_HEAD                                                                                  \
    "<!DOCTYPE html>\n<html lang=\"%s\"><head><meta charset=\"utf-8\">"                            \
    "<meta name=\"viewport\" content=\"width=device-width\">"

struct oidc_in {
    struct store_oidc who; /* texts in the arena */
    const char *email;     /* "": none */
    bool email_verified;
    const char *account; /* whose it is: known once it was found */

    int status; /* refused: the page */
    const char *sentence;
};

/* --- pages --- */

static void write_escaped(struct buf *b, const char *text)
{
    for (; *text != '\0'; text++)
        if (strchr("<>&\"'", *text) != NULL)
            buf_printf(b, "&#%d;", *text);
        else
            buf_char(b, *text);
}

static void say(struct rest *r, int status, const char *sentence)
{
    const char *title = rest_say(r, "Not signed in");

    buf_clear(&r->out);
    buf_printf(&r->out, PAGE_HEAD "<title>%s</title></head><body><main><h1>%s</h1><p>",
               rest_language(r), title, title);
    write_escaped(&r->out, rest_say(r, sentence));
    buf_printf(&r->out, "</p><p><a href=\"/console\">%s</a></p></main></body></html>",
               rest_say(r, "Back to signing in"));
    rest_page(r, status);
}

static void say_busy(struct rest *r)
{
    say(r, 503, "The server cannot do this now. Try again in a moment.");
}

/* A page, not a redirect: where a redirect began on another site, browsers leave the session's
 * cookie out (SameSite=Strict). A page of our own is where the way begins anew. */
static void go_on(struct rest *r)
{
    buf_clear(&r->out);
    buf_printf(&r->out,
               PAGE_HEAD "<title>%s</title>"
                         "<meta http-equiv=\"refresh\" content=\"0;url=/console\"></head>"
                         "<body><p>%s <a href=\"/console\">%s</a></p></body></html>",
               rest_language(r), rest_say(r, "Signed in"), rest_say(r, "You are signed in."),
               rest_say(r, "Go on"));
    rest_page(r, 200);
}

static void written(enum store_result result, const union store_out *out, void *arg)
{
    struct rest *r = arg;
    const struct oidc_in *in = r->state;

    (void)out;
    r->op = NULL;
    if (result == STORE_OK)
        say(r, in->status, in->sentence);
    else
        say_busy(r);
}

/* Write it down, then say it. who: as the provider says; "" when it says nothing. The sentence is
 * not copied. */
static void refuse(struct rest *r, int status, const char *who, const char *detail,
                   const char *sentence)
{
    struct oidc_in *in = r->state;
    struct store_audit audit = rest_audit(r, AUDIT_SIGN_IN_FAILED, who);

    in->status = status;
    in->sentence = sentence;
    audit.actor = who;
    audit.detail = detail;
    log_event(LOG_WARN, "api", "sign_in_failed", LOG_S("peer", r->address), LOG_S("why", detail));
    r->op = store_audit_add(r->api->set.store, &audit, written, r);
}

/* False: answered. */
static bool may_try(struct rest *r)
{
    if (r->api->set.oidc == NULL) {
        say(r, 404, "Here staff sign in with a password.");
        return false;
    }
    if (rest_knock(r) > 0) {
        say(r, 429, "Too many tries from your address. Wait a moment.");
        return false;
    }
    return true;
}

/* --- to the provider --- */

int rest_oidc_status(enum oidc_outcome outcome)
{
    switch (outcome) {
    case OIDC_AGAIN:
        return 400;
    case OIDC_REFUSED:
        return 403;
    case OIDC_BUSY:
        return 503;
    default:
        return 502;
    }
}

static void log_trouble(const struct rest *r, const struct oidc_answer *a)
{
    log_event(LOG_WARN, "oidc", "not_signed_in", LOG_S("peer", r->address),
              LOG_S("why", a->detail));
}

static void began(const struct oidc_answer *a, void *arg)
{
    struct rest *r = arg;

    r->oidc = NULL;
    if (a->outcome == OIDC_OK) {
        r->set_cookie = cookie_oidc_set(a->cookie, OIDC_FLIGHT_MS);
        rest_redirect(r, a->url);
    } else {
        log_trouble(r, a);
        say(r, rest_oidc_status(a->outcome), a->sentence);
    }
}

void rest_oidc_start(struct rest *r)
{
    char token[CHAT_TOKEN_LEN + 1];

    if (!may_try(r))
        return;
    const struct oidc_browser browser = {http_header(r->x, "host"),
                                         cookie_oidc(r->x, token) ? token : NULL};
    r->oidc = oidc_begin(r->api->set.oidc, &browser, began, r);
}

/* --- and back --- */

static void entered(enum store_result result, const union store_out *out, void *arg)
{
    struct rest *r = arg;
    const struct oidc_in *in = r->state;

    r->op = NULL;
    if (result == STORE_OK) {
        r->api->setup_needed = r->api->setup_needed && out->session.role != STORE_ADMIN;
        log_event(LOG_INFO, "api", "signed_in", LOG_S("peer", r->address));
        go_on(r);
        return;
    }
    rest_forget_cookie(r);
    if (result == STORE_NOT_FOUND || result == STORE_CONFLICT)
        refuse(r, 403, in->account, "oidc: changed just now",
               "Your account was changed just now. Sign in again.");
    else
        say_busy(r);
}

static void enter(struct rest *r, const struct store_staff *staff)
{
    struct oidc_in *in = r->state;
    struct store_audit audit;

    in->account = arena_strdup(r->arena, staff->email);
    if (staff->disabled_ms != 0) {
        refuse(r, 403, in->account, "oidc: disabled",
               "Your account is disabled. Ask an administrator.");
        return;
    }
    audit = rest_audit(r, AUDIT_SIGN_IN, in->account);
    audit.actor = in->account;
    audit.detail = "oidc";
    /* The second step is the provider's matter. */
    const struct store_sign_in sign_in = {.staff = staff->id,
                                          .password = "",
                                          .oidc = in->who,
                                          .session = rest_new_session(r),
                                          .audit = audit};
    r->op = store_sign_in(r->api->set.store, &sign_in, entered, r);
}

static void say_unknown(struct rest *r, const struct oidc_in *in)
{
    if (in->email[0] == '\0')
        refuse(r, 403, in->who.subject, "oidc: no email",
               "The sign-in service does not tell your email address, so that Parley cannot know "
               "whose account this is. Ask your administrator.");
    else if (!in->email_verified)
        refuse(r, 403, in->email, "oidc: email not verified",
               "The sign-in service has not verified your email address, so that it could be "
               "anybody's. Verify it there, then sign in again.");
    else
        refuse(r, 403, in->email, "oidc: no account",
               arena_printf(r->arena,
                            "Nobody has an account with the email address %s. Ask an "
                            "administrator for one.",
                            in->email));
}

static void found(enum store_result result, const union store_out *out, void *arg)
{
    struct rest *r = arg;
    const struct oidc_in *in = r->state;

    r->op = NULL;
    if (result == STORE_OK)
        enter(r, &out->staff);
    else if (result == STORE_NOT_FOUND)
        say_unknown(r, in);
    else if (result == STORE_CONFLICT)
        refuse(r, 403, in->email, "oidc: another identity",
               "The account with your email address belongs to somebody else at the sign-in "
               "service. Ask an administrator to reset it if it is yours.");
    else
        say_busy(r);
}

static void finished(const struct oidc_answer *a, void *arg)
{
    struct rest *r = arg;
    struct oidc_in *in = r->state;

    r->oidc = NULL;
    if (a->outcome != OIDC_OK)
        log_trouble(r, a);
    if (a->outcome == OIDC_REFUSED || a->outcome == OIDC_TROUBLE) {
        refuse(r, rest_oidc_status(a->outcome), "",
               a->outcome == OIDC_REFUSED ? "oidc: refused" : "oidc: trouble",
               arena_strdup(r->arena, a->sentence));
        return;
    }
    if (a->outcome != OIDC_OK) { /* anybody can open any address: that is no row of the audit log */
        say(r, rest_oidc_status(a->outcome), a->sentence);
        return;
    }
    *in = (struct oidc_in){
        .who = {arena_strdup(r->arena, a->issuer), arena_strdup(r->arena, a->subject)},
        .email = arena_strdup(r->arena, a->email),
        .email_verified = a->email_verified};
    r->op = store_oidc_find(
        r->api->set.store,
        &(struct store_oidc_find){.who = in->who, .email = in->email_verified ? in->email : ""},
        found, r);
}

void rest_oidc_callback(struct rest *r)
{
    char token[CHAT_TOKEN_LEN + 1];

    if (!may_try(r))
        return;
    (void)rest_state(r, sizeof(struct oidc_in), NULL);
    const struct oidc_browser browser = {http_header(r->x, "host"),
                                         cookie_oidc(r->x, token) ? token : NULL};
    r->oidc = oidc_finish(r->api->set.oidc, http_query(r->x), &browser, finished, r);
}
