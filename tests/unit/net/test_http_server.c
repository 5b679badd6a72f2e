#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "net/http_server.h"
#include "raw.h"

static struct loop *loop;
static struct http_server *server;
static struct http_exchange *held; /* by /hold */
static int gone_count, requests;
static struct http_stream *stream;
static int stream_closed;
static char *large;

#define LARGE 400000

static void on_gone(void *arg)
{
    (void)arg;
    gone_count++;
    held = NULL;
}

static void on_stream_closed(struct http_stream *s, void *arg)
{
    (void)arg;
    assert_ptr_equal(s, stream);
    stream = NULL;
    stream_closed++;
}

static void echo_request(struct http_exchange *x)
{
    size_t len;
    const char *body = http_body(x, &len);
    const char *host = http_header(x, "host");
    const char *other = http_header(x, "x-other");
    char text[4096];
    const struct http_field fields[] = {{"x-test", "yes"}, {"x-bad", "a\r\nb: c"}, {NULL, NULL}};

    snprintf(text, sizeof(text), "%s|%s|%s|%s|%s|%s|%zu|%.*s", http_method(x), http_path(x),
             http_query(x), host == NULL ? "-" : host, other == NULL ? "-" : other, http_peer(x),
             len, (int)len, body);
    http_reply(x, 200, "text/plain", fields, text, strlen(text));
}

static void on_request(struct http_exchange *x, void *arg)
{
    (void)arg;
    requests++;
    if (strncmp(http_path(x), "/echo", 5) == 0) {
        echo_request(x);
    } else if (strcmp(http_path(x), "/hold") == 0) {
        held = x;
        http_on_gone(x, on_gone, NULL);
    } else if (strcmp(http_path(x), "/large") == 0) {
        http_reply_static(x, 200, "text/plain", NULL, large, LARGE);
    } else if (strcmp(http_path(x), "/copy") == 0) {
        http_reply(x, 200, "text/plain", NULL, large, LARGE);
    } else if (strcmp(http_path(x), "/abort") == 0) {
        http_abort(x);
    } else if (strcmp(http_path(x), "/forget") == 0) {
        held = x;
    } else if (strcmp(http_path(x), "/stream") == 0) {
        stream = http_stream_start(x, "text/event-stream", NULL, on_stream_closed, NULL);
    } else {
        http_reply(x, 404, "text/plain", NULL, "nothing here", 12);
    }
}

static const struct http_server_settings usual = {
    .listen = "127.0.0.1:0",
    .body_max = 5000,
    .connections_max = 5,
    .idle_ms = 300,
    .queue_max = 600000,
    .ws_ping_ms = 60000,
};

static size_t body_max_of(const struct http_exchange *x, void *arg)
{
    (void)arg;
    return strcmp(http_path(x), "/small") == 0 ? 10 : 1000000;
}

static int setup(void **state)
{
    const struct http_handlers handlers = {.request = on_request, .body_max = body_max_of};
    struct err err;

    (void)state;
    loop = loop_new(&err);
    if (loop == NULL)
        return -1;
    held = NULL;
    gone_count = requests = stream_closed = 0;
    stream = NULL;
    large = malloc(LARGE);
    if (large == NULL)
        return -1;
    memset(large, 'x', LARGE);
    server = http_server_new(loop, &usual, &handlers, NULL, &err);
    return server == NULL ? -1 : 0;
}

static int teardown(void **state)
{
    (void)state;
    http_server_free(server);
    loop_free(loop);
    free(large);
    return 0;
}

static struct raw *client(void)
{
    return raw_connect(http_server_port(server));
}

static void get_with_query_and_headers(void **state)
{
    struct raw *r = client();

    (void)state;
    raw_text(r, "GET /echo%20a%2Fb?x=%41&y=a+b HTTP/1.1\r\nHost: localhost:1\r\n"
                "X-Other:  one \r\nx-other: two\r\n\r\n");
    assert_true(raw_wait(loop, r, "GET|/echo a/b|x=%41&y=a+b|localhost:1|one, two|127.0.0.1|0|"));
    assert_int_equal(strncmp(r->in, "HTTP/1.1 200 OK\r\n", 17), 0);
    assert_non_null(strstr(r->in, "content-type: text/plain\r\n"));
    assert_non_null(strstr(r->in, "x-test: yes\r\n"));
    assert_null(strstr(r->in, "b: c"));
    assert_non_null(strstr(r->in, "date: "));
    assert_int_equal(http_server_connections(server), 1);
    raw_free(r);
}

