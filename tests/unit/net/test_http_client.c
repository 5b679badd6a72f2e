/* The HTTPS client against a small server on a thread: how each outcome is told, and that no
 * POST ever goes out twice. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/str.h"
#include "net/http_client_curl.h"

/* --- the server: reads a request with its body, answers by its path --- */

static int listener;
static int port;
static pthread_t server;
static atomic_int requests; /* complete ones */
static atomic_int connections;
static char last_request[4096];

static const char *answer_for(const char *path)
{
    if (str_has_prefix(path, "/ok"))
        return "HTTP/1.1 200 OK\r\nContent-Type: Application/JSON; charset=utf-8\r\n"
               "Content-Length: 11\r\n\r\n{\"ok\":true}";
    if (str_has_prefix(path, "/limit"))
        return "HTTP/1.1 429 Too Many Requests\r\nRetry-After: 7\r\nContent-Length: 0\r\n\r\n";
    if (str_has_prefix(path, "/move"))
        return "HTTP/1.1 302 Found\r\nLocation: /ok\r\nContent-Length: 0\r\n\r\n";
    if (str_has_prefix(path, "/short"))
        return "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this";
    return NULL;
}

/* True when buf holds a request with all of its body. */
static bool complete(const char *buf)
{
    const char *body = strstr(buf, "\r\n\r\n");
    const char *length = strcasestr(buf, "content-length:");
    int64_t want = 0;

    if (body == NULL)
        return false;
    if (length != NULL) {
        char digits[12] = "";
        const struct slice text = str_trim(length + 15, strcspn(length + 15, "\r"));
        memcpy(digits, text.ptr, text.len < 11 ? text.len : 11);
        if (str_to_int(digits, 0, 4000, &want) != 0)
            return false;
    }
    return strlen(body + 4) >= (size_t)want;
}

static void copy(char *dst, size_t size, const char *src)
{
    assert_int_equal(str_copy(dst, size, src), 0);
}

/* False when the connection is to be closed. The second request of a connection under /once is
 * read in full, and then the connection dies without a word. */
static bool serve(int fd, int nth, char *buf)
{
    const char *path = strchr(buf, ' ');
    const struct linger reset = {.l_onoff = 1, .l_linger = 0};

    atomic_fetch_add(&requests, 1);
    copy(last_request, sizeof(last_request), buf);
    path = path == NULL ? "" : path + 1;
    if (str_has_prefix(path, "/slow"))
        return recv(fd, buf, 1, 0) > 0;
    if (str_has_prefix(path, "/reset") || (str_has_prefix(path, "/once") && nth > 0)) {
        setsockopt(fd, SOL_SOCKET, SO_LINGER, &reset, sizeof(reset));
        return false;
    }
    const char *answer = answer_for(str_has_prefix(path, "/once") ? "/ok" : path);
    if (answer == NULL || send(fd, answer, strlen(answer), MSG_NOSIGNAL) < 0)
        return false;
    return !str_has_prefix(path, "/short");
}

static void *serve_connection(void *arg)
{
    const int fd = (int)(intptr_t)arg;
    char buf[4096];
    size_t len = 0;

    for (int nth = 0;;) {
        const ssize_t n = recv(fd, buf + len, sizeof(buf) - 1 - len, 0);
        if (n <= 0)
            break;
        len += (size_t)n;
        buf[len] = '\0';
        if (!complete(buf))
            continue;
        if (!serve(fd, nth++, buf))
            break;
        len = 0;
    }
    close(fd);
    return NULL;
}

static void *serve_all(void *arg)
{
    (void)arg;
    for (;;) {
        pthread_t thread;
        const int fd = accept(listener, NULL, NULL);
        if (fd < 0)
            return NULL;
        atomic_fetch_add(&connections, 1);
        pthread_create(&thread, NULL, serve_connection, (void *)(intptr_t)fd);
        pthread_detach(thread);
    }
}

