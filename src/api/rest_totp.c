/* One's own second step: begin, confirm with a first code, turn off. */
#include "api/rest_private.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/qr.h"
#include "base/secret.h"
#include "base/totp.h"

#define BEGUN_MS    (10 * 60 * INT64_C(1000))
#define BEGUN_TRIES 10

static void context_of(const struct id *staff, char context[48])
{
    char id[ID_TEXT_SIZE];

    id_format(staff, id);
    snprintf(context, 48, "totp/%s", id);
}

struct secret *rest_totp_open(struct rest *r, const struct id *staff, const char *sealed)
{
    char context[48];

    context_of(staff, context);
    return secret_open(r->api->set.key, sealed, context);
}

/* --- begin --- */

static void put_escaped(struct buf *to, const char *text)
{
    for (; *text != '\0'; text++) {
        if (isalnum((unsigned char)*text) || strchr("-._@", *text) != NULL)
            buf_char(to, *text);
        else
            buf_printf(to, "%%%02X", (unsigned char)*text);
    }
}

/* The form that authenticator apps read. */
static void write_uri(struct rest *r, const char *secret, struct buf *uri)
{
    const char *brand = r->api->brand_name[0] != '\0' ? r->api->brand_name : "Parley";

    buf_str(uri, "otpauth://totp/");
    put_escaped(uri, brand);
    buf_char(uri, ':');
    put_escaped(uri, r->me.email);
    buf_printf(uri, "?secret=%s&issuer=", secret);
    put_escaped(uri, brand);
}

static void write_qr(struct jw *w, const char *text)
{
    struct qr *q = qr_new(text);
    const int size = q == NULL ? 0 : qr_size(q);
    char row[178]; /* the largest code has 177 dots on a side */

    jw_array(w, "qr");
    for (int y = 0; y < size && size < (int)sizeof(row); y++) {
        for (int x = 0; x < size; x++)
            row[x] = qr_is_dark(q, y, x) ? '1' : '0';
        jw_textn(w, NULL, row, (size_t)size);
    }
    jw_array_end(w);
    qr_free(q);
    secret_wipe(row, sizeof(row));
}

static void begin(struct rest *r, const char *hash, bool totp)
{
    char text[TOTP_TEXT_SIZE];
    struct pending *p;
    struct buf uri;
    struct jw *w;

    (void)hash;
    if (totp) {
        rest_error(r, 409, "totp_is_on", NULL, "the second step is on: turn it off first");
        return;
    }
    p = pending_put(r->api->pendings, PENDING_TOTP, r->cookie, BEGUN_MS);
    p->staff = r->me.staff;
    p->secret = totp_new();
    totp_text(p->secret, text);
    buf_init(&uri, 2048);
    write_uri(r, text, &uri);
    w = rest_begin(r);
    jw_text(w, "secret", text);
    jw_text(w, "uri", uri.ptr);
    write_qr(w, uri.ptr);
    secret_wipe(uri.ptr, uri.len);
    buf_free(&uri);
    secret_wipe(text, sizeof(text));
    rest_done(r, 200);
}

void rest_totp_begin(struct rest *r)
{
    rest_prove(r, "password", begin);
}

/* --- confirm --- */

struct codes {
    char text[STORE_RECOVERY_MAX][REST_RECOVERY_SIZE];
};

static void wipe_codes(void *state)
{
    secret_wipe(state, sizeof(struct codes));
}

static void confirmed(enum store_result result, const union store_out *out, void *arg)
{
    struct rest *r = arg;
    const struct codes *codes = r->state;
    struct pending *p = pending_find(r->api->pendings, PENDING_TOTP, r->cookie);
    struct jw *w;

    (void)out;
    r->op = NULL;
    if (result != STORE_OK) {
        rest_error_busy(r);
        return;
    }
    if (p != NULL)
        pending_drop(r->api->pendings, p);
    w = rest_begin(r);
    jw_array(w, "recovery");
    for (size_t i = 0; i < STORE_RECOVERY_MAX; i++)
        jw_text(w, NULL, codes->text[i]);
    jw_array_end(w);
    rest_done(r, 200);
}

void rest_totp_confirm(struct rest *r)
{
    const char *code = rest_text(r, "code", 10, false);
    struct store_totp_set in = {.recovery_count = STORE_RECOVERY_MAX};
    struct codes *codes;
    struct pending *p;
    char context[48];

    if (code == NULL)
        return;
    in.staff = r->me.staff;
    in.audit = rest_audit(r, AUDIT_TOTP_ON, r->me.email);
    p = pending_find(r->api->pendings, PENDING_TOTP, r->cookie);
    if (p == NULL || p->tries++ >= BEGUN_TRIES) {
        rest_error(r, 409, "not_begun", NULL, "this took too long: begin again");
        return;
    }
    if (totp_check(p->secret, code, env_now_ms(r->api->set.env), 0, &in.step) < 0) {
        rest_error(r, 400, "wrong_code", "code",
                   "this code is wrong: type the one that your app shows now, and look whether its "
                   "clock is right");
        return;
    }
    codes = rest_state(r, sizeof(*codes), wipe_codes);
    for (size_t i = 0; i < STORE_RECOVERY_MAX; i++)
        rest_recovery_new(&r->me.staff, codes->text[i], in.recovery[i]);
    context_of(&r->me.staff, context);
    char *sealed = secret_seal(r->api->set.key, p->secret, context);
    in.totp = sealed;
    r->op = store_totp_set(r->api->set.store, &in, confirmed, r);
    free(sealed);
}

/* --- off --- */

static void is_off(enum store_result result, const union store_out *out, void *arg)
{
    struct rest *r = arg;

    (void)out;
    r->op = NULL;
    if (result == STORE_OK)
        rest_empty(r);
    else
        rest_error_busy(r);
}

static void turn_off(struct rest *r, const char *hash, bool totp)
{
    const struct store_totp_set in = {
        .staff = r->me.staff, .totp = "", .audit = rest_audit(r, AUDIT_TOTP_OFF, r->me.email)};

    (void)hash;
    if (totp)
        r->op = store_totp_set(r->api->set.store, &in, is_off, r);
    else
        rest_empty(r);
}

void rest_totp_off(struct rest *r)
{
    rest_prove(r, "password", turn_off);
}
