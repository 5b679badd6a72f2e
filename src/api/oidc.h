/* Signing in with OpenID Connect: authorization code flow with PKCE (OpenID Connect Core 1.0, 3.1;
 * RFC 7636) against one provider. Knows nothing of accounts: oidc_finish tells who the provider
 * says it is, and what follows from that is the caller's. Everything on the loop's thread.
 *
 *   browser ─ oidc_begin ─→ address of the provider, a cookie
 *   browser ─ oidc_finish (what the provider sent it back with, the cookie) ─→ claims
 */
#ifndef PARLEY_API_OIDC_H
#define PARLEY_API_OIDC_H

#include "base/env.h"
#include "base/err.h"
#include "base/secret.h"
#include "net/http_client.h"

#define OIDC_CALLBACK        "/v1/oidc/callback" /* where the provider sends the browser back to */
#define OIDC_PEOPLE_CALLBACK "/v1/people/oidc/callback" /* likewise, people who chat */
#define OIDC_TEXT_MAX        512              /* bytes of an issuer, address or client id */
#define OIDC_URL_SIZE        4096             /* of the address that begins the sign-in */
#define OIDC_COOKIE_LEN      43               /* characters of base64url */
#define OIDC_FLIGHT_MS       (10 * 60 * 1000) /* from begin to finish, at most */
#define OIDC_FLIGHTS_MAX     1024 /* begun and not finished; then the oldest gives way */
#define OIDC_CALLS_MAX       64   /* begins and finishes that wait; then "busy" */
#define OIDC_SUBJECT_MAX     255  /* bytes of ASCII: Core 1.0, 2 */

struct oidc;
struct oidc_call; /* one begin or finish under way */

struct oidc_settings {
    struct env *env;
    struct http_client *http;
    /* https; http only on this machine (127.0.0.1, [::1], localhost). */
    const char *issuer;
    const char *origin; /* where people reach us; NULL: as the browser says, on this machine only */
    const char *callback; /* OIDC_PEOPLE_CALLBACK; NULL: OIDC_CALLBACK. Not copied */
    const char *names;    /* of the settings, for errors; NULL: "oidc". Not copied */
    const char *client_id;
    const struct secret *client_secret; /* NULL: a public client, that PKCE alone protects */
};

enum oidc_outcome {
    OIDC_OK,
    OIDC_AGAIN,   /* unknown, used or late, or another browser: sign in again from the start */
    OIDC_REFUSED, /* the provider says no */
    OIDC_TROUBLE, /* the provider is not there, or says what cannot be trusted; or a setting lacks
                   */
    OIDC_BUSY,
};

struct oidc_answer {
    enum oidc_outcome outcome;
    const char *sentence; /* for the person, "" when OIDC_OK; without secrets */
    const char *detail;   /* for the log: what exactly was wrong; "" if nothing */

    /* oidc_begin, OIDC_OK */
    const char *url;    /* where the browser goes */
    const char *cookie; /* the browser's, OIDC_COOKIE_LEN characters */

    /* oidc_finish, OIDC_OK */
    const char *issuer, *subject; /* together the provider's name for this person, for ever */
    const char *email;            /* lower case; "" when there is none */
    bool email_verified;          /* false: may be anybody's */
};

/* Borrowed for the time of the callback. */
typedef void oidc_done_fn(const struct oidc_answer *answer, void *arg);

/* Everything in settings is copied, except env and http. Nothing is asked of the provider yet.
 * NULL with err that names the setting. */
struct oidc *oidc_new(const struct oidc_settings *settings, struct err *err) WARN_UNUSED;
/* Cancels what is under way. NULL does nothing. */
void oidc_free(struct oidc *o);

/* What a browser brings along. */
struct oidc_browser {
    const char *host;   /* of its request; only looked at when settings.origin is NULL */
    const char *cookie; /* NULL: none */
};

/* Begin for a browser. The cookie of an earlier begin is kept when it has the form of one, so that
 * several tabs can sign in. done is called once, never from inside. */
struct oidc_call *oidc_begin(struct oidc *o, const struct oidc_browser *browser, oidc_done_fn *done,
                             void *arg);
/* The browser came back: query is the raw query of the callback. Whatever comes of it, this sign-in
 * is used up. */
struct oidc_call *oidc_finish(struct oidc *o, const char *query, const struct oidc_browser *browser,
                              oidc_done_fn *done, void *arg);
/* After this done is never called, and *call is NULL. *call may be NULL already. */
void oidc_cancel(struct oidc_call **call);

#endif
