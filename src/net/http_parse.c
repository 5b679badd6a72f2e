#include "net/http_parse.h"

#include <string.h>
#include <strings.h>

#include "base/str.h"

size_t http_head_length(const char *text, size_t len)
{
    const char *end = memmem(text, len, "\r\n\r\n", 4);

    return end == NULL ? 0 : (size_t)(end - text) + 4;
}

/* RFC 9110, 5.6.2 */
static bool is_token_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           (c != '\0' && strchr("!#$%&'*+-.^_`|~", c) != NULL);
}

static bool is_token(const char *s, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if (!is_token_char(s[i]))
            return false;
    return len > 0;
}

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if ((c | 0x20) >= 'a' && (c | 0x20) <= 'f')
        return (c | 0x20) - 'a' + 10;
    return -1;
}

/* Decode %xx in place. -1 for a bad escape or an escaped NUL. */
static int decode_path(char *path)
{
    char *to = path;

    for (const char *from = path; *from != '\0'; from++) {
        if (*from != '%') {
            *to++ = *from;
            continue;
        }
        const int high = hex_digit(from[1]);
        const int low = high < 0 ? -1 : hex_digit(from[2]);
        if (low < 0 || high * 16 + low == 0)
            return -1;
        *to++ = (char)(high * 16 + low);
        from += 2;
    }
    *to = '\0';
    return 0;
}

static bool is_known_method(const char *method)
{
    static const char *const known[] = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"};

    for (size_t i = 0; i < COUNT_OF(known); i++)
        if (strcmp(method, known[i]) == 0)
            return true;
    return false;
}

static int parse_request_line(char *line, struct http_head *head)
{
    char *target = strchr(line, ' ');
    char *version = target == NULL ? NULL : strchr(target + 1, ' ');

    if (version == NULL || !is_token(line, (size_t)(target - line)))
        return 400;
    *target++ = '\0';
    *version++ = '\0';
    if (strncmp(version, "HTTP/", 5) != 0)
        return 400;
    if (strcmp(version, "HTTP/1.1") != 0 && strcmp(version, "HTTP/1.0") != 0)
        return 505;
    head->minor = version[7] - '0';
    head->method = line;
    if (!is_known_method(line))
        return 405;
    for (const char *c = target; *c != '\0'; c++)
        if ((unsigned char)*c <= 0x20 || *c == 0x7f)
            return 400;
    if (target[0] != '/')
        return 400;
    char *query = strchr(target, '?');
    head->path = target;
    head->query = query == NULL ? "" : query + 1;
    if (query != NULL)
        *query = '\0';
    return decode_path(target) < 0 ? 400 : 0;
}

static int parse_field(char *line, struct http_head *head)
{
    char *colon = strchr(line, ':');

    /* A line that begins with a space would go on the line before it (obs-fold): refused, as is
     * a space before the colon, by the token check. */
    if (colon == NULL || !is_token(line, (size_t)(colon - line)))
        return 400;
    if (head->count == HTTP_FIELDS_MAX)
        return 431;
    *colon = '\0';
    str_lower(line);
    char *value = colon + 1;
    value += strspn(value, " \t");
    size_t len = strlen(value);
    while (len > 0 && (value[len - 1] == ' ' || value[len - 1] == '\t'))
        value[--len] = '\0';
    for (size_t i = 0; i < len; i++)
        if (((unsigned char)value[i] < 0x20 && value[i] != '\t') || value[i] == 0x7f)
            return 400;
    head->fields[head->count++] = (struct http_head_field){line, value};
    return 0;
}

static size_t count_fields(const struct http_head *head, const char *name)
{
    size_t n = 0;

    for (size_t i = 0; i < head->count; i++)
        if (strcmp(head->fields[i].name, name) == 0)
            n++;
    return n;
}

/* Where the body ends must have exactly one reading (RFC 9112, 6.3). */
static int parse_framing(struct http_head *head)
{
    const char *length = http_head_get(head, "content-length");
    const char *coding = http_head_get(head, "transfer-encoding");

    if (count_fields(head, "content-length") > 1 || count_fields(head, "transfer-encoding") > 1)
        return 400;
    if (coding != NULL) {
        if (length != NULL || head->minor == 0)
            return 400;
        head->content_length = -1;
        return str_equal_nocase(coding, "chunked") ? 0 : 501;
    }
    if (length == NULL)
        return 0;
    if (length[0] < '0' || length[0] > '9' ||
        str_to_int(length, 0, INT64_MAX, &head->content_length) < 0)
        return 400;
    return 0;
}

static int parse_connection(struct http_head *head)
{
    const char *connection = http_head_get(head, "connection");
    const char *expect = http_head_get(head, "expect");
    const char *upgrade = http_head_get(head, "upgrade");
    const size_t hosts = count_fields(head, "host");

    if (hosts > 1 || (hosts == 0 && head->minor == 1))
        return 400;
    head->keep_alive = head->minor == 1;
    if (connection != NULL) {
        if (http_list_has(connection, "keep-alive"))
            head->keep_alive = true;
        if (http_list_has(connection, "close"))
            head->keep_alive = false;
        head->upgrades = upgrade != NULL && head->minor == 1 &&
                         http_list_has(connection, "upgrade") &&
                         str_equal_nocase(upgrade, "websocket");
    }
    head->expects_continue =
        head->minor == 1 && expect != NULL && str_equal_nocase(expect, "100-continue");
    return 0;
}

