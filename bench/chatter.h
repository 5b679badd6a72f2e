/* One person who chats: speaks either parley.v1 (docs/protocol.md) or the few words of the
 * reference, and checks each ack. */
#ifndef BENCH_CHATTER_H
#define BENCH_CHATTER_H

#include <stdbool.h>

#include "ws_client.h"

#define CHATTER_DEPTH_MAX 64

struct chatter {
    struct ws_client ws;
    uint32_t who;          /* names this one in client_ids */
    uint32_t sent;         /* messages sent; their numbers are 0 .. sent - 1 */
    uint32_t acked;        /* of these, acknowledged */
    char conversation[64]; /* parley.v1 only */
    int64_t *sent_ns;      /* when number n left, at n % CHATTER_DEPTH_MAX; 0 once acknowledged */
};

/* Monotonic nanoseconds. */
int64_t now_ns(void);

/* Connect, say hello and wait for the welcome (in the reference's words: nothing). At most 16
 * persons share one loopback source address. */
void chatter_open(struct chatter *c, bool parley, uint16_t port, uint32_t who);
/* Begin a conversation and wait until it is stored. */
void chatter_start(struct chatter *c, bool parley);
void chatter_send(struct chatter *c, bool parley);
/* Take in what has arrived. For each ack got(latency, arg) is called with nanoseconds since its
 * message left. An ack for anything that is not outstanding is a fault. */
void chatter_receive(struct chatter *c, bool parley, void (*got)(int64_t ns, void *arg), void *arg);
void chatter_close(struct chatter *c);

#endif
