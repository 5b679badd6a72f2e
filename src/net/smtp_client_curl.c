#include "net/smtp_client_curl.h"

#include <assert.h>
#include <curl/curl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/str.h"
#include "net/work.h"

#define SOCKETS_MAX 4 /* of one letter at once: one an address that is tried */

struct curl_smtp {
    struct smtp_client base; /* first: what callers hold */
    struct work_pool *pool;
    char *url, *said_url; /* the latter with our name behind it, as libcurl takes it */
    char *user, *from, *ca_file;
    struct secret *password;
    bool tls; /* smtp:// must become TLS */
    int64_t connect_timeout_ms, timeout_ms;
};

/* Made on the loop, run on a thread, told and freed on the loop. */
struct smtp_call {
    const struct curl_smtp *client;
    struct work *work;
    smtp_done_fn *done;
    void *arg;
    char *to, *text;
    size_t len, sent;
    atomic_bool stop;
    pthread_mutex_t lock; /* of fds: who gives up ends the sockets of the thread */
    int fds[SOCKETS_MAX]; /* that are open; -1: none */
    struct smtp_talk talk;
    CURLcode code;
    char error[CURL_ERROR_SIZE];
};

static void *must_alloc(size_t size)
{
    void *p = calloc(1, size);

    if (p == NULL)
        abort();
    return p;
}

static char *copy(const char *text)
{
    char *p = strdup(text);

    if (p == NULL)
        abort();
    return p;
}

/* --- on a thread --- */

static size_t on_read(char *room, size_t size, size_t count, void *arg)
{
    struct smtp_call *call = arg;
    const size_t left = call->len - call->sent;
    const size_t n = left < size * count ? left : size * count;

    if (atomic_load(&call->stop))
        return CURL_READFUNC_ABORT;
    memcpy(room, call->text + call->sent, n);
    call->sent += n;
    return n;
}

static size_t on_write(char *bytes, size_t size, size_t count, void *arg)
{
    (void)bytes;
    (void)arg;
    return size * count; /* the server's words come by on_debug */
}

static int on_debug(CURL *easy, curl_infotype type, char *bytes, size_t len, void *arg)
{
    struct smtp_call *call = arg;

    (void)easy;
    if (type == CURLINFO_HEADER_OUT)
        smtp_talk_out(&call->talk, bytes, len);
    else if (type == CURLINFO_HEADER_IN)
        smtp_talk_in(&call->talk, bytes, len);
    return 0;
}

static int on_progress(void *arg, curl_off_t a, curl_off_t b, curl_off_t c, curl_off_t d)
{
    const struct smtp_call *call = arg;

    (void)a;
    (void)b;
    (void)c;
    (void)d;
    return atomic_load(&call->stop) ? 1 : 0;
}

/* Put one in the place of another; false: it has none. */
static bool swap_fd(struct smtp_call *call, int was, int is)
{
    bool found = false;

    pthread_mutex_lock(&call->lock);
    for (size_t i = 0; i < SOCKETS_MAX && !found; i++) {
        found = call->fds[i] == was;
        if (found)
            call->fds[i] = is;
    }
    pthread_mutex_unlock(&call->lock);
    return found;
}

static curl_socket_t on_open(void *arg, curlsocktype purpose, struct curl_sockaddr *address)
{
    const int fd = socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);

    (void)purpose;
    if (fd < 0 || swap_fd(arg, -1, fd))
        return fd;
    close(fd);
    return CURL_SOCKET_BAD;
}

static int on_close(void *arg, curl_socket_t fd)
{
    swap_fd(arg, fd, -1);
    return close(fd);
}

static void set_options(struct smtp_call *call, CURL *easy, struct curl_slist *to)
{
    const struct curl_smtp *c = call->client;

    curl_easy_setopt(easy, CURLOPT_URL, c->said_url);
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    curl_easy_setopt(easy, CURLOPT_USE_SSL, (long)(c->tls ? CURLUSESSL_ALL : CURLUSESSL_NONE));
    curl_easy_setopt(easy, CURLOPT_PROXY, "");
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L); /* who gives up waits for no name service */
    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, (long)c->connect_timeout_ms);
    curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, (long)c->timeout_ms);
    curl_easy_setopt(easy, CURLOPT_SERVER_RESPONSE_TIMEOUT, (long)(c->timeout_ms / 1000 + 1));
    curl_easy_setopt(easy, CURLOPT_MAIL_FROM, c->from);
    curl_easy_setopt(easy, CURLOPT_MAIL_RCPT, to);
    if (c->user[0] != '\0')
        curl_easy_setopt(easy, CURLOPT_USERNAME, c->user);
    if (c->user[0] != '\0' && c->password != NULL)
        curl_easy_setopt(easy, CURLOPT_PASSWORD, secret_reveal(c->password));
    if (c->ca_file[0] != '\0')
        curl_easy_setopt(easy, CURLOPT_CAINFO, c->ca_file);
    curl_easy_setopt(easy, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(easy, CURLOPT_READFUNCTION, on_read);
    curl_easy_setopt(easy, CURLOPT_READDATA, call);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, on_write);
    curl_easy_setopt(easy, CURLOPT_VERBOSE, 1L);
    curl_easy_setopt(easy, CURLOPT_DEBUGFUNCTION, on_debug);
    curl_easy_setopt(easy, CURLOPT_DEBUGDATA, call);
    curl_easy_setopt(easy, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(easy, CURLOPT_XFERINFOFUNCTION, on_progress);
    curl_easy_setopt(easy, CURLOPT_XFERINFODATA, call);
    curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, on_open);
    curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, call);
    curl_easy_setopt(easy, CURLOPT_CLOSESOCKETFUNCTION, on_close);
    curl_easy_setopt(easy, CURLOPT_CLOSESOCKETDATA, call);
    curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, call->error);
}

