/* The cookies of staff: of a session, and of the way to a provider of OpenID Connect and back. */
#include <stdio.h>
#include <string.h>

#include "api/api_private.h"
#include "base/secret.h"
#include "chat/text.h"

/* __Host-: browsers take it only with Secure, Path=/ and without Domain, so that no neighbouring
 * host can set it. They count http://127.0.0.1 and localhost as secure. */
#define NAME      "__Host-parley"
#define NAME_OIDC "__Host-parley_oidc"

/* The token in the cookie of this name. */
static bool find(const struct http_exchange *x, const char *name, char token[CHAT_TOKEN_LEN + 1])
{
    const char *p = http_header(x, "cookie");
    const size_t name_len = strlen(name);

    while (p != NULL) {
        p += strspn(p, " ;");
        if (strncmp(p, name, name_len) == 0 && p[name_len] == '=') {
            const size_t len = strcspn(p + name_len + 1, "; ");

            if (len != CHAT_TOKEN_LEN)
                return false;
            memcpy(token, p + name_len + 1, len);
            token[len] = '\0';
            return text_is_token(token);
        }
        p = strchr(p, ';');
    }
    return false;
}

bool cookie_hash(const struct http_exchange *x, uint8_t hash[STORE_HASH_SIZE])
{
    char token[CHAT_TOKEN_LEN + 1];
    const bool good = find(x, NAME, token);

    if (good) {
        secret_hash(token, CHAT_TOKEN_LEN, hash);
        secret_wipe(token, sizeof(token));
    }
    return good;
}

bool cookie_oidc(const struct http_exchange *x, char token[CHAT_TOKEN_LEN + 1])
{
    return find(x, NAME_OIDC, token);
}

/* Lax, because it must come along when the provider sends the browser back. */
char *cookie_oidc_set(const char *token, int64_t life_ms)
{
    char text[160];

    (void)snprintf(text, sizeof(text),
                   NAME_OIDC "=%s; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=%lld", token,
                   (long long)(life_ms / 1000));
    char *copy = api_strdup(text);
    secret_wipe(text, sizeof(text));
    return copy;
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
