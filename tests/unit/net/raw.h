/* A client of plain sockets for the tests, which turns the loop while it waits. */
#ifndef PARLEY_TEST_RAW_H
#define PARLEY_TEST_RAW_H

#include "base/base.h"
#include "net/loop.h"

struct raw {
    int fd;
    char in[1 << 20];
    size_t len; /* bytes in `in` */
    bool eof;   /* the other side has closed, or reset */
    bool reset;
};

/* Connected to 127.0.0.1:port. */
struct raw *raw_connect(int port);
/* The same with a small receive buffer, so that it is slow at once. */
struct raw *raw_connect_small(int port);
void raw_free(struct raw *r);
void raw_send(struct raw *r, const char *text, size_t len);
void raw_text(struct raw *r, const char *text);
/* Turn the loop until the text has come (true), or two seconds have passed or all is at an end. */
bool raw_wait(struct loop *loop, struct raw *r, const char *text);
/* Turn until len bytes are there. */
bool raw_wait_len(struct loop *loop, struct raw *r, size_t len);
bool raw_wait_eof(struct loop *loop, struct raw *r);
/* Turn for so long. */
void raw_turn(struct loop *loop, int64_t ms);
/* Forget the first n bytes of what came. */
void raw_eat(struct raw *r, size_t n);

/* --- WebSocket --- */
/* Ask for a socket with this subprotocol (NULL: none) and wait for 101; the answer is eaten. */
bool raw_ws_open(struct loop *loop, struct raw *r, const char *protocol);
/* One masked frame. opcode with FIN as on the wire: 0x81 is a whole text. */
void raw_ws_frame(struct raw *r, int first_byte, const char *payload, size_t len);
/* Wait for a whole frame from the server; NULL without. Valid until raw_ws_eat. */
const char *raw_ws_wait(struct loop *loop, struct raw *r, int *first_byte, size_t *len);
void raw_ws_eat(struct raw *r);

#endif