int http_head_parse(char *text, size_t len, struct http_head *head)
{
    char *line = text;
    int rc = 0;

    *head = (struct http_head){0};
    if (len < 4 || memchr(text, '\0', len) != NULL)
        return 400;
    text[len - 2] = '\0'; /* the empty line; every other line ends with CR LF */
    for (bool first = true; rc == 0 && *line != '\0'; first = false) {
        char *end = strstr(line, "\r\n");
        if (end == NULL)
            return 400;
        *end = '\0';
        rc = first ? parse_request_line(line, head) : parse_field(line, head);
        line = end + 2;
    }
    if (rc == 0 && head->method == NULL)
        rc = 400;
    if (rc == 0)
        rc = parse_framing(head);
    if (rc == 0)
        rc = parse_connection(head);
    return rc;
}

const char *http_head_get(const struct http_head *head, const char *name)
{
    for (size_t i = 0; i < head->count; i++)
        if (strcmp(head->fields[i].name, name) == 0)
            return head->fields[i].value;
    return NULL;
}

bool http_list_has(const char *list, const char *token)
{
    const size_t len = strlen(token);

    while (*list != '\0') {
        list += strspn(list, " \t,");
        const size_t n = strcspn(list, ",");
        const struct slice item = str_trim(list, n);
        if (item.len == len && strncasecmp(item.ptr, token, len) == 0)
            return true;
        list += n;
    }
    return false;
}

enum chunk_state {
    CHUNK_START, /* before the first digit of a size */
    CHUNK_SIZE,  /* among its digits */
    CHUNK_EXT,   /* in what may follow the size up to CR */
    CHUNK_LF,    /* after the CR of the size's line */
    CHUNK_DATA,
    CHUNK_DATA_CR,
    CHUNK_DATA_LF,
    CHUNK_TRAILER, /* at the start of a trailer line */
    CHUNK_TRAILER_LINE,
    CHUNK_TRAILER_LF,
    CHUNK_END_LF,
};

#define CHUNK_LINE_MAX 4096

/* One byte outside of the data. The next state, or -1 when the byte must not be there. */
static int chunk_step(struct http_chunks *c, char ch)
{
    const int digit = hex_digit(ch);

    if (++c->line > CHUNK_LINE_MAX)
        return -1;
    switch ((enum chunk_state)c->state) {
    case CHUNK_START:
    case CHUNK_SIZE:
        if (digit >= 0) {
            if (c->left > (UINT64_MAX >> 8))
                return -1;
            c->left = c->left * 16 + (uint64_t)digit;
            return CHUNK_SIZE;
        }
        if (c->state == CHUNK_START)
            return -1;
        return ch == '\r' ? CHUNK_LF : (ch == ';' || ch == ' ') ? CHUNK_EXT : -1;
    case CHUNK_EXT:
        return ch == '\r' ? CHUNK_LF : ch == '\n' ? -1 : CHUNK_EXT;
    case CHUNK_LF:
        return ch != '\n' ? -1 : c->left > 0 ? CHUNK_DATA : CHUNK_TRAILER;
    case CHUNK_DATA_CR:
        return ch == '\r' ? CHUNK_DATA_LF : -1;
    case CHUNK_DATA_LF:
        c->line = 0;
        return ch == '\n' ? CHUNK_START : -1;
    case CHUNK_TRAILER:
        return ch == '\r' ? CHUNK_END_LF : ch == '\n' ? -1 : CHUNK_TRAILER_LINE;
    case CHUNK_TRAILER_LINE:
        return ch == '\r' ? CHUNK_TRAILER_LF : ch == '\n' ? -1 : CHUNK_TRAILER_LINE;
    case CHUNK_TRAILER_LF:
        return ch == '\n' ? CHUNK_TRAILER : -1;
    case CHUNK_DATA:
    case CHUNK_END_LF:
        break;
    }
    return -1;
}

int http_chunks_feed(struct http_chunks *c, const char *in, size_t len, size_t *used,
                     struct buf *body)
{
    size_t i = 0;

    while (i < len) {
        if (c->state == CHUNK_DATA) {
            const size_t n = len - i < c->left ? len - i : (size_t)c->left;
            buf_append(body, in + i, n);
            i += n;
            c->left -= n;
            if (c->left == 0)
                c->state = CHUNK_DATA_CR;
        } else if (c->state == CHUNK_END_LF) {
            *used = i + 1;
            return in[i] == '\n' ? 1 : 400;
        } else {
            c->state = chunk_step(c, in[i++]);
            *used = i;
            if (c->state < 0)
                return 400;
            if (c->state == CHUNK_DATA && c->left > body->max - body->len)
                return 413;
        }
    }
    *used = i;
    return 0;
}
