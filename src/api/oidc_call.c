/* One begin or finish, step by step. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "api/oidc_private.h"
#include "base/json.h"
#include "base/str.h"

#define CONNECT_MS 5000
#define WHOLE_MS   10000
#define FORM_MAX   32768

static const char trouble[] =
    "The sign-in service cannot be used now. Try again in a minute; if that does not help, an "
    "administrator finds the reason in Parley's log.";
static const char distrust[] =
    "The sign-in service answered something that Parley does not trust. Try again; if that does "
    "not help, an administrator finds the reason in Parley's log.";

/* --- life --- */

struct oidc_call *oidc_call_new(struct oidc *o, enum oidc_step step, oidc_done_fn *done, void *arg)
{
    struct oidc_call *c = calloc(1, sizeof(*c));

    if (c == NULL)
        abort();
    *c = (struct oidc_call){.o = o, .step = step, .done = done, .arg = arg, .next = o->calls};
    c->link = &o->calls;
    if (c->next != NULL)
        c->next->link = &c->next;
    o->calls = c;
    o->call_count++;
    return c;
}

void oidc_cancel(struct oidc_call **call)
{
    struct oidc_call *c = *call;

    *call = NULL;
    if (c == NULL)
        return;
    env_timer_cancel(c->o->set.env, &c->soon);
    http_cancel(c->o->set.http, &c->http);
    *c->link = c->next;
    if (c->next != NULL)
        c->next->link = c->link;
    c->o->call_count--;
    secret_free(c->tokens.access);
    secret_wipe(c, sizeof(*c));
    free(c);
}

static void end(struct oidc_call *c)
{
    const struct oidc_answer answer = c->answer;

    c->step = OIDC_ENDED;
    c->done(&answer, c->arg);
    oidc_cancel(&c);
}

void oidc_call_fail(struct oidc_call *c, enum oidc_outcome outcome, const char *sentence,
                    const char *detail)
{
    snprintf(c->sentence, sizeof(c->sentence), "%s", sentence);
    if (detail != NULL && detail != c->detail.text)
        err_set(&c->detail, "%s", detail);
    c->answer = (struct oidc_answer){.outcome = outcome,
                                     .sentence = c->sentence,
                                     .detail = c->detail.text,
                                     .url = "",
                                     .cookie = "",
                                     .issuer = "",
                                     .subject = "",
                                     .email = ""};
    c->step = OIDC_ENDED;
    oidc_call_wake(c);
}

/* What a document could not be read for. */
static void fail_of(struct oidc_call *c, const char *what, const struct oidc_doc *d)
{
    err_set(&c->detail, "%s: %.400s", what, d->trouble.text);
    oidc_call_fail(c, OIDC_TROUBLE, trouble, c->detail.text);
}

/* --- to the provider --- */

static void member(struct buf *b, const char *name, const char *value)
{
    buf_printf(b, "&%s=", name);
    oidc_escape(b, value);
}

static void send_off(struct oidc_call *c)
{
    struct oidc *o = c->o;
    char state[OIDC_COOKIE_LEN + 1], challenge[JOSE_CHALLENGE_SIZE];
    const struct oidc_flight *f =
        oidc_flight_add(o->flights, c->cookie, env_mono_ms(o->set.env), state);
    struct buf url;

    jose_challenge(f->verifier, challenge);
    buf_init(&url, OIDC_URL_SIZE - 1);
    buf_str(&url, o->metadata.authorization);
    buf_str(&url, strchr(o->metadata.authorization, '?') == NULL ? "?response_type=code"
                                                                 : "&response_type=code");
    member(&url, "scope", "openid email");
    member(&url, "client_id", o->client_id);
    member(&url, "redirect_uri", c->redirect);
    member(&url, "state", state);
    member(&url, "nonce", f->nonce);
    member(&url, "code_challenge", challenge);
    member(&url, "code_challenge_method", "S256");
    if (buf_ok(&url)) {
        c->answer = (struct oidc_answer){.outcome = OIDC_OK,
                                         .sentence = "",
                                         .detail = "",
                                         .url = url.ptr,
                                         .cookie = c->cookie,
                                         .issuer = "",
                                         .subject = "",
                                         .email = ""};
        end(c);
    } else {
        oidc_call_fail(c, OIDC_TROUBLE, trouble, "the settings make too long an address");
    }
    buf_free(&url);
}