static void keep_alive_and_bodies(void **state)
{
    struct raw *r = client();

    (void)state;
    raw_text(r, "POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nhel");
    raw_turn(loop, 20);
    assert_int_equal(requests, 0);
    raw_text(r, "lo");
    assert_true(raw_wait(loop, r, "|5|hello"));
    r->len = 0;
    raw_text(r, "POST /echo HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
                "3\r\nabc\r\n0000a;x=y\r\n0123456789\r\n0\r\nTrailer: x\r\n\r\n");
    assert_true(raw_wait(loop, r, "|13|abc0123456789"));
    r->len = 0;
    raw_text(r, "POST /nowhere HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n\r\n");
    assert_true(raw_wait(loop, r, "nothing here"));
    assert_int_equal(strncmp(r->in, "HTTP/1.1 404 ", 13), 0);
    r->len = 0;
    raw_text(r, "HEAD /echo HTTP/1.1\r\nHost: h\r\n\r\n");
    assert_true(raw_wait(loop, r, "\r\n\r\n"));
    raw_turn(loop, 20);
    assert_null(strstr(r->in, "|"));
    assert_non_null(strstr(r->in, "content-length: 2"));
    assert_int_equal(requests, 4);
    assert_false(r->eof);
    raw_free(r);
}

static size_t count(const char *text, const char *what)
{
    size_t n = 0;

    for (const char *p = strstr(text, what); p != NULL; p = strstr(p + 1, what))
        n++;
    return n;
}

