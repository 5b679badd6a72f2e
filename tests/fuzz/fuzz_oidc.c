/* What a provider of OpenID Connect and a browser send. The first byte chooses what the rest is: a
 * discovery document, keys, a token, its claims, an answer with tokens, about a user, a query, an
 * address. */
#include <string.h>

#include "api/oidc_private.h"
#include "base/str.h"
#include "fuzz/fuzz.h"

#define ISSUER "https://id.example"
#define NOW_MS INT64_C(1700000000000)

/* Of RFC 7515, A.2 and A.3. */
static const char known_keys[] =
    "{\"keys\":[{\"kty\":\"RSA\",\"kid\":\"r\",\"n\":\"ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_"
    "wWJcyQoTbji9"
    "k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2j"
    "Z47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMT"
    "BQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9g"
    "b54h4FRWyuXpoQ\",\"e\":\"AQAB\"},{\"kty\":\"EC\",\"kid\":\"e\",\"crv\":\"P-256\",\"x\":"
    "\"f83OJ3D"
    "2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU\",\"y\":\"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0\"}]"
    "}";

static void check_metadata(const char *text, size_t len)
{
    struct oidc_metadata m;
    const char *const urls[] = {m.authorization, m.token, m.keys};

    if (oidc_read_metadata(text, len, ISSUER, &m, NULL) < 0)
        return;
    for (size_t i = 0; i < COUNT_OF(urls); i++)
        MUST(str_has_prefix(urls[i], "https://") && strlen(urls[i]) <= OIDC_TEXT_MAX);
    MUST(m.userinfo[0] == '\0' || str_has_prefix(m.userinfo, "https://"));
}

static void check_keys(const char *text, size_t len)
{
    struct jose_keys *keys = jose_keys_parse(text, len, NULL);

    MUST(keys == NULL || (jose_keys_count(keys) > 0 && jose_keys_count(keys) <= JOSE_KEYS_MAX));
    jose_keys_free(keys);
}

static void check_token(const char *text)
{
    static struct jose_keys *keys;
    char *payload;
    size_t len;

    if (keys == NULL)
        keys = jose_keys_parse(known_keys, sizeof(known_keys) - 1, NULL);
    MUST(keys != NULL && jose_keys_count(keys) == 2);
    if (jose_verify(keys, text, &payload, &len, NULL) == JOSE_OK) {
        MUST(payload != NULL && strlen(payload) <= len && len < JOSE_TOKEN_MAX);
        free(payload);
    } else {
        MUST(payload == NULL);
    }
}

static void check_claims(const char *text, size_t len)
{
    struct oidc_claims c;

    if (oidc_read_claims(text, len, ISSUER, "parley", "nonce", NOW_MS, &c, NULL) < 0)
        return;
    MUST(c.subject[0] != '\0' && strlen(c.subject) <= OIDC_SUBJECT_MAX);
    MUST(c.email[0] == '\0' ? !c.email_verified : str_is_email(c.email));
}

static void check_tokens(const char *text, size_t len)
{
    struct oidc_tokens t;

    if (oidc_read_tokens(text, len, &t, NULL) == 0)
        MUST(strlen(t.id_token) <= JOSE_TOKEN_MAX);
    else
        MUST(t.access == NULL);
    secret_free(t.access);
}

static void check_userinfo(const char *text, size_t len)
{
    struct oidc_claims c = {.subject = "ann"};

    if (oidc_read_userinfo(text, len, &c, NULL) == 0)
        MUST(strcmp(c.subject, "ann") == 0 && (c.email[0] != '\0' || !c.email_verified));
    else
        MUST(c.email[0] == '\0');
}

static void check_query(const char *text)
{
    static struct oidc_back back;

    if (oidc_read_back(text, &back) == 0)
        MUST(strlen(back.code) <= strlen(text) && strlen(back.state) <= OIDC_COOKIE_LEN &&
             strpbrk(back.error, "<>&\"' ") == NULL);
}

static void check_url(const char *text)
{
    struct buf b;

    MUST(!oidc_is_url(text, true) || oidc_is_url(text, false));
    if (oidc_is_url(text, false))
        MUST(strpbrk(text, " \"<>\\#\r\n\t") == NULL && strlen(text) <= OIDC_TEXT_MAX &&
             (str_has_prefix(text, "https://") || oidc_is_loopback(text)));
    buf_init(&b, 4096);
    oidc_escape(&b, text);
    MUST(!buf_ok(&b) || b.len == 0 || strpbrk(b.ptr, "&=+# ") == NULL);
    buf_free(&b);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const size_t len = size == 0 ? 0 : size - 1;
    char *text = calloc(1, len + 1);

    MUST(text != NULL);
    if (len > 0)
        memcpy(text, data + 1, len);
    switch (size == 0 ? 0 : data[0]) {
    case 'd':
        check_metadata(text, len);
        break;
    case 'k':
        check_keys(text, len);
        break;
    case 't':
        check_token(text);
        break;
    case 'c':
        check_claims(text, len);
        break;
    case 'a':
        check_tokens(text, len);
        break;
    case 'u':
        check_userinfo(text, len);
        break;
    case 'q':
        check_query(text);
        break;
    default:
        check_url(text);
        break;
    }
    free(text);
    return 0;
}