static void run(void *job)
{
    struct smtp_call *call = job;
    struct curl_slist *to = curl_slist_append(NULL, call->to);
    CURL *easy = curl_easy_init();

    if (easy == NULL || to == NULL)
        abort();
    set_options(call, easy, to);
    call->code = curl_easy_perform(easy);
    curl_easy_cleanup(easy); /* says goodbye, and waits for what the server says to it */
    curl_slist_free_all(to);
}

/* --- what it means --- */

static const char *host_of(const struct curl_smtp *c)
{
    return strstr(c->url, "://") + 3;
}

static void say_tls(const struct smtp_call *call, char text[SMTP_TROUBLE_MAX])
{
    snprintf(text, SMTP_TROUBLE_MAX,
             "the certificate of the mail server %s is not accepted: %.200s. Check the name in "
             "smtp_url, or name its authority in smtp_ca_file",
             host_of(call->client), call->error);
}

static void say_trouble(const struct smtp_call *call, char text[SMTP_TROUBLE_MAX])
{
    const struct curl_smtp *c = call->client;
    const struct smtp_talk *t = &call->talk;

    switch (call->code) {
    case CURLE_COULDNT_RESOLVE_HOST:
        snprintf(text, SMTP_TROUBLE_MAX,
                 "the name of the mail server %s has no address: check smtp_url", host_of(c));
        return;
    case CURLE_COULDNT_CONNECT:
        snprintf(text, SMTP_TROUBLE_MAX,
                 "no mail server answers at %s: check host and port in smtp_url, and that the "
                 "firewall lets this server out to it",
                 host_of(c));
        return;
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_ISSUER_ERROR:
        say_tls(call, text);
        return;
    case CURLE_USE_SSL_FAILED:
        snprintf(text, SMTP_TROUBLE_MAX,
                 "the mail server %s does not offer STARTTLS, and nothing is sent without: use "
                 "its port for it (587), or smtps://",
                 host_of(c));
        return;
    case CURLE_LOGIN_DENIED:
        snprintf(text, SMTP_TROUBLE_MAX,
                 "the mail server %s does not let us sign in (%d %s): check smtp_user and "
                 "smtp_password_file",
                 host_of(c), t->status, t->said);
        return;
    default:
        break;
    }
    if (t->step == SMTP_STEP_SENDER && t->status >= 400)
        snprintf(text, SMTP_TROUBLE_MAX,
                 "the mail server %s does not let us write as %s (%d %s): check mail_from, and "
                 "whether smtp_user is needed",
                 host_of(c), c->from, t->status, t->said);
    else if (t->status >= 400)
        snprintf(text, SMTP_TROUBLE_MAX, "the mail server %s takes no letters now: %d %s",
                 host_of(c), t->status, t->said);
    else
        snprintf(text, SMTP_TROUBLE_MAX, "the connection to the mail server %s failed: %.200s",
                 host_of(c), call->error[0] != '\0' ? call->error : curl_easy_strerror(call->code));
}

/* --- on the loop --- */

static void told(void *job)
{
    struct smtp_call *call = job;
    char text[SMTP_TROUBLE_MAX] = "";
    struct smtp_answer answer = {smtp_talk_result(&call->talk, call->code == CURLE_OK), text};

    switch (answer.result) {
    case SMTP_TAKEN:
        break;
    case SMTP_LATER:
    case SMTP_REFUSED:
        snprintf(text, sizeof(text), "the mail server said: %d %s", call->talk.status,
                 call->talk.said);
        break;
    case SMTP_TROUBLE:
        say_trouble(call, text);
        break;
    case SMTP_UNSURE:
        snprintf(text, sizeof(text), "the connection ended before %s confirmed the letter",
                 host_of(call->client));
        break;
    }
    call->work = NULL;
    call->done(&answer, call->arg);
}

static void call_free(void *job)
{
    struct smtp_call *call = job;

    pthread_mutex_destroy(&call->lock);
    secret_wipe(call->text, call->len);
    free(call->text);
    free(call->to);
    free(call);
}

