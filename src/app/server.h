/* What runs in one server, put together and taken apart again. */
#ifndef PARLEY_APP_SERVER_H
#define PARLEY_APP_SERVER_H

#include "app/settings.h"
#include "base/env.h"
#include "base/secret.h"
#include "chat/limits.h"
#include "net/loop.h"

struct server {
    struct settings set;
    const char *origin; /* --syncro-origin */
    struct loop *loop;
    struct secret_key *key;
    struct store *store;
    struct work_pool *work, *disk;
    char files[600];                      /* where the bytes of files lie */
    struct http_client *http, *oidc_http; /* the latter: NULL without a provider */
    struct oidc *oidc, *people_oidc;      /* likewise */
    struct smtp_client *smtp;             /* NULL: no mail server is set */
    struct post *post;
    struct http_client *hook_http;
    struct courier *courier;
    struct duty *duty;
    struct outbox *outbox;
    struct desk *desk;
    struct api *api;
    struct http_server *door;
    struct env_timer *stop_timer;
    struct store_op *setup_op;
    char setup_token[CHAT_TOKEN_LEN + 1];
    int64_t stop_by_ms;
    bool stopping, closing;
};

/* Open every part, in order, by s->set and s->origin; the rest of *s is zero. 0, or -1 with err;
 * then, too, server_close() closes what was opened. */
int server_open(struct server *s, struct err *err) WARN_UNUSED;
/* The same order backwards; parts that were never opened are NULL. Frees s->set. */
void server_close(struct server *s);

#endif
