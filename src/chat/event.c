#include "chat/event.h"

#include <string.h>

#include "base/str.h"

static const char *const names[] = {
#define X(name) name,
    EVENT_NAMES(X)
#undef X
};

const char *event_name(size_t i)
{
    return i < COUNT_OF(names) ? names[i] : NULL;
}

bool event_is_name(const char *text)
{
    for (size_t i = 0; i < COUNT_OF(names); i++)
        if (str_equal(names[i], text))
            return true;
    return false;
}

const char *event_url_wrong(const char *url, bool may_be_http)
{
    const bool is_https = str_has_prefix(url, "https://");
    const char *host;

    if (!is_https && !(may_be_http && str_has_prefix(url, "http://")))
        return "an address begins with https://";
    host = url + (is_https ? 8 : 7);
    if (strchr(url, '#') != NULL)
        return "an address has no part behind #";
    if (strcspn(host, "/?") == 0 || host[0] == ':')
        return "this is no whole address";
    for (const char *p = url; *p != '\0'; p++)
        if (*p <= ' ' || *p > '~')
            return "an address has neither spaces nor letters beyond ASCII";
    if (memchr(host, '@', strcspn(host, "/?")) != NULL)
        return "an address names nobody before an @: the signature tells that it is us";
    return NULL;
}