static int start_server(void **state)
{
    struct sockaddr_in addr = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t len = sizeof(addr);

    (void)state;
    listener = socket(AF_INET, SOCK_STREAM, 0);
    if (bind(listener, (struct sockaddr *)&addr, len) != 0 || listen(listener, 50) != 0)
        return -1;
    getsockname(listener, (struct sockaddr *)&addr, &len);
    port = ntohs(addr.sin_port);
    return pthread_create(&server, NULL, serve_all, NULL);
}

static int stop_server(void **state)
{
    (void)state;
    shutdown(listener, SHUT_RDWR);
    pthread_join(server, NULL);
    return close(listener);
}

/* --- the client --- */

struct outcome {
    int calls; /* of the callback */
    enum http_result result;
    int status;
    int64_t retry_after_ms;
    char type[64];
    char body[64];
};

static struct loop *loop;
static struct http_client *client;

static int start_client(void **state)
{
    struct err err;

    (void)state;
    loop = loop_new(&err);
    client = http_client_curl_new(loop, "parley-test", 4, &err);
    atomic_store(&requests, 0);
    atomic_store(&connections, 0);
    return client == NULL ? -1 : 0;
}

static int stop_client(void **state)
{
    (void)state;
    http_client_curl_free(client);
    loop_free(loop);
    return 0;
}

static void on_done(const struct http_answer *answer, void *arg)
{
    struct outcome *o = arg;

    o->calls++;
    o->result = answer->result;
    o->status = answer->status;
    o->retry_after_ms = answer->retry_after_ms;
    copy(o->type, sizeof(o->type), answer->content_type);
    copy(o->body, sizeof(o->body), answer->body);
    assert_int_equal(answer->body_len, strlen(answer->body));
    assert_true((answer->result == HTTP_ANSWERED) == (answer->trouble[0] == '\0'));
}

static struct http_call *begin(const char *method, const char *path, const char *body,
                               struct outcome *o)
{
    char url[100];
    struct http_request request = {
        .method = method,
        .url = url,
        .content_type = body != NULL ? "application/json" : NULL,
        .body = body,
        .body_len = body != NULL ? strlen(body) : 0,
        .connect_timeout_ms = 2000,
        .timeout_ms = 300,
        .body_max = 50,
    };

    *o = (struct outcome){0};
    snprintf(url, sizeof(url), "http://127.0.0.1:%d%s", port, path);
    return http_start(client, &request, on_done, o);
}

static void wait_for(const struct outcome *o)
{
    for (int i = 0; i < 500 && o->calls == 0; i++)
        loop_turn(loop, 10);
    assert_int_equal(o->calls, 1);
}

static struct outcome run(const char *method, const char *path, const char *body)
{
    struct outcome o;

    begin(method, path, body, &o);
    assert_int_equal(o.calls, 0);
    wait_for(&o);
    return o;
}

static void answers(void **state)
{
    (void)state;
    struct outcome o = run("GET", "/ok", NULL);
    assert_int_equal(o.result, HTTP_ANSWERED);
    assert_int_equal(o.status, 200);
    assert_string_equal(o.type, "application/json");
    assert_string_equal(o.body, "{\"ok\":true}");
    assert_int_equal(o.retry_after_ms, -1);
    o = run("PUT", "/ok", "{\"a\":1}");
    assert_int_equal(o.status, 200);
    assert_non_null(strstr(last_request, "PUT /ok HTTP/1.1"));
    assert_non_null(strstr(last_request, "Content-Type: application/json\r\n"));
    assert_non_null(strstr(last_request, "\r\n\r\n{\"a\":1}"));
    assert_null(strstr(last_request, "Expect"));
    o = run("DELETE", "/ok", NULL);
    assert_int_equal(o.status, 200);
    assert_non_null(strstr(last_request, "DELETE /ok"));
    o = run("POST", "/limit", "{}");
    assert_int_equal(o.status, 429);
    assert_int_equal(o.retry_after_ms, 7000);
    o = run("GET", "/move", NULL);
    assert_int_equal(o.status, 302);
}

