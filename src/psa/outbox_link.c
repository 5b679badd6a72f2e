/* The outbox's side of the connector: reading it from the store, holding what is not let in. */
#include <string.h>

#include "base/log.h"
#include "base/str.h"
#include "psa/outbox_private.h"

#define READ_SOON_MS    2000
#define READ_LATE_MS    10000
#define WAIT_FIRST_MS   15000
#define WAIT_MOST_MS    300000
#define QUIET_MS        45000 /* a token that was not let in for so long is tried */
#define OPTIONS_MS      3600000
#define OPTIONS_SOON_MS 60000

static void on_read_timer(void *arg);
static void on_probe_timer(void *arg);
static void on_options_timer(void *arg);

static void set_state(struct outbox *o, const char *state, const char *reason)
{
    if (strcmp(o->state, state) == 0 && strcmp(o->reason, reason) == 0)
        return;
    log_event(LOG_INFO, "outbox", "connector", LOG_S("was", o->state), LOG_S("is", state),
              LOG_S("reason", reason));
    (void)!str_copy(o->state, sizeof(o->state), state);
    (void)!str_copy(o->reason, sizeof(o->reason), reason);
    store_connector_state(o->set.store, o->kind, o->state, o->reason, NULL, NULL);
}

static int64_t grow(int64_t wait_ms)
{
    if (wait_ms == 0)
        return WAIT_FIRST_MS;
    return wait_ms < WAIT_MOST_MS / 2 ? wait_ms * 2 : WAIT_MOST_MS;
}

static void on_retried(enum store_result result, const union store_out *out, void *arg)
{
    struct outbox *o = arg;

    (void)out;
    o->retrying = NULL;
    if (result != STORE_OK)
        log_event(LOG_ERROR, "outbox", "retry", LOG_S("result", store_result_name(result)));
    outbox_look_in(o, 0);
}

/* What was parked or put off is due again: look once that is committed. */
static void retry_all(struct outbox *o)
{
    store_cancel(o->set.store, &o->retrying);
    o->retrying = store_outbox_retry_all(o->set.store, env_now_ms(o->set.env), on_retried, o);
}

static void mended(struct outbox *o)
{
    set_state(o, "ok", "");
    retry_all(o);
    if (o->sync != NULL)
        sync_mended(o->sync);
}

static void probe_in(struct outbox *o, int64_t ms)
{
    env_timer_cancel(o->set.env, &o->probe_timer);
    o->probe_timer = env_timer_start(o->set.env, ms, on_probe_timer, o);
}

/* The token was let in just now. */
static void heard(struct outbox *o)
{
    o->heard_ms = env_mono_ms(o->set.env);
}

static void on_probed(const struct psa_result *result, void *arg)
{
    struct outbox *o = arg;
    const bool was_held = o->held;

    o->probing = NULL;
    if (result->verdict.outcome == PSA_DONE) {
        o->held = false;
        o->probe_wait_ms = 0;
        heard(o);
        probe_in(o, QUIET_MS);
        if (o->suspect != 0) { /* the token is good: it is a right that is missing */
            o->kind_wait_ms = grow(o->kind_wait_ms);
            o->kind_until_ms[o->suspect] = env_mono_ms(o->set.env) + o->kind_wait_ms;
            o->suspect = 0;
            outbox_look_in(o, 0);
        } else if (was_held || o->state[0] == '\0') {
            mended(o);
        }
        return;
    }
    if (result->verdict.outcome == PSA_HOLD || result->verdict.outcome == PSA_REFUSED) {
        o->held = true;
        o->suspect = 0;
        set_state(o, "held", result->verdict.reason);
    } else if (!o->held) {
        probe_in(o, QUIET_MS); /* the PSA has trouble of its own; the calls will tell */
        return;
    }
    o->probe_wait_ms = grow(o->probe_wait_ms);
    probe_in(o, o->probe_wait_ms);
}

static void on_probe_timer(void *arg)
{
    struct outbox *o = arg;
    const int64_t quiet_ms = env_mono_ms(o->set.env) - o->heard_ms;

    o->probe_timer = NULL;
    if (!o->held && o->state[0] != '\0' && quiet_ms < QUIET_MS) { /* it is in use: no need */
        probe_in(o, QUIET_MS - quiet_ms);
        return;
    }
    if (o->connector != NULL && o->probing == NULL && !o->reload && !o->stopped)
        o->probing = o->connector->ops->probe(o->connector, on_probed, o);
}

