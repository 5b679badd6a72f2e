/* What the parts of the main port share. */
#ifndef SANDBOX_FRONT_PRIVATE_H
#define SANDBOX_FRONT_PRIVATE_H

#include "base/env.h"
#include "sandbox/front.h"
#include "sandbox/site.h"

struct delayed;
struct front {
    struct sandbox *sb;
    struct site *site;
    struct env *env;
    struct http_server *server;
    struct delayed *delayed;
    size_t delayed_count;
};

/* The live page and what it asks for: everything outside the API and the site. */
void front_answer_page(struct front *f, struct http_exchange *x);
/* The live page's HTML. */
void front_answer_index(struct front *f, struct http_exchange *x);
/* The pages of site.h. */
void front_answer_site(struct front *f, struct http_exchange *x);

#endif