static void carries_the_token(void **state)
{
    char url[100];
    struct outcome o = {0};
    struct secret *token = secret_new("T123-456", 8);
    const struct http_request request = {.method = "GET",
                                         .url = url,
                                         .bearer = token,
                                         .connect_timeout_ms = 2000,
                                         .timeout_ms = 2000,
                                         .body_max = 50};

    (void)state;
    snprintf(url, sizeof(url), "http://127.0.0.1:%d/ok", port);
    http_start(client, &request, on_done, &o);
    secret_free(token);
    wait_for(&o);
    assert_non_null(strstr(last_request, "Authorization: Bearer T123-456\r\n"));
}

static void carries_a_password(void **state)
{
    char url[100];
    struct outcome o = {0};
    struct secret *password = secret_new("me%3A:pass:word", 15);
    const struct http_request request = {.method = "GET",
                                         .url = url,
                                         .basic = password,
                                         .connect_timeout_ms = 2000,
                                         .timeout_ms = 2000,
                                         .body_max = 50};

    (void)state;
    snprintf(url, sizeof(url), "http://127.0.0.1:%d/ok", port);
    http_start(client, &request, on_done, &o);
    secret_free(password);
    wait_for(&o);
    assert_non_null(strstr(last_request, "Authorization: Basic bWUlM0E6cGFzczp3b3Jk\r\n"));
    assert_int_equal(run("GET", "/ok", NULL).status, 200);
    assert_null(strstr(last_request, "Authorization")); /* not on the kept connection's next */
}

static void keeps_connections(void **state)
{
    (void)state;
    for (int i = 0; i < 5; i++)
        assert_int_equal(run("POST", "/ok", "{}").status, 200);
    assert_int_equal(atomic_load(&connections), 1);
}

static void tells_troubles_apart(void **state)
{
    struct outcome o = {0};
    const struct http_request refused = {.method = "POST",
                                         .url = "http://127.0.0.1:1/",
                                         .content_type = "application/json",
                                         .body = "{}",
                                         .body_len = 2,
                                         .connect_timeout_ms = 2000,
                                         .timeout_ms = 2000,
                                         .body_max = 50};

    (void)state;
    http_start(client, &refused, on_done, &o);
    wait_for(&o);
    assert_int_equal(o.result, HTTP_NOT_CONNECTED);
    assert_int_equal(run("POST", "/slow", "{}").result, HTTP_TIMED_OUT);
    assert_int_equal(run("POST", "/reset", "{}").result, HTTP_BROKEN);
    assert_int_equal(run("GET", "/short", NULL).result, HTTP_BROKEN);
}

static struct outcome get(const char *url, bool public_only)
{
    struct outcome o = {0};
    const struct http_request request = {.method = "GET",
                                         .url = url,
                                         .connect_timeout_ms = 500,
                                         .timeout_ms = 2000,
                                         .body_max = 50,
                                         .public_only = public_only};

    http_start(client, &request, on_done, &o);
    wait_for(&o);
    return o;
}

/* Whatever the name is and however the address is written, nothing connects. */
static void connects_to_public_addresses_only(void **state)
{
    static const char *const hosts[] = {"127.0.0.1", "localhost",  "[::ffff:127.0.0.1]",
                                        "[::1]",     "2130706433", "0"};
    char url[100];

    (void)state;
    for (size_t i = 0; i < COUNT_OF(hosts); i++) {
        snprintf(url, sizeof(url), "http://%s:%d/ok", hosts[i], port);
        assert_int_equal(get(url, true).result, HTTP_NOT_PUBLIC);
    }
    assert_int_equal(atomic_load(&connections), 0);
    snprintf(url, sizeof(url), "http://localhost:%d/ok", port);
    assert_int_equal(get(url, false).result, HTTP_ANSWERED);
}

