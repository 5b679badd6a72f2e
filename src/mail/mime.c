#include "mail/mime.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/str.h"

#define LINE_MAX_ 76 /* of a header's and of a quoted line, without its end */
#define WORD_MAX                                                                                   \
    39 /* bytes of text in one encoded word: 52 in base64, 64 with what is around it               \
        */

static bool is_alnum(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

static bool is_control(char c)
{
    return (unsigned char)c < ' ' || c == 0x7f;
}

/* --- addresses --- */

static bool is_local_part(const char *s, size_t len)
{
    if (len == 0 || len > 64 || s[0] == '.' || s[len - 1] == '.')
        return false;
    for (size_t i = 0; i < len; i++) {
        if (s[i] == '.' && s[i + 1] == '.')
            return false;
        if (!is_alnum(s[i]) && (s[i] == '\0' || strchr("!#$%&'*+-/=?^_`{|}~.", s[i]) == NULL))
            return false;
    }
    return true;
}

static bool is_domain(const char *s)
{
    if (s[0] == '\0')
        return false;
    while (*s != '\0') {
        const size_t len = strcspn(s, ".");

        if (len == 0 || len > 63 || s[0] == '-' || s[len - 1] == '-')
            return false;
        for (size_t i = 0; i < len; i++)
            if (!is_alnum(s[i]) && s[i] != '-')
                return false;
        s += len;
        if (*s == '.' && *++s == '\0')
            return false;
    }
    return true;
}

bool mime_is_address(const char *s)
{
    const char *at = strchr(s, '@');

    return at != NULL && strlen(s) <= 254 && is_local_part(s, (size_t)(at - s)) &&
           is_domain(at + 1);
}

/* --- headers --- */

static bool is_plain(const char *s)
{
    for (; *s != '\0'; s++)
        if (is_control(*s) || (unsigned char)*s > '~')
            return false;
    return true;
}

void mime_plain(struct buf *to, const char *name, const char *value)
{
    assert(is_plain(name) && is_plain(value));
    buf_printf(to, "%s: %s\r\n", name, value);
}

static void base64(struct buf *to, const char *bytes, size_t len)
{
    static const char letters[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    for (size_t i = 0; i < len; i += 3) {
        const size_t n = len - i < 3 ? len - i : 3;
        uint32_t v = (uint32_t)(unsigned char)bytes[i] << 16;

        if (n > 1)
            v |= (uint32_t)(unsigned char)bytes[i + 1] << 8;
        if (n > 2)
            v |= (uint32_t)(unsigned char)bytes[i + 2];
        buf_char(to, letters[v >> 18]);
        buf_char(to, letters[v >> 12 & 63]);
        buf_char(to, n > 1 ? letters[v >> 6 & 63] : '=');
        buf_char(to, n > 2 ? letters[v & 63] : '=');
    }
}

/* The whole text as encoded words, each on its line. Never mixed with plain ones: what is between
 * two encoded words is dropped by readers, and what is beside a plain one is not. */
static void encoded_words(struct buf *to, const char *text, size_t len)
{
    for (size_t at = 0; at < len;) {
        const size_t n =
            len - at <= WORD_MAX ? len - at : str_cut_utf8(text + at, len - at, WORD_MAX);
        char part[WORD_MAX];

        assert(n > 0);
        for (size_t i = 0; i < n; i++)
            part[i] = is_control(text[at + i]) ? ' ' : text[at + i];
        buf_str(to, at == 0 ? "=?utf-8?B?" : "\r\n =?utf-8?B?");
        base64(to, part, n);
        buf_str(to, "?=");
        at += n;
    }
}

/* Is it text that stands for itself: short, of printable ASCII, not looking like an encoded word?
 */
static bool is_simple(const char *name, const char *value)
{
    return is_plain(value) && strstr(value, "=?") == NULL &&
           strlen(name) + 2 + strlen(value) <= LINE_MAX_;
}

void mime_text(struct buf *to, const char *name, const char *value)
{
    buf_printf(to, "%s: ", name);
    if (is_simple(name, value))
        buf_str(to, value);
    else
        encoded_words(to, value, strlen(value));
    buf_str(to, "\r\n");
}

/* A phrase of letters, digits and spaces needs no quotes (RFC 5322, 3.2.3). */
static bool is_atoms(const char *s)
{
    for (; *s != '\0'; s++)
        if (!is_alnum(*s) && *s != ' ' && *s != '-' && *s != '_')
            return false;
    return true;
}

void mime_mailbox(struct buf *to, const char *name, const char *phrase, const char *address)
{
    assert(mime_is_address(address));
    buf_printf(to, "%s: ", name);
    if (phrase[0] == '\0') {
        buf_printf(to, "%s\r\n", address);
        return;
    }
    if (is_atoms(phrase) && is_simple(name, phrase))
        buf_str(to, phrase);
    else
        encoded_words(to, phrase, strlen(phrase));
    buf_printf(to, "\r\n <%s>\r\n", address);
}

void mime_date(struct buf *to, int64_t now_ms)
{
    static const char days[] = "SunMonTueWedThuFriSat";
    static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
    const time_t seconds = (time_t)(now_ms / 1000);
    struct tm tm;

    if (gmtime_r(&seconds, &tm) == NULL)
        return;
    buf_printf(to, "Date: %.3s, %02d %.3s %d %02d:%02d:%02d +0000\r\n", days + 3 * tm.tm_wday,
               tm.tm_mday, months + 3 * tm.tm_mon, tm.tm_year + 1900, tm.tm_hour, tm.tm_min,
               tm.tm_sec);
}

/* --- the body --- */

void mime_quoted(struct buf *to, const char *text, size_t len)
{
    size_t column = 0;

    for (size_t i = 0; i < len; i++) {
        const char c = text[i];
        const bool ends = i + 1 == len || text[i + 1] == '\n';
        const bool plain = (c > ' ' && c <= '~' && c != '=') || (c == ' ' && !ends);
        const size_t room = plain ? 1 : 3;

        if (c == '\n') {
            buf_str(to, "\r\n");
            column = 0;
            continue;
        }
        if (column + room > LINE_MAX_ - 1) {
            buf_str(to, "=\r\n");
            column = 0;
        }
        if (plain)
            buf_char(to, c);
        else
            buf_printf(to, "=%02X", (unsigned)(unsigned char)c);
        column += room;
    }
    if (column > 0)
        buf_str(to, "\r\n");
}
