/* What a page's token and an administrator's key may hold. The first byte chooses: a whole token,
 * claims that are signed here, a public key. */
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <string.h>

#include "api/identity.h"
#include "fuzz/fuzz.h"

#define SECRET "0123456789abcdef0123456789abcdef"
#define NOW_MS INT64_C(1700000000000)
#define HEADER "eyJhbGciOiJIUzI1NiJ9."

static struct jose_shared *keys(void)
{
    static struct jose_shared *s;

    if (s == NULL) {
        s = jose_shared_new(JOSE_HS256);
        MUST(jose_shared_add(s, SECRET, 32) == 0);
    }
    return s;
}

static void check_token(const char *token)
{
    struct identity who;
    size_t which;

    if (identity_read(keys(), "site", token, NOW_MS, &who, &which, NULL) == 0)
        MUST(which == 0 && who.subject[0] != '\0' && strchr(who.email, '@') != NULL);
    else
        MUST(who.subject[0] == '\0' && who.email[0] == '\0');
}

/* Without the padding, and with - and _. */
static void add_base64url(char *to, const void *bytes, size_t len)
{
    char *text = to + strlen(to);

    text[EVP_EncodeBlock((unsigned char *)text, bytes, (int)len)] = '\0';
    for (; *text != '\0' && *text != '='; text++) {
        if (*text == '+')
            *text = '-';
        else if (*text == '/')
            *text = '_';
    }
    *text = '\0';
}

static void check_claims(const uint8_t *claims, size_t len)
{
    char token[IDENTITY_TOKEN_MAX * 2] = HEADER;
    unsigned char mac[32];
    unsigned mac_len = sizeof(mac);

    if (len > 2900)
        return;
    add_base64url(token, claims, len);
    HMAC(EVP_sha256(), SECRET, 32, (const unsigned char *)token, strlen(token), mac, &mac_len);
    token[strlen(token) + 1] = '\0';
    token[strlen(token)] = '.';
    add_base64url(token, mac, mac_len);
    check_token(token);
}

static void check_key(const char *text, size_t len)
{
    char jwk[JOSE_PUBLIC_SIZE];
    enum jose_algorithm alg;

    if (jose_public_read(text, len, jwk, &alg, NULL) < 0)
        return;
    MUST(alg == JOSE_ES256 || alg == JOSE_RS256);
    struct jose_shared *s = jose_shared_new(alg);
    MUST(jose_shared_add(s, jwk, strlen(jwk)) == 0);
    jose_shared_free(s);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const size_t len = size == 0 ? 0 : size - 1;
    char *text = calloc(1, len + 1);

    MUST(text != NULL);
    if (len > 0)
        memcpy(text, data + 1, len);
    switch (size == 0 ? 0 : data[0]) {
    case 'c':
        check_claims((const uint8_t *)text, len);
        break;
    case 'k':
        check_key(text, len);
        break;
    default:
        check_token(text);
        break;
    }
    free(text);
    return 0;
}