static const struct work_calls calls = {run, told, call_free};

static struct smtp_call *send_letter(struct smtp_client *base, const char *to, const char *text,
                                     size_t len, smtp_done_fn *done, void *arg)
{
    struct curl_smtp *c = (struct curl_smtp *)base;
    struct smtp_call *call = must_alloc(sizeof(*call));

    assert(len <= SMTP_LETTER_MAX);
    *call = (struct smtp_call){.client = c, .done = done, .arg = arg, .len = len};
    call->to = copy(to);
    call->text = must_alloc(len + 1);
    memcpy(call->text, text, len);
    atomic_init(&call->stop, false);
    pthread_mutex_init(&call->lock, NULL);
    for (size_t i = 0; i < SOCKETS_MAX; i++)
        call->fds[i] = -1;
    call->work = work_start(c->pool, &calls, call);
    assert(call->work != NULL);
    return call;
}

static void cancel(struct smtp_client *base, struct smtp_call *one)
{
    (void)base;
    atomic_store(&one->stop, true);
    pthread_mutex_lock(&one->lock);
    for (size_t i = 0; i < SOCKETS_MAX; i++)
        if (one->fds[i] >= 0)
            shutdown(one->fds[i], SHUT_RDWR);
    pthread_mutex_unlock(&one->lock);
    work_cancel(&one->work);
}

static const struct smtp_ops ops = {send_letter, cancel};

/* --- the client --- */

/* The host without port; IPv6 in its brackets. */
static struct slice host_part(const char *host)
{
    const size_t len =
        host[0] == '[' ? strcspn(host, "]") + (strchr(host, ']') != NULL) : strcspn(host, ":");

    return (struct slice){host, len};
}

static bool is_local(struct slice host)
{
    static const char *const names[] = {"127.0.0.1", "[::1]", "localhost"};

    for (size_t i = 0; i < COUNT_OF(names); i++)
        if (host.len == strlen(names[i]) && strncmp(host.ptr, names[i], host.len) == 0)
            return true;
    return false;
}

/* 0, or -1 with err. */
static int understand(const struct smtp_settings *set, bool *tls, struct err *err)
{
    const bool plain = str_has_prefix(set->url, "smtp://");
    const char *host = strstr(set->url, "://");
    int64_t port;

    if ((!plain && !str_has_prefix(set->url, "smtps://")) || host[3] == '\0' ||
        strpbrk(host + 3, "/?#@ \\") != NULL)
        return err_set(err, "smtp_url: smtp://HOST:PORT or smtps://HOST:PORT, with nothing else "
                            "in it");
    const struct slice name = host_part(host + 3);
    if (name.len == 0 ||
        (name.ptr[name.len] != '\0' &&
         (name.ptr[name.len] != ':' || str_to_int(name.ptr + name.len + 1, 1, 65535, &port) != 0)))
        return err_set(err, "smtp_url: the host or the port is wrong");
    if (set->password != NULL && set->user[0] == '\0')
        return err_set(err, "smtp_password_file needs smtp_user");
    if (set->password == NULL && set->user[0] != '\0')
        return err_set(err, "smtp_user needs smtp_password_file");
    *tls = plain && (!is_local(name) || set->user[0] != '\0');
    return 0;
}

struct smtp_client *smtp_client_curl_new(struct loop *loop, const struct smtp_settings *settings,
                                         struct err *err)
{
    bool tls = false;

    if (understand(settings, &tls, err) < 0)
        return NULL;
    if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) {
        err_set(err, "cannot start the mail client (libcurl)");
        return NULL;
    }
    struct curl_smtp *c = must_alloc(sizeof(*c));
    *c = (struct curl_smtp){.base.ops = &ops,
                            .tls = tls,
                            .connect_timeout_ms = settings->connect_timeout_ms,
                            .timeout_ms = settings->timeout_ms};
    c->url = copy(settings->url);
    c->base.url = c->url;
    if (asprintf(&c->said_url, "%s/%s", settings->url, settings->name) < 0)
        abort();
    c->user = copy(settings->user);
    c->from = copy(settings->from);
    c->ca_file = copy(settings->ca_file);
    if (settings->password != NULL)
        c->password = secret_new(secret_reveal(settings->password), secret_len(settings->password));
    /* One that was given up may still run to its end. */
    c->pool = work_pool_new(loop, SMTP_AT_ONCE, 4 * SMTP_AT_ONCE);
    return &c->base;
}

void smtp_client_curl_free(struct smtp_client *client)
{
    struct curl_smtp *c = (struct curl_smtp *)client;

    if (c == NULL)
        return;
    work_pool_free(c->pool);
    secret_free(c->password);
    free(c->url);
    free(c->said_url);
    free(c->user);
    free(c->from);
    free(c->ca_file);
    free(c);
    curl_global_cleanup();
}
