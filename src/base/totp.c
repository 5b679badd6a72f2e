#include "base/totp.h"

#include <liboath/oath.h>
#include <stdlib.h>
#include <string.h>

#define SECRET_BYTES 20
#define STEP_S       30
#define DIGITS       6

struct secret *totp_new(void)
{
    char bytes[SECRET_BYTES];

    secret_random(bytes, sizeof(bytes));
    struct secret *s = secret_new(bytes, sizeof(bytes));
    secret_wipe(bytes, sizeof(bytes));
    if (s == NULL)
        abort();
    return s;
}

void totp_text(const struct secret *s, char text[TOTP_TEXT_SIZE])
{
    char *out = NULL;
    size_t len = 0;

    if (oath_base32_encode(secret_reveal(s), secret_len(s), &out, &len) != OATH_OK ||
        len >= TOTP_TEXT_SIZE)
        abort(); /* out of memory; 20 bytes always fit */
    memcpy(text, out, len);
    text[len] = '\0';
    secret_wipe(out, len);
    free(out);
}

int totp_check(const struct secret *s, const char *code, int64_t now_ms, int64_t after_step,
               int64_t *step)
{
    const int64_t now = now_ms / 1000 / STEP_S;
    char right[DIGITS + 1];
    int found = -1;

    if (strlen(code) != DIGITS)
        return -1;
    for (int64_t n = now - 1; n <= now + 1; n++) {
        if (n <= after_step ||
            oath_totp_generate(secret_reveal(s), secret_len(s), (time_t)(n * STEP_S), STEP_S, 0,
                               DIGITS, right) != OATH_OK)
            continue;
        if (found < 0 && secret_same(right, code, DIGITS)) {
            *step = n;
            found = 0;
        }
    }
    secret_wipe(right, sizeof(right));
    return found;
}
