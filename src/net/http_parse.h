/* Reading HTTP/1.1 requests (RFC 9110, RFC 9112): pure functions over bytes, no sockets. Strict
 * where a loose reading would let two parties see two different requests (RFC 9112, 11.2). */
#ifndef PARLEY_HTTP_PARSE_H
#define PARLEY_HTTP_PARSE_H

#include "base/base.h"
#include "base/buf.h"

#define HTTP_HEAD_MAX   16384 /* request line and fields, in bytes */
#define HTTP_FIELDS_MAX 64

struct http_head_field {
    const char *name; /* lower case */
    const char *value;
};

struct http_head {
    const char *method;
    const char *path;  /* percent-decoded */
    const char *query; /* raw, "" if none */
    int minor;         /* HTTP/1.minor, 0 or 1 */
    struct http_head_field fields[HTTP_FIELDS_MAX];
    size_t count;
    int64_t content_length; /* 0 without a body, -1 when chunked */
    bool keep_alive;
    bool expects_continue;
    bool upgrades; /* "Connection: upgrade" and "Upgrade: websocket" */
};

/* Bytes of the head at the start of the input, with the empty line that ends it; 0 when it is not
 * complete. */
size_t http_head_length(const char *text, size_t len);
/* Read a complete head. text is changed and the result points into it. 0, or the status to refuse
 * the request with. */
int http_head_parse(char *text, size_t len, struct http_head *head) WARN_UNUSED;
/* The first value of this name (lower case); NULL if absent. */
const char *http_head_get(const struct http_head *head, const char *name);
/* True when the comma-separated list holds the token, whatever the case. */
bool http_list_has(const char *list, const char *token);

/* A body in chunks (RFC 9112, 7.1). */
struct http_chunks {
    int state;     /* private */
    uint64_t left; /* private: bytes left of this chunk */
    size_t line;   /* private: bytes of this line, or of the trailer */
};

/* Take input; what is the body's goes into body. *used: bytes taken. 0: more is needed; 1: the
 * body is complete; else the status to refuse the request with. */
int http_chunks_feed(struct http_chunks *c, const char *in, size_t len, size_t *used,
                     struct buf *body) WARN_UNUSED;

#endif
