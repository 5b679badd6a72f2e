#include "visitor.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void count_up(void *bytes, size_t len, void *arg)
{
    uint32_t *count = arg;

    memset(bytes, 0xa5, len);
    memcpy(bytes, count, sizeof(*count));
    ++*count;
}

struct site *visitor_site(struct client *c)
{
    static uint32_t count;

    return site_new(&(struct site_settings){.sb = c->sb, .random = count_up, .random_arg = &count});
}

void visitor_open(struct visitor *v, struct client *c, struct site *site)
{
    *v = (struct visitor){.c = c, .site = site};
}

void visitor_close(struct visitor *v)
{
    site_response_free(&v->r);
}

static void keep(struct visitor *v)
{
    static const char field[] = "name=\"authenticity_token\" value=\"";
    const char *at = v->r.body.ptr == NULL ? NULL : strstr(v->r.body.ptr, field);

    if (at != NULL)
        snprintf(v->csrf, sizeof(v->csrf), "%s", at + sizeof(field) - 1);
    if (v->r.set_cookie[0] != '\0')
        snprintf(v->cookie, sizeof(v->cookie), "a=b; %.*s", (int)strcspn(v->r.set_cookie, ";"),
                 v->r.set_cookie);
}

static int call(struct visitor *v, const char *method, const char *path, const char *body)
{
    const struct site_request q = {
        .method = method,
        .path = path,
        .cookie = v->cookie[0] != '\0' ? v->cookie : NULL,
        .content_type = body != NULL ? "application/x-www-form-urlencoded" : NULL,
        .body = body,
        .len = body != NULL ? strlen(body) : 0,
        .now_ms = v->c->now_ms,
    };

    site_response_free(&v->r);
    site_handle(v->site, &q, &v->r);
    keep(v);
    return v->r.status;
}

int visitor_get(struct visitor *v, const char *path)
{
    return call(v, "GET", path, NULL);
}

int visitor_post(struct visitor *v, const char *path, const char *fields)
{
    char body[4096];

    assert_true(strlen(fields) < sizeof(body) - 128);
    snprintf(body, sizeof(body), "authenticity_token=%s&%s", v->csrf, fields);
    return call(v, "POST", path, body);
}

void visitor_sign_in(struct visitor *v, const char *who)
{
    char fields[128];

    snprintf(fields, sizeof(fields), "email=%s%%40demo.example&password=demo-%s", who, who);
    assert_int_equal(visitor_get(v, "/users/sign_in"), 200);
    assert_int_equal(visitor_post(v, "/users/sign_in", fields), 303);
    assert_int_equal(visitor_get(v, "/api_tokens/new/custom"), 200);
}

void visitor_make(struct visitor *v, const char *fields, char text[64], int64_t *id)
{
    char path[64];

    if (visitor_post(v, "/api_tokens/new/custom", fields) != 303)
        fail_msg("%s", v->r.body.ptr);
    snprintf(path, sizeof(path), "%s", v->r.location);
    assert_int_equal(sscanf(path, "/api_tokens/%ld/created", id), 1);
    assert_int_equal(visitor_get(v, path), 200);
    const char *at = strstr(v->r.body.ptr, "</textarea>");
    assert_non_null(at);
    const char *from = at;
    while (from[-1] != '>')
        from--;
    snprintf(text, 64, "%.*s", (int)(at - from), from);
}

bool visitor_sees(const struct visitor *v, const char *html)
{
    return v->r.body.ptr != NULL && strstr(v->r.body.ptr, html) != NULL;
}
