/* Which account does a text mean? A subdomain is one DNS label of [a-z0-9-], at most 63 long, with
 * no hyphen at its ends (syncro-api.md, section 1); the host is always below syncromsp.com. */
#include <stdio.h>
#include <string.h>

#include "base/str.h"
#include "psa/syncro/syncro.h"

#define SUFFIX    ".syncromsp.com"
#define LABEL_MAX 63
#define LETTERS   "abcdefghijklmnopqrstuvwxyz0123456789-"

/* Why this is no subdomain; NULL when it is one. */
static const char *why_no_label(const char *s, size_t len)
{
    if (len == 0)
        return "The subdomain is missing: for https://yourcompany" SUFFIX " it is yourcompany";
    if (memchr(s, '.', len) != NULL)
        return "There can be only one name before " SUFFIX;
    if (memchr(s, '_', len) != NULL)
        return "A subdomain has no underscore: letters, digits and hyphens only";
    if (strspn(s, LETTERS) < len)
        return "A subdomain has only the letters a to z, digits and hyphens";
    if (s[0] == '-' || s[len - 1] == '-')
        return "A subdomain does not begin or end with a hyphen";
    if (len > LABEL_MAX)
        return "A subdomain has at most 63 characters";
    return NULL;
}

/* Why what stands between the scheme and the path is refused before its name is looked at. */
static const char *why_no_host(const char *s, size_t len)
{
    if (memchr(s, '@', len) != NULL)
        return "Leave out the user name before @: only the subdomain is wanted";
    if (memchr(s, ':', len) != NULL)
        return "Leave out the port after the colon: Parley speaks to Syncro at its own";
    return NULL;
}

/* "https://" and "http://" are passed over; NULL for another scheme. */
static const char *after_scheme(const char *s)
{
    const char *mark = strstr(s, "://");

    if (mark == NULL || strcspn(s, "/") < (size_t)(mark - s))
        return s;
    if (str_has_prefix(s, "https://") || str_has_prefix(s, "http://"))
        return mark + 3;
    return NULL;
}

/* The label within the host of an address; NULL with *why. */
static const char *find_label(const char *host, size_t *len, bool is_address, const char **why)
{
    const size_t suffix = strlen(SUFFIX);

    *why = why_no_host(host, *len);
    if (*why != NULL)
        return NULL;
    if (*len > suffix && strncmp(host + *len - suffix, SUFFIX, suffix) == 0)
        *len -= suffix;
    else if (*len == suffix - 1 && strncmp(host, SUFFIX + 1, *len) == 0)
        *len = 0;
    else if (is_address || memchr(host, '.', *len) != NULL)
        *why = "That is another host. Parley speaks to yourcompany" SUFFIX
               " only: enter the yourcompany of your own Syncro address";
    if (*why == NULL)
        *why = why_no_label(host, *len);
    return *why == NULL ? host : NULL;
}

int syncro_understand(const char *text, struct psa_account *to, struct err *err)
{
    const struct slice trimmed = str_trim(text, strlen(text));
    char room[PSA_TEXT_MAX + 1];
    const char *host, *label, *why;

    if (trimmed.len > PSA_TEXT_MAX)
        return err_set(err, "That is too long: enter only the subdomain");
    memcpy(room, trimmed.ptr, trimmed.len);
    room[trimmed.len] = '\0';
    if (room[0] == '\0')
        return err_set(err, "%s", why_no_label("", 0));
    str_lower(room);
    host = after_scheme(room);
    if (host == NULL)
        return err_set(err, "That is no web address: enter the subdomain, or the address that "
                            "begins with https://");
    size_t len = strcspn(host, "/?#");
    label = find_label(host, &len, host != room || host[len] != '\0', &why);
    if (label == NULL)
        return err_set(err, "%s", why);
    snprintf(to->account, sizeof(to->account), "%.*s", (int)len, label);
    snprintf(to->origin, sizeof(to->origin), "https://%s" SUFFIX, to->account);
    return 0;
}
