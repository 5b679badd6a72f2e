#include "raw.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/clock.h"

#define PATIENCE_MS 5000

static struct raw *connect_to(int port, int receive_room)
{
    struct sockaddr_in a = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    struct raw *r = calloc(1, sizeof(*r));

    if (r == NULL)
        abort();
    a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    r->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (receive_room > 0)
        setsockopt(r->fd, SOL_SOCKET, SO_RCVBUF, &receive_room, sizeof(receive_room));
    if (connect(r->fd, (struct sockaddr *)&a, sizeof(a)) < 0)
        abort();
    fcntl(r->fd, F_SETFL, O_NONBLOCK);
    return r;
}

struct raw *raw_connect(int port)
{
    return connect_to(port, 0);
}

struct raw *raw_connect_small(int port)
{
    return connect_to(port, 4096);
}

void raw_free(struct raw *r)
{
    close(r->fd);
    free(r);
}

void raw_send(struct raw *r, const char *text, size_t len)
{
    while (len > 0) {
        const ssize_t n = send(r->fd, text, len, MSG_NOSIGNAL);
        if (n < 0)
            return;
        text += n;
        len -= (size_t)n;
    }
}

void raw_text(struct raw *r, const char *text)
{
    raw_send(r, text, strlen(text));
}

static void receive(struct raw *r)
{
    const size_t room = sizeof(r->in) - 1 - r->len;
    const ssize_t n = room == 0 ? -1 : recv(r->fd, r->in + r->len, room, 0);

    if (n > 0) {
        r->len += (size_t)n;
        r->in[r->len] = '\0';
    } else if (room > 0 && (n == 0 || errno != EAGAIN)) {
        r->reset = n < 0;
        r->eof = true;
    }
}

/* Turn the loop and read until done() or the end of patience. */
static bool wait_for(struct loop *loop, struct raw *r, bool (*done)(struct raw *r, const void *arg),
                     const void *arg)
{
    const int64_t start = clock_mono_ms();

    while (!done(r, arg)) {
        if (r->eof || clock_mono_ms() - start > PATIENCE_MS)
            return false;
        loop_turn(loop, 1);
        receive(r);
    }
    return true;
}

static bool has_text(struct raw *r, const void *arg)
{
    return r->len > 0 && memmem(r->in, r->len, arg, strlen(arg)) != NULL;
}

static bool has_len(struct raw *r, const void *arg)
{
    return r->len >= *(const size_t *)arg;
}

static bool is_eof(struct raw *r, const void *arg)
{
    (void)arg;
    return r->eof;
}

bool raw_wait(struct loop *loop, struct raw *r, const char *text)
{
    return wait_for(loop, r, has_text, text);
}

bool raw_wait_len(struct loop *loop, struct raw *r, size_t len)
{
    return wait_for(loop, r, has_len, &len);
}

bool raw_wait_eof(struct loop *loop, struct raw *r)
{
    return wait_for(loop, r, is_eof, NULL);
}

void raw_turn(struct loop *loop, int64_t ms)
{
    const int64_t end = clock_mono_ms() + ms;

    while (clock_mono_ms() < end)
        loop_turn(loop, end - clock_mono_ms());
    loop_turn(loop, 0);
}

void raw_eat(struct raw *r, size_t n)
{
    memmove(r->in, r->in + n, r->len - n + 1);
    r->len -= n;
}

bool raw_ws_open(struct loop *loop, struct raw *r, const char *protocol)
{
    char text[512];
    char line[128] = "";

    if (protocol != NULL)
        snprintf(line, sizeof(line), "Sec-WebSocket-Protocol: %s\r\n", protocol);
    snprintf(text, sizeof(text),
             "GET /ws?a=1 HTTP/1.1\r\nHost: localhost\r\nConnection: keep-alive, Upgrade\r\n"
             "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nOrigin: https://example.org\r\n"
             "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n%s\r\n",
             line);
    raw_text(r, text);
    if (!raw_wait(loop, r, "\r\n\r\n") || strncmp(r->in, "HTTP/1.1 101 ", 13) != 0)
        return false;
    /* RFC 6455, 1.3 gives this answer to this key. */
    if (strstr(r->in, "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=") == NULL)
        return false;
    raw_eat(r, (size_t)(strstr(r->in, "\r\n\r\n") - r->in) + 4);
    return true;
}

void raw_ws_frame(struct raw *r, int first_byte, const char *payload, size_t len)
{
    static const unsigned char mask[4] = {1, 2, 3, 4};
    unsigned char *frame = malloc(len + 14);
    size_t at = 0;

    if (frame == NULL)
        abort();
    frame[at++] = (unsigned char)first_byte;
    if (len < 126) {
        frame[at++] = (unsigned char)(0x80 | len);
    } else if (len < 65536) {
        frame[at++] = 0x80 | 126;
        frame[at++] = (unsigned char)(len >> 8);
        frame[at++] = (unsigned char)len;
    } else {
        frame[at++] = 0x80 | 127;
        for (int shift = 56; shift >= 0; shift -= 8)
            frame[at++] = (unsigned char)((uint64_t)len >> shift);
    }
    memcpy(frame + at, mask, 4);
    at += 4;
    for (size_t i = 0; i < len; i++)
        frame[at + i] = (unsigned char)payload[i] ^ mask[i % 4];
    raw_send(r, (char *)frame, at + len);
    free(frame);
}

/* The length of the frame's head and of its payload; 0 when the head is not there. */
static size_t frame_head(const struct raw *r, size_t *payload)
{
    const unsigned char *p = (const unsigned char *)r->in;
    const size_t kind = r->len < 2 ? 0 : p[1] & 127;
    const size_t head = kind == 126 ? 4 : kind == 127 ? 10 : 2;

    if (r->len < head)
        return 0;
    *payload = kind;
    if (kind >= 126) {
        *payload = 0;
        for (size_t i = 2; i < head; i++)
            *payload = *payload << 8 | p[i];
    }
    return head;
}

static bool has_frame(struct raw *r, const void *arg)
{
    size_t payload = 0;
    const size_t head = frame_head(r, &payload);

    (void)arg;
    return head > 0 && r->len >= head + payload;
}

const char *raw_ws_wait(struct loop *loop, struct raw *r, int *first_byte, size_t *len)
{
    if (!wait_for(loop, r, has_frame, NULL))
        return NULL;
    *first_byte = (unsigned char)r->in[0];
    return r->in + frame_head(r, len);
}

void raw_ws_eat(struct raw *r)
{
    size_t payload = 0;
    const size_t head = frame_head(r, &payload);

    raw_eat(r, head + payload);
}
