/* One provider: what is known of it, and who is signing in. */
#include "api/oidc.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "api/oidc_private.h"
#include "base/str.h"

#define WELL_KNOWN "/.well-known/openid-configuration"

/* --- what the provider publishes --- */

static void wake_all(void *arg)
{
    struct oidc *o = arg;

    for (struct oidc_call *c = o->calls; c != NULL; c = c->next)
        if (c->http == NULL)
            oidc_call_wake(c);
}

static int take_metadata(const char *text, size_t len, void *arg, struct err *err)
{
    struct oidc *o = arg;
    struct oidc_metadata fresh;

    if (oidc_read_metadata(text, len, o->issuer, &fresh, err) < 0)
        return -1;
    if (strcmp(fresh.keys, o->metadata.keys) != 0) {
        oidc_doc_cancel(&o->published);
        oidc_doc_init(&o->published);
    }
    o->metadata = fresh;
    return 0;
}

static int take_keys(const char *text, size_t len, void *arg, struct err *err)
{
    struct oidc *o = arg;
    struct jose_keys *fresh = jose_keys_parse(text, len, err);

    if (fresh == NULL)
        return -1;
    jose_keys_free(o->keys);
    o->keys = fresh;
    return 0;
}

/* --- life --- */

static int copy_settings(struct oidc *o, const struct oidc_settings *set, struct err *err)
{
    const char *names = set->names != NULL ? set->names : "oidc";
    const size_t issuer_len = strlen(set->issuer);

    if (!oidc_is_url(set->issuer, false) || strchr(set->issuer, '?') != NULL)
        return err_set(err, "%s_issuer: the provider's address, beginning with https://", names);
    if (set->client_id[0] == '\0' || str_copy(o->client_id, sizeof(o->client_id), set->client_id))
        return err_set(err, "%s_client_id: 1 to %d bytes, as the provider says", names,
                       OIDC_TEXT_MAX);
    if (set->origin != NULL && !oidc_is_url(set->origin, true))
        return err_set(err, "url: signing in by a provider needs https://HOST");
    snprintf(o->issuer, sizeof(o->issuer), "%s", set->issuer);
    if (set->origin != NULL)
        snprintf(o->origin, sizeof(o->origin), "%s", set->origin);
    snprintf(o->discovery, sizeof(o->discovery), "%.*s%s",
             (int)(issuer_len - (set->issuer[issuer_len - 1] == '/')), set->issuer, WELL_KNOWN);
    o->set = *set;
    o->set.names = names;
    o->set.callback = set->callback != NULL ? set->callback : OIDC_CALLBACK;
    o->set.issuer = o->issuer;
    o->set.client_id = o->client_id;
    o->set.origin = set->origin != NULL ? o->origin : NULL;
    o->set.client_secret = NULL;
    if (set->client_secret != NULL)
        o->secret = secret_new(secret_reveal(set->client_secret), secret_len(set->client_secret));
    return 0;
}

struct oidc *oidc_new(const struct oidc_settings *settings, struct err *err)
{
    struct oidc *o = calloc(1, sizeof(*o));

    if (o == NULL)
        abort();
    if (copy_settings(o, settings, err) < 0) {
        free(o);
        return NULL;
    }
    o->about = (struct oidc_doc){.env = settings->env,
                                 .http = settings->http,
                                 .url = o->discovery,
                                 .max = OIDC_BODY_MAX,
                                 .take = take_metadata,
                                 .ended = wake_all,
                                 .arg = o};
    o->published = o->about;
    o->published.url = o->metadata.keys;
    o->published.max = OIDC_KEYS_BYTES;
    o->published.take = take_keys;
    oidc_doc_init(&o->about);
    oidc_doc_init(&o->published);
    o->flights = oidc_flights_new();
    return o;
}