/* --- the code for tokens --- */

/* The provider's own word for what is wrong (RFC 6749, 5.2), and which setting that is about. */
static void say_refused(struct oidc_call *c, const struct http_answer *a)
{
    struct json_doc *doc = json_parse(a->body, a->body_len, NULL);
    const char *error = json_get_text(json_root(doc), "error");
    const bool is_word = error != NULL && error[0] != '\0' &&
                         error[strspn(error, "abcdefghijklmnopqrstuvwxyz_")] == '\0';
    const char *names = c->o->set.names;
    char hint[128] = "";

    if (is_word && strcmp(error, "invalid_client") == 0)
        (void)snprintf(hint, sizeof(hint), "; are %s_client_id and %s_client_secret_file right?",
                       names, names);
    else if (is_word && strcmp(error, "invalid_grant") == 0)
        (void)snprintf(hint, sizeof(hint), "; does the provider know the setting url?");
    err_set(&c->detail, "the token endpoint refused the code: status %d %.60s%s", a->status,
            is_word ? error : "", hint);
    json_free(doc);
    oidc_call_fail(c, OIDC_TROUBLE, distrust, c->detail.text);
}

/* True for an answer of JSON; otherwise the call has failed. */
static bool is_json(struct oidc_call *c, const char *what, const struct http_answer *a)
{
    if (a->result == HTTP_ANSWERED && a->status == 200 &&
        strcmp(a->content_type, "application/json") == 0)
        return true;
    if (a->result == HTTP_TOO_LARGE)
        err_set(&c->detail, "%s: the answer is larger than %d bytes", what, OIDC_BODY_MAX);
    else if (a->result != HTTP_ANSWERED)
        err_set(&c->detail, "%s: no answer: %.200s", what, a->trouble);
    else
        err_set(&c->detail, "%s: answered with status %d and \"%.60s\"", what, a->status,
                a->content_type);
    /* Perhaps its addresses have changed. */
    oidc_doc_distrust(&c->o->about);
    oidc_call_fail(c, OIDC_TROUBLE, trouble, c->detail.text);
    return false;
}

static void on_tokens(const struct http_answer *a, void *arg)
{
    struct oidc_call *c = arg;
    struct err why = {""};

    c->http = NULL;
    if (a->result == HTTP_ANSWERED && (a->status == 400 || a->status == 401)) {
        say_refused(c, a);
        return;
    }
    if (!is_json(c, "the token endpoint", a))
        return;
    if (oidc_read_tokens(a->body, a->body_len, &c->tokens, &why) < 0) {
        err_set(&c->detail, "the token endpoint's answer: %.400s", why.text);
        oidc_call_fail(c, OIDC_TROUBLE, distrust, c->detail.text);
        return;
    }
    c->step = OIDC_KEYS;
    oidc_call_wake(c);
}

/* user:password, each escaped first (RFC 6749, 2.3.1). */
static struct secret *basic_of(const struct oidc *o)
{
    struct secret *basic;
    struct buf b;

    buf_init(&b, SECRET_MAX);
    oidc_escape(&b, o->client_id);
    buf_char(&b, ':');
    oidc_escape(&b, secret_reveal(o->secret));
    basic = buf_ok(&b) ? secret_new(b.ptr, b.len) : NULL;
    secret_wipe(b.ptr, b.len);
    buf_free(&b);
    return basic;
}

static void exchange(struct oidc_call *c)
{
    struct oidc *o = c->o;
    const bool post = o->secret != NULL && o->metadata.post_only;
    struct secret *basic = o->secret != NULL && !post ? basic_of(o) : NULL;
    struct buf form;

    if (o->metadata.sends_iss && c->back.iss[0] == '\0') {
        oidc_call_fail(c, OIDC_TROUBLE, distrust, "sent back without the issuer that it promises");
        secret_free(basic);
        return;
    }
    buf_init(&form, FORM_MAX);
    buf_str(&form, "grant_type=authorization_code");
    member(&form, "code", c->back.code);
    member(&form, "redirect_uri", c->redirect);
    member(&form, "code_verifier", c->flight.verifier);
    if (basic == NULL)
        member(&form, "client_id", o->client_id);
    if (post)
        member(&form, "client_secret", secret_reveal(o->secret));
    if (!buf_ok(&form) || (o->secret != NULL && !post && basic == NULL)) {
        oidc_call_fail(c, OIDC_TROUBLE, trouble, "the code or the client's secret is too long");
    } else {
        c->step = OIDC_TOKEN;
        c->http = http_start(o->set.http,
                             &(struct http_request){
                                 .method = "POST",
                                 .url = o->metadata.token,
                                 .basic = basic,
                                 .content_type = "application/x-www-form-urlencoded",
                                 .body = form.ptr,
                                 .body_len = form.len,
                                 .connect_timeout_ms = CONNECT_MS,
                                 .timeout_ms = WHOLE_MS,
                                 .body_max = OIDC_BODY_MAX,
                             },
                             on_tokens, c);
    }
    secret_wipe(form.ptr, form.len);
    buf_free(&form);
    secret_free(basic);
}

