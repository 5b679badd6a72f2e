/* Text: lengths, UTF-8, trimming, comparing. */
#ifndef PARLEY_STR_H
#define PARLEY_STR_H

#include "base/base.h"

/* Copy src into dst of the given size, always with a NUL. 0, or -1 when it was cut off. */
int str_copy(char *dst, size_t size, const char *src) WARN_UNUSED;
/* True for well-formed UTF-8 (RFC 3629) without NUL. */
bool str_is_utf8(const char *s, size_t len);
/* The largest n <= max at which s can be cut without splitting a UTF-8 character. */
size_t str_cut_utf8(const char *s, size_t len, size_t max);
/* The text without white space at both ends. */
struct slice str_trim(const char *s, size_t len);
/* ASCII letters to lower case, in place. */
void str_lower(char *s);
bool str_equal(const char *a, const char *b); /* NULL equals only NULL */
bool str_equal_nocase(const char *a, const char *b);
bool str_has_prefix(const char *s, const char *prefix);
/* A decimal number of [min, max] that fills the whole text. 0, or -1. */
int str_to_int(const char *s, int64_t min, int64_t max, int64_t *value) WARN_UNUSED;
/* Lower-case hexadecimal of len bytes; text has room for 2 * len + 1. */
void str_hex(const void *bytes, size_t len, char *text);
/* The reverse; exactly len bytes. 0, or -1. */
int str_unhex(const char *text, void *bytes, size_t len) WARN_UNUSED;
/* Undo the escapes of a query's value in place: %XX and +. 0, or -1 when one is wrong or the result
 * is not UTF-8 without NUL. */
int str_unescape(char *s) WARN_UNUSED;
/* True for "local@domain" with one @, both sides non-empty, a dot-free-ended domain, no white
 * space or control characters and at most 254 bytes (RFC 5321, 4.5.3.1.3). Does not prove that
 * the address exists. */
bool str_is_email(const char *s);

#endif
