/* One document of the provider: read when there is need, kept for an hour, and asked for ever more
 * seldom while that fails. */
#include "api/oidc_private.h"

#include "base/log.h"
#include "base/str.h"

#define FRESH_MS   (60 * 60 * INT64_C(1000))
#define USABLE_MS  (24 * 60 * 60 * INT64_C(1000)) /* while it cannot be read again */
#define RETRY_MS   2000                           /* after the first failure; then twice as long */
#define RETRY_MAX  60000
#define AGAIN_MS   30000 /* after a good reading, whatever is distrusted */
#define CONNECT_MS 5000
#define WHOLE_MS   10000

void oidc_doc_init(struct oidc_doc *d)
{
    d->read_ms = -1;
    d->next_ms = 0;
}

static bool is_usable(const struct oidc_doc *d, int64_t now)
{
    return d->read_ms >= 0 && now - d->read_ms < USABLE_MS;
}

static int take(struct oidc_doc *d, const struct http_answer *a)
{
    if (a->result == HTTP_TOO_LARGE)
        return err_set(&d->trouble, "the answer is larger than %zu bytes", d->max);
    if (a->result != HTTP_ANSWERED)
        return err_set(&d->trouble, "no answer: %.200s", a->trouble);
    if (a->status != 200)
        return err_set(&d->trouble, "answered with status %d", a->status);
    /* RFC 7517, 8.5.2 gives a set of keys a type of its own. */
    if (!str_equal(a->content_type, "application/json") &&
        !str_equal(a->content_type, "application/jwk-set+json"))
        return err_set(&d->trouble, "answered with \"%.60s\", not JSON", a->content_type);
    return d->take(a->body, a->body_len, d->arg, &d->trouble);
}

static void on_answer(const struct http_answer *a, void *arg)
{
    struct oidc_doc *d = arg;
    const int64_t now = env_mono_ms(d->env);

    d->call = NULL;
    if (take(d, a) == 0) {
        d->read_ms = now;
        d->next_ms = now + AGAIN_MS;
        d->failures = 0;
        d->is_stale = false;
    } else {
        int64_t wait = RETRY_MS;

        for (int i = 0; i < d->failures && wait < RETRY_MAX; i++)
            wait *= 2;
        d->failures++;
        d->next_ms = now + (wait < RETRY_MAX ? wait : RETRY_MAX);
        log_event(LOG_WARN, "oidc", "provider_unread", LOG_S("url", d->url),
                  LOG_S("why", d->trouble.text), LOG_N("retry_ms", d->next_ms - now));
    }
    d->ended(d->arg);
}

enum oidc_need oidc_doc_need(struct oidc_doc *d)
{
    const int64_t now = env_mono_ms(d->env);

    if (d->read_ms >= 0 && now - d->read_ms < FRESH_MS && !d->is_stale)
        return OIDC_READY;
    if (d->call != NULL)
        return OIDC_WAIT;
    if (now < d->next_ms)
        return is_usable(d, now) ? OIDC_READY : OIDC_FAILED;
    d->call = http_start(d->http,
                         &(struct http_request){.method = "GET",
                                                .url = d->url,
                                                .connect_timeout_ms = CONNECT_MS,
                                                .timeout_ms = WHOLE_MS,
                                                .body_max = d->max},
                         on_answer, d);
    return OIDC_WAIT;
}

void oidc_doc_distrust(struct oidc_doc *d)
{
    d->is_stale = true;
}

void oidc_doc_cancel(struct oidc_doc *d)
{
    http_cancel(d->http, &d->call);
}
