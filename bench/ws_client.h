/* A WebSocket client (RFC 6455) as small as a load generator needs it: text frames, loopback,
 * blocking while it connects and non-blocking afterwards. A fault ends the program with a message,
 * because a measurement with a broken connection in it is worth nothing. */
#ifndef BENCH_WS_CLIENT_H
#define BENCH_WS_CLIENT_H

#include <stddef.h>
#include <stdint.h>

struct ws_client {
    int fd;
    char *in;      /* received bytes that are not yet a whole frame */
    size_t in_len; /* of them */
    size_t in_room;
};

/* Say what went wrong on standard error and exit with 1. */
void die(const char *fmt, ...) __attribute__((format(printf, 1, 2), noreturn));

/* Connect to 127.0.0.1:port from the loopback address 127.0.0.1 + source, and upgrade. */
void ws_client_open(struct ws_client *c, uint16_t port, uint32_t source, const char *path,
                    const char *protocol);
/* From now on ws_client_read() does not wait. */
void ws_client_set_nonblocking(struct ws_client *c);
/* Send one text frame, masked. A socket that takes no more is a fault. */
void ws_client_send(struct ws_client *c, const char *text, size_t len);
/* Read once from the socket. 1 when there were bytes, 0 when there are none now. */
int ws_client_read(struct ws_client *c);
/* The next whole text frame of what was read, or NULL. It is NUL-terminated and valid until the
 * next call with this client. Pings are answered. */
char *ws_client_next(struct ws_client *c);
void ws_client_close(struct ws_client *c);

#endif
