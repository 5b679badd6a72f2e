/* The control port: what tests do to the stand-in, away from the port that they test. */
#ifndef SANDBOX_CONTROL_H
#define SANDBOX_CONTROL_H

#include "net/http_server.h"
#include "net/loop.h"
#include "sandbox/sandbox.h"

struct control;

/* Listening from now on; the sandbox must outlive it. NULL with err. */
struct control *control_new(struct loop *loop, const char *listen, struct sandbox *sb,
                            struct err *err) WARN_UNUSED;
int control_port(const struct control *c);
void control_free(struct control *c);

#endif
