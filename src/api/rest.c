/* A request from its row of the table to its answer. */
#include "api/rest_api.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/secret.h"
#include "base/str.h"
#include "chat/text.h"

#define ARENA_MAX        65536
#define DOORS_PER_MINUTE 60 /* public POSTs and the like from one address */
#define DOORS_BURST      30

/* --- life --- */

static void rest_free(struct rest *r);

static void free_now(void *arg)
{
    struct rest *r = arg;

    r->ended = NULL;
    rest_free(r);
}

/* Freed a little later: whoever answered may still look at it. */
void rest_end(struct rest *r)
{
    assert(r->ended == NULL);
    r->x = NULL;
    work_cancel(&r->work);
    desk_cancel(r->api->set.desk, &r->act);
    oidc_cancel(&r->oidc);
    r->ended = env_timer_start(r->api->set.env, 0, free_now, r);
}

static void gone(void *arg)
{
    struct rest *r = arg;

    r->x = NULL;
    if (r->op == NULL)
        rest_end(r);
}

static const char *keep(struct rest *r, const char *text)
{
    const char *copy = text == NULL ? NULL : arena_strdup(r->arena, text);

    return copy == NULL ? "" : copy;
}

static struct rest *rest_new(struct api *api, struct http_exchange *x)
{
    struct rest *r = api_alloc(sizeof(*r));

    r->api = api;
    r->x = x;
    r->arena = arena_new(ARENA_MAX);
    arena_wipes(r->arena);
    r->address = arena_strdup(r->arena, address_get(api, x)->text);
    r->query = keep(r, http_query(x));
    r->languages = keep(r, http_header(x, "accept-language"));
    r->is_head = strcmp(http_method(x), "HEAD") == 0;
    buf_init_secret(&r->out, REST_OUT_MAX);
    r->next = api->rests;
    if (r->next != NULL)
        r->next->prev = r;
    api->rests = r;
    http_on_gone(x, gone, r);
    return r;
}

static void rest_free(struct rest *r)
{
    env_timer_cancel(r->api->set.env, &r->ended);
    if (r->prev != NULL)
        r->prev->next = r->next;
    else
        r->api->rests = r->next;
    if (r->next != NULL)
        r->next->prev = r->prev;
    store_cancel(r->api->set.store, &r->op);
    work_cancel(&r->work);
    desk_cancel(r->api->set.desk, &r->act);
    oidc_cancel(&r->oidc);
    if (r->state_free != NULL)
        r->state_free(r->state);
    free(r->state);
    rest_forget_cookie(r);
    json_free(r->doc);
    buf_free(&r->out);
    arena_free(r->arena);
    free(r);
}

void rest_cancel_all(struct api *api)
{
    while (api->rests != NULL)
        rest_free(api->rests);
}

void *rest_state(struct rest *r, size_t size, void (*state_free)(void *state))
{
    r->state = api_alloc(size);
    r->state_free = state_free;
    return r->state;
}

/* --- answers --- */

#define JSON "application/json"

/* type NULL: nothing in it. more: one field besides the usual ones, or NULL. */
static void send(struct rest *r, int status, const char *type, const struct http_field *more)
{
    struct http_field fields[10] = {
        {"cache-control", "no-store"},
        {"x-content-type-options", "nosniff"},
        {"referrer-policy", "no-referrer"},
    };
    size_t n = 3;
    const bool full = !buf_ok(&r->out);
    static const char too_much[] = "{\"error\":\"the answer is too long\",\"code\":\"busy\"}";

    if (r->set_cookie != NULL)
        fields[n++] = (struct http_field){"set-cookie", r->set_cookie};
    if (more != NULL)
        fields[n++] = *more;
    if (r->cors != NULL) {
        fields[n++] = (struct http_field){"access-control-allow-origin", r->cors};
        fields[n++] = (struct http_field){"vary", "origin"};
    }
    if (full)
        log_event(LOG_ERROR, "api", "answer_too_long", LOG_S("path", r->route->path));
    if (r->x != NULL && type == NULL)
        http_reply(r->x, status, NULL, fields, NULL, 0);
    else if (r->x != NULL && full)
        http_reply(r->x, 500, JSON, fields, too_much, sizeof(too_much) - 1);
    else if (r->x != NULL)
        http_reply(r->x, status, type, fields, r->out.ptr, r->out.len);
    rest_end(r);
}

