#include "sandbox/control.h"

#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/str.h"
#include "sandbox/front.h"

#define BODY_MAX 65536

struct control {
    struct sandbox *sb;
    struct env *env;
    struct http_server *server;
};

static void answer_post(struct control *c, struct http_exchange *x)
{
    struct err err = {""};
    struct buf json;
    size_t len;
    const char *body = http_body(x, &len);
    struct json_doc *doc = json_parse(len > 0 ? body : "{}", len > 0 ? len : 2, &err);
    int result = -1;

    buf_init(&json, 256);
    if (doc != NULL)
        result = sandbox_command(c->sb, http_path(x) + 1, json_root(doc), env_now_ms(c->env), &json,
                                 &err);
    if (result == 0)
        front_reply_json(x, &json);
    else
        front_reply_error(x, result == -2 ? 404 : 422, err.text);
    json_free(doc);
    buf_free(&json);
}

/* The bytes of an attachment: /attachment?id=7230071. */
static void answer_attachment(struct control *c, struct http_exchange *x)
{
    const char *query = http_query(x), *bytes = NULL;
    int64_t id;
    size_t len;

    if (query != NULL && str_has_prefix(query, "id=") &&
        str_to_int(query + 3, 1, INT64_MAX, &id) == 0)
        bytes = sandbox_attachment(c->sb, id, &len);
    if (bytes == NULL)
        front_reply_error(x, 404, "there is no such attachment");
    else
        http_reply(x, 200, "application/octet-stream", NULL, bytes, len);
}

static void on_request(struct http_exchange *x, void *arg)
{
    struct control *c = arg;
    const char *path = http_path(x);
    struct buf json;

    if (strcmp(http_method(x), "POST") == 0) {
        answer_post(c, x);
        return;
    }
    if (strcmp(path, "/attachment") == 0) {
        answer_attachment(c, x);
        return;
    }
    buf_init(&json, SANDBOX_ANSWER_MAX);
    if (strcmp(path, "/stats") == 0)
        sandbox_write_stats(c->sb, &json);
    else if (strcmp(path, "/state") == 0)
        sandbox_write_state(c->sb, &json);
    else {
        front_reply_error(x, 404, "there is no such page");
        return;
    }
    front_reply_json(x, &json);
}

struct control *control_new(struct loop *loop, const char *listen, struct sandbox *sb,
                            struct err *err)
{
    const struct http_server_settings settings = {
        .listen = listen,
        .body_max = BODY_MAX,
        .connections_max = 64,
        .idle_ms = 75000,
        .queue_max = SANDBOX_ANSWER_MAX,
    };
    const struct http_handlers handlers = {.request = on_request};
    struct control *c = calloc(1, sizeof(*c));

    if (c == NULL)
        abort();
    c->sb = sb;
    c->env = loop_env(loop);
    c->server = http_server_new(loop, &settings, &handlers, c, err);
    if (c->server == NULL) {
        free(c);
        return NULL;
    }
    return c;
}

int control_port(const struct control *c)
{
    return http_server_port(c->server);
}

void control_free(struct control *c)
{
    if (c == NULL)
        return;
    http_server_free(c->server);
    free(c);
}
