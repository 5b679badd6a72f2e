#include "api/rest.h"

#include <string.h>

bool rest_match(const char *pattern, const char *path, struct slice params[REST_PARAMS_MAX])
{
    size_t count = 0;

    while (*pattern != '\0') {
        if (*pattern != '{') {
            if (*pattern++ != *path++)
                return false;
            continue;
        }
        const size_t len = strcspn(path, "/");
        if (len == 0 || count == REST_PARAMS_MAX)
            return false;
        params[count++] = (struct slice){path, len};
        path += len;
        pattern += strcspn(pattern, "}") + 1;
    }
    return *path == '\0';
}
