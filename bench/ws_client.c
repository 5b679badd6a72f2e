#include "ws_client.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define FRAME_OUT_MAX 1024
#define FRAME_IN_MAX  (64 * 1024)
#define HEAD_MAX      2048

void die(const char *fmt, ...)
{
    va_list args;

    va_start(args, fmt);
    fputs("bench: ", stderr);
    vfprintf(stderr, fmt, args);
    fputc('\n', stderr);
    va_end(args);
    exit(1);
}

static void send_all(struct ws_client *c, const void *bytes, size_t len)
{
    ssize_t sent = send(c->fd, bytes, len, MSG_NOSIGNAL);

    if (sent < 0)
        die("send: %s", strerror(errno));
    if ((size_t)sent != len)
        die("the server takes no more bytes");
}

static void connect_from(struct ws_client *c, uint16_t port, uint32_t source)
{
    const int on = 1;
    const struct timeval patience = {.tv_sec = 20};
    struct sockaddr_in address = {.sin_family = AF_INET};

    c->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (c->fd < 0)
        die("socket: %s", strerror(errno));
    setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
    setsockopt(c->fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &on, sizeof(on));
    setsockopt(c->fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK + source);
    if (bind(c->fd, (struct sockaddr *)&address, sizeof(address)) < 0)
        die("bind: %s", strerror(errno));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(port);
    if (connect(c->fd, (struct sockaddr *)&address, sizeof(address)) < 0)
        die("connect: %s", strerror(errno));
}

void ws_client_open(struct ws_client *c, uint16_t port, uint32_t source, const char *path,
                    const char *protocol)
{
    char head[HEAD_MAX];
    const char *end = NULL;
    int len;

    memset(c, 0, sizeof(*c));
    connect_from(c, port, source);
    len = snprintf(head, sizeof(head),
                   "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%u\r\nUpgrade: websocket\r\n"
                   "Connection: Upgrade\r\nOrigin: http://127.0.0.1:%u\r\n"
                   "Sec-WebSocket-Key: cGFybGV5IGJlbmNobWFyaw==\r\n"
                   "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: %s\r\n\r\n",
                   path, port, port, protocol);
    send_all(c, head, (size_t)len);
    while (end == NULL) {
        if (ws_client_read(c) == 0)
            die("no answer to the upgrade");
        end = memmem(c->in, c->in_len, "\r\n\r\n", 4);
    }
    if (c->in_len < 12 || memcmp(c->in, "HTTP/1.1 101", 12) != 0)
        die("upgrade refused: %.*s", 40, c->in);
    c->in_len -= (size_t)(end + 4 - c->in);
    memmove(c->in, end + 4, c->in_len);
}

void ws_client_set_nonblocking(struct ws_client *c)
{
    if (fcntl(c->fd, F_SETFL, O_NONBLOCK) < 0)
        die("fcntl: %s", strerror(errno));
}

static void send_frame(struct ws_client *c, int opcode, const char *text, size_t len)
{
    /* The mask protects proxies from pages; on loopback any mask will do, and a fixed one keeps
     * the generator's own share of the machine small. */
    static const unsigned char mask[4] = {0x5a, 0x3c, 0x96, 0xe1};
    unsigned char frame[FRAME_OUT_MAX + 8];
    size_t at = 2;

    if (len > FRAME_OUT_MAX)
        die("a frame of %zu bytes is too long", len);
    frame[0] = (unsigned char)(0x80 | opcode);
    if (len < 126) {
        frame[1] = (unsigned char)(0x80 | len);
    } else {
        frame[1] = 0x80 | 126;
        frame[2] = (unsigned char)(len >> 8);
        frame[3] = (unsigned char)len;
        at = 4;
    }
    memcpy(frame + at, mask, 4);
    at += 4;
    for (size_t i = 0; i < len; i++)
        frame[at + i] = (unsigned char)text[i] ^ mask[i % 4];
    send_all(c, frame, at + len);
}

void ws_client_send(struct ws_client *c, const char *text, size_t len)
{
    send_frame(c, 1, text, len);
}

int ws_client_read(struct ws_client *c)
{
    ssize_t got;

    if (c->in_room - c->in_len < 1024) {
        c->in_room = c->in_room == 0 ? 2048 : c->in_room * 2;
        c->in = c->in_room > FRAME_IN_MAX * 2 ? NULL : realloc(c->in, c->in_room);
        if (c->in == NULL)
            die("no room for what the server sends");
    }
    got = recv(c->fd, c->in + c->in_len, c->in_room - c->in_len - 1, 0);
    if (got < 0 && (errno == EAGAIN || errno == EINTR))
        return 0;
    if (got <= 0)
        die("the server closed a connection: %s", got < 0 ? strerror(errno) : "end of stream");
    c->in_len += (size_t)got;
    return 1;
}

/* Take one frame from the front of in: its opcode, or -1 when it is not whole yet. */
static int take_frame(struct ws_client *c, char *text, size_t *text_len)
{
    const unsigned char *in = (const unsigned char *)c->in;
    size_t at = 2;
    size_t len;
    int opcode;

    if (c->in_len < 2)
        return -1;
    opcode = in[0] & 15;
    len = in[1] & 127;
    if (len == 126) {
        if (c->in_len < 4)
            return -1;
        len = (size_t)in[2] << 8 | in[3];
        at = 4;
    }
    if (len >= FRAME_IN_MAX || (in[0] & 0x80) == 0)
        die("a frame from the server is too long or in parts");
    if (c->in_len < at + len)
        return -1;
    memcpy(text, c->in + at, len);
    text[len] = '\0';
    *text_len = len;
    c->in_len -= at + len;
    memmove(c->in, c->in + at + len, c->in_len);
    return opcode;
}

char *ws_client_next(struct ws_client *c)
{
    static char text[FRAME_IN_MAX];
    size_t len;

    for (;;) {
        switch (take_frame(c, text, &len)) {
        case -1:
            return NULL;
        case 1:
            return text;
        case 8:
            die("the server closed a socket: %s", len > 2 ? text + 2 : "no reason");
        case 9:
            send_frame(c, 10, text, len);
            break;
        default:
            break;
        }
    }
}

void ws_client_close(struct ws_client *c)
{
    close(c->fd);
    free(c->in);
    memset(c, 0, sizeof(*c));
}