struct jw *rest_begin(struct rest *r)
{
    buf_clear(&r->out);
    jw_init(&r->w, &r->out);
    jw_object(&r->w, NULL);
    return &r->w;
}

struct jw *rest_list(struct rest *r, enum store_result result, const char *key)
{
    struct jw *w;

    r->op = NULL;
    if (result != STORE_OK) {
        rest_error_busy(r);
        return NULL;
    }
    w = rest_begin(r);
    jw_array(w, key);
    return w;
}

void rest_done(struct rest *r, int status)
{
    jw_object_end(&r->w);
    if (!rest_api_keep(r, status))
        send(r, status, JSON, NULL);
}

void rest_again(struct rest *r, int status)
{
    send(r, status, JSON, NULL);
}

void rest_empty(struct rest *r)
{
    send(r, 204, NULL, NULL);
}

void rest_redirect(struct rest *r, const char *url)
{
    send(r, 302, NULL, &(struct http_field){"location", url});
}

void rest_page(struct rest *r, int status)
{
    send(r, status, "text/html; charset=utf-8",
         &(struct http_field){"content-security-policy",
                              "default-src 'none'; base-uri 'none'; form-action 'self'; "
                              "frame-ancestors 'none'"});
}

void rest_file(struct rest *r, const char *type, const char *name)
{
    char text[128];

    snprintf(text, sizeof(text), "attachment; filename=\"%s\"", name);
    send(r, 200, type, &(struct http_field){"content-disposition", text});
}

static void write_error(struct rest *r, const char *code, const char *text)
{
    struct jw *w = rest_begin(r);

    jw_text(w, "error", text);
    jw_text(w, "code", code);
}

void rest_error(struct rest *r, int status, const char *code, const char *field, const char *text)
{
    write_error(r, code, text);
    if (field != NULL)
        jw_text(&r->w, "field", field);
    rest_done(r, status);
}

void rest_error_wait(struct rest *r, const char *code, int64_t retry_ms, const char *text)
{
    write_error(r, code, text);
    jw_int(&r->w, "retry_ms", retry_ms);
    rest_done(r, 429);
}

void rest_error_busy(struct rest *r)
{
    rest_error(r, 503, "busy", NULL, "the server cannot do this now: try again in a moment");
}

void rest_error_not_found(struct rest *r)
{
    rest_error(r, 404, "not_found", NULL, "this is not there any more: load the page again");
}

static void refuse_method(struct rest *r, const char *allow)
{
    write_error(r, "method", "this address takes another method");
    jw_object_end(&r->w);
    send(r, 405, JSON, &(struct http_field){"allow", allow});
}

/* --- what the body and the address say --- */

const char *rest_text(struct rest *r, const char *key, size_t max, bool may_be_empty)
{
    const struct json *v = json_get(r->body, key);
    const char *text = json_text(v);

    if (text == NULL && json_kind(v) != JSON_KIND_NONE && json_kind(v) != JSON_KIND_NULL) {
        rest_error(r, 400, "bad_field", key, "this must be a text");
        return NULL;
    }
    if (text == NULL)
        text = "";
    if (text[0] == '\0' && !may_be_empty) {
        rest_error(r, 400, "empty", key, "fill this in");
        return NULL;
    }
    if (strlen(text) > max) {
        rest_error(r, 400, "too_long", key, "this is too long: shorten it");
        return NULL;
    }
    return text;
}

