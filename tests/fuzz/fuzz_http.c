/* A request's head and a body in chunks. */
#include <string.h>

#include "fuzz/fuzz.h"
#include "net/http_parse.h"

static void check_head(const struct http_head *h)
{
    MUST(h->method[0] != '\0' && h->path[0] == '/' && h->query != NULL);
    MUST(strlen(h->path) < HTTP_HEAD_MAX);
    MUST(h->content_length >= -1 && h->count <= HTTP_FIELDS_MAX);
    for (size_t i = 0; i < h->count; i++) {
        MUST(h->fields[i].name[0] != '\0' && strpbrk(h->fields[i].value, "\r\n") == NULL);
        for (const char *p = h->fields[i].name; *p != '\0'; p++)
            MUST(*p < 'A' || *p > 'Z');
        MUST(http_head_get(h, h->fields[i].name) != NULL);
    }
    if (h->content_length > 0)
        MUST(http_head_get(h, "transfer-encoding") == NULL);
}

/* The same body, whole or byte by byte. */
static void check_chunks(const char *in, size_t len)
{
    struct http_chunks whole = {0}, parts = {0};
    struct buf a, b;
    size_t used, at = 0;
    int result_a, result_b = 0;

    buf_init(&a, 4096);
    buf_init(&b, 4096);
    result_a = http_chunks_feed(&whole, in, len, &used, &a);
    MUST(used <= len);
    while (at < len && result_b == 0) {
        size_t one = 0;
        result_b = http_chunks_feed(&parts, in + at, 1, &one, &b);
        MUST(one <= 1);
        at++;
    }
    MUST(len == 0 || result_a == result_b);
    if (result_a == 1)
        MUST(a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0));
    buf_free(&a);
    buf_free(&b);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct http_head head;
    char *text = malloc(size + 1);

    if (text == NULL)
        abort();
    if (size > 0)
        memcpy(text, data, size);
    text[size] = '\0';
    check_chunks(text, size);
    const size_t len = http_head_length(text, size);
    MUST(len <= size);
    if (len > 0 && len <= HTTP_HEAD_MAX) {
        const int status = http_head_parse(text, len, &head);
        MUST(status == 0 || (status >= 400 && status < 600));
        if (status == 0)
            check_head(&head);
    }
    free(text);
    return 0;
}