void outbox_link_refused(struct outbox *o, enum store_outbox_kind kind, const char *reason)
{
    o->held = true; /* until the probe has told a bad token from a missing right */
    o->suspect = kind;
    set_state(o, "held", reason);
    if (o->probing == NULL)
        probe_in(o, 0);
}

void outbox_link_worked(struct outbox *o, enum store_outbox_kind kind)
{
    heard(o);
    if (o->state[0] == '\0')
        set_state(o, "ok", "");
    if (o->kind_until_ms[kind] == 0)
        return;
    o->kind_until_ms[kind] = 0;
    o->kind_wait_ms = 0;
    if (!o->held)
        mended(o);
}

/* ---- the account's lists ---- */

static void on_stored(enum store_result result, const union store_out *out, void *arg)
{
    struct outbox *o = arg;

    (void)out;
    o->storing = NULL;
    if (result == STORE_OK && o->set.options_changed != NULL)
        o->set.options_changed(o->set.arg);
}

static void on_options(const struct psa_result *result, void *arg)
{
    struct outbox *o = arg;
    const bool good = result->verdict.outcome == PSA_DONE && result->json != NULL;

    o->listing = NULL;
    if (good) {
        heard(o);
        const struct store_value value = {STORE_VALUE_OPTIONS, result->json,
                                          env_now_ms(o->set.env)};
        store_cancel(o->set.store, &o->storing);
        o->storing = store_value_put(o->set.store, &value, on_stored, o);
    }
    o->options_timer =
        env_timer_start(o->set.env, good ? OPTIONS_MS : OPTIONS_SOON_MS, on_options_timer, o);
}

static void on_options_timer(void *arg)
{
    struct outbox *o = arg;

    o->options_timer = NULL;
    if (o->connector != NULL && o->listing == NULL && !o->reload && !o->stopped)
        o->listing = o->connector->ops->options(o->connector, on_options, o);
}

/* ---- the way back ---- */

static int64_t used(void *arg)
{
    return gate_used(((struct outbox *)arg)->gate);
}

static enum sync_watch watch(void *arg)
{
    struct outbox *o = arg;

    return o->set.watch != NULL ? o->set.watch(o->set.arg) : SYNC_CLOSELY;
}

static void on_changed(const struct id *conversation, void *arg)
{
    struct outbox *o = arg;

    if (o->set.changed != NULL)
        o->set.changed(conversation, o->set.arg);
    outbox_look_in(o, 0);
}

static void on_edited(const struct id *conversation, const int64_t *seqs, size_t count, void *arg)
{
    struct outbox *o = arg;

    if (o->set.edited != NULL)
        o->set.edited(conversation, seqs, count, o->set.arg);
}

static void on_read(const struct id *conversation, bool good, void *arg)
{
    struct outbox *o = arg;

    if (o->set.read != NULL)
        o->set.read(conversation, good, o->set.arg);
}

static const char *reopen(void *arg)
{
    struct outbox *o = arg;

    return o->set.reopen != NULL ? o->set.reopen(o->set.arg) : "";
}

static void start_sync(struct outbox *o)
{
    o->sync = sync_new(&(struct sync_settings){.env = o->set.env,
                                               .store = o->set.store,
                                               .connector = o->connector,
                                               .account = o->account,
                                               .limit = psa_kind_find(o->kind)->limit,
                                               .used = used,
                                               .watch = watch,
                                               .changed = on_changed,
                                               .edited = on_edited,
                                               .read = on_read,
                                               .reopen = reopen,
                                               .arg = o});
}

static void on_known(const struct who_known *known, void *arg)
{
    struct outbox *o = arg;

    if (o->set.known != NULL)
        o->set.known(known, o->set.arg);
    if (known->matched.changed) /* tickets of theirs may be tried again */
        outbox_look_in(o, 0);
}

static void start_who(struct outbox *o)
{
    o->who = who_new(
        &(struct who_settings){.place = {o->set.env, o->set.store, o->connector, o->account},
                               .known = on_known,
                               .arg = o});
}

/* ---- the row ---- */

static void drop(struct outbox *o)
{
    who_free(o->who);
    o->who = NULL;
    sync_free(o->sync);
    o->sync = NULL;
    env_timer_cancel(o->set.env, &o->probe_timer);
    env_timer_cancel(o->set.env, &o->options_timer);
    if (o->connector != NULL) {
        psa_cancel(o->connector, &o->probing);
        psa_cancel(o->connector, &o->listing);
        o->connector->ops->free(o->connector);
    }
    o->connector = NULL;
}

