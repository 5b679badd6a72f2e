#include "chatter.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define PER_ADDRESS 16
#define BODY                                                                                       \
    "The printer on the second floor says that it is offline, although it is on and the others "   \
    "at the desk can print from theirs."

int64_t now_ns(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

static bool is_kind(const char *frame, const char *kind)
{
    char key[32];

    snprintf(key, sizeof(key), "\"t\":\"%s\"", kind);
    return strstr(frame, key) != NULL;
}

/* Wait for a frame of this kind; others are passed over, an error is a fault. */
static const char *await_kind(struct chatter *c, const char *kind)
{
    for (;;) {
        const char *frame = ws_client_next(&c->ws);

        if (frame == NULL) {
            if (ws_client_read(&c->ws) == 0)
                die("waited too long for \"%s\"", kind);
            continue;
        }
        if (is_kind(frame, "error"))
            die("the server answered %s", frame);
        if (is_kind(frame, kind))
            return frame;
    }
}

void chatter_open(struct chatter *c, bool parley, uint16_t port, uint32_t who)
{
    char frame[160];
    int len;

    memset(c, 0, sizeof(*c));
    c->who = who;
    if (!parley) {
        ws_client_open(&c->ws, port, who / PER_ADDRESS, "/", "reference");
        return;
    }
    ws_client_open(&c->ws, port, who / PER_ADDRESS, "/v1/chat", "parley.v1");
    /* 43 characters of base64url, the last of them with two zero bits at its end. */
    len = snprintf(frame, sizeof(frame), "{\"t\":\"hello\",\"v\":1,\"token\":\"bench%08x%029uA\"}",
                   (unsigned)(now_ns() & 0xffffffff), who);
    ws_client_send(&c->ws, frame, (size_t)len);
    await_kind(c, "welcome");
}

void chatter_start(struct chatter *c, bool parley)
{
    char frame[400];
    const char *ack;
    const char *at;
    int len;

    c->sent_ns = calloc(CHATTER_DEPTH_MAX, sizeof(*c->sent_ns));
    if (c->sent_ns == NULL)
        die("out of memory");
    if (!parley)
        return;
    len = snprintf(frame, sizeof(frame),
                   "{\"t\":\"start\",\"client_id\":\"start-%08u\",\"name\":\"Ines Moreau\","
                   "\"email\":\"ines%u@northwind.example\",\"body\":\"%s\"}",
                   c->who, c->who, BODY);
    ws_client_send(&c->ws, frame, (size_t)len);
    ack = await_kind(c, "ack");
    at = strstr(ack, "\"conversation\":\"");
    if (at == NULL || sscanf(at, "\"conversation\":\"%63[^\"]", c->conversation) != 1)
        die("an ack without conversation: %s", ack);
}

void chatter_send(struct chatter *c, bool parley)
{
    char frame[512];
    int len;

    if (parley)
        len = snprintf(frame, sizeof(frame),
                       "{\"t\":\"message\",\"client_id\":\"n-%08u-%08u\",\"conversation\":\"%s\","
                       "\"body\":\"%s\"}",
                       c->who, c->sent, c->conversation, BODY);
    else
        len = snprintf(frame, sizeof(frame), "n-%08u-%08u %s", c->who, c->sent, BODY);
    c->sent_ns[c->sent % CHATTER_DEPTH_MAX] = now_ns();
    c->sent++;
    ws_client_send(&c->ws, frame, (size_t)len);
}

/* The number of the message that this frame acknowledges, or -1 when it is something else. */
static int64_t acked_number(const struct chatter *c, bool parley, const char *frame)
{
    unsigned who;
    unsigned number;

    if (parley) {
        if (is_kind(frame, "error"))
            die("the server answered %s", frame);
        if (!is_kind(frame, "ack"))
            return -1;
        frame = strstr(frame, "\"client_id\":\"");
        if (frame == NULL)
            die("an ack without client_id");
        frame += strlen("\"client_id\":\"");
    }
    if (sscanf(frame, "n-%8u-%8u", &who, &number) != 2 || who != c->who)
        die("an ack for somebody else: %s", frame);
    return number;
}

void chatter_receive(struct chatter *c, bool parley, void (*got)(int64_t ns, void *arg), void *arg)
{
    const char *frame;

    if (ws_client_read(&c->ws) == 0)
        return;
    while ((frame = ws_client_next(&c->ws)) != NULL) {
        int64_t number = acked_number(c, parley, frame);
        int64_t *sent_ns;

        if (number < 0)
            continue;
        sent_ns = &c->sent_ns[number % CHATTER_DEPTH_MAX];
        if (number >= c->sent || number + CHATTER_DEPTH_MAX < c->sent || *sent_ns == 0)
            die("an ack for a message that is not outstanding: %s", frame);
        c->acked++;
        got(now_ns() - *sent_ns, arg);
        *sent_ns = 0;
    }
}

void chatter_close(struct chatter *c)
{
    ws_client_close(&c->ws);
    free(c->sent_ns);
    c->sent_ns = NULL;
}
