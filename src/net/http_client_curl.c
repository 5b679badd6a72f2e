#include "net/http_client_curl.h"

#include <assert.h>
#include <ctype.h>
#include <curl/curl.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/log.h"
#include "base/str.h"
#include "net/address.h"
#include "net/loop_uv.h"

#define HEADERS_MAX 8192 /* of a request, in bytes a line */

struct curl_client {
    struct http_client base; /* first: what callers hold */
    uv_loop_t *uv;
    CURLM *multi;
    uv_timer_t timer;
    struct http_call *calls; /* under way */
    char *user_agent;
    bool by_proxy; /* the environment names one */
};

struct http_call {
    struct curl_client *client;
    struct http_call *next, **link;
    CURL *easy;
    struct curl_slist *headers;
    char *body; /* what is sent */
    size_t body_len, body_sent;
    struct buf answer;
    bool too_large;
    bool opened, refused; /* sockets: there was one; one was to an address that is not public */
    http_done_fn *done;
    void *arg;
    char trouble[CURL_ERROR_SIZE];
};

/* One socket of curl's that the loop watches. */
struct watch {
    uv_poll_t poll;
    struct curl_client *client;
    curl_socket_t fd;
};

static void *must_alloc(size_t size)
{
    void *p = calloc(1, size);

    if (p == NULL)
        abort();
    return p;
}

/* --- one call --- */

static void call_free(struct http_call *call)
{
    *call->link = call->next;
    if (call->next != NULL)
        call->next->link = call->link;
    curl_multi_remove_handle(call->client->multi, call->easy);
    curl_easy_cleanup(call->easy);
    for (struct curl_slist *h = call->headers; h != NULL; h = h->next)
        secret_wipe(h->data, strlen(h->data));
    curl_slist_free_all(call->headers);
    /* Either may be a secret: a password in a form, a token in an answer. */
    secret_wipe(call->body, call->body_len);
    free(call->body);
    if (call->answer.ptr != NULL)
        secret_wipe(call->answer.ptr, call->answer.len);
    buf_free(&call->answer);
    free(call);
}

static size_t on_read(char *room, size_t size, size_t count, void *arg)
{
    struct http_call *call = arg;
    const size_t left = call->body_len - call->body_sent;
    const size_t n = left < size * count ? left : size * count;

    memcpy(room, call->body + call->body_sent, n);
    call->body_sent += n;
    return n;
}

/* When a kept connection turns out dead curl sends the request again on a fresh one, although the
 * other side may have acted on it. To do so it must rewind the body, which we refuse. */
static int on_seek(void *arg, curl_off_t offset, int origin)
{
    (void)arg;
    (void)offset;
    (void)origin;
    return CURL_SEEKFUNC_FAIL;
}

static size_t on_write(char *bytes, size_t size, size_t count, void *arg)
{
    struct http_call *call = arg;

    buf_append(&call->answer, bytes, size * count);
    if (buf_ok(&call->answer))
        return size * count;
    call->too_large = true;
    return 0;
}