const char *rest_name(struct rest *r, const char *key)
{
    const char *text = rest_text(r, key, 4 * CHAT_NAME_MAX, false);
    char clean[CHAT_NAME_MAX + 1];

    if (text == NULL)
        return NULL;
    switch (text_name(text, clean)) {
    case TEXT_OK:
        return arena_strdup(r->arena, clean);
    case TEXT_TOO_LONG:
        rest_error(r, 400, "too_long", key, "this is too long: shorten it");
        return NULL;
    default:
        rest_error(r, 400, "empty", key, "fill this in");
        return NULL;
    }
}

const char *rest_email(struct rest *r, const char *key)
{
    const char *text = rest_text(r, key, 2 * CHAT_EMAIL_MAX, false);
    char clean[CHAT_EMAIL_MAX + 1];

    if (text == NULL)
        return NULL;
    if (text_email(text, clean) != TEXT_OK) {
        rest_error(r, 400, "bad_email", key, "this does not look like an email address");
        return NULL;
    }
    str_lower(clean);
    return arena_strdup(r->arena, clean);
}

const char *rest_new_password(struct rest *r, const char *key, const char *email, const char *name)
{
    const char *text = rest_text(r, key, REST_BODY_MAX, true);
    const char *wrong = text == NULL ? NULL : account_password_wrong(text, email, name);

    if (wrong == NULL)
        return text;
    rest_error(r, 400, "bad_password", key, wrong);
    return NULL;
}

const char *rest_token(struct rest *r, const char *key)
{
    const char *text = json_get_text(r->body, key);

    if (text_is_token(text))
        return text;
    rest_error(r, 400, "bad_token", key, "this link is not whole: copy all of it");
    return NULL;
}

bool rest_id(struct rest *r, int n, struct id *id)
{
    if (id_parse(r->param[n], id) == 0)
        return true;
    rest_error_not_found(r);
    return false;
}

const char *rest_query(struct rest *r, const char *name)
{
    const char *p = r->query;
    const size_t len = strlen(name);

    while (*p != '\0') {
        const size_t part = strcspn(p, "&");

        if (part > len && strncmp(p, name, len) == 0 && p[len] == '=') {
            char *text = arena_strndup(r->arena, p + len + 1, part - len - 1);

            return text != NULL && str_unescape(text) == 0 ? text : "";
        }
        p += part + (p[part] == '&');
    }
    return "";
}

struct store_audit rest_audit(struct rest *r, enum audit_action action, const char *object)
{
    return (struct store_audit){
        .at_ms = env_now_ms(r->api->set.env),
        .actor = r->me.email,
        .action = audit_word(action),
        .object = object,
        .address = r->address,
    };
}

/* Behind #, so that it reaches no log of a server or proxy. */
const char *rest_link(struct rest *r, const char *what, const char *token)
{
    const char *origin = r->api->set.url;

    if (origin == NULL && r->x != NULL)
        origin = http_header(r->x, "origin"); /* our own: checked */
    return arena_printf(r->arena, "%s/console#%s=%s", origin != NULL ? origin : "", what, token);
}

/* --- from the row to the handler --- */

static void run(struct rest *r)
{
    r->route->handler(r);
}

static void check_role(struct rest *r)
{
    if (r->x == NULL)
        rest_end(r); /* the peer has left, and nothing is begun */
    else if (id_is_none(&r->me.staff))
        rest_ask_to_sign_in(r);
    else if (r->route->who == REST_ADMIN && r->me.role != STORE_ADMIN)
        rest_error(r, 403, "not_admin", NULL, "this needs an administrator");
    else
        run(r);
}

static bool is_json(const struct http_exchange *x)
{
    const char *type = http_header(x, "content-type");

    return type != NULL && strncasecmp(type, "application/json", 16) == 0 &&
           (type[16] == '\0' || type[16] == ';' || type[16] == ' ');
}

