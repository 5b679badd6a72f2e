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

#define MESSAGE_MAX 100000

static struct loop *loop;
static struct http_server *server;
static struct ws *last;
static int opened, closed, messages, accept_status;
static int user_token;

static void on_request(struct http_exchange *x, void *arg)
{
    (void)arg;
    http_reply(x, 200, "text/plain", NULL, "http", 4);
}

static int on_accept(struct http_exchange *x, void **user, void *arg)
{
    assert_ptr_equal(arg, &user_token);
    assert_string_equal(http_path(x), "/ws");
    assert_string_equal(http_query(x), "a=1");
    assert_string_equal(http_header(x, "origin"), "https://example.org");
    *user = &user_token;
    return accept_status;
}

static void on_open(struct ws *ws, void *user)
{
    assert_ptr_equal(user, &user_token);
    opened++;
    last = ws;
    assert_string_equal(ws_peer(ws), "127.0.0.1");
    assert_int_equal(ws_send_text(ws, "hello", 5), 0);
}

static void on_message(struct ws *ws, void *user, const char *text, size_t len)
{
    assert_ptr_equal(user, &user_token);
    messages++;
    if (len == 3 && memcmp(text, "end", 3) == 0) {
        ws_send_text(ws, "bye", 3);
        ws_end(ws, 4001, "as asked");
    } else {
        ws_send_text(ws, text, len);
    }
}

static void on_close(struct ws *ws, void *user)
{
    assert_ptr_equal(user, &user_token);
    ws_send_text(ws, "no", 2); /* nobody reads it, nothing breaks */
    ws_end(ws, 1000, NULL);
    if (ws == last)
        last = NULL;
    closed++;
}

static int start(int64_t ping_ms)
{
    const struct http_server_settings settings = {
        .listen = "127.0.0.1:0",
        .body_max = 5000,
        .connections_max = 50,
        .idle_ms = 10000,
        .ws_protocol = "parley.v1",
        .ws_message_max = MESSAGE_MAX,
        .queue_max = 200000,
        .ws_ping_ms = ping_ms,
    };
    const struct http_handlers handlers = {on_request, on_accept, on_open, on_message, on_close};
    struct err err;

    loop = loop_new(&err);
    opened = closed = messages = accept_status = 0;
    last = NULL;
    server = http_server_new(loop, &settings, &handlers, &user_token, &err);
    if (server == NULL)
        print_error("%s\n", err.text);
    return server == NULL ? -1 : 0;
}

static int setup(void **state)
{
    (void)state;
    return start(60000);
}

static int setup_pings(void **state)
{
    (void)state;
    return start(100);
}

static int teardown(void **state)
{
    (void)state;
    http_server_free(server);
    loop_free(loop);
    assert_int_equal(opened, closed);
    return 0;
}

static struct raw *client(void)
{
    return raw_connect(http_server_port(server));
}

static void expect_frame(struct raw *r, int first_byte, const char *payload, size_t len)
{
    int got_first = 0;
    size_t got = 0;
    const char *text = raw_ws_wait(loop, r, &got_first, &got);
    assert_non_null(text);
    assert_int_equal(got_first, first_byte);
    assert_int_equal(got, len);
    if (len > 0)
        assert_memory_equal(text, payload, len);
    raw_ws_eat(r);
}

static struct raw *open_ws(void)
{
    struct raw *r = client();

    assert_true(raw_ws_open(loop, r, "other, parley.v1"));
    expect_frame(r, 0x81, "hello", 5);
    return r;
}

/* The server closes with this code. */
static void expect_close(struct raw *r, int code, const char *reason)
{
    char payload[130];
    const size_t len = strlen(reason);

    payload[0] = (char)(code >> 8);
    payload[1] = (char)(code & 255);
    memcpy(payload + 2, reason, len);
    expect_frame(r, 0x88, payload, len + 2);
    raw_ws_frame(r, 0x88, payload, 2);
    assert_true(raw_wait_eof(loop, r));
    raw_turn(loop, 10);
}

