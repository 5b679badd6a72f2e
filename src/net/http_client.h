/* The HTTPS client as its users see it: one request, one callback, one cancel. The real one is
 * made by http_client_curl.h on the loop; a simulation makes its own from the same ops. */
#ifndef PARLEY_HTTP_CLIENT_H
#define PARLEY_HTTP_CLIENT_H

#include "base/base.h"
#include "base/secret.h"

struct http_client;
struct http_call; /* a request under way */

/* What is known of the outcome; decides whether the other side may have acted. */
enum http_result {
    HTTP_ANSWERED,      /* status, type and body are there */
    HTTP_NOT_CONNECTED, /* no byte of the request was sent: route, refusal */
    HTTP_NO_NAME,       /* as NOT_CONNECTED: the name has no address, or nobody could be asked */
    HTTP_NOT_PUBLIC,    /* as NOT_CONNECTED: the name leads to addresses that public_only forbids */
    HTTP_CONNECT_SLOW,  /* as NOT_CONNECTED: it took longer than it may */
    HTTP_TLS_FAILED,    /* as NOT_CONNECTED, because of the certificate or the handshake */
    HTTP_TIMED_OUT,     /* sent, perhaps acted on */
    HTTP_BROKEN,        /* sent, perhaps acted on: reset or cut off */
    HTTP_TOO_LARGE,     /* answered with more than body_max; acted on or not as the status says */
};

#define HTTP_MORE_MAX 4

struct http_more {
    const char *name, *value;
};

struct http_request {
    const char *method;          /* "GET", "POST", "PUT", "DELETE" */
    const char *url;             /* absolute, http or https, no user info */
    const struct secret *bearer; /* sent as Authorization: Bearer; NULL for none */
    const struct secret *basic;  /* "user:password", sent as Authorization: Basic; likewise */
    const char *content_type;    /* NULL for no body */
    const char *body;
    size_t body_len;
    struct http_more more[HTTP_MORE_MAX]; /* further fields; name NULL: none */
    int64_t connect_timeout_ms;           /* until connected, at least 1 */
    int64_t timeout_ms;                   /* for the whole, at least 1 */
    size_t body_max;                      /* largest answer body */
    /* Only to addresses that the open internet routes (net/address.h). Where the
     * environment names a proxy that one looks the name up: then all goes through it, also what
     * is named as this machine, and only https is asked for. */
    bool public_only;
};

struct http_answer {
    enum http_result result;
    int status;               /* 0 unless HTTP_ANSWERED or HTTP_TOO_LARGE */
    const char *content_type; /* "" when there is none; lower case, without parameters */
    int64_t retry_after_ms;   /* from Retry-After in seconds or as a date; -1 without */
    const char *body;         /* NUL-terminated; with NULs inside, body_len counts */
    size_t body_len;
    const char *trouble; /* for a person, without secrets: "connection refused"; "" if none */
    int64_t date_ms;     /* what the other side says that the time is; 0: it does not */
};

/* The answer is borrowed for the time of the callback. */
typedef void http_done_fn(const struct http_answer *answer, void *arg);

struct http_client_ops {
    struct http_call *(*start)(struct http_client *c, const struct http_request *request,
                               http_done_fn *done, void *arg);
    void (*cancel)(struct http_client *c, struct http_call *call);
};

struct http_client {
    const struct http_client_ops *ops;
};

/* Send. Everything in the request is copied. done is called once, from the loop, never from
 * inside this call; the handle is dead from then on. Redirects are never followed. */
static inline struct http_call *http_start(struct http_client *c,
                                           const struct http_request *request, http_done_fn *done,
                                           void *arg)
{
    return c->ops->start(c, request, done, arg);
}

/* Give up: done is never called; whether the other side acted is unknown. Sets *call to NULL;
 * *call may be NULL already. */
static inline void http_cancel(struct http_client *c, struct http_call **call)
{
    if (*call != NULL)
        c->ops->cancel(c, *call);
    *call = NULL;
}

#endif
