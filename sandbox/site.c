/* The way of a request to its page: session, sign-in, the form and its CSRF token. */
#include "sandbox/site.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/secret.h"
#include "base/str.h"
#include "sandbox/site_private.h"

#define PAGE_MAX   (1024 * 1024)
#define MEMORY_MAX (256 * 1024)

static const struct page {
    const char *method, *path; /* ":id" is a number */
    bool open;                 /* without signing in */
    site_handler_fn *handler;
} pages[] = {
    {"GET", "/users/sign_in", true, site_sign_in_form},
    {"POST", "/users/sign_in", true, site_sign_in},
    {"POST", "/users/sign_out", false, site_sign_out},
    {"GET", "/profile", false, site_profile},
    {"GET", "/api_tokens", false, site_tokens},
    {"GET", "/api_tokens/new", false, site_token_app_form},
    {"POST", "/api_tokens/new", false, site_token_app},
    {"GET", "/api_tokens/new/custom", false, site_token_custom_form},
    {"POST", "/api_tokens/new/custom", false, site_token_custom},
    {"GET", "/api_tokens/:id/created", false, site_token_created},
    {"POST", "/api_tokens/:id/disable", false, site_token_disable},
    {"POST", "/api_tokens/:id/enable", false, site_token_enable},
    {"GET", "/api_tokens/:id/delete", false, site_token_delete_form},
    {"POST", "/api_tokens/:id/delete", false, site_token_delete},
    {"GET", "/notification_center", false, site_hooks_form},
    {"POST", "/notification_center", false, site_hooks},
};

struct site *site_new(const struct site_settings *settings)
{
    struct site *s = calloc(1, sizeof(*s));

    if (s == NULL)
        abort();
    s->sb = settings->sb;
    s->random = settings->random;
    s->random_arg = settings->random_arg;
    return s;
}

void site_free(struct site *s)
{
    if (s == NULL)
        return;
    secret_wipe(s, sizeof(*s));
    free(s);
}

bool site_owns(const char *path)
{
    static const char *const roots[] = {"/users", "/profile", "/api_tokens",
                                        "/notification_center"};

    for (size_t i = 0; i < COUNT_OF(roots); i++) {
        const size_t len = strlen(roots[i]);
        if (strncmp(path, roots[i], len) == 0 && (path[len] == '\0' || path[len] == '/'))
            return true;
    }
    return false;
}

static bool is_form(const char *type)
{
    static const char form[] = "application/x-www-form-urlencoded";

    return type != NULL && strncasecmp(type, form, sizeof(form) - 1) == 0 &&
           strchr("; ", type[sizeof(form) - 1]) != NULL; /* or its NUL */
}

/* Read the form and see that a page of ours sent it. False when that was answered. */
static bool read_form(struct site_ctx *c, const struct site_request *q)
{
    struct err err = {{0}};

    if (!is_form(q->content_type)) {
        site_say(c, 415, "Not a form", "Send the form of the page.");
        return false;
    }
    if (form_parse(&c->form, c->arena, q->body, q->len, &err) != 0) {
        site_say(c, q->len > FORM_BODY_MAX ? 413 : 400, "Not readable", err.text);
        return false;
    }
    const char *csrf = form_get(&c->form, "authenticity_token");
    if (c->session == NULL || strlen(csrf) != SITE_KEY_SIZE - 1 ||
        !secret_same(csrf, c->session->csrf, SITE_KEY_SIZE - 1)) {
        site_say(c, 403, "This page was too old",
                 "Nothing was changed. Open the page anew and try again.");
        return false;
    }
    return true;
}

/* Sign in first, and come back to what was asked for. */
static void ask_to_sign_in(struct site_ctx *c, const struct page *page)
{
    if (c->session == NULL)
        c->session = session_new(c->site, c->wall_ms);
    if (strcmp(page->method, "GET") == 0 && strstr(page->path, ":id") == NULL)
        c->session->back = page->path;
    session_cookie(c->session, c->r->set_cookie, sizeof(c->r->set_cookie));
    site_go(c, "/users/sign_in");
}

static void answer(struct site_ctx *c, const struct site_request *q)
{
    const struct page *page = NULL;
    bool is_path = false;

    for (size_t i = 0; i < COUNT_OF(pages) && page == NULL; i++) {
        if (!sb_path_fits(pages[i].path, q->path, &c->id))
            continue;
        is_path = true;
        if (strcmp(pages[i].method, q->method) == 0)
            page = &pages[i];
    }
    if (page == NULL && is_path)
        site_say(c, 405, "Not that way", "This address takes no such request.");
    else if (page == NULL)
        site_say(c, 404, "Not found", "There is no such page.");
    else if (!page->open && c->user == NULL)
        ask_to_sign_in(c, page);
    else if (strcmp(page->method, "POST") != 0 || read_form(c, q))
        page->handler(c);
}

void site_handle(struct site *s, const struct site_request *request, struct site_response *response)
{
    struct site_ctx c = {
        .site = s,
        .wall_ms = request->now_ms,
        .now_ms = request->now_ms + sb_fault_skew(s->sb, request->method, request->path),
        .arena = arena_new(MEMORY_MAX),
        .r = response,
    };

    *response = (struct site_response){0};
    buf_init(&response->body, PAGE_MAX);
    c.session = session_find(s, request->cookie, request->now_ms);
    c.user = c.session == NULL ? NULL : c.session->user;
    answer(&c, request);
    arena_free(c.arena);
}

void site_response_free(struct site_response *response)
{
    if (response->body.ptr != NULL)
        secret_wipe(response->body.ptr, response->body.len); /* may show a token */
    buf_free(&response->body);
}
