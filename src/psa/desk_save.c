/* The desk: what changes the connector. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "psa/desk_private.h"

#define PAUSED                                                                                     \
    "Sending is paused by an administrator. What waits is sent when it is resumed under "          \
    "Connectors"
#define REMOVED                                                                                    \
    "The connector was removed by an administrator. What waits is sent when one is set again "     \
    "under Connectors"

/* ---- how it is now ---- */

static void on_row(enum store_result result, const union store_out *out, void *arg)
{
    struct desk_act *a = arg;
    struct psa_account account = {{0}, {0}};

    a->op = NULL;
    if (result != STORE_OK && result != STORE_NOT_FOUND) {
        desk_act_busy(a);
        return;
    }
    a->answer.result = DESK_OK;
    if (result == STORE_OK) {
        a->answer.connector = &out->connector;
        if (a->kind->understand(out->connector.account, &account, NULL) == 0)
            a->answer.origin = desk_origin(a->desk, &account);
    }
    desk_act_end(a, &a->answer);
}

/* Committed: the outbox takes it up, and the answer shows it. */
static void changed(struct desk_act *a)
{
    outbox_reload(a->desk->set.outbox);
    a->op = store_connector_get(a->desk->set.store, on_row, a);
}

/* ---- save ---- */

static void on_saved(enum store_result result, const union store_out *out, void *arg)
{
    struct desk_act *a = arg;

    (void)out;
    a->op = NULL;
    if (result == STORE_OK)
        changed(a);
    else if (result == STORE_CONFLICT)
        desk_act_fail(a, DESK_BAD, "no_token", "token",
                      "Enter the API key: none is stored for this account");
    else
        desk_act_busy(a);
}

/* The last four characters; none of a token that is hardly longer. */
static void token_end(const struct secret *token, char end[5])
{
    const size_t len = secret_len(token);

    end[0] = '\0';
    if (len >= 12)
        memcpy(end, secret_reveal(token) + len - 4, 5);
}

static bool is_tested(struct desk_act *a, const char *test)
{
    const struct desk_kept *k = test == NULL ? NULL : desk_kept_find(a->desk, test);

    return k != NULL && k->good && k->kind == a->kind &&
           strcmp(k->account.account, a->account.account) == 0 &&
           secret_len(k->token) == secret_len(a->token) &&
           secret_same(secret_reveal(k->token), secret_reveal(a->token), secret_len(a->token));
}

static void copy_values(struct desk_act *a, const struct desk_save *in)
{
    struct saved *s = &a->saved;

    (void)!str_copy(s->fallback_name, sizeof(s->fallback_name),
                    in->fallback_name != NULL ? in->fallback_name : "");
    (void)!str_copy(s->status, sizeof(s->status), in->status != NULL ? in->status : "");
    (void)!str_copy(s->priority, sizeof(s->priority), in->priority != NULL ? in->priority : "");
    (void)!str_copy(s->problem_type, sizeof(s->problem_type),
                    in->problem_type != NULL ? in->problem_type : "");
    a->save = (struct store_connector){.kind = a->kind->kind,
                                       .account = a->account.account,
                                       .fallback_customer = in->fallback_customer,
                                       .fallback_name = s->fallback_name,
                                       .status = s->status,
                                       .priority = s->priority,
                                       .problem_type = s->problem_type,
                                       .changed_ms = env_now_ms(a->desk->set.env)};
}

struct desk_act *desk_save(struct desk *d, const struct desk_save *in, desk_fn *done, void *arg)
{
    struct desk_act *a = desk_act_new(d, done, arg);
    char end[5] = "", *sealed = NULL;

    if (!desk_act_account(a, in->kind, in->account) || !desk_act_token(a, in->token))
        return a;
    /* A token that is there already was tested or insisted on when it came. */
    if (a->token != NULL && !in->insist && !is_tested(a, in->test))
        return desk_act_refuse(a, DESK_STATE, "not_tested", NULL,
                               "These credentials were not tested, or not all was well. Test them "
                               "again, or save them all the same");
    copy_values(a, in);
    a->save.audit = in->audit;
    a->save.audit.detail = a->text;
    if (a->token != NULL) {
        sealed = secret_seal(d->set.seal_key, a->token, a->kind->seal_context);
        token_end(a->token, end);
        a->save.sealed_token = sealed;
        a->save.token_end = end;
    }
    snprintf(a->text, sizeof(a->text), "account %s, %s%s%s", a->account.account,
             a->token == NULL ? "API key kept" : "API key that ends in ", end,
             a->token == NULL         ? ""
             : is_tested(a, in->test) ? ", tested"
                                      : ", insisted on");
    a->is_write = true;
    a->op = store_connector_set(d->set.store, &a->save, on_saved, a);
    free(sealed);
    secret_wipe(end, sizeof(end));
    return a;
}

/* ---- pause, resume, remove ---- */

static void on_switched(enum store_result result, const union store_out *out, void *arg)
{
    struct desk_act *a = arg;

    a->op = NULL;
    if (result == STORE_OK) {
        a->answer.changed = out->changed.changed;
        changed(a);
    } else if (result == STORE_NOT_FOUND) {
        desk_act_fail(a, DESK_NOT_FOUND, "no_connector", NULL, "No connector is set");
    } else {
        desk_act_busy(a);
    }
}

struct desk_act *desk_switch(struct desk *d, const char *kind, enum desk_switch to,
                             const struct store_audit *audit, desk_fn *done, void *arg)
{
    struct desk_act *a = desk_act_new(d, done, arg);
    const struct store_connector_pause in = {.kind = kind,
                                             .paused = to == DESK_PAUSE,
                                             .reason = to == DESK_REMOVE ? REMOVED : PAUSED,
                                             .now_ms = env_now_ms(d->set.env),
                                             .audit = *audit};

    a->kind = psa_kind_find(kind);
    if (a->kind == NULL)
        return desk_act_refuse(a, DESK_NOT_FOUND, "no_kind", NULL, "There is no such PSA");
    a->to = to;
    a->is_write = true;
    a->op = to == DESK_REMOVE ? store_connector_remove(d->set.store, &in, on_switched, a)
                              : store_connector_pause(d->set.store, &in, on_switched, a);
    return a;
}
