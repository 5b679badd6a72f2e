/* The embedded pages over HTTP. */
#include "api/assets.h"

#include <string.h>

#include "api/api_private.h"
#include "base/str.h"

/* Nothing but what the server itself serves. No page of it may be framed, but for the preview of
 * the widget, by the console. */
#define POLICY(FRAMED_BY)                                                                          \
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "        \
    "connect-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'; "                  \
    "frame-ancestors " FRAMED_BY

#define PREVIEW      "/widget-preview"
#define WIDGET_WORDS "/widget-de.js"

static const struct {
    const char *path, *name;
} pages[] = {
    {"/console", "console.html"},
    {"/console.js", "console.js"},
    {"/console.css", "console.css"},
    {"/widget.js", "widget.js"},
    {WIDGET_WORDS, "widget-de.js"},
    {"/c", "chat.html"},
    {"/c.js", "chat.js"},
    {"/c.css", "chat.css"},
    {"/sample", "sample.html"},
    {"/sample.css", "sample.css"},
    {PREVIEW, "widget-preview.html"},
    {PREVIEW ".js", "widget-preview.js"},
    {PREVIEW ".css", "widget-preview.css"},
};

static const struct asset *named(const char *name)
{
    for (size_t i = 0; i < assets_count; i++)
        if (strcmp(assets[i].name, name) == 0)
            return &assets[i];
    return NULL;
}

/* The console's parts, and its words in other languages, are called as they are. */
static const struct asset *find(const char *path)
{
    for (size_t i = 0; i < COUNT_OF(pages); i++)
        if (strcmp(pages[i].path, path) == 0)
            return named(pages[i].name);
    return str_has_prefix(path, "/console-") ? named(path + 1) : NULL;
}

static bool accepts_gzip(const struct http_exchange *x)
{
    const char *accepted = http_header(x, "accept-encoding");

    return accepted != NULL && strstr(accepted, "gzip") != NULL &&
           strstr(accepted, "gzip;q=0") == NULL;
}

bool assets_serve(struct http_exchange *x, const char *path)
{
    const struct asset *a = find(path);

    if (a == NULL)
        return false;
    const char *known = http_header(x, "if-none-match");
    const bool same = known != NULL && strstr(known, a->etag) != NULL;
    const bool gzip = accepts_gzip(x);
    const bool packed = gzip && !same;
    const struct http_field encoding = {"content-encoding", "gzip"}, none = {NULL, NULL};
    /* Modules are asked for as data is. */
    const struct http_field cors = {"access-control-allow-origin", "*"};
    const bool words = strcmp(path, WIDGET_WORDS) == 0;
    const bool shared = words || strcmp(path, "/widget.js") == 0;
    const struct http_field fields[] = {
        {"etag", a->etag},
        {"cache-control", "no-cache"},
        {"vary", "accept-encoding"},
        {"x-content-type-options", "nosniff"},
        {"referrer-policy", "no-referrer"},
        /* The widget is loaded by other sites' pages. */
        {"cross-origin-resource-policy", shared ? "cross-origin" : "same-origin"},
        {"content-security-policy",
         strcmp(path, PREVIEW) == 0 ? POLICY("'self'") : POLICY("'none'")},
        packed  ? encoding
        : words ? cors
                : none,
        packed && words ? cors : none,
        none,
    };

    if (same)
        http_reply(x, 304, NULL, fields, NULL, 0);
    else
        http_reply_static(x, 200, a->content_type, fields, gzip ? a->gzip : a->plain,
                          gzip ? a->gzip_len : a->plain_len);
    return true;
}
