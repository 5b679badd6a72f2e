/* The cookie of staff's sessions. */
#include <stdio.h>
#include <string.h>

#include "api/api_private.h"
#include "base/secret.h"
#include "chat/text.h"

/* __Host-: browsers take it only with Secure, Path=/ and without Domain, so that no neighbouring
 * host can set it. They count http://127.0.0.1 and localhost as secure. */
#define NAME "__Host-parley"

bool cookie_hash(const struct http_exchange *x, uint8_t hash[STORE_HASH_SIZE])
{
    const char *p = http_header(x, "cookie");
    const size_t name_len = strlen(NAME);
    char token[CHAT_TOKEN_LEN + 1];
    bool good;

    while (p != NULL) {
        p += strspn(p, " ;");
        if (strncmp(p, NAME "=", name_len + 1) == 0) {
            const size_t len = strcspn(p + name_len + 1, "; ");

            if (len != CHAT_TOKEN_LEN)
                return false;
            memcpy(token, p + name_len + 1, len);
            token[len] = '\0';
            good = text_is_token(token);
            secret_hash(token, CHAT_TOKEN_LEN, hash);
            secret_wipe(token, sizeof(token));
            return good;
        }
        p = strchr(p, ';');
    }
    return false;
}

char *cookie_set(const char *token, int64_t life_ms)
{
    char text[160];

    (void)snprintf(text, sizeof(text),
                   NAME "=%s; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=%lld", token,
                   (long long)(life_ms / 1000));
    char *copy = api_strdup(text);
    secret_wipe(text, sizeof(text));
    return copy;
}
