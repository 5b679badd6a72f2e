/* The live page: its files, the state it follows, and what a technician does on it. It has no
 * sign-in: the sandbox is a stand-in and holds nothing of anybody. */
#include <string.h>

#include "base/json.h"
#include "base/str.h"
#include "sandbox/front_private.h"
#include "sandbox/page.h"

static const struct http_field page_fields[] = {
    {"content-security-policy",
     "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
     "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"},
    {"x-content-type-options", "nosniff"},
    {"cache-control", "no-cache"},
    {NULL, NULL},
};

static bool answer_file(struct http_exchange *x, const char *path)
{
    const struct {
        const char *path, *type;
        const unsigned char *bytes;
        size_t len;
    } files[] = {
        {"/sandbox/page.css", "text/css; charset=utf-8", sandbox_page_css, sandbox_page_css_len},
        {"/sandbox/page.js", "text/javascript; charset=utf-8", sandbox_page_js,
         sandbox_page_js_len},
        {"/sandbox/site.css", "text/css; charset=utf-8", sandbox_site_css, sandbox_site_css_len},
        {"/sandbox/site.js", "text/javascript; charset=utf-8", sandbox_site_js,
         sandbox_site_js_len},
    };

    for (size_t i = 0; i < COUNT_OF(files); i++) {
        if (strcmp(files[i].path, path) == 0) {
            http_reply_static(x, 200, files[i].type, page_fields, files[i].bytes, files[i].len);
            return true;
        }
    }
    return false;
}

/* The whole state, or only its version when the page has that already. */
static void answer_state(struct front *f, struct http_exchange *x)
{
    const char *query = http_query(x);
    struct buf json;
    int64_t after;

    buf_init(&json, SANDBOX_ANSWER_MAX);
    if (str_has_prefix(query, "after=") && str_to_int(query + 6, 0, INT64_MAX, &after) == 0 &&
        (uint64_t)after == sandbox_version(f->sb))
        buf_printf(&json, "{\"version\":%lld}", (long long)after);
    else
        sandbox_write_state(f->sb, &json);
    front_reply_json(x, &json);
}

/* Only JSON is taken, which a form on somebody else's page cannot send. */
static void answer_post(struct front *f, struct http_exchange *x)
{
    static const char start[] = "/sandbox/do/";
    const char *type = http_header(x, "content-type"), *path = http_path(x);
    struct err err = {{0}};
    struct buf json;
    size_t len;

    if (!str_has_prefix(path, start) || !sandbox_command_is_inside(path + sizeof(start) - 1)) {
        front_reply_error(x, 404, "there is no such page");
        return;
    }
    if (type == NULL || !str_has_prefix(type, "application/json")) {
        front_reply_error(x, 415, "send application/json");
        return;
    }
    const char *body = http_body(x, &len);
    struct json_doc *doc = json_parse(body, len, &err);
    buf_init(&json, 256);
    if (doc == NULL || sandbox_command(f->sb, path + sizeof(start) - 1, json_root(doc),
                                       env_now_ms(f->env), &json, &err) != 0)
        front_reply_error(x, 422, err.text);
    else
        front_reply_json(x, &json);
    json_free(doc);
    buf_free(&json);
}

void front_answer_page(struct front *f, struct http_exchange *x)
{
    const char *path = http_path(x);

    if (strcmp(http_method(x), "POST") == 0)
        answer_post(f, x);
    else if (strcmp(http_method(x), "GET") != 0)
        front_reply_error(x, 405, "only GET and POST");
    else if (strcmp(path, "/") == 0)
        front_answer_index(f, x);
    else if (strcmp(path, "/sandbox/state") == 0)
        answer_state(f, x);
    else if (!answer_file(x, path))
        front_reply_error(x, 404, "there is no such page");
}
