/* The main port: Syncro's API, the live page, and the pages of accounts. */
#ifndef SANDBOX_FRONT_H
#define SANDBOX_FRONT_H

#include "net/http_server.h"
#include "net/loop.h"
#include "sandbox/sandbox.h"

struct front;

/* Listening from now on; the sandbox must outlive it. NULL with err. */
struct front *front_new(struct loop *loop, const char *listen, struct sandbox *sb,
                        struct err *err) WARN_UNUSED;
int front_port(const struct front *f);
/* Closes all connections; what is delayed is dropped. */
void front_free(struct front *f);

/* Answer with {"error":..}. */
void front_reply_error(struct http_exchange *x, int status, const char *text);
/* Answer 200 with JSON; 500 when it did not fit. Frees the buffer's bytes. */
void front_reply_json(struct http_exchange *x, struct buf *json);

#endif