/* The last moment before a connection is made: what the name service said is known here. */
static curl_socket_t on_open_socket(void *arg, curlsocktype purpose, struct curl_sockaddr *address)
{
    struct http_call *call = arg;

    (void)purpose;
    if (!address_is_public(&address->addr)) {
        call->refused = true;
        return CURL_SOCKET_BAD;
    }
    call->opened = true;
    return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

static enum http_result result_of(struct http_call *call, CURLcode code)
{
    long sent = 0;

    if (code == CURLE_OK)
        return HTTP_ANSWERED;
    if (call->too_large)
        return HTTP_TOO_LARGE;
    switch (code) {
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CIPHER:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_ISSUER_ERROR:
        return HTTP_TLS_FAILED;
    default:
        break;
    }
    curl_easy_getinfo(call->easy, CURLINFO_REQUEST_SIZE, &sent);
    if (sent == 0 && call->refused && !call->opened)
        return HTTP_NOT_PUBLIC;
    if (sent == 0)
        return code == CURLE_COULDNT_RESOLVE_HOST ? HTTP_NO_NAME
               : code == CURLE_OPERATION_TIMEDOUT ? HTTP_CONNECT_SLOW
                                                  : HTTP_NOT_CONNECTED;
    return code == CURLE_OPERATION_TIMEDOUT ? HTTP_TIMED_OUT : HTTP_BROKEN;
}

/* Without parameters, in lower case. */
static void media_type(const char *header, char *type, size_t size)
{
    const struct slice part =
        header == NULL ? (struct slice){"", 0} : str_trim(header, strcspn(header, ";"));
    const size_t n = part.len < size ? part.len : size - 1;

    memcpy(type, part.ptr, n);
    type[n] = '\0';
    str_lower(type);
}

static int64_t date_of(struct http_call *call)
{
    struct curl_header *date;
    time_t at;

    if (curl_easy_header(call->easy, "date", 0, CURLH_HEADER, -1, &date) != CURLHE_OK)
        return 0;
    at = curl_getdate(date->value, NULL);
    return at > 0 ? (int64_t)at * 1000 : 0;
}

static void finish(struct http_call *call, CURLcode code)
{
    char type[128] = "";
    const char *header = NULL;
    long status = 0;
    curl_off_t retry_after = 0;
    struct http_answer answer = {.result = result_of(call, code), .content_type = type};

    if (answer.result == HTTP_ANSWERED || answer.result == HTTP_TOO_LARGE) {
        curl_easy_getinfo(call->easy, CURLINFO_RESPONSE_CODE, &status);
        curl_easy_getinfo(call->easy, CURLINFO_CONTENT_TYPE, &header);
        curl_easy_getinfo(call->easy, CURLINFO_RETRY_AFTER, &retry_after);
        media_type(header, type, sizeof(type));
        answer.date_ms = date_of(call);
    }
    answer.status = (int)status;
    answer.retry_after_ms = retry_after > 0 && retry_after < INT32_MAX ? retry_after * 1000 : -1;
    answer.body = call->answer.ptr != NULL ? call->answer.ptr : "";
    answer.body_len = call->answer.len;
    if (answer.result == HTTP_NOT_PUBLIC)
        answer.trouble = "its address is not public";
    else if (code != CURLE_OK)
        answer.trouble = call->trouble[0] != '\0' ? call->trouble : curl_easy_strerror(code);
    else
        answer.trouble = "";
    call->done(&answer, call->arg);
    call_free(call);
}

/* Tell of every call that has ended. Never from inside curl's callbacks. */
static void finish_ended(struct curl_client *c)
{
    CURLMsg *msg;
    int left;

    while ((msg = curl_multi_info_read(c->multi, &left)) != NULL) {
        struct http_call *call = NULL;
        const CURLcode code = msg->data.result;
        if (msg->msg != CURLMSG_DONE)
            continue;
        curl_easy_getinfo(msg->easy_handle, CURLINFO_PRIVATE, (char **)&call);
        finish(call, code);
    }
}

/* --- curl on the loop --- */

static void on_poll(uv_poll_t *poll, int status, int events)
{
    struct watch *w = poll->data;
    struct curl_client *c = w->client;
    int flags = status < 0 ? CURL_CSELECT_ERR : 0;
    int running;

    if (events & UV_READABLE)
        flags |= CURL_CSELECT_IN;
    if (events & UV_WRITABLE)
        flags |= CURL_CSELECT_OUT;
    curl_multi_socket_action(c->multi, w->fd, flags, &running);
    finish_ended(c);
}

static void on_timer(uv_timer_t *timer)
{
    struct curl_client *c = timer->data;
    int running;

    curl_multi_socket_action(c->multi, CURL_SOCKET_TIMEOUT, 0, &running);
    finish_ended(c);
}

static void watch_closed(uv_handle_t *handle)
{
    free(handle->data);
}

static int on_socket(CURL *easy, curl_socket_t fd, int what, void *arg, void *socket_arg)
{
    struct curl_client *c = arg;
    struct watch *w = socket_arg;
    int events = 0;

    (void)easy;
    if (what == CURL_POLL_REMOVE) {
        if (w != NULL)
            uv_close((uv_handle_t *)&w->poll, watch_closed);
        curl_multi_assign(c->multi, fd, NULL);
        return 0;
    }
    if (w == NULL) {
        w = must_alloc(sizeof(*w));
        w->client = c;
        w->fd = fd;
        if (uv_poll_init_socket(c->uv, &w->poll, fd) != 0) {
            free(w);
            return -1;
        }
        w->poll.data = w;
        curl_multi_assign(c->multi, fd, w);
    }
    if (what & CURL_POLL_IN)
        events |= UV_READABLE;
    if (what & CURL_POLL_OUT)
        events |= UV_WRITABLE;
    uv_poll_start(&w->poll, events, on_poll);
    return 0;
}

static int on_set_timer(CURLM *multi, long timeout_ms, void *arg)
{
    struct curl_client *c = arg;

    (void)multi;
    if (timeout_ms < 0) {
        uv_timer_stop(&c->timer);
        return 0;
    }
    uv_update_time(c->uv);
    uv_timer_start(&c->timer, on_timer, (uint64_t)timeout_ms, 0);
    return 0;
}

/* --- the client --- */

static void add_header(struct http_call *call, const char *name, const char *value)
{
    struct buf line;

    buf_init(&line, HEADERS_MAX);
    buf_printf(&line, "%s: %s", name, value);
    if (buf_ok(&line))
        call->headers = curl_slist_append(call->headers, line.ptr);
    if (line.ptr != NULL)
        secret_wipe(line.ptr, line.len);
    buf_free(&line);
}

static void set_method(struct http_call *call, const struct http_request *request)
{
    CURL *easy = call->easy;

    if (strcmp(request->method, "GET") == 0) {
        curl_easy_setopt(easy, CURLOPT_HTTPGET, 1L);
        return;
    }
    if (strcmp(request->method, "POST") != 0)
        curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, request->method);
    if (request->content_type == NULL || request->body_len == 0) {
        /* Nothing to rewind, so curl would send it again on its own: no kept connection. */
        curl_easy_setopt(easy, CURLOPT_FRESH_CONNECT, 1L);
        if (strcmp(request->method, "DELETE") == 0)
            return;
    }
    curl_easy_setopt(easy, CURLOPT_POST, 1L);
    curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)request->body_len);
    curl_easy_setopt(easy, CURLOPT_READFUNCTION, on_read);
    curl_easy_setopt(easy, CURLOPT_READDATA, call);
    curl_easy_setopt(easy, CURLOPT_SEEKFUNCTION, on_seek);
    call->headers = curl_slist_append(call->headers, "Expect:");
    if (request->content_type != NULL)
        add_header(call, "Content-Type", request->content_type);
}

