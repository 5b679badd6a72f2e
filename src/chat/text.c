#include "chat/text.h"

#include "base/str.h"

#include <string.h>

/* One character of valid UTF-8 at *s; moves *s behind it. */
static uint32_t next_char(const char **s)
{
    const unsigned char *p = (const unsigned char *)*s;
    uint32_t c;
    int more;

    if (p[0] < 0x80) {
        *s += 1;
        return p[0];
    }
    more = p[0] >= 0xf0 ? 3 : p[0] >= 0xe0 ? 2 : 1;
    c = p[0] & (0x3fU >> more);
    for (int i = 1; i <= more; i++)
        c = c << 6 | (p[i] & 0x3fU);
    *s += 1 + more;
    return c;
}

static bool is_control(uint32_t c)
{
    return (c < 0x20 && c != '\n' && c != '\t') || (c >= 0x7f && c < 0xa0);
}

/* White space that a reader cannot tell from nothing, zero-width ones too. */
static bool is_blank(uint32_t c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == 0xa0 || c == 0x1680 ||
           (c >= 0x2000 && c <= 0x200b) || c == 0x2028 || c == 0x2029 || c == 0x202f ||
           c == 0x205f || c == 0x2060 || c == 0x3000 || c == 0xfeff;
}

/* Copies at most max bytes; `one_line` folds white space. The text must be valid UTF-8. */
static enum text_result clean(const char *s, size_t len, bool one_line, char *out, size_t max,
                              size_t *out_len)
{
    const char *end = s + len;
    size_t used = 0, kept = 0; /* kept: up to the last character that is not blank */
    bool begun = false, space = false;

    if (!str_is_utf8(s, len))
        return TEXT_NOT_UTF8;
    while (s < end) {
        const char *from = s;
        uint32_t c = next_char(&s);
        size_t size = (size_t)(s - from);

        if (c == '\r') {
            if (s < end && *s == '\n')
                continue;
            c = '\n';
        }
        if (is_control(c) || (!begun && is_blank(c)))
            continue;
        if (one_line && is_blank(c)) {
            space = true;
            continue;
        }
        if (used + size + (space ? 1 : 0) > max) {
            if (!is_blank(c))
                return TEXT_TOO_LONG;
            max = used; /* only more white space may follow, and is cut */
            continue;
        }
        begun = true;
        if (space)
            out[used++] = ' ';
        space = false;
        if (c < 0x80)
            out[used] = (char)c;
        else
            memcpy(out + used, from, size);
        used += size;
        if (!is_blank(c))
            kept = used;
    }
    out[kept] = '\0';
    *out_len = kept;
    return kept == 0 ? TEXT_EMPTY : TEXT_OK;
}

enum text_result text_body(const char *s, size_t len, char out[CHAT_BODY_MAX + 1], size_t *out_len)
{
    return clean(s, len, false, out, CHAT_BODY_MAX, out_len);
}

enum text_result text_name(const char *s, char out[CHAT_NAME_MAX + 1])
{
    size_t len;

    return clean(s, strlen(s), true, out, CHAT_NAME_MAX, &len);
}

enum text_result text_email(const char *s, char out[CHAT_EMAIL_MAX + 1])
{
    enum text_result result;
    size_t len;

    result = clean(s, strlen(s), true, out, CHAT_EMAIL_MAX, &len);
    if (result != TEXT_OK)
        return result;
    if (!str_is_email(out))
        return TEXT_BAD_EMAIL;
    str_lower(strrchr(out, '@'));
    return TEXT_OK;
}

static bool is_url_safe(const char *s, size_t min, size_t max)
{
    size_t n = 0;

    if (s == NULL)
        return false;
    for (; s[n] != '\0'; n++) {
        char c = s[n];

        if (n >= max)
            return false;
        if (!((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
              c == '_' || c == '-'))
            return false;
    }
    return n >= min;
}

bool text_is_client_id(const char *s)
{
    return is_url_safe(s, CHAT_CLIENT_ID_MIN, CHAT_CLIENT_ID_MAX);
}

bool text_is_tag(const char *s)
{
    const size_t len = strlen(s);

    if (len == 0 || len > CHAT_TAG_MAX || !str_is_utf8(s, len) || s[0] == ' ' || s[len - 1] == ' ')
        return false;
    for (size_t i = 0; i < len; i++)
        if ((unsigned char)s[i] < ' ' || s[i] == 0x7f || s[i] == ',')
            return false;
    return true;
}

void text_language(const char *tag, char out[TEXT_LANGUAGE_SIZE])
{
    size_t len = 0;

    while (len < TEXT_LANGUAGE_SIZE &&
           ((tag[len] >= 'a' && tag[len] <= 'z') || (tag[len] >= 'A' && tag[len] <= 'Z')))
        len++;
    if (len < 2 || len >= TEXT_LANGUAGE_SIZE || (tag[len] != '\0' && tag[len] != '-'))
        len = 0;
    for (size_t i = 0; i < len; i++)
        out[i] = (char)(tag[i] | 0x20);
    out[len] = '\0';
}

bool text_is_token(const char *s)
{
    return is_url_safe(s, CHAT_TOKEN_LEN, CHAT_TOKEN_LEN);
}

void text_subject(const char *body, char out[TEXT_SUBJECT_SIZE])
{
    static const char more[] = "\xe2\x80\xa6"; /* … */
    const char *s = body;
    size_t used = 0, chars = 0;
    size_t word = 0; /* bytes up to the end of the last whole word that leaves room for "…" */
    size_t hard = 0; /* bytes of the first CHAT_SUBJECT_MAX - 1 characters */

    while (*s != '\0' && *s != '\n' && chars < CHAT_SUBJECT_MAX) {
        const char *from = s;
        uint32_t c = next_char(&s);

        if (c == '\t')
            out[used++] = ' ';
        else {
            memcpy(out + used, from, (size_t)(s - from));
            used += (size_t)(s - from);
        }
        chars++;
        if (chars < CHAT_SUBJECT_MAX) {
            hard = used;
            if (!is_blank(c) && (is_blank((unsigned char)*s) || *s == '\0'))
                word = used;
        }
    }
    if (*s != '\0' && *s != '\n') {
        /* A word of more than half the line is cut in its middle. */
        used = word >= hard / 2 ? word : hard;
        memcpy(out + used, more, sizeof(more) - 1);
        used += sizeof(more) - 1;
    }
    out[used] = '\0';
    while (used > 0 && out[used - 1] == ' ')
        out[--used] = '\0';
    if (used == 0)
        memcpy(out, "Chat", 5);
}
