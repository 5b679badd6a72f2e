#include "chat/address.h"

#include <string.h>

#include "base/str.h"

/* RFC 5322's atext, and what is not ASCII (RFC 6531). */
static bool is_atext(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           (unsigned char)c >= 0x80 || strchr("!#$%&'*+-/=?^_`{|}~", c) != NULL;
}

static bool is_local(const char *s, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if (s[i] == '.' ? i == 0 || i == len - 1 || s[i - 1] == '.' : !is_atext(s[i]))
            return false;
    return len > 0;
}

enum address_result address_normalise(const char *text, char to[ADDRESS_SIZE])
{
    const struct slice s = str_trim(text, strlen(text));
    const char *at = memchr(s.ptr, '@', s.len);
    char domain[4 * IDN_NAME_SIZE], clean[IDN_NAME_SIZE];
    size_t local, rest;

    if (s.len == 0)
        return ADDRESS_EMPTY;
    if (at == NULL || !str_is_utf8(s.ptr, s.len))
        return ADDRESS_BAD;
    local = (size_t)(at - s.ptr);
    rest = s.len - local - 1;
    if (local > ADDRESS_LOCAL_MAX || rest >= sizeof(domain))
        return ADDRESS_TOO_LONG;
    if (!is_local(s.ptr, local))
        return ADDRESS_BAD;
    memcpy(domain, at + 1, rest);
    domain[rest] = '\0';
    if (idn_to_ascii(domain, clean) != 0)
        return rest > IDN_NAME_MAX ? ADDRESS_TOO_LONG : ADDRESS_BAD;
    if (local + 1 + strlen(clean) > CHAT_EMAIL_MAX)
        return ADDRESS_TOO_LONG;
    memcpy(to, s.ptr, local + 1);
    memcpy(to + local + 1, clean, strlen(clean) + 1);
    str_lower(to);
    return ADDRESS_OK;
}

bool address_equal(const char *a, const char *b)
{
    char one[ADDRESS_SIZE], other[ADDRESS_SIZE];

    return a != NULL && b != NULL && address_normalise(a, one) == ADDRESS_OK &&
           address_normalise(b, other) == ADDRESS_OK && strcmp(one, other) == 0;
}

const char *address_domain(const char *address)
{
    const char *at = strchr(address, '@');

    return at == NULL ? "" : at + 1;
}

void address_display(const char *text, char to[4 * ADDRESS_SIZE])
{
    const char *domain = address_domain(text);
    const size_t local = (size_t)(domain - text);

    if (domain[0] != '\0' && local < ADDRESS_SIZE) {
        memcpy(to, text, local);
        if (idn_to_unicode(domain, to + local, 4 * (size_t)ADDRESS_SIZE - local) == 0)
            return;
    }
    (void)!str_copy(to, 4 * (size_t)ADDRESS_SIZE, text);
}

enum address_result address_normalise_domain(const char *text, char to[IDN_NAME_SIZE])
{
    const struct slice s = str_trim(text, strlen(text));
    const size_t skip = s.len > 0 && s.ptr[0] == '@';
    char domain[4 * IDN_NAME_SIZE];

    if (s.len == skip)
        return ADDRESS_EMPTY;
    if (s.len - skip >= sizeof(domain))
        return ADDRESS_TOO_LONG;
    memcpy(domain, s.ptr + skip, s.len - skip);
    domain[s.len - skip] = '\0';
    return idn_to_ascii(domain, to) == 0 ? ADDRESS_OK : ADDRESS_BAD;
}

bool address_is_anybodys(const char *domain)
{
    static const char *const all[] = {
        "126.com",     "163.com",        "aol.com",     "fastmail.com",   "free.fr",
        "gmail.com",   "gmx.at",         "gmx.ch",      "gmx.com",        "gmx.de",
        "gmx.net",     "googlemail.com", "hey.com",     "hotmail.com",    "hotmail.co.uk",
        "hotmail.fr",  "icloud.com",     "live.com",    "mac.com",        "mail.com",
        "mail.ru",     "me.com",         "msn.com",     "orange.fr",      "outlook.com",
        "outlook.de",  "outlook.fr",     "proton.me",   "protonmail.com", "qq.com",
        "t-online.de", "web.de",         "yahoo.co.uk", "yahoo.com",      "yahoo.de",
        "yahoo.fr",    "yandex.ru",      "ymail.com",   "zoho.com",
    };

    for (size_t i = 0; i < COUNT_OF(all); i++)
        if (strcmp(all[i], domain) == 0)
            return true;
    return false;
}