/* As the kind in the row says; NULL with *why. */
static struct psa_connector *make(struct outbox *o, const struct store_connector *row,
                                  const char **why)
{
    const struct psa_kind *kind = psa_kind_find(row->kind);

    if (kind == NULL) {
        *why = "This Parley does not know the PSA that is set. Set the connector again";
        return NULL;
    }
    const struct psa_settings settings = {
        o->set.env,           o->set.http,
        outbox_gate(o, kind), outbox_meter(o, kind),
        row->account,         o->origin[0] != '\0' ? o->origin : NULL,
        row->status,          row->priority,
        row->problem_type};
    struct secret *token = secret_open(o->set.seal_key, row->sealed_token, kind->seal_context);
    if (token == NULL) {
        *why = "The stored token does not open with this server's key. Set the connector again";
        return NULL;
    }
    struct psa_connector *c = kind->make(&settings, token);
    if (c == NULL) {
        *why = "The subdomain is not one. Set the connector again";
        secret_free(token);
        return NULL;
    }
    o->gate = outbox_gate(o, kind);
    return c;
}

/* Take this version over. Nothing is under way. */
static void take_over(struct outbox *o, const struct store_connector *row)
{
    const bool first = o->version == 0;
    const char *why = NULL;

    drop(o);
    o->reload = false;
    o->version = row->version;
    o->fallback_customer = row->fallback_customer;
    (void)!str_copy(o->kind, sizeof(o->kind), row->kind);
    (void)!str_copy(o->account, sizeof(o->account), row->account);
    o->state[0] = o->reason[0] = '\0';
    o->held = false;
    o->suspect = 0;
    o->probe_wait_ms = o->kind_wait_ms = 0;
    memset(o->kind_until_ms, 0, sizeof(o->kind_until_ms));
    if (row->paused) {
        log_event(LOG_INFO, "outbox", "paused", LOG_S("account", o->account));
        return;
    }
    o->connector = make(o, row, &why);
    if (o->connector == NULL) {
        set_state(o, "held", why);
        return;
    }
    if (!first)
        retry_all(o);
    probe_in(o, 0);
    o->options_timer = env_timer_start(o->set.env, 0, on_options_timer, o);
    start_sync(o);
    start_who(o);
    outbox_look_in(o, 0);
}

/* It was removed: what waits stays. */
static void let_go(struct outbox *o)
{
    log_event(LOG_INFO, "outbox", "removed", LOG_S("account", o->account));
    drop(o);
    o->reload = false;
    o->version = -1; /* what comes next is not the first */
    o->kind[0] = o->account[0] = o->state[0] = o->reason[0] = '\0';
    o->held = false;
}

static void on_row(enum store_result result, const union store_out *out, void *arg)
{
    struct outbox *o = arg;
    const bool removed = result == STORE_NOT_FOUND && o->version > 0;

    o->reading = NULL;
    if (removed || (result == STORE_OK && (out->connector.version != o->version ||
                                           strcmp(out->connector.kind, o->kind) != 0)))
        o->reload = true;
    if (o->reload && outbox_jobs(o) == 0) {
        if (removed)
            let_go(o);
        else if (result == STORE_OK)
            take_over(o, &out->connector);
    }
    const bool soon = o->reload || o->held || o->connector == NULL;
    o->read_timer = env_timer_start(o->set.env,
                                    o->reread ? 0
                                    : soon    ? READ_SOON_MS
                                              : READ_LATE_MS,
                                    on_read_timer, o);
    o->reread = false;
}

void outbox_reload(struct outbox *o)
{
    if (o->reading != NULL) {
        o->reread = true;
        return;
    }
    env_timer_cancel(o->set.env, &o->read_timer);
    on_read_timer(o);
}

static void on_read_timer(void *arg)
{
    struct outbox *o = arg;

    o->read_timer = NULL;
    if (!o->stopped)
        o->reading = store_connector_get(o->set.store, on_row, o);
}

void outbox_link_start(struct outbox *o)
{
    on_read_timer(o);
}

void outbox_link_free(struct outbox *o)
{
    store_cancel(o->set.store, &o->reading);
    store_cancel(o->set.store, &o->storing);
    store_cancel(o->set.store, &o->retrying);
    env_timer_cancel(o->set.env, &o->read_timer);
    drop(o);
}