void oidc_free(struct oidc *o)
{
    if (o == NULL)
        return;
    while (o->calls != NULL) {
        struct oidc_call *c = o->calls;

        oidc_cancel(&c);
    }
    oidc_doc_cancel(&o->about);
    oidc_doc_cancel(&o->published);
    oidc_flights_free(o->flights);
    jose_keys_free(o->keys);
    secret_free(o->secret);
    free(o);
}

/* --- a browser goes and comes back --- */

static bool is_cookie(const char *text)
{
    return text != NULL && strlen(text) == OIDC_COOKIE_LEN &&
           strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_") ==
               OIDC_COOKIE_LEN;
}

/* The address that the provider sends the browser back to. */
static int set_redirect(struct oidc_call *c, const char *host)
{
    const struct oidc *o = c->o;
    char origin[OIDC_TEXT_MAX + 1];

    if (o->set.origin != NULL)
        host = "";
    if (host == NULL || strlen(host) > OIDC_TEXT_MAX - strlen("http://"))
        return -1;
    snprintf(origin, sizeof(origin), "http://%s", host);
    /* http is for this machine only. */
    if (o->set.origin == NULL && !oidc_is_url(origin, true))
        return -1;
    snprintf(c->redirect, sizeof(c->redirect), "%s%s",
             o->set.origin != NULL ? o->set.origin : origin, o->set.callback);
    return 0;
}

/* False: it has failed already. */
static bool may_begin(struct oidc_call *c, const struct oidc_browser *browser)
{
    if (c->o->call_count > OIDC_CALLS_MAX)
        oidc_call_fail(c, OIDC_BUSY, "Too many people are signing in now. Try again in a minute.",
                       "too many at once");
    else if (set_redirect(c, browser->host) < 0)
        oidc_call_fail(c, OIDC_TROUBLE,
                       "Parley does not know its own address. An administrator gives it in the "
                       "setting url.",
                       "the setting url is not there");
    else
        return true;
    return false;
}

struct oidc_call *oidc_begin(struct oidc *o, const struct oidc_browser *browser, oidc_done_fn *done,
                             void *arg)
{
    struct oidc_call *c = oidc_call_new(o, OIDC_BEGIN, done, arg);

    if (!may_begin(c, browser))
        return c;
    if (is_cookie(browser->cookie))
        snprintf(c->cookie, sizeof(c->cookie), "%s", browser->cookie);
    else
        secret_random_text(c->cookie, OIDC_COOKIE_LEN);
    oidc_call_wake(c);
    return c;
}

struct oidc_call *oidc_finish(struct oidc *o, const char *query, const struct oidc_browser *browser,
                              oidc_done_fn *done, void *arg)
{
    static const char again[] =
        "This sign-in was used already, took longer than ten minutes, or began in another "
        "browser. Sign in again.";
    struct oidc_call *c = oidc_call_new(o, OIDC_EXCHANGE, done, arg);
    char refused[200];

    if (!may_begin(c, browser))
        return c;
    if (oidc_read_back(query, &c->back) < 0) {
        oidc_call_fail(c, OIDC_AGAIN, again, "a query that no provider sends");
    } else if (oidc_flight_take(o->flights, c->back.state,
                                is_cookie(browser->cookie) ? browser->cookie : NULL,
                                env_mono_ms(o->set.env), &c->flight) < 0) {
        oidc_call_fail(c, OIDC_AGAIN, again, "unknown, used or late state, or another browser");
    } else if (c->back.iss[0] != '\0' && strcmp(c->back.iss, o->issuer) != 0) {
        oidc_call_fail(c, OIDC_AGAIN, again, "sent back by another issuer");
    } else if (c->back.error[0] != '\0') {
        snprintf(refused, sizeof(refused),
                 "The sign-in service did not sign you in (%s). Try again, or ask your "
                 "administrator.",
                 c->back.error);
        oidc_call_fail(c, OIDC_REFUSED, refused, c->back.error);
    } else if (c->back.code[0] == '\0') {
        oidc_call_fail(c, OIDC_AGAIN, again, "sent back without a code");
    } else {
        oidc_call_wake(c);
    }
    return c;
}
