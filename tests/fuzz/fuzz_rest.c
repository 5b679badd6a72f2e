/* What the REST routes read besides JSON: the address against patterns, a query's value, a code, a
 * colour, a password, the address of a webhook, a key, who is named. The first byte chooses the
 * pattern; the rest is the text. */
#include <string.h>

#include "api/rest.h"
#include "base/str.h"
#include "base/totp.h"
#include "chat/account.h"
#include "chat/audit.h"
#include "chat/event.h"
#include "chat/key.h"
#include "chat/mention.h"
#include "fuzz/fuzz.h"

static const char *const patterns[] = {
    "/v1/staff", "/v1/staff/{id}", "/v1/staff/{id}/reset", "/v1/{kind}/x/{id}", "/{a}/{b}/{c}",
};

static void check_match(const char *pattern, const char *path)
{
    struct slice p[REST_PARAMS_MAX] = {{NULL, 0}};

    if (!rest_match(pattern, path, p))
        return;
    for (size_t i = 0; i < REST_PARAMS_MAX; i++) {
        if (p[i].ptr == NULL)
            continue;
        MUST(p[i].len > 0 && p[i].ptr >= path && p[i].ptr + p[i].len <= path + strlen(path));
        MUST(memchr(p[i].ptr, '/', p[i].len) == NULL);
    }
    MUST(strchr(pattern, '{') != NULL || strcmp(pattern, path) == 0);
}

static void check_unescape(const char *from)
{
    char *text = strdup(from);

    MUST(text != NULL);
    if (str_unescape(text) == 0)
        MUST(strlen(text) <= strlen(from) && str_is_utf8(text, strlen(text)));
    free(text);
}

static void check_webhook(const char *url)
{
    const size_t host = strcspn(url, ":") + 3;

    if (event_url_wrong(url, true) != NULL) {
        MUST(event_url_wrong(url, false) != NULL);
        return;
    }
    MUST(str_has_prefix(url, "https://") || str_has_prefix(url, "http://"));
    MUST(strpbrk(url, " #\r\n\t") == NULL && strcspn(url + host, "/?") > 0);
    MUST(memchr(url + host, '@', strcspn(url + host, "/?")) == NULL);
}

static void check_mention(const char *body)
{
    static const char *const names[] = {"Ada Lovelace", "Ada", "", "Bo", "Bo Derek", "Zo\xc3\xab"};
    bool hit[COUNT_OF(names)];

    mention_find(body, names, COUNT_OF(names), hit);
    MUST(!hit[2]);
    for (size_t i = 0; i < COUNT_OF(names); i++)
        MUST(!hit[i] || strchr(body, '@') != NULL);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct secret *secret;
    char *text = calloc(1, size + 1);
    int64_t step = -1;

    MUST(text != NULL);
    if (size > 1)
        memcpy(text, data + 1, size - 1);
    if (secret == NULL)
        secret = secret_new("12345678901234567890", 20);
    check_match(patterns[size == 0 ? 0 : data[0] % COUNT_OF(patterns)], text);
    check_unescape(text);
    check_webhook(text);
    check_mention(text);
    MUST(!key_is_whole(text) || strlen(text) == KEY_LEN);
    if (account_password_wrong(text, "a@b.example", "Ann") == NULL)
        MUST(strlen(text) >= ACCOUNT_PASSWORD_MIN && strlen(text) <= ACCOUNT_PASSWORD_MAX);
    MUST(!account_is_color(text) || strlen(text) == 0 || strlen(text) == 7);
    MUST(!audit_is_word(text) || strlen(text) < 20);
    if (totp_check(secret, text, 1234567890000, 0, &step) == 0)
        MUST(strlen(text) == 6 && step > 0);
    free(text);
    return 0;
}
