#include "base/idn.h"

#include <idn2.h>
#include <string.h>

#include "base/str.h"

#define LABEL_MAX 63

static bool is_ldh(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
}

/* Letters, digits, hyphens and dots; with `wide` also what is not ASCII. libidn2 would drop the
 * others, or take them for something else. */
static bool has_good_letters(const char *name, bool wide)
{
    for (const char *p = name; *p != '\0'; p++)
        if (!is_ldh(*p) && *p != '.' && !(wide && (unsigned char)*p >= 0x80))
            return false;
    return true;
}

static bool is_ascii(const char *name)
{
    for (const char *p = name; *p != '\0'; p++)
        if ((unsigned char)*p >= 0x80)
            return false;
    return true;
}

static bool has_good_labels(const char *name)
{
    size_t count = 0;

    while (true) {
        const size_t len = strcspn(name, ".");

        if (len == 0 || len > LABEL_MAX || name[0] == '-' || name[len - 1] == '-')
            return false;
        count++;
        if (name[len] == '\0')
            return count >= 2;
        name += len + 1;
    }
}

/* Some label is an A-label. */
static bool is_encoded(const char *name)
{
    for (const char *p = name; p != NULL; p = strchr(p, '.')) {
        p += *p == '.';
        if (strncmp(p, "xn--", 4) == 0)
            return true;
    }
    return false;
}

static int by_library(const char *name, char to[IDN_NAME_SIZE])
{
    char *found = NULL;
    int result = -1;

    if (idn2_to_ascii_8z(name, &found, IDN2_NONTRANSITIONAL | IDN2_NFC_INPUT) == IDN2_OK)
        result = str_copy(to, IDN_NAME_SIZE, found);
    idn2_free(found);
    return result;
}

int idn_to_ascii(const char *name, char to[IDN_NAME_SIZE])
{
    const size_t len = strlen(name);

    /* Letters of other scripts take fewer bytes there than here; four times is more than enough. */
    if (len == 0 || len > (size_t)4 * IDN_NAME_MAX || !str_is_utf8(name, len) ||
        !has_good_letters(name, true))
        return -1;
    if ((is_ascii(name) ? str_copy(to, IDN_NAME_SIZE, name) : by_library(name, to)) != 0)
        return -1;
    str_lower(to);
    const size_t used = strlen(to);
    if (used > 1 && to[used - 1] == '.')
        to[used - 1] = '\0';
    if (!has_good_letters(to, false) || !has_good_labels(to))
        return -1;
    if (is_encoded(to)) { /* it must be what its letters are written as */
        char again[IDN_NAME_SIZE], wide[4 * IDN_NAME_SIZE];

        if (idn_to_unicode(to, wide, sizeof(wide)) != 0 || by_library(wide, again) != 0 ||
            strcmp(again, to) != 0)
            return -1;
    }
    return 0;
}

int idn_to_unicode(const char *name, char *to, size_t size)
{
    char *found = NULL;
    int result = -1;

    if (idn2_to_unicode_8z8z(name, &found, 0) == IDN2_OK)
        result = str_copy(to, size, found);
    idn2_free(found);
    return result;
}
