#include "api/identity.h"

#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/str.h"
#include "chat/text.h"

/* A whole number, as JSON writes it. */
static int whole(const struct json *claims, const char *name, int64_t *value, struct err *err)
{
    const struct json *member = json_get(claims, name);

    if (json_kind(member) == JSON_KIND_INT && json_int(member, value) == 0 && *value >= 0 &&
        *value <= INT64_C(253402300799)) /* the end of the year 9999 */
        return 0;
    return err_set(err, "%s must be a whole number: seconds since 1970", name);
}

static int read_times(const struct json *claims, int64_t now_ms, struct err *err)
{
    const int64_t now = now_ms / 1000;
    int64_t issued, expires, begins = 0;

    if (whole(claims, "iat", &issued, err) < 0 || whole(claims, "exp", &expires, err) < 0 ||
        (json_get(claims, "nbf") != NULL && whole(claims, "nbf", &begins, err) < 0))
        return -1;
    if (expires <= issued || expires - issued > IDENTITY_LIFE_S)
        return err_set(err, "exp must be after iat, and at most %d minutes", IDENTITY_LIFE_S / 60);
    if (expires + IDENTITY_LEEWAY_S <= now)
        return err_set(err, "it has expired: make a new one each time it is asked for");
    if (issued - IDENTITY_LEEWAY_S > now || begins - IDENTITY_LEEWAY_S > now)
        return err_set(err, "it is of the future: is the clock of the page's server right?");
    return 0;
}

static bool is_subject(const char *text)
{
    const size_t len = text == NULL ? 0 : strnlen(text, IDENTITY_SUBJECT_MAX + 1);

    for (size_t i = 0; i < len; i++)
        if ((unsigned char)text[i] < 32 || text[i] == 127)
            return false;
    return len > 0 && len <= IDENTITY_SUBJECT_MAX;
}

static bool is_for(const struct json *aud, const char *site)
{
    bool found = false;

    if (json_kind(aud) != JSON_KIND_ARRAY)
        return str_equal(json_text(aud), site);
    for (size_t i = 0; !found && i < json_count(aud) && i < 16; i++)
        found = str_equal(json_text(json_at(aud, i)), site);
    return found;
}

static int read_who(const struct json *claims, const char *site, struct identity *to,
                    struct err *err)
{
    const char *subject = json_get_text(claims, "sub"), *email = json_get_text(claims, "email");
    const char *name = json_get_text(claims, "name");

    if (!is_subject(subject))
        return err_set(err, "sub must be a text of 1 to %d bytes", IDENTITY_SUBJECT_MAX);
    if (email == NULL || address_normalise(email, to->email) != ADDRESS_OK)
        return err_set(err, "email must be an email address");
    if (json_get(claims, "name") != NULL && name == NULL &&
        json_kind(json_get(claims, "name")) != JSON_KIND_NULL)
        return err_set(err, "name must be a text");
    if (name != NULL && name[0] != '\0' && text_name(name, to->name) != TEXT_OK)
        return err_set(err, "name must be a text of 1 to %d bytes", CHAT_NAME_MAX);
    if (json_get(claims, "aud") != NULL && !is_for(json_get(claims, "aud"), site))
        return err_set(err, "aud is not the key of this site");
    return str_copy(to->subject, sizeof(to->subject), subject);
}

int identity_read(const struct jose_shared *keys, const char *site, const char *token,
                  int64_t now_ms, struct identity *to, size_t *which, struct err *err)
{
    struct json_doc *doc = NULL;
    const struct json *claims;
    char *payload = NULL;
    size_t len;
    int code = -1;

    memset(to, 0, sizeof(*to));
    if (strnlen(token, IDENTITY_TOKEN_MAX + 1) > IDENTITY_TOKEN_MAX)
        return err_set(err, "it is longer than %d bytes", IDENTITY_TOKEN_MAX);
    if (jose_shared_verify(keys, token, &payload, &len, which, err) != JOSE_OK)
        return -1;
    doc = json_parse(payload, len, err);
    claims = json_root(doc);
    if (doc == NULL || json_kind(claims) != JSON_KIND_OBJECT)
        err_set(err, "its claims are no JSON object, or one is there twice");
    else if (read_times(claims, now_ms, err) == 0)
        code = read_who(claims, site, to, err);
    json_free(doc);
    free(payload);
    if (code < 0)
        memset(to, 0, sizeof(*to));
    return code;
}