static void pipelined_requests_are_answered_in_order(void **state)
{
    struct raw *r = client();

    (void)state;
    raw_text(r, "GET /hold HTTP/1.1\r\nHost: h\r\n\r\n"
                "POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nabc"
                "GET /large HTTP/1.1\r\nHost: h\r\n\r\n"
                "GET /echo?2 HTTP/1.1\r\nHost: h\r\n\r\n"
                "GET /echo?3 HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
    raw_turn(loop, 20);
    assert_int_equal(requests, 1);
    http_reply(held, 204, NULL, NULL, NULL, 0);
    assert_true(raw_wait_eof(loop, r));
    assert_false(r->reset);
    assert_int_equal(requests, 5);
    assert_int_equal(strncmp(r->in, "HTTP/1.1 204 ", 13), 0);
    assert_int_equal(count(r->in, "HTTP/1.1 "), 5);
    assert_true(strstr(r->in, "|3|abc") < strstr(r->in, "xxxx"));
    assert_true(strstr(r->in, "xxxx") < strstr(r->in, "|2|"));
    assert_true(strstr(r->in, "|2|") < strstr(r->in, "|3|h|"));
    assert_int_equal(count(r->in, "connection: close"), 1);
    raw_free(r);
}

/* Send it, expect the status and the end of the connection. */
static void expect_refusal(const char *request, const char *status)
{
    struct raw *r = client();
    char line[32];

    snprintf(line, sizeof(line), "HTTP/1.1 %s ", status);
    raw_text(r, request);
    assert_true(raw_wait(loop, r, "\r\n\r\n"));
    if (strncmp(r->in, line, strlen(line)) != 0)
        fail_msg("expected %s for %s\ngot %s", status, request, r->in);
    assert_true(raw_wait_eof(loop, r));
    assert_false(r->reset);
    raw_free(r);
    raw_turn(loop, 1);
}

static void bad_requests_are_refused(void **state)
{
    static const char *const bad[] = {
        "GET /echo HTTP/1.1\r\n\r\n",
        "GET /echo HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        "GET echo HTTP/1.1\r\nHost: h\r\n\r\n",
        "GET /e%4 HTTP/1.1\r\nHost: h\r\n\r\n",
        "GET /e%00 HTTP/1.1\r\nHost: h\r\n\r\n",
        "GET /echo HTTP/1.1\r\nHost : h\r\n\r\n",
        "GET /echo HTTP/1.1\r\nHost: h\r\n folded\r\n\r\n",
        "GET /echo HTTP/1.1\r\nHost: h\r\nA: b\nC: d\r\n\r\n",
        "GET /echo\r\nHost: h\r\n\r\n",
        "POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: -1\r\n\r\n",
        "POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 1 1\r\n\r\n",
        "POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
        "POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\n"
        "Transfer-Encoding: chunked\r\n\r\na",
        "POST /echo HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\nxyz",
        "POST /echo HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab\r\n",
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(bad); i++)
        expect_refusal(bad[i], "400");
    expect_refusal("BREW /echo HTTP/1.1\r\nHost: h\r\n\r\n", "405");
    expect_refusal("GET /echo HTTP/2.0\r\nHost: h\r\n\r\n", "505");
    expect_refusal("POST /echo HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: gzip\r\n\r\n", "501");
    expect_refusal("POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 5001\r\n\r\n", "413");
    expect_refusal("POST /echo HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
                   "1389\r\n",
                   "413") /* 5001 */;
    expect_refusal("POST /small HTTP/1.1\r\nHost: h\r\nContent-Length: 11\r\n\r\n", "413");
    expect_refusal("POST /small HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
                   "b\r\n",
                   "413") /* 11 */;
    assert_int_equal(requests, 0);
}

static void large_bodies_are_refused_while_they_come(void **state)
{
    struct raw *r = client();
    char *text = malloc(300000);

    (void)state;
    assert_non_null(text);
    memset(text, 'a', 300000);
    raw_text(r, "POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 300000\r\n\r\n");
    raw_send(r, text, 300000);
    assert_true(raw_wait_eof(loop, r));
    assert_int_equal(strncmp(r->in, "HTTP/1.1 413 ", 13), 0);
    raw_free(r);
    r = client();
    raw_text(r, "GET /echo HTTP/1.1\r\nHost: h\r\nA: ");
    raw_send(r, text, 30000);
    assert_true(raw_wait(loop, r, "\r\n\r\n"));
    assert_int_equal(strncmp(r->in, "HTTP/1.1 431 ", 13), 0);
    raw_free(r);
    free(text);
}

static void expect_continue_is_answered(void **state)
{
    struct raw *r = client();

    (void)state;
    raw_text(r, "POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n"
                "Expect: 100-continue\r\n\r\n");
    assert_true(raw_wait(loop, r, "HTTP/1.1 100 Continue\r\n\r\n"));
    raw_text(r, "abc");
    assert_true(raw_wait(loop, r, "|3|abc"));
    raw_free(r);
}

static void large_answers_arrive_whole(void **state)
{
    (void)state;
    for (int i = 0; i < 2; i++) {
        struct raw *r = client();
        raw_text(r, i == 0 ? "GET /large HTTP/1.0\r\n\r\n" : "GET /copy HTTP/1.0\r\n\r\n");
        raw_turn(loop, 20);
        assert_true(raw_wait_eof(loop, r));
        assert_false(r->reset);
        const char *body = strstr(r->in, "\r\n\r\n") + 4;
        assert_int_equal(r->len - (size_t)(body - r->in), LARGE);
        assert_memory_equal(body, large, LARGE);
        raw_free(r);
    }
}

static void gone_is_told_and_a_late_answer_is_harmless(void **state)
{
    struct raw *r = client();

    (void)state;
    raw_text(r, "GET /hold HTTP/1.1\r\nHost: h\r\n\r\n");
    raw_turn(loop, 20);
    assert_non_null(held);
    raw_free(r);
    raw_turn(loop, 20);
    assert_int_equal(gone_count, 1);
    assert_null(held);
    r = client();
    raw_text(r, "GET /forget HTTP/1.1\r\nHost: h\r\n\r\n");
    raw_turn(loop, 20);
    assert_non_null(held);
    raw_free(r);
    raw_turn(loop, 20);
    assert_int_equal(http_server_connections(server), 0);
    assert_string_equal(http_path(held), "/forget");
    http_reply(held, 200, NULL, NULL, "a", 1);
    r = client();
    raw_text(r, "GET /forget HTTP/1.1\r\nHost: h\r\n\r\n");
    raw_turn(loop, 20);
    raw_free(r); /* never answered: freed with the server */
    raw_turn(loop, 20);
}

static void abort_resets(void **state)
{
    struct raw *r = client();

    (void)state;
    raw_text(r, "GET /abort HTTP/1.1\r\nHost: h\r\n\r\n");
    assert_true(raw_wait_eof(loop, r));
    assert_true(r->reset);
    assert_int_equal(r->len, 0);
    raw_free(r);
}

static void idle_connections_are_dropped_and_too_many_refused(void **state)
{
    struct raw *all[6];
    struct raw *slow;

    (void)state;
    for (int i = 0; i < 6; i++) {
        all[i] = client();
        raw_turn(loop, 2);
    }
    assert_true(raw_wait_eof(loop, all[5]));
    assert_int_equal(http_server_connections(server), 5);
    raw_text(all[0], "GET /hold HTTP/1.1\r\nHost: h\r\n\r\n");
    for (int i = 1; i < 5; i++)
        assert_true(raw_wait_eof(loop, all[i]));
    assert_int_equal(http_server_connections(server), 1);
    assert_int_equal(gone_count, 0);
    slow = client(); /* a byte now and then does not keep it open */
    for (int i = 0; i < 6; i++) {
        raw_text(slow, "G");
        raw_turn(loop, 80);
    }
    assert_true(raw_wait_eof(loop, slow));
    raw_free(slow);
    for (int i = 0; i < 6; i++)
        raw_free(all[i]);
}

/* The usual server, but for what the test changes. */
static void serve_with(const struct http_server_settings *settings)
{
    const struct http_handlers handlers = {.request = on_request};
    struct err err;

    http_server_free(server);
    server = http_server_new(loop, settings, &handlers, NULL, &err);
    assert_non_null(server);
}

static void one_address_has_so_many(void **state)
{
    static const char *const proxies[] = {"10.0.0.1", "127.0.0.1", NULL};
    struct http_server_settings settings = usual;
    struct raw *all[4];

    (void)state;
    settings.connections_per_peer = 2;
    serve_with(&settings);
    for (int i = 0; i < 4; i++) {
        if (i == 3) /* one leaves: there is room again */
            raw_free(all[0]);
        all[i] = client();
        raw_turn(loop, 5);
        raw_text(all[i], i == 2 ? "" : "GET /hold HTTP/1.1\r\nHost: h\r\n\r\n");
        raw_turn(loop, 5);
        assert_int_equal(http_server_connections(server), i == 0 ? 1 : 2);
    }
    assert_true(raw_wait_eof(loop, all[2]));
    settings.free_peers = proxies;
    serve_with(&settings);
    for (int i = 1; i < 4; i++)
        raw_free(all[i]);
    for (int i = 0; i < 4; i++)
        all[i] = client();
    raw_turn(loop, 20);
    assert_int_equal(http_server_connections(server), 4);
    for (int i = 0; i < 4; i++)
        raw_free(all[i]);
}

static void the_first_head_must_come_soon(void **state)
{
    struct http_server_settings settings = usual;
    struct raw *silent, *kept;

    (void)state;
    settings.head_ms = 100;
    settings.idle_ms = 5000;
    serve_with(&settings);
    silent = client();
    kept = client();
    raw_text(silent, "GET / HTTP/1.1\r\nHo");
    raw_text(kept, "GET /other HTTP/1.1\r\nHost: h\r\n\r\n");
    assert_true(raw_wait(loop, kept, "nothing here"));
    assert_true(raw_wait_eof(loop, silent)); /* in two seconds */
    raw_turn(loop, 200);
    kept->len = 0;
    raw_text(kept, "GET /other HTTP/1.1\r\nHost: h\r\n\r\n");
    assert_true(raw_wait(loop, kept, "nothing here"));
    raw_free(silent);
    raw_free(kept);
}

static void stream_goes_on_until_its_end(void **state)
{
    struct net_bytes *b = net_bytes_new("data: hello\n\n", 13);
    struct raw *r = client();

    (void)state;
    raw_text(r, "GET /stream HTTP/1.1\r\nHost: h\r\n\r\n");
    assert_true(raw_wait(loop, r, "\r\n\r\n"));
    assert_non_null(strstr(r->in, "content-type: text/event-stream\r\n"));
    raw_turn(loop, 400); /* longer than idle_ms */
    assert_int_equal(http_stream_send(stream, b), 0);
    assert_true(raw_wait(loop, r, "d\r\ndata: hello\n\n\r\n"));
    assert_int_equal(http_stream_send(stream, b), 0);
    http_stream_end(stream);
    assert_int_equal(stream_closed, 0); /* not inside the call */
    assert_int_equal(http_stream_send(stream, b), -1);
    http_stream_end(stream);
    assert_true(raw_wait(loop, r, "\r\n0\r\n\r\n"));
    r->len = 0;
    raw_text(r, "GET /echo HTTP/1.1\r\nHost: h\r\n\r\n");
    assert_true(raw_wait(loop, r, "GET|/echo|"));
    assert_int_equal(stream_closed, 1);
    net_bytes_unref(b);
    raw_free(r);
}

static void stream_ends_with_its_peer_and_when_too_slow(void **state)
{
    struct net_bytes *b = net_bytes_new(large, LARGE);
    struct raw *r = client();

    (void)state;
    raw_text(r, "GET /stream HTTP/1.1\r\nHost: h\r\n\r\n");
    assert_true(raw_wait(loop, r, "\r\n\r\n"));
    raw_free(r);
    raw_turn(loop, 20);
    assert_int_equal(stream_closed, 1);
    r = raw_connect_small(http_server_port(server));
    raw_text(r, "GET /stream HTTP/1.1\r\nHost: h\r\n\r\n");
    assert_true(raw_wait(loop, r, "\r\n\r\n"));
    int sent = 0;
    struct http_stream *s = stream;
    while (sent < 100 && http_stream_send(s, b) == 0)
        sent++;
    assert_in_range(sent, 1, 30); /* the kernel takes some megabytes */
    assert_int_equal(http_stream_send(s, b), -1);
    assert_int_equal(stream_closed, 1);
    raw_turn(loop, 20);
    assert_int_equal(stream_closed, 2);
    net_bytes_unref(b);
    raw_free(r);
}

static void listeners_close_and_free_takes_all(void **state)
{
    struct raw *idle = client();
    struct raw *busy = client();
    struct raw *third = client();

    (void)state;
    raw_text(busy, "GET /hold HTTP/1.1\r\nHost: h\r\n\r\n");
    raw_text(third, "GET /stream HTTP/1.1\r\nHost: h\r\n\r\n");
    raw_turn(loop, 20);
    http_server_close_listeners(server);
    assert_true(raw_wait_eof(loop, idle));
    http_reply(held, 200, NULL, NULL, "bye", 3);
    assert_true(raw_wait_eof(loop, busy));
    assert_non_null(strstr(busy->in, "\r\n\r\nbye"));
    assert_non_null(strstr(busy->in, "connection: close\r\n"));
    http_server_free(server);
    assert_int_equal(stream_closed, 1);
    server = NULL;
    raw_free(idle);
    raw_free(busy);
    raw_free(third);
}

static void listening_twice_is_an_error(void **state)
{
    struct http_server_settings settings = {.idle_ms = 1000, .ws_ping_ms = 1000};
    const struct http_handlers handlers = {.request = on_request};
    struct err err;
    char where[64], want[128];

    (void)state;
    snprintf(where, sizeof(where), "127.0.0.1:%d", http_server_port(server));
    settings.listen = where;
    assert_null(http_server_new(loop, &settings, &handlers, NULL, &err));
    snprintf(want, sizeof(want), "cannot listen on %s: address already in use", where);
    assert_string_equal(err.text, want);
    settings.listen = "nonsense";
    assert_null(http_server_new(loop, &settings, &handlers, NULL, &err));
    assert_non_null(strstr(err.text, "nonsense"));
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(get_with_query_and_headers),
        CASE(keep_alive_and_bodies),
        CASE(pipelined_requests_are_answered_in_order),
        CASE(bad_requests_are_refused),
        CASE(large_bodies_are_refused_while_they_come),
        CASE(expect_continue_is_answered),
        CASE(large_answers_arrive_whole),
        CASE(gone_is_told_and_a_late_answer_is_harmless),
        CASE(abort_resets),
        CASE(idle_connections_are_dropped_and_too_many_refused),
        CASE(one_address_has_so_many),
        CASE(the_first_head_must_come_soon),
        CASE(stream_goes_on_until_its_end),
        CASE(stream_ends_with_its_peer_and_when_too_slow),
        CASE(listeners_close_and_free_takes_all),
        CASE(listening_twice_is_an_error),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