static void set_options(struct http_call *call, const struct http_request *request)
{
    CURL *easy = call->easy;

    curl_easy_setopt(easy, CURLOPT_PRIVATE, call);
    curl_easy_setopt(easy, CURLOPT_URL, request->url);
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_NOPROXY, "127.0.0.1,::1,localhost");
    curl_easy_setopt(easy, CURLOPT_USERAGENT, call->client->user_agent);
    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, (long)request->connect_timeout_ms);
    curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, (long)request->timeout_ms);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, on_write);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, call);
    curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, call->trouble);
    if (request->public_only && call->client->by_proxy) {
        curl_easy_setopt(easy, CURLOPT_NOPROXY, "");
        curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "https");
    } else if (request->public_only) {
        curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, on_open_socket);
        curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, call);
    }
    set_method(call, request);
    add_header(call, "Accept", "application/json");
    if (request->bearer != NULL) {
        struct buf value;
        buf_init(&value, SECRET_MAX + 16);
        buf_printf(&value, "Bearer %s", secret_reveal(request->bearer));
        add_header(call, "Authorization", value.ptr);
        secret_wipe(value.ptr, value.len);
        buf_free(&value);
    }
    if (request->basic != NULL)
        curl_easy_setopt(easy, CURLOPT_USERPWD, secret_reveal(request->basic));
    for (size_t i = 0; i < HTTP_MORE_MAX && request->more[i].name != NULL; i++)
        add_header(call, request->more[i].name, request->more[i].value);
    curl_easy_setopt(easy, CURLOPT_HTTPHEADER, call->headers);
}