/* --- the ID token --- */

static void tell(struct oidc_call *c)
{
    const struct oidc_claims *k = &c->claims;

    c->answer = (struct oidc_answer){
        .outcome = OIDC_OK,
        .sentence = "",
        .detail = "",
        .url = "",
        .cookie = "",
        .issuer = c->o->issuer,
        .subject = k->subject,
        .email = k->email,
        .email_verified = k->email_verified,
    };
    end(c);
}

static void on_userinfo(const struct http_answer *a, void *arg)
{
    struct oidc_call *c = arg;
    struct err why = {""};

    c->http = NULL;
    if (!is_json(c, "the userinfo endpoint", a))
        return;
    if (oidc_read_userinfo(a->body, a->body_len, &c->claims, &why) < 0) {
        err_set(&c->detail, "the userinfo endpoint's answer: %.400s", why.text);
        oidc_call_fail(c, OIDC_TROUBLE, distrust, c->detail.text);
        return;
    }
    tell(c);
}

/* Many providers tell the email only there (Core 1.0, 5.4). */
static void ask_userinfo(struct oidc_call *c)
{
    c->step = OIDC_USERINFO;
    c->http = http_start(c->o->set.http,
                         &(struct http_request){
                             .method = "GET",
                             .url = c->o->metadata.userinfo,
                             .bearer = c->tokens.access,
                             .connect_timeout_ms = CONNECT_MS,
                             .timeout_ms = WHOLE_MS,
                             .body_max = OIDC_BODY_MAX,
                         },
                         on_userinfo, c);
}

static void check(struct oidc_call *c)
{
    struct oidc *o = c->o;
    struct err why = {""};
    char *payload;
    size_t len;
    const enum jose_result r = jose_verify(o->keys, c->tokens.id_token, &payload, &len, &why);

    if (r == JOSE_NO_KEY && !c->reread) {
        /* The provider may have changed its keys since they were read. */
        oidc_doc_distrust(&o->published);
        c->reread = true;
        oidc_call_wake(c);
        return;
    }
    if (r != JOSE_OK || oidc_read_claims(payload, len, o->issuer, o->client_id, c->flight.nonce,
                                         env_now_ms(o->set.env), &c->claims, &why) < 0) {
        err_set(&c->detail, "the ID token: %.400s", why.text);
        oidc_call_fail(c, OIDC_TROUBLE, distrust, c->detail.text);
    } else if (c->claims.email[0] == '\0' && o->metadata.userinfo[0] != '\0' &&
               c->tokens.access != NULL) {
        ask_userinfo(c);
    } else {
        tell(c);
    }
    free(payload);
}

/* --- the steps --- */

static void go_on(void *arg)
{
    struct oidc_call *c = arg;
    struct oidc *o = c->o;
    struct oidc_doc *doc = c->step == OIDC_KEYS ? &o->published : &o->about;

    c->soon = NULL;
    if (c->step == OIDC_ENDED) {
        end(c);
        return;
    }
    if (c->step == OIDC_TOKEN || c->step == OIDC_USERINFO)
        return;
    switch (oidc_doc_need(doc)) {
    case OIDC_WAIT:
        break;
    case OIDC_FAILED:
        fail_of(c, doc == &o->about ? "the discovery document" : "the keys", doc);
        break;
    case OIDC_READY:
        if (c->step == OIDC_BEGIN)
            send_off(c);
        else if (c->step == OIDC_EXCHANGE)
            exchange(c);
        else
            check(c);
    }
}

void oidc_call_wake(struct oidc_call *c)
{
    if (c->soon == NULL)
        c->soon = env_timer_start(c->o->set.env, 0, go_on, c);
}
