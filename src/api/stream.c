/* The chat where WebSocket is blocked: frames out as server-sent events, frames in by POST. */
#include "api/api_private.h"

#include "base/secret.h"
#include "base/str.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

static void closed(struct http_stream *http, void *arg)
{
    struct stream *stream = arg;
    struct api *api = stream->session->api;

    (void)http;
    stream->http = NULL;
    session_free(stream->session);
    table_remove(&api->streams, &stream->link);
    free(stream);
}

void stream_start(struct api *api, struct http_exchange *x, struct address *address)
{
    const bool other_site = origin_of(api, x) == ORIGIN_LISTED;
    const struct http_field fields[] = {
        {"cache-control", "no-store"},
        {"x-accel-buffering", "no"}, /* a proxy must pass each event on at once */
        {"x-content-type-options", "nosniff"},
        {other_site ? "access-control-allow-origin" : NULL, http_header(x, "origin")},
        {NULL, NULL},
    };
    struct stream *stream = api_alloc(sizeof(*stream));
    struct jw w;
    char *hello;
    size_t len;

    hello = api_alloc(CHAT_FRAME_MAX + 1);
    len = 0;
    {
        size_t body_len;
        const char *body = http_body(x, &body_len);

        if (body_len <= CHAT_FRAME_MAX) {
            memcpy(hello, body, body_len);
            len = body_len;
        }
    }
    memset(stream->id, 0, sizeof(stream->id));
    secret_random_text(stream->id, 22); /* 132 bits */
    stream->session = session_new(api, address, NULL);
    stream->session->stream = stream;
    table_add(&api->streams, &stream->link);
    stream->http = http_stream_start(x, "text/event-stream", fields, closed, stream);
    buf_clear(&api->out);
    jw_init(&w, &api->out);
    jw_object(&w, NULL);
    jw_text(&w, "t", "session");
    jw_text(&w, "id", stream->id);
    jw_object_end(&w);
    session_send_out(stream->session);
    session_text(stream->session, hello, len);
    free(hello);
}

void stream_post(struct api *api, struct http_exchange *x, const char *id)
{
    char key[API_STREAM_ID] = {0};
    struct stream *stream = NULL;
    const char *body;
    size_t len;

    if (strlen(id) < sizeof(key)) {
        memcpy(key, id, strlen(id));
        stream = (struct stream *)table_find(&api->streams, key);
    }
    if (stream == NULL) {
        http_reply(x, 404, "text/plain", NULL, "no such stream\n", 15);
        return;
    }
    body = http_body(x, &len);
    session_text(stream->session, body, len);
    const bool other_site = origin_of(api, x) == ORIGIN_LISTED;
    const struct http_field fields[] = {
        {other_site ? "access-control-allow-origin" : NULL, http_header(x, "origin")},
        {NULL, NULL},
    };
    http_reply(x, 204, NULL, fields, NULL, 0);
}

static void beat(struct table_link *link, void *arg)
{
    struct stream *stream = (struct stream *)link;

    if (stream->http != NULL)
        (void)http_stream_send(stream->http, arg);
}

void stream_beat(struct api *api)
{
    struct net_bytes *comment = net_bytes_new(":\n\n", 3);

    table_each(&api->streams, beat, comment);
    net_bytes_unref(comment);
}
