#include "base/str.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

int str_copy(char *dst, size_t size, const char *src)
{
    const size_t len = strlen(src);
    const size_t n = len < size ? len : size - 1;

    memcpy(dst, src, n);
    dst[n] = '\0';
    return n == len ? 0 : -1;
}

/* The length of the UTF-8 character at s, or 0 when there is none. */
static size_t utf8_char(const unsigned char *s, size_t len)
{
    const unsigned char c = s[0];

    if (c < 0x80)
        return c == 0 ? 0 : 1;
    const size_t n = c >= 0xf0 ? 4 : c >= 0xe0 ? 3 : 2;
    if (c < 0xc2 || c > 0xf4 || n > len)
        return 0;
    for (size_t i = 1; i < n; i++)
        if ((s[i] & 0xc0) != 0x80)
            return 0;
    if ((c == 0xe0 && s[1] < 0xa0) || (c == 0xed && s[1] > 0x9f) || (c == 0xf0 && s[1] < 0x90) ||
        (c == 0xf4 && s[1] > 0x8f))
        return 0;
    return n;
}

bool str_is_utf8(const char *s, size_t len)
{
    const unsigned char *p = (const unsigned char *)s;

    for (size_t i = 0, n; i < len; i += n) {
        n = utf8_char(p + i, len - i);
        if (n == 0)
            return false;
    }
    return true;
}

size_t str_cut_utf8(const char *s, size_t len, size_t max)
{
    size_t n = max;

    if (len <= max)
        return len;
    while (n > 0 && ((unsigned char)s[n] & 0xc0) == 0x80)
        n--;
    return n;
}

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

struct slice str_trim(const char *s, size_t len)
{
    while (len > 0 && is_space(s[0])) {
        s++;
        len--;
    }
    while (len > 0 && is_space(s[len - 1]))
        len--;
    return (struct slice){s, len};
}

void str_lower(char *s)
{
    for (; *s != '\0'; s++)
        if (*s >= 'A' && *s <= 'Z')
            *s = (char)(*s - 'A' + 'a');
}

bool str_equal(const char *a, const char *b)
{
    return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

bool str_equal_nocase(const char *a, const char *b)
{
    return a == NULL || b == NULL ? a == b : strcasecmp(a, b) == 0;
}

bool str_has_prefix(const char *s, const char *prefix)
{
    return strncmp(s, prefix, strlen(prefix)) == 0;
}

int str_to_int(const char *s, int64_t min, int64_t max, int64_t *value)
{
    char *end;

    if (*s != '-' && (*s < '0' || *s > '9'))
        return -1;
    errno = 0;
    const long long v = strtoll(s, &end, 10);
    if (errno != 0 || end == s || *end != '\0' || v < min || v > max)
        return -1;
    *value = v;
    return 0;
}

void str_hex(const void *bytes, size_t len, char *text)
{
    static const char digit[] = "0123456789abcdef";
    const unsigned char *p = bytes;

    for (size_t i = 0; i < len; i++) {
        text[2 * i] = digit[p[i] >> 4];
        text[2 * i + 1] = digit[p[i] & 15];
    }
    text[2 * len] = '\0';
}

static int nibble(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

int str_unhex(const char *text, void *bytes, size_t len)
{
    unsigned char *p = bytes;

    if (strlen(text) != 2 * len)
        return -1;
    for (size_t i = 0; i < len; i++) {
        const int hi = nibble(text[2 * i]), lo = nibble(text[2 * i + 1]);
        if (hi < 0 || lo < 0)
            return -1;
        p[i] = (unsigned char)(hi * 16 + lo);
    }
    return 0;
}

int str_unescape(char *s)
{
    const char *from = s;
    char *to = s, hex[3];
    unsigned char byte;

    while (*from != '\0') {
        if (*from != '%') {
            *to++ = *from == '+' ? ' ' : *from;
            from++;
            continue;
        }
        memcpy(hex, from + 1, strnlen(from + 1, 2));
        hex[strnlen(from + 1, 2)] = '\0';
        if (strlen(hex) != 2 || str_unhex(hex, &byte, 1) != 0 || byte == 0)
            return -1;
        *to++ = (char)byte;
        from += 3;
    }
    *to = '\0';
    return str_is_utf8(s, (size_t)(to - s)) ? 0 : -1;
}

bool str_is_email(const char *s)
{
    const size_t len = strlen(s);
    const char *at = strchr(s, '@');

    if (at == NULL || at == s || at[1] == '\0' || len > 254 || strchr(at + 1, '@') != NULL)
        return false;
    if (at[1] == '.' || s[len - 1] == '.' || strstr(at, "..") != NULL)
        return false;
    for (const char *p = s; *p != '\0'; p++)
        if ((unsigned char)*p <= ' ' || *p == 127 || strchr("<>,;\"()", *p) != NULL)
            return false;
    return str_is_utf8(s, len);
}
