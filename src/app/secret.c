/* A secret from a file. */
#include <stdio.h>
#include <string.h>

#include "app/app.h"
#include "base/secret.h"
#include "base/str.h"

static bool is_plain(const struct slice *s)
{
    for (size_t i = 0; i < s->len; i++)
        if (s->ptr[i] <= ' ' || s->ptr[i] > '~')
            return false;
    return true;
}

struct secret *app_secret(const char *path, struct err *err)
{
    char bytes[SECRET_MAX + 1];
    FILE *f = strcmp(path, "-") == 0 ? stdin : fopen(path, "r");

    if (f == NULL) {
        err_set(err, "cannot read %s", path);
        return NULL;
    }
    const size_t len = fread(bytes, 1, sizeof(bytes), f);
    if (f != stdin)
        fclose(f);
    const struct slice text = str_trim(bytes, len);
    struct secret *s = NULL;
    if (len == sizeof(bytes) || text.len == 0)
        err_set(err, "the secret is %s: %s", text.len == 0 ? "empty" : "too long", path);
    else if (!is_plain(&text))
        err_set(err, "the secret has white space or other characters that none has in it: %s",
                path);
    else
        s = secret_new(text.ptr, text.len);
    secret_wipe(bytes, sizeof(bytes));
    return s;
}
