/* The second step of signing in: a code of the authenticator app, or a recovery code. */
#include "api/rest_private.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "base/secret.h"
#include "base/totp.h"

#define SECOND_MS    (5 * 60 * INT64_C(1000))
#define SECOND_TRIES 10 /* for one right password */
#define CODE_MAX     40 /* bytes, with the dashes and spaces that people type */

static const char letters[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"; /* Crockford's base32 */

/* --- recovery codes --- */

static void hash_code(const struct id *staff, const char *letters12, uint8_t hash[STORE_HASH_SIZE])
{
    char text[sizeof(staff->bytes) + REST_RECOVERY_LETTERS];

    memcpy(text, staff->bytes, sizeof(staff->bytes));
    memcpy(text + sizeof(staff->bytes), letters12, REST_RECOVERY_LETTERS);
    secret_hash(text, sizeof(text), hash);
    secret_wipe(text, sizeof(text));
}

void rest_recovery_new(const struct id *staff, char code[REST_RECOVERY_SIZE],
                       uint8_t hash[STORE_HASH_SIZE])
{
    char text[REST_RECOVERY_LETTERS];

    secret_random(text, sizeof(text));
    for (size_t i = 0; i < sizeof(text); i++)
        text[i] = letters[(unsigned char)text[i] & 31];
    hash_code(staff, text, hash);
    snprintf(code, REST_RECOVERY_SIZE, "%.4s-%.4s-%.4s", text, text + 4, text + 8);
    secret_wipe(text, sizeof(text));
}

/* As people type it: any case, with or without dashes; I and L are 1, O is 0. False: it is none. */
static bool read_code(const char *typed, char text[REST_RECOVERY_LETTERS])
{
    size_t n = 0;

    for (; *typed != '\0'; typed++) {
        char c = (char)toupper((unsigned char)*typed);

        if (c == '-' || c == ' ')
            continue;
        c = c == 'I' || c == 'L' ? '1' : c == 'O' ? '0' : c;
        if (n == REST_RECOVERY_LETTERS || strchr(letters, c) == NULL)
            return false;
        text[n++] = c;
    }
    return n == REST_RECOVERY_LETTERS;
}

/* --- begin --- */

void rest_ask_second(struct rest *r, const struct store_staff *staff, const char *email)
{
    char token[CHAT_TOKEN_LEN + 1];
    uint8_t key[STORE_HASH_SIZE];
    struct pending *p;

    secret_random_text(token, CHAT_TOKEN_LEN);
    secret_hash(token, CHAT_TOKEN_LEN, key);
    p = pending_put(r->api->pendings, PENDING_SECOND, key, SECOND_MS);
    p->staff = staff->id;
    p->email = api_strdup(email);
    p->text = api_strdup(staff->password);
    jw_text(rest_begin(r), "second", token);
    rest_done(r, 200);
    secret_wipe(token, sizeof(token));
}

/* --- end --- */

struct second {
    uint8_t key[STORE_HASH_SIZE];
    const char *code, *email, *password; /* password: what was checked before */
    struct id staff;
};

static void is_over(struct rest *r)
{
    rest_error(r, 401, "second_over", NULL, "this took too long: sign in again");
}

static void is_wrong(struct rest *r)
{
    rest_clear_cookie(r);
    rest_error(r, 401, "wrong_code", "code",
               "this code is wrong or was used before: type the one that your app shows now");
}

static void entered(enum store_result result, const union store_out *out, void *arg)
{
    struct rest *r = arg;
    const struct second *s = r->state;
    struct pending *p = pending_find(r->api->pendings, PENDING_SECOND, s->key);

    r->op = NULL;
    if (result == STORE_CONFLICT) {
        guard_bad(r, s->email, is_wrong);
    } else if (result == STORE_NOT_FOUND) {
        rest_clear_cookie(r);
        is_over(r);
    } else if (result != STORE_OK) {
        rest_clear_cookie(r);
        rest_error_busy(r);
    } else {
        if (p != NULL)
            pending_drop(r->api->pendings, p);
        guard_good(r->api, s->email, r->address, true);
        rest_signed_in(r, &out->session);
    }
}

/* The step that the code proves; 0: it is wrong. */
static int64_t step_of(struct rest *r, const struct second *s, const struct store_staff *staff)
{
    struct secret *secret = rest_totp_open(r, &staff->id, staff->totp);
    int64_t step = 0;

    if (secret == NULL ||
        totp_check(secret, s->code, env_now_ms(r->api->set.env), staff->totp_step, &step) < 0)
        step = 0;
    secret_free(secret);
    return step;
}

static void found(enum store_result result, const union store_out *out, void *arg)
{
    struct rest *r = arg;
    const struct second *s = r->state;
    char text[REST_RECOVERY_LETTERS];
    struct store_sign_in in = {.staff = s->staff,
                               .password = s->password,
                               .audit = rest_audit(r, AUDIT_SIGN_IN, s->email),
                               .used = rest_audit(r, AUDIT_RECOVERY_USED, s->email)};

    r->op = NULL;
    if (result != STORE_OK || out->staff.totp[0] == '\0') {
        if (result == STORE_OK || result == STORE_NOT_FOUND)
            is_over(r);
        else
            rest_error_busy(r);
        return;
    }
    in.use_recovery = read_code(s->code, text);
    if (in.use_recovery)
        hash_code(&s->staff, text, in.recovery);
    else
        in.totp_step = step_of(r, s, &out->staff);
    secret_wipe(text, sizeof(text));
    if (!in.use_recovery && in.totp_step == 0) {
        guard_bad(r, s->email, is_wrong);
        return;
    }
    in.audit.actor = in.used.actor = s->email;
    in.audit.detail = in.use_recovery ? "recovery code" : "second step";
    in.session = rest_new_session(r);
    r->op = store_sign_in(r->api->set.store, &in, entered, r);
}

void rest_sign_in_second(struct rest *r)
{
    const char *token = rest_token(r, "second");
    const char *code = token == NULL ? NULL : rest_text(r, "code", CODE_MAX, false);
    uint8_t key[STORE_HASH_SIZE];
    struct pending *p;
    struct second *s;

    if (code == NULL)
        return;
    secret_hash(token, CHAT_TOKEN_LEN, key);
    p = pending_find(r->api->pendings, PENDING_SECOND, key);
    if (p == NULL || p->tries >= SECOND_TRIES) {
        is_over(r);
        return;
    }
    if (!guard_try(r, p->email))
        return;
    p->tries++;
    s = rest_state(r, sizeof(*s), NULL);
    memcpy(s->key, key, sizeof(key));
    s->code = code;
    s->staff = p->staff;
    s->email = arena_strdup(r->arena, p->email);
    s->password = arena_strdup(r->arena, p->text);
    r->op = store_staff_get(r->api->set.store, &(struct store_staff_key){.id = p->staff}, found, r);
}
