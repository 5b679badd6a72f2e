/* The desk: life, credentials, the test. */
#include "psa/desk.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "psa/desk_private.h"

/* ---- life ---- */

struct desk *desk_new(const struct desk_settings *settings)
{
    struct desk *d = calloc(1, sizeof(*d));

    if (d == NULL)
        abort();
    d->set = *settings;
    if (settings->origin_override != NULL)
        (void)!str_copy(d->origin, sizeof(d->origin), settings->origin_override);
    return d;
}

static void forget(struct desk_kept *k)
{
    secret_free(k->token);
    *k = (struct desk_kept){.id = ""};
}

static void act_free(struct desk_act *a)
{
    struct desk *d = a->desk;

    *a->link = a->next;
    if (a->next != NULL)
        a->next->link = a->link;
    store_cancel(d->set.store, &a->op);
    env_timer_cancel(d->set.env, &a->timer);
    if (a->connector != NULL) {
        psa_cancel(a->connector, &a->call);
        a->connector->ops->free(a->connector);
    }
    if (a->is_test)
        d->testing--;
    secret_free(a->token);
    free(a);
}

void desk_free(struct desk *d)
{
    if (d == NULL)
        return;
    while (d->acts != NULL) {
        assert(d->acts->done == NULL);
        act_free(d->acts);
    }
    for (size_t i = 0; i < DESK_KEPT_MAX; i++)
        forget(&d->kept[i]);
    free(d);
}

struct desk_act *desk_act_new(struct desk *d, desk_fn *done, void *arg)
{
    struct desk_act *a = calloc(1, sizeof(*a));

    if (a == NULL)
        abort();
    a->desk = d;
    a->done = done;
    a->arg = arg;
    a->next = d->acts;
    a->link = &d->acts;
    if (d->acts != NULL)
        d->acts->link = &a->next;
    d->acts = a;
    return a;
}

void desk_act_end(struct desk_act *a, const struct desk_answer *answer)
{
    if (a->done != NULL)
        a->done(answer, a->arg);
    act_free(a);
}

void desk_cancel(struct desk *d, struct desk_act **act)
{
    struct desk_act *a = *act;

    (void)d;
    *act = NULL;
    if (a == NULL)
        return;
    a->done = NULL;
    if (!a->is_write)
        act_free(a);
}

/* ---- answers ---- */

static void set_answer(struct desk_act *a, enum desk_result result, const char *code,
                       const char *field, const char *text)
{
    (void)!str_copy(a->text, sizeof(a->text), text);
    a->answer =
        (struct desk_answer){.result = result, .code = code, .field = field, .text = a->text};
}

void desk_act_fail(struct desk_act *a, enum desk_result result, const char *code, const char *field,
                   const char *text)
{
    set_answer(a, result, code, field, text);
    desk_act_end(a, &a->answer);
}

void desk_act_busy(struct desk_act *a)
{
    desk_act_fail(a, DESK_BUSY, "busy", NULL, "The server cannot do this now: try again");
}

static void on_refused(void *arg)
{
    struct desk_act *a = arg;

    a->timer = NULL;
    desk_act_end(a, &a->answer);
}

struct desk_act *desk_act_refuse(struct desk_act *a, enum desk_result result, const char *code,
                                 const char *field, const char *text)
{
    set_answer(a, result, code, field, text);
    a->is_write = false; /* nothing was begun */
    a->timer = env_timer_start(a->desk->set.env, 0, on_refused, a);
    return a;
}

/* ---- credentials ---- */

const char *desk_origin(struct desk *d, const struct psa_account *account)
{
    return d->origin[0] != '\0' ? d->origin : account->origin;
}

enum desk_result desk_understand(struct desk *d, const char *kind, const char *text,
                                 struct psa_account *to, struct err *err)
{
    const struct psa_kind *k = psa_kind_find(kind);

    if (k == NULL)
        return DESK_NOT_FOUND;
    if (k->understand(text, to, err) != 0)
        return DESK_BAD;
    if (d->origin[0] != '\0')
        (void)!str_copy(to->origin, sizeof(to->origin), d->origin);
    return DESK_OK;
}

bool desk_act_account(struct desk_act *a, const char *kind, const char *account)
{
    struct err err = {""};

    a->kind = psa_kind_find(kind);
    if (a->kind == NULL) {
        desk_act_refuse(a, DESK_NOT_FOUND, "no_kind", NULL, "There is no such PSA");
        return false;
    }
    if (a->kind->understand(account, &a->account, &err) != 0) {
        desk_act_refuse(a, DESK_BAD, "bad_account", "account", err.text);
        return false;
    }
    return true;
}

bool desk_act_token(struct desk_act *a, const char *token)
{
    struct err err = {""};

    if (token == NULL)
        return true;
    const struct slice text = str_trim(token, strlen(token));
    if (text.len == 0)
        return true;
    if (psa_token_check(text, &err) == 0) {
        a->token = secret_new(text.ptr, text.len);
        return true;
    }
    desk_act_refuse(a, DESK_BAD, "bad_token", "token", err.text);
    return false;
}

