/* What the two halves of the main port share. */
#ifndef SANDBOX_FRONT_PRIVATE_H
#define SANDBOX_FRONT_PRIVATE_H

#include "base/env.h"
#include "sandbox/front.h"

struct delayed;
struct front {
    struct sandbox *sb;
    struct env *env;
    struct http_server *server;
    struct delayed *delayed;
    size_t delayed_count;
};

/* Everything outside the API: the live page and what it asks for. */
void front_answer_page(struct front *f, struct http_exchange *x);

#endif
