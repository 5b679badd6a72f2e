#include "client.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

void client_open(struct client *c, const char *rights)
{
    struct err err = {{0}};

    *c = (struct client){
        .token = "Bearer " TOKEN, .type = "application/json", .now_ms = NOW, .step_ms = 1000};
    c->sb = sandbox_new(
        &(struct sandbox_settings){.token = TOKEN, .rights = rights, .demo = true, .now_ms = NOW},
        &err);
    assert_non_null(c->sb);
}

void client_close(struct client *c)
{
    json_free(c->doc);
    sandbox_response_free(&c->r);
    sandbox_free(c->sb);
}

int client_call(struct client *c, const char *method, const char *path, const char *body)
{
    char full[1024];

    json_free(c->doc);
    c->doc = NULL;
    sandbox_response_free(&c->r);
    snprintf(full, sizeof(full), "/api/v1%s", path);
    char *question = strchr(full, '?');
    if (question != NULL)
        *question = '\0';
    const struct sandbox_request q = {
        .method = method,
        .path = full,
        .query = question == NULL ? NULL : question + 1,
        .authorization = c->token,
        .content_type = body == NULL ? NULL : c->type,
        .body = body,
        .len = body == NULL ? 0 : strlen(body),
        .peer = c->peer,
        .now_ms = c->now_ms,
    };
    sandbox_handle(c->sb, &q, &c->r);
    c->now_ms += c->step_ms;
    return c->r.status;
}

const struct json *client_at(struct client *c, const char *where)
{
    struct err err = {{0}};
    char name[64];

    if (c->doc == NULL) {
        assert_non_null(c->r.body.ptr);
        c->doc = json_parse(c->r.body.ptr, c->r.body.len, &err);
        if (c->doc == NULL)
            fail_msg("%s: %s", err.text, c->r.body.ptr);
    }
    const struct json *v = json_root(c->doc);
    while (*where != '\0') {
        const size_t len = strcspn(where, ".");
        assert_true(len < sizeof(name));
        memcpy(name, where, len);
        name[len] = '\0';
        v = json_kind(v) == JSON_KIND_ARRAY ? json_at(v, strtoul(name, NULL, 10))
                                            : json_get(v, name);
        where += where[len] == '.' ? len + 1 : len;
    }
    return v;
}

const char *client_text(struct client *c, const char *where)
{
    return json_text(client_at(c, where));
}

int64_t client_int(struct client *c, const char *where)
{
    int64_t value = -1;

    assert_int_equal(json_int(client_at(c, where), &value), 0);
    return value;
}

size_t client_count(struct client *c, const char *where)
{
    const struct json *v = client_at(c, where);

    assert_int_equal(json_kind(v), JSON_KIND_ARRAY);
    return json_count(v);
}

void client_switch(struct client *c, const char *name, const char *value)
{
    struct err err = {{0}};

    if (sandbox_set_switch(c->sb, name, value, &err) != 0)
        fail_msg("%s", err.text);
}