static void *answer_in_clear(void *arg)
{
    const int fd = accept(*(int *)arg, NULL, NULL);
    static const char text[] = "HTTP/1.1 400 Bad Request\r\n\r\n";

    if (send(fd, text, strlen(text), MSG_NOSIGNAL) < 0)
        return NULL;
    shutdown(fd, SHUT_WR);
    while (recv(fd, (char[64]){""}, 64, 0) > 0)
        ;
    close(fd);
    return NULL;
}

static void tells_why_it_is_not_connected(void **state)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(0x7f000001)};
    socklen_t len = sizeof(address);
    int clear = socket(AF_INET, SOCK_STREAM, 0);
    pthread_t thread;
    char url[100];

    (void)state;
    assert_int_equal(get("https://no-such-name.invalid/", true).result, HTTP_NO_NAME);
    snprintf(url, sizeof(url), "https://127.0.0.1:%d/", port); /* which waits for more */
    assert_int_equal(get(url, false).result, HTTP_CONNECT_SLOW);
    assert_int_equal(bind(clear, (struct sockaddr *)&address, len), 0);
    assert_int_equal(listen(clear, 1), 0);
    assert_int_equal(getsockname(clear, (struct sockaddr *)&address, &len), 0);
    assert_int_equal(pthread_create(&thread, NULL, answer_in_clear, &clear), 0);
    snprintf(url, sizeof(url), "https://127.0.0.1:%d/", ntohs(address.sin_port));
    assert_int_equal(get(url, false).result, HTTP_TLS_FAILED);
    pthread_join(thread, NULL);
    close(clear);
}

static void bounds_the_answer(void **state)
{
    char url[100];
    struct outcome o = {0};
    const struct http_request request = {.method = "GET",
                                         .url = url,
                                         .connect_timeout_ms = 2000,
                                         .timeout_ms = 2000,
                                         .body_max = 10};

    (void)state;
    snprintf(url, sizeof(url), "http://127.0.0.1:%d/ok", port);
    http_start(client, &request, on_done, &o);
    wait_for(&o);
    assert_int_equal(o.result, HTTP_TOO_LARGE);
    assert_int_equal(o.status, 200);
}

/* The kept connection dies after the server has read the second POST: it may have acted. */
static void never_sends_a_post_twice(void **state)
{
    (void)state;
    assert_int_equal(run("POST", "/once", "{\"n\":1}").status, 200);
    const struct outcome o = run("POST", "/once", "{\"n\":2}");
    assert_int_equal(o.result, HTTP_BROKEN);
    assert_int_equal(atomic_load(&requests), 2);
}

static void cancels(void **state)
{
    struct outcome o;
    struct http_call *call = begin("GET", "/slow", NULL, &o);

    (void)state;
    for (int i = 0; i < 5; i++)
        loop_turn(loop, 10);
    http_cancel(client, &call);
    assert_null(call);
    for (int i = 0; i < 40; i++)
        loop_turn(loop, 10);
    assert_int_equal(o.calls, 0);
    http_cancel(client, &call);
}

/* The client goes while a call is under way. */
static void frees_with_calls_open(void **state)
{
    static struct outcome o;

    (void)state;
    begin("GET", "/slow", NULL, &o);
    loop_turn(loop, 10);
}

#define WITH_CLIENT(test) cmocka_unit_test_setup_teardown(test, start_client, stop_client)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_CLIENT(answers),
        WITH_CLIENT(carries_the_token),
        WITH_CLIENT(carries_a_password),
        WITH_CLIENT(keeps_connections),
        WITH_CLIENT(tells_troubles_apart),
        WITH_CLIENT(bounds_the_answer),
        WITH_CLIENT(never_sends_a_post_twice),
        WITH_CLIENT(connects_to_public_addresses_only),
        WITH_CLIENT(tells_why_it_is_not_connected),
        WITH_CLIENT(cancels),
        WITH_CLIENT(frees_with_calls_open),
    };
    return cmocka_run_group_tests(tests, start_server, stop_server);
}
