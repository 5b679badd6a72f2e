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

static int64_t int_or(const struct json *body, const char *key, int64_t otherwise)
{
    int64_t value;

    return json_get_int(body, key, &value) == 0 ? value : otherwise;
}

static int do_fault(struct control *c, const struct json *body, struct err *err)
{
    const char *kind = json_get_text(body, "kind");
    struct sandbox_fault fault = {
        .method = json_get_text(body, "method"),
        .path_prefix = json_get_text(body, "path_prefix"),
        .status = (int)int_or(body, "status", 0),
        .effect = json_get_bool(body, "effect", false),
        .ms = int_or(body, "ms", 0),
        .times = int_or(body, "times", 0),
        .every = int_or(body, "every", 0),
    };

    if (kind == NULL || sandbox_fault_kind(kind, &fault.kind) < 0)
        return err_set(err, "kind: delay, reset_before, reset_after, status, html, content_type or "
                            "clock_skew");
    return sandbox_add_fault(c->sb, &fault, err);
}

static int do_clear(struct control *c, const struct json *body, struct err *err)
{
    (void)body;
    (void)err;
    sandbox_clear_faults(c->sb);
    return 0;
}

static int do_token(struct control *c, const struct json *body, struct err *err)
{
    const char *token = json_get_text(body, "token");

    if (token == NULL)
        return err_set(err, "token is missing");
    return sandbox_set_token(c->sb, token, json_get_text(body, "rights"),
                             json_get_bool(body, "enabled", true), err);
}

static int do_set(struct control *c, const struct json *body, struct err *err)
{
    const char *name = json_get_text(body, "name"), *value = json_get_text(body, "value");

    if (name == NULL || value == NULL)
        return err_set(err, "name or value is missing");
    return sandbox_set_switch(c->sb, name, value, err);
}

static int do_comment(struct control *c, const struct json *body, struct err *err)
{
    const char *text = json_get_text(body, "body");

    return sandbox_technician_comment(
        c->sb, int_or(body, "ticket_id", 0), int_or(body, "user_id", 0),
        json_get_text(body, "subject"), text != NULL ? text : "",
        json_get_bool(body, "hidden", false), env_now_ms(c->env), err);
}

static int do_change(struct control *c, const struct json *body, struct err *err)
{
    return sandbox_technician_change(c->sb, int_or(body, "ticket_id", 0),
                                     json_get_text(body, "status"), json_get_text(body, "priority"),
                                     env_now_ms(c->env), err);
}

static const struct {
    const char *path;
    int (*run)(struct control *c, const struct json *body, struct err *err);
} posts[] = {
    {"/fault", do_fault}, {"/clear", do_clear},     {"/token", do_token},
    {"/set", do_set},     {"/comment", do_comment}, {"/change", do_change},
};

static void answer_post(struct control *c, struct http_exchange *x)
{
    struct err err = {""};
    struct buf json;
    size_t len;
    const char *body = http_body(x, &len);

    for (size_t i = 0; i < COUNT_OF(posts); i++) {
        if (strcmp(posts[i].path, http_path(x)) != 0)
            continue;
        struct json_doc *doc = json_parse(len > 0 ? body : "{}", len > 0 ? len : 2, &err);
        if (doc == NULL || posts[i].run(c, json_root(doc), &err) < 0) {
            front_reply_error(x, 422, err.text);
        } else {
            buf_init(&json, 64);
            buf_str(&json, "{\"ok\":true}");
            front_reply_json(x, &json);
        }
        json_free(doc);
        return;
    }
    front_reply_error(x, 404, "there is no such command");
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