/* Page and body of a POST. False: answered. A key is no cookie: it counts from everywhere. */
static bool read_body(struct rest *r)
{
    size_t len;
    const char *body = http_body(r->x, &len);

    if (r->route->open && len <= r->route->body_max)
        return true;
    if (!r->route->open && r->route->who != REST_KEY && origin_of(r->api, r->x) != ORIGIN_OWN) {
        rest_error(r, 403, "origin", NULL, "only the server's own pages may do this");
        return false;
    }
    if (!r->route->open && !is_json(r->x)) {
        rest_error(r, 403, "content_type", NULL, "send application/json");
        return false;
    }
    if (len > r->route->body_max) {
        rest_error(r, 413, "too_long", NULL, "this is too long: shorten it");
        return false;
    }
    r->doc = json_parse(body, len, NULL);
    r->body = r->doc == NULL ? NULL : json_root(r->doc);
    if (json_kind(r->body) != JSON_KIND_OBJECT) {
        rest_error(r, 400, "bad_json", NULL, "the body must be a JSON object");
        return false;
    }
    return true;
}

int64_t rest_knock(struct rest *r)
{
    return rate_take(&address_get(r->api, r->x)->doors, env_mono_ms(r->api->set.env),
                     DOORS_PER_MINUTE, DOORS_BURST);
}

/* The key is good. */
static void begin_api(struct rest *r)
{
    if (strcmp(r->route->method, "POST") != 0)
        run(r);
    else if (read_body(r))
        rest_api_once(r, run);
}

static void begin(struct rest *r)
{
    const bool is_post = strcmp(r->route->method, "POST") == 0;
    int64_t wait = 0;

    if (r->api->stopping) {
        rest_error_busy(r);
        return;
    }
    if (r->route->who == REST_KEY) {
        rest_api_check(r, begin_api);
        return;
    }
    if (is_post && r->route->who == REST_PUBLIC && !r->route->free)
        wait = rest_knock(r);
    if (wait > 0) {
        rest_error_wait(r, "too_fast", wait, "too many tries from your address: wait a moment");
        return;
    }
    if (is_post && !read_body(r))
        return;
    r->has_cookie = cookie_hash(r->x, r->cookie);
    if (r->route->who == REST_PUBLIC)
        run(r);
    else
        rest_check_session(r, check_role);
}

static void keep_params(struct rest *r, const struct slice params[REST_PARAMS_MAX])
{
    for (size_t i = 0; i < REST_PARAMS_MAX; i++)
        if (params[i].ptr != NULL)
            r->param[i] = arena_strndup(r->arena, params[i].ptr, params[i].len);
}

static bool takes(const struct rest_route *route, const char *method)
{
    return strcmp(route->method, method) == 0 ||
           (strcmp(method, "HEAD") == 0 && strcmp(route->method, "GET") == 0);
}

size_t rest_body_max(const char *method, const char *path)
{
    struct slice params[REST_PARAMS_MAX];

    for (size_t i = 0; i < rest_route_count; i++)
        if (takes(&rest_routes[i], method) && rest_match(rest_routes[i].path, path, params))
            return rest_routes[i].body_max;
    return 0;
}

bool rest_request(struct api *api, struct http_exchange *x)
{
    const struct rest_route *other = NULL;

    for (size_t i = 0; i < rest_route_count; i++) {
        const struct rest_route *route = &rest_routes[i];
        struct slice params[REST_PARAMS_MAX] = {{NULL, 0}};

        if (!rest_match(route->path, http_path(x), params))
            continue;
        if (!takes(route, http_method(x))) {
            other = route;
            continue;
        }
        struct rest *r = rest_new(api, x);
        r->route = route;
        keep_params(r, params);
        begin(r);
        return true;
    }
    if (other == NULL)
        return false;
    struct rest *r = rest_new(api, x);
    r->route = other;
    refuse_method(r, strcmp(other->method, "GET") == 0 ? "GET, HEAD" : "POST");
    return true;
}
