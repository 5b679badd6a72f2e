/* The pages on which an account makes its tokens, over HTTP; and the live page's HTML, which has
 * the same strip at its top. */
#include <string.h>

#include "sandbox/front_private.h"
#include "sandbox/page.h"

#define PAGE_MAX 65536

static const char policy[] =
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

void front_answer_site(struct front *f, struct http_exchange *x)
{
    struct http_field fields[] = {
        {"content-security-policy", policy},
        {"x-content-type-options", "nosniff"},
        {"referrer-policy", "same-origin"},
        {"cache-control", "no-store"},
        {NULL, NULL},
        {NULL, NULL},
        {NULL, NULL},
    };
    size_t count = 4;
    struct site_response r;
    struct site_request q = {
        .method = http_method(x),
        .path = http_path(x),
        .cookie = http_header(x, "cookie"),
        .content_type = http_header(x, "content-type"),
        .now_ms = env_now_ms(f->env),
    };
    q.body = http_body(x, &q.len);

    site_handle(f->site, &q, &r);
    if (r.location[0] != '\0')
        fields[count++] = (struct http_field){"location", r.location};
    if (r.set_cookie[0] != '\0')
        fields[count++] = (struct http_field){"set-cookie", r.set_cookie};
    if (buf_ok(&r.body))
        http_reply(x, r.status, r.body.len > 0 ? "text/html; charset=utf-8" : NULL, fields,
                   r.body.len > 0 ? r.body.ptr : "", r.body.len);
    else
        front_reply_error(x, 500, "the page is too large");
    site_response_free(&r);
}

/* index.html with the strip in the place that it has for it. */
void front_answer_index(struct front *f, struct http_exchange *x)
{
    static const char place[] = "<!-- bar -->\n";
    static const struct http_field fields[] = {
        {"content-security-policy", policy},
        {"x-content-type-options", "nosniff"},
        {"cache-control", "no-store"},
        {NULL, NULL},
    };
    const char *html = (const char *)sandbox_index_html;
    const char *at = memmem(html, sandbox_index_html_len, place, sizeof(place) - 1);
    const size_t before = at == NULL ? sandbox_index_html_len : (size_t)(at - html);
    struct buf page;

    buf_init(&page, PAGE_MAX);
    buf_append(&page, html, before);
    if (at != NULL) {
        site_write_bar(f->site, http_header(x, "cookie"), env_now_ms(f->env), &page);
        at += sizeof(place) - 1;
        buf_append(&page, at, sandbox_index_html_len - (size_t)(at - html));
    }
    if (buf_ok(&page))
        http_reply(x, 200, "text/html; charset=utf-8", fields, page.ptr, page.len);
    else
        front_reply_error(x, 500, "the page is too large");
    buf_free(&page);
}
