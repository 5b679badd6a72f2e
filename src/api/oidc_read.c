/* What the provider and the browser sent, read and checked. */
#include "api/oidc_private.h"

#include <string.h>

#include "base/json.h"
#include "base/str.h"

#define AUDIENCES_MAX 16

/* --- addresses --- */

static bool is_one_of(char c, const char *letters)
{
    return c != '\0' && strchr(letters, c) != NULL;
}

static bool is_alnum(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool oidc_is_loopback(const char *url)
{
    static const char *const hosts[] = {"http://127.0.0.1", "http://[::1]", "http://localhost"};

    for (size_t i = 0; i < COUNT_OF(hosts); i++) {
        const char after = str_has_prefix(url, hosts[i]) ? url[strlen(hosts[i])] : '?';

        if (after == ':' || after == '/' || after == '\0')
            return true;
    }
    return false;
}

bool oidc_is_url(const char *url, bool is_origin)
{
    const bool is_https = str_has_prefix(url, "https://");
    const char *p = url + (is_https ? strlen("https://") : strlen("http://"));
    int64_t port;

    if ((!is_https && !oidc_is_loopback(url)) || strlen(url) > OIDC_TEXT_MAX)
        return false;
    const char *host = p;
    while (is_alnum(*p) || is_one_of(*p, ".-") || (host[0] == '[' && is_one_of(*p, "[:]")))
        p++;
    if (p == host)
        return false;
    if (*p == ':') {
        const size_t digits = strspn(p + 1, "0123456789");
        char text[6] = "";

        if (digits >= sizeof(text))
            return false;
        memcpy(text, p + 1, digits);
        if (str_to_int(text, 1, 65535, &port) < 0)
            return false;
        p += 1 + digits;
    }
    if (*p != '\0' && (is_origin || (*p != '/' && *p != '?')))
        return false;
    for (; *p != '\0'; p++)
        if (!is_alnum(*p) && !is_one_of(*p, "-._~:/?[]@!$&'()*+,;=%"))
            return false;
    return true;
}

void oidc_escape(struct buf *to, const char *text)
{
    for (; *text != '\0'; text++)
        if (is_alnum(*text) || is_one_of(*text, "-._~"))
            buf_char(to, *text);
        else
            buf_printf(to, "%%%02X", (unsigned)(unsigned char)*text);
}

/* --- the discovery document --- */

static bool has_text(const struct json *list, const char *text)
{
    for (size_t i = 0; i < json_count(list); i++)
        if (str_equal(json_text(json_at(list, i)), text))
            return true;
    return false;
}

/* An https issuer has only https addresses: a code, a secret or a key must not go in clear. */
static int read_address(const struct json *root, const char *name, const char *issuer,
                        char to[OIDC_TEXT_MAX + 1], struct err *err)
{
    const char *url = json_get_text(root, name);

    if (url == NULL || !oidc_is_url(url, false) ||
        (oidc_is_loopback(url) && !oidc_is_loopback(issuer)))
        return err_set(err, "its %s is missing or no https address", name);
    return str_copy(to, OIDC_TEXT_MAX + 1, url);
}

static int read_methods(const struct json *root, struct oidc_metadata *m, struct err *err)
{
    const struct json *auth = json_get(root, "token_endpoint_auth_methods_supported");
    const struct json *algs = json_get(root, "id_token_signing_alg_values_supported");
    const struct json *types = json_get(root, "response_types_supported");

    if (types != NULL && !has_text(types, "code"))
        return err_set(err, "it does not offer the authorization code flow");
    if (algs != NULL && !has_text(algs, "RS256") && !has_text(algs, "ES256"))
        return err_set(err, "it signs neither with RS256 nor with ES256");
    m->post_only = auth != NULL && !has_text(auth, "client_secret_basic");
    m->sends_iss = json_get_bool(root, "authorization_response_iss_parameter_supported", false);
    return 0;
}

int oidc_read_metadata(const char *text, size_t len, const char *issuer, struct oidc_metadata *m,
                       struct err *err)
{
    struct json_doc *doc = json_parse(text, len, err);
    const struct json *root = json_root(doc);
    const char *theirs = json_get_text(root, "issuer");
    int code = -1;

    *m = (struct oidc_metadata){0};
    if (doc == NULL)
        return -1;
    if (!str_equal(theirs, issuer)) {
        err_set(err, "it is the issuer \"%.200s\", not \"%.200s\"", theirs ? theirs : "", issuer);
        goto out;
    }
    if (read_address(root, "authorization_endpoint", issuer, m->authorization, err) < 0 ||
        read_address(root, "token_endpoint", issuer, m->token, err) < 0 ||
        read_address(root, "jwks_uri", issuer, m->keys, err) < 0)
        goto out;
    if (json_get(root, "userinfo_endpoint") != NULL &&
        read_address(root, "userinfo_endpoint", issuer, m->userinfo, err) < 0)
        goto out;
    code = read_methods(root, m, err);
out:
    json_free(doc);
    return code;
}

/* --- what the browser brings back --- */

static int hex(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c = (char)(c | 32);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Printable ASCII only (RFC 6749, appendix A). */
static int unescape(const char *from, size_t len, char *to, size_t size)
{
    size_t n = 0;

    for (size_t i = 0; i < len; i++) {
        int c = from[i] == '+' ? ' ' : (unsigned char)from[i];

        if (c == '%') {
            const int high = i + 2 < len ? hex(from[i + 1]) : -1;
            const int low = i + 2 < len ? hex(from[i + 2]) : -1;

            c = high < 0 || low < 0 ? 0 : high * 16 + low;
            i += 2;
        }
        if (c < 32 || c > 126 || n + 1 >= size)
            return -1;
        to[n++] = (char)c;
    }
    to[n] = '\0';
    return 0;
}

int oidc_read_back(const char *query, struct oidc_back *back)
{
    *back = (struct oidc_back){0};
    const struct {
        const char *name;
        char *to;
        size_t size;
    } members[] = {
        {"state=", back->state, sizeof(back->state)},
        {"code=", back->code, sizeof(back->code)},
        {"error=", back->error, sizeof(back->error)},
        {"iss=", back->iss, sizeof(back->iss)},
    };

    while (*query != '\0') {
        const size_t len = strcspn(query, "&");

        for (size_t i = 0; i < COUNT_OF(members); i++) {
            const size_t name_len = strlen(members[i].name);

            if (len < name_len || memcmp(query, members[i].name, name_len) != 0)
                continue;
            if (members[i].to[0] != '\0' ||
                unescape(query + name_len, len - name_len, members[i].to, members[i].size) < 0)
                return -1;
        }
        query += len + (query[len] == '&');
    }
    for (const char *p = back->error; *p != '\0'; p++)
        if (!(*p >= 'a' && *p <= 'z') && *p != '_')
            return -1;
    return 0;
}

/* --- the token endpoint's answer --- */

int oidc_read_tokens(const char *text, size_t len, struct oidc_tokens *t, struct err *err)
{
    struct json_doc *doc = json_parse(text, len, err);
    const struct json *root = json_root(doc);
    const char *id_token = json_get_text(root, "id_token");
    const char *access = json_get_text(root, "access_token");
    int code = -1;

    t->id_token[0] = '\0';
    t->access = NULL;
    if (doc == NULL)
        return -1;
    if (id_token == NULL || str_copy(t->id_token, sizeof(t->id_token), id_token) < 0)
        err_set(err, "no ID token in it, or one longer than %d bytes", JOSE_TOKEN_MAX);
    else if (json_get(root, "token_type") != NULL &&
             !str_equal_nocase(json_get_text(root, "token_type"), "Bearer"))
        err_set(err, "its token is of an unknown type");
    else
        code = 0;
    /* One that is too long is of no use to us; only the userinfo endpoint would want it. */
    if (code == 0 && access != NULL && access[0] != '\0' &&
        access[strspn(access, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
                              "-._~+/=")] == '\0')
        t->access = secret_new(access, strlen(access));
    json_free(doc);
    return code;
}

/* --- claims --- */

/* Ours is among them; where there are several, or azp is there, azp is ours too. */
static bool is_for_us(const struct json *root, const char *client_id)
{
    const struct json *aud = json_get(root, "aud"), *azp = json_get(root, "azp");
    const bool several = json_kind(aud) == JSON_KIND_ARRAY && json_count(aud) > 1;

    if (json_count(aud) > AUDIENCES_MAX)
        return false;
    if (!str_equal(json_text(aud), client_id) && !has_text(aud, client_id))
        return false;
    return azp == NULL ? !several : str_equal(json_text(azp), client_id);
}

static int check_time(const struct json *root, int64_t now_ms, struct err *err)
{
    const int64_t now = now_ms / 1000;
    int64_t expires, issued, begins;

    if (json_get_int(root, "exp", &expires) < 0 || json_get_int(root, "iat", &issued) < 0)
        return err_set(err, "it does not say from when and until when it counts");
    if (expires < now - OIDC_LEEWAY_S)
        return err_set(err, "it has expired; do the clocks of both agree?");
    if (issued > now + OIDC_LEEWAY_S)
        return err_set(err, "it is of the future; do the clocks of both agree?");
    if (json_get(root, "nbf") != NULL &&
        (json_get_int(root, "nbf", &begins) < 0 || begins > now + OIDC_LEEWAY_S))
        return err_set(err, "it does not count yet; do the clocks of both agree?");
    return 0;
}

static bool is_subject(const char *s)
{
    const size_t len = s == NULL ? 0 : strnlen(s, OIDC_SUBJECT_MAX + 1);

    for (size_t i = 0; i < len; i++)
        if (s[i] < 32 || s[i] > 126)
            return false;
    return len > 0 && len <= OIDC_SUBJECT_MAX;
}

/* Some providers write true as text. */
static bool is_true(const struct json *v)
{
    bool value = false;

    return str_equal(json_text(v), "true") || (json_bool(v, &value) == 0 && value);
}

static void read_email(const struct json *root, struct oidc_claims *c)
{
    const char *email = json_get_text(root, "email");

    c->email[0] = '\0';
    c->email_verified = false;
    if (email == NULL || !str_is_email(email) || str_copy(c->email, sizeof(c->email), email) < 0)
        return;
    str_lower(c->email);
    c->email_verified = is_true(json_get(root, "email_verified"));
}

int oidc_read_claims(const char *text, size_t len, const char *issuer, const char *client_id,
                     const char *nonce, int64_t now_ms, struct oidc_claims *c, struct err *err)
{
    struct json_doc *doc = json_parse(text, len, err);
    const struct json *root = json_root(doc);
    int code = -1;

    *c = (struct oidc_claims){0};
    if (doc == NULL)
        return -1;
    if (!str_equal(json_get_text(root, "iss"), issuer))
        err_set(err, "it is of another issuer");
    else if (!is_for_us(root, client_id))
        err_set(err, "it is for another client");
    else if (!str_equal(json_get_text(root, "nonce"), nonce))
        err_set(err, "it is of another sign-in (nonce)");
    else if (!is_subject(json_get_text(root, "sub")))
        err_set(err, "it names nobody (sub)");
    else
        code = check_time(root, now_ms, err);
    if (code == 0) {
        code = str_copy(c->subject, sizeof(c->subject), json_get_text(root, "sub"));
        read_email(root, c);
    }
    json_free(doc);
    return code;
}

int oidc_read_userinfo(const char *text, size_t len, struct oidc_claims *c, struct err *err)
{
    struct json_doc *doc = json_parse(text, len, err);
    const struct json *root = json_root(doc);
    int code = -1;

    if (doc == NULL)
        return -1;
    if (str_equal(json_get_text(root, "sub"), c->subject)) {
        read_email(root, c);
        code = 0;
    } else {
        err_set(err, "it is about somebody else (sub)");
    }
    json_free(doc);
    return code;
}