static void on_stored(enum store_result result, const union store_out *out, void *arg)
{
    struct desk_act *a = arg;

    a->op = NULL;
    if (result != STORE_OK && result != STORE_NOT_FOUND) {
        desk_act_busy(a);
        return;
    }
    const struct store_connector *c = result == STORE_OK ? &out->connector : NULL;
    const bool any = a->account.account[0] == '\0';
    if (c == NULL || strcmp(c->kind, a->kind->kind) != 0) {
        if (any)
            desk_act_fail(a, DESK_NOT_FOUND, "no_connector", NULL, "No connector is set");
        else
            desk_act_fail(a, DESK_BAD, "no_token", "token", "Enter the API key");
        return;
    }
    if (!any && strcmp(c->account, a->account.account) != 0) {
        desk_act_fail(a, DESK_BAD, "no_token", "token",
                      "Enter the API key: the one that is stored is of another account");
        return;
    }
    a->token = secret_open(a->desk->set.seal_key, c->sealed_token, a->kind->seal_context);
    if (a->token == NULL || a->kind->understand(c->account, &a->account, NULL) != 0) {
        desk_act_fail(a, DESK_BAD, "no_token", "token",
                      "Enter the API key again: what is stored does not open with this server's "
                      "key");
        return;
    }
    a->save.worked = c->worked;
    a->go(a);
}

void desk_act_stored(struct desk_act *a)
{
    a->op = store_connector_get(a->desk->set.store, on_stored, a);
}

void desk_act_connect(struct desk_act *a)
{
    struct desk *d = a->desk;
    const struct psa_settings settings = {.env = d->set.env,
                                          .http = d->set.http,
                                          .gate = outbox_gate(d->set.outbox, a->kind),
                                          .meter = outbox_meter(d->set.outbox, a->kind),
                                          .account = a->account.account,
                                          .origin = d->origin[0] != '\0' ? d->origin : NULL,
                                          .status = "",
                                          .priority = "",
                                          .problem_type = ""};
    const char *token = secret_reveal(a->token);
    struct secret *copy = secret_new(token, secret_len(a->token)); /* the connector's own */

    a->connector = a->kind->make(&settings, copy);
    assert(a->connector != NULL); /* the account was understood */
}

/* ---- tests that are remembered ---- */

struct desk_kept *desk_kept_find(struct desk *d, const char *id)
{
    const int64_t now = env_mono_ms(d->set.env);

    for (size_t i = 0; i < DESK_KEPT_MAX; i++) {
        struct desk_kept *k = &d->kept[i];
        if (k->id[0] != '\0' && k->until_ms <= now)
            forget(k);
        if (k->id[0] != '\0' && strlen(id) == DESK_TEST_ID_LEN &&
            secret_same(k->id, id, DESK_TEST_ID_LEN))
            return k;
    }
    return NULL;
}

/* In a free place, or that of the oldest. */
static const struct desk_kept *keep(struct desk_act *a, bool good)
{
    struct desk *d = a->desk;
    struct desk_kept *k = &d->kept[0];

    (void)desk_kept_find(d, "");
    for (size_t i = 1; i < DESK_KEPT_MAX && k->id[0] != '\0'; i++)
        if (d->kept[i].id[0] == '\0' || d->kept[i].until_ms < k->until_ms)
            k = &d->kept[i];
    forget(k);
    secret_random_text(k->id, DESK_TEST_ID_LEN);
    k->kind = a->kind;
    k->account = a->account;
    k->token = a->token;
    k->good = good;
    k->until_ms = env_mono_ms(d->set.env) + DESK_KEPT_MS;
    a->token = NULL;
    return k;
}

/* ---- the test ---- */

static void on_step(size_t step, enum psa_step_state state, const char *text, void *arg)
{
    struct desk_act *a = arg;

    if (!a->begun)
        a->test.begun(a->kind, a->arg);
    a->begun = true;
    a->test.step(step, state, text, a->arg);
}

static void on_checked(const struct psa_result *result, void *arg)
{
    struct desk_act *a = arg;
    const struct desk_kept *k;

    a->call = NULL;
    k = keep(a, result->found);
    a->answer = (struct desk_answer){
        .result = DESK_OK, .test = k->id, .account = k->account.account, .good = k->good};
    desk_act_end(a, &a->answer);
}

static void check(struct desk_act *a)
{
    desk_act_connect(a);
    a->call = a->connector->ops->check(a->connector, a->save.worked, on_step, on_checked, a);
}

struct desk_act *desk_test(struct desk *d, const struct desk_test *in, desk_fn *done, void *arg)
{
    struct desk_act *a = desk_act_new(d, done, arg);

    a->test = *in;
    a->go = check;
    if (d->testing >= DESK_TESTS_MAX)
        return desk_act_refuse(a, DESK_BUSY, "busy", NULL,
                               "Other tests are under way: wait until they are over");
    a->is_test = true;
    d->testing++;
    if (!desk_act_account(a, in->kind, in->account) || !desk_act_token(a, in->token))
        return a;
    if (a->token == NULL)
        desk_act_stored(a);
    else
        check(a);
    return a;
}