static struct http_call *start(struct http_client *base, const struct http_request *request,
                               http_done_fn *done, void *arg)
{
    struct curl_client *c = (struct curl_client *)base;
    struct http_call *call = must_alloc(sizeof(*call));

    assert(request->connect_timeout_ms > 0 && request->timeout_ms > 0);
    call->client = c;
    call->done = done;
    call->arg = arg;
    call->body_len = request->body_len;
    call->body = must_alloc(request->body_len + 1);
    if (request->body_len > 0)
        memcpy(call->body, request->body, request->body_len);
    buf_init(&call->answer, request->body_max);
    call->easy = curl_easy_init();
    if (call->easy == NULL)
        abort();
    set_options(call, request);
    call->next = c->calls;
    call->link = &c->calls;
    if (c->calls != NULL)
        c->calls->link = &call->next;
    c->calls = call;
    /* Only starts the timer: the first step is taken by the loop. */
    if (curl_multi_add_handle(c->multi, call->easy) != CURLM_OK)
        abort();
    return call;
}

static void cancel(struct http_client *base, struct http_call *call)
{
    (void)base;
    call_free(call);
}

static const struct http_client_ops ops = {start, cancel};

/* As libcurl looks for one, without those that are for some hosts only. */
static bool names_proxy(void)
{
    static const char *const names[] = {"https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"};

    for (size_t i = 0; i < COUNT_OF(names); i++)
        if (getenv(names[i]) != NULL && getenv(names[i])[0] != '\0')
            return true;
    return false;
}

/* Debian's libcurl brings GnuTLS along, for RTMP and LDAP, which are never spoken here. This is how
 * GnuTLS is told not to set itself up when it is loaded, which costs 0.8 MiB; the executable has to
 * export it. See GNUTLS_SKIP_GLOBAL_INIT in gnutls.h. */
__attribute__((visibility("default"), used)) int _gnutls_global_init_skip(void);
int _gnutls_global_init_skip(void)
{
    return 1;
}

struct http_client *http_client_curl_new(struct loop *loop, const char *user_agent,
                                         int connections_max, struct err *err)
{
    if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) {
        err_set(err, "cannot start the HTTPS client (libcurl)");
        return NULL;
    }
    struct curl_client *c = must_alloc(sizeof(*c));
    c->base.ops = &ops;
    c->uv = loop_uv(loop);
    c->by_proxy = names_proxy();
    c->user_agent = strdup(user_agent);
    c->multi = curl_multi_init();
    if (c->multi == NULL || c->user_agent == NULL)
        abort();
    uv_timer_init(c->uv, &c->timer);
    c->timer.data = c;
    curl_multi_setopt(c->multi, CURLMOPT_SOCKETFUNCTION, on_socket);
    curl_multi_setopt(c->multi, CURLMOPT_SOCKETDATA, c);
    curl_multi_setopt(c->multi, CURLMOPT_TIMERFUNCTION, on_set_timer);
    curl_multi_setopt(c->multi, CURLMOPT_TIMERDATA, c);
    curl_multi_setopt(c->multi, CURLMOPT_MAX_TOTAL_CONNECTIONS, (long)connections_max);
    return &c->base;
}

static void timer_closed(uv_handle_t *handle)
{
    struct curl_client *c = handle->data;

    free(c->user_agent);
    free(c);
}

void http_client_curl_free(struct http_client *client)
{
    struct curl_client *c = (struct curl_client *)client;

    if (c == NULL)
        return;
    while (c->calls != NULL)
        call_free(c->calls);
    curl_multi_cleanup(c->multi);
    c->multi = NULL;
    uv_timer_stop(&c->timer);
    /* The memory goes when the loop has let go of the timer. */
    uv_close((uv_handle_t *)&c->timer, timer_closed);
    curl_global_cleanup();
}