static void messages_are_echoed(void **state)
{
    struct raw *r = open_ws();
    char text[3000];

    (void)state;
    assert_int_equal(opened, 1);
    assert_int_equal(http_server_connections(server), 1);
    raw_ws_frame(r, 0x81, "one", 3);
    raw_ws_frame(r, 0x81, "", 0);
    memset(text, 'y', sizeof(text));
    raw_ws_frame(r, 0x81, text, sizeof(text));
    expect_frame(r, 0x81, "one", 3);
    expect_frame(r, 0x81, "", 0);
    expect_frame(r, 0x81, text, sizeof(text));
    raw_ws_frame(r, 0x89, "p", 1);
    expect_frame(r, 0x8a, "p", 1);
    raw_free(r);
    raw_turn(loop, 20);
    assert_int_equal(closed, 1);
    assert_int_equal(http_server_connections(server), 0);
}

static void frames_that_come_with_the_handshake_are_seen(void **state)
{
    struct raw *r = client();

    (void)state;
    raw_text(r, "GET /ws?a=1 HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\n"
                "Upgrade: WebSocket\r\nSec-WebSocket-Version: 13\r\n"
                "Origin: https://example.org\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                "Sec-WebSocket-Protocol: parley.v1\r\n\r\n");
    raw_ws_frame(r, 0x81, "early", 5);
    assert_true(raw_wait(loop, r, "\r\n\r\n"));
    assert_non_null(strstr(r->in, "Sec-WebSocket-Protocol: parley.v1\r\n"));
    raw_eat(r, (size_t)(strstr(r->in, "\r\n\r\n") - r->in) + 4);
    expect_frame(r, 0x81, "hello", 5);
    expect_frame(r, 0x81, "early", 5);
    raw_free(r);
}

static void handshakes_are_refused(void **state)
{
    struct raw *r = client();

    (void)state;
    assert_false(raw_ws_open(loop, r, NULL));
    assert_int_equal(strncmp(r->in, "HTTP/1.1 400 ", 13), 0);
    raw_free(r);
    r = client();
    assert_false(raw_ws_open(loop, r, "Parley.v1x"));
    assert_int_equal(strncmp(r->in, "HTTP/1.1 400 ", 13), 0);
    raw_free(r);
    accept_status = 403;
    r = client();
    assert_false(raw_ws_open(loop, r, "parley.v1"));
    assert_int_equal(strncmp(r->in, "HTTP/1.1 403 ", 13), 0);
    raw_free(r);
    r = client();
    raw_text(r, "GET /ws HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\n"
                "Upgrade: websocket\r\nSec-WebSocket-Version: 8\r\n"
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
    assert_true(raw_wait(loop, r, "\r\n\r\n"));
    assert_int_equal(strncmp(r->in, "HTTP/1.1 426 ", 13), 0);
    assert_non_null(strstr(r->in, "sec-websocket-version: 13\r\n"));
    raw_free(r);
    assert_int_equal(opened, 0);
}

static void parts_are_put_together_up_to_the_maximum(void **state)
{
    struct raw *r = open_ws();
    char *text = malloc(MESSAGE_MAX + 1);

    (void)state;
    assert_non_null(text);
    for (size_t i = 0; i < MESSAGE_MAX + 1; i++)
        text[i] = (char)('a' + i % 26);
    raw_ws_frame(r, 0x01, text, 40000);
    raw_turn(loop, 20);
    raw_ws_frame(r, 0x00, text + 40000, 50000);
    raw_ws_frame(r, 0x89, "mid", 3);
    raw_turn(loop, 20);
    assert_int_equal(messages, 0);
    raw_ws_frame(r, 0x80, text + 90000, 10000);
    expect_frame(r, 0x8a, "mid", 3);
    expect_frame(r, 0x81, text, MESSAGE_MAX);
    assert_int_equal(messages, 1);
    raw_ws_frame(r, 0x81, text, MESSAGE_MAX + 1);
    expect_close(r, 1009, "");
    raw_free(r);
    assert_int_equal(messages, 1);
    assert_int_equal(closed, 1);
    r = open_ws();
    raw_ws_frame(r, 0x01, text, 60000);
    raw_ws_frame(r, 0x80, text, 60000);
    expect_close(r, 1009, "");
    raw_free(r);
    free(text);
}

static void binary_and_broken_text_are_refused(void **state)
{
    struct raw *r = open_ws();

    (void)state;
    raw_ws_frame(r, 0x82, "abc", 3);
    expect_close(r, 1003, "");
    raw_free(r);
    r = open_ws();
    raw_ws_frame(r, 0x81, "a\xff", 2);
    expect_close(r, 1007, "");
    raw_free(r);
    assert_int_equal(messages, 0);
    assert_int_equal(closed, 2);
}

static void end_sends_what_is_queued_first(void **state)
{
    struct raw *r = open_ws();

    (void)state;
    raw_ws_frame(r, 0x81, "end", 3);
    raw_ws_frame(r, 0x81, "more", 4);
    expect_frame(r, 0x81, "bye", 3);
    expect_close(r, 4001, "as asked");
    assert_int_equal(messages, 1);
    assert_int_equal(closed, 1);
    raw_free(r);
}

static void peer_closes(void **state)
{
    struct raw *r = open_ws();

    (void)state;
    raw_ws_frame(r, 0x88, "\x03\xe8", 2);
    expect_frame(r, 0x88, "\x03\xe8", 2);
    assert_true(raw_wait_eof(loop, r));
    raw_turn(loop, 10);
    assert_int_equal(closed, 1);
    raw_free(r);
}

static void slow_reader_is_closed(void **state)
{
    struct raw *r = raw_connect_small(http_server_port(server));
    char *text = malloc(50000);
    struct net_bytes *b;
    int rc = 0, sent = 0;

    (void)state;
    assert_non_null(text);
    memset(text, 'z', 50000);
    b = net_bytes_new(text, 50000);
    assert_true(raw_ws_open(loop, r, "parley.v1"));
    while (rc == 0 && sent < 1000) {
        rc = ws_send(last, b);
        sent++;
        loop_turn(loop, 0);
    }
    assert_int_equal(rc, -1);
    assert_int_equal(closed, 0);
    assert_int_equal(ws_send(last, b), 0); /* dropped without a word: it is on its way out */
    raw_turn(loop, 3500);                  /* it does not read: the server waits no longer */
    assert_int_equal(closed, 1);
    net_bytes_unref(b);
    free(text);
    raw_free(r);
}

static void slow_reader_that_wakes_hears_why(void **state)
{
    struct raw *r = raw_connect_small(http_server_port(server));
    char *text = malloc(50000);
    int first = 0, rc = 0;
    size_t len = 0;

    (void)state;
    assert_non_null(text);
    memset(text, 'z', 50000);
    assert_true(raw_ws_open(loop, r, "parley.v1"));
    for (int i = 0; i < 1000 && rc == 0; i++) {
        rc = ws_send_text(last, text, 50000);
        loop_turn(loop, 0);
    }
    assert_int_equal(rc, -1);
    while (first != 0x88) {
        const char *payload = raw_ws_wait(loop, r, &first, &len);
        assert_non_null(payload);
        if (first == 0x88)
            assert_memory_equal(payload, "\x03\xf5too slow", 10);
        raw_ws_eat(r);
    }
    raw_free(r);
    free(text);
}

static void silent_sockets_are_pinged_and_dropped(void **state)
{
    struct raw *good = open_ws();
    struct raw *dead = open_ws();

    (void)state;
    for (int i = 0; i < 5; i++) {
        expect_frame(good, 0x89, "p", 1);
        raw_ws_frame(good, 0x8a, "p", 1);
    }
    raw_turn(loop, 20);
    assert_int_equal(closed, 1);
    assert_int_equal(http_server_connections(server), 1);
    expect_frame(dead, 0x89, "p", 1);
    assert_true(raw_wait_eof(loop, dead));
    raw_free(good);
    raw_free(dead);
}

static void free_with_open_sockets(void **state)
{
    struct raw *r[10];

    (void)state;
    for (int i = 0; i < 10; i++)
        r[i] = open_ws();
    raw_ws_frame(r[0], 0x01, "part", 4);
    ws_send_text(last, "queued", 6);
    ws_end(last, 1001, "going");
    http_server_free(server);
    server = NULL;
    assert_int_equal(closed, 10);
    for (int i = 0; i < 10; i++)
        raw_free(r[i]);
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(messages_are_echoed),
        CASE(frames_that_come_with_the_handshake_are_seen),
        CASE(handshakes_are_refused),
        CASE(parts_are_put_together_up_to_the_maximum),
        CASE(binary_and_broken_text_are_refused),
        CASE(end_sends_what_is_queued_first),
        CASE(peer_closes),
        CASE(slow_reader_is_closed),
        CASE(slow_reader_that_wakes_hears_why),
        cmocka_unit_test_setup_teardown(silent_sockets_are_pinged_and_dropped, setup_pings,
                                        teardown),
        CASE(free_with_open_sockets),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
