#include "psa/outbox.h"

#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/str.h"
#include "psa/outbox_private.h"

#define DUE_MAX 64
#define IDLE_MS 60000

static void look(struct outbox *o);

int outbox_jobs(const struct outbox *o)
{
    int n = 0;

    for (int i = 0; i < JOBS_MAX; i++)
        n += o->jobs[i].o != NULL;
    return n;
}

/* ---- the clock ---- */

/* No time from before is to be believed; a process that starts has seen nothing yet. */
static void distrust(struct outbox *o)
{
    const int64_t mono = env_mono_ms(o->set.env);

    o->wall_ahead_ms = outbox_now_ms(o) - mono;
    o->settled_from_ms = mono + OUTBOX_SETTLED_MS;
}

void outbox_watch_clock(struct outbox *o)
{
    const int64_t by_ms = outbox_now_ms(o) - env_mono_ms(o->set.env) - o->wall_ahead_ms;

    if (by_ms >= -OUTBOX_STEP_MS && by_ms <= OUTBOX_STEP_MS)
        return;
    log_event(LOG_INFO, "outbox", "clock_set", LOG_N("by_ms", by_ms));
    distrust(o);
}

/* ---- what is due ---- */

static bool may_start(const struct outbox *o)
{
    return !o->stopped && o->recovered && o->connector != NULL && !o->held && !o->reload &&
           env_mono_ms(o->set.env) >= o->pause_until_ms;
}

static void put_off(struct outbox *o, const struct store_due_row *row)
{
    const struct store_outbox_finish in = {
        .outbox = row->outbox,
        .outcome = row->state == STORE_IN_DOUBT ? STORE_STILL_DOUBT : STORE_RETRY,
        .now_ms = outbox_now_ms(o),
        .at_ms = outbox_now_ms(o) + o->kind_until_ms[row->kind] - env_mono_ms(o->set.env),
        .reason = o->reason};

    store_outbox_finish(o->set.store, &in, NULL, NULL);
}

/* False: nothing more can be started now. */
static bool start_row(struct outbox *o, const struct store_due_row *row)
{
    /* Many in doubt may not keep what is new waiting. */
    const bool waited_for =
        row->state == STORE_WAITING && (row->interactive || row->kind == STORE_CREATE_TICKET);
    const enum budget_class class = waited_for ? BUDGET_INTERACTIVE : BUDGET_BACKGROUND;
    struct job *j = NULL;
    int background = 0;

    for (int i = 0; i < JOBS_MAX; i++) {
        if (o->jobs[i].o == NULL)
            j = &o->jobs[i];
        else if (id_equal(&o->jobs[i].conversation, &row->conversation))
            return true;
        else
            background += o->jobs[i].class == BUDGET_BACKGROUND;
    }
    if (j == NULL)
        return false;
    if (o->kind_until_ms[row->kind] > env_mono_ms(o->set.env)) {
        put_off(o, row);
        return true;
    }
    if (class == BUDGET_BACKGROUND && background >= BACKGROUND_MAX)
        return true;
    *j = (struct job){.conversation = row->conversation, .class = class};
    if (row->state == STORE_WAITING && !gate_take(o->gate, class, &j->permit))
        return false;
    j->o = o;
    j->has_permit = row->state == STORE_WAITING;
    j->permit_at_ms = env_mono_ms(o->set.env);
    outbox_job_take(j);
    return true;
}

static void on_due(enum store_result result, const union store_out *out, void *arg)
{
    struct outbox *o = arg;

    o->due = NULL;
    if (result != STORE_OK) {
        outbox_look_in(o, OUTBOX_AGAIN_MS);
        return;
    }
    if (!may_start(o))
        return;
    for (size_t i = 0; i < out->due.count && start_row(o, &out->due.rows[i]); i++)
        ;
    if (o->again)
        outbox_look_in(o, 0);
    else if (out->due.next_ms != 0 && out->due.next_ms - outbox_now_ms(o) < IDLE_MS)
        outbox_look_in(o, out->due.next_ms - outbox_now_ms(o));
    else
        outbox_look_in(o, out->due.count > 0 ? OUTBOX_AGAIN_MS : IDLE_MS);
    o->again = false;
}

static void look(struct outbox *o)
{
    if (o->due != NULL)
        o->again = true;
    else if (may_start(o))
        o->due = store_outbox_due(o->set.store, outbox_now_ms(o), DUE_MAX, on_due, o);
    else if (!o->stopped && env_mono_ms(o->set.env) < o->pause_until_ms)
        outbox_look_in(o, o->pause_until_ms - env_mono_ms(o->set.env));
}

static void on_timer(void *arg)
{
    struct outbox *o = arg;

    o->timer = NULL;
    look(o);
}

void outbox_look_in(struct outbox *o, int64_t ms)
{
    const int64_t at = env_mono_ms(o->set.env) + (ms > 0 ? ms : 0);

    if (o->timer != NULL && o->look_at_ms <= at)
        return;
    env_timer_cancel(o->set.env, &o->timer);
    o->look_at_ms = at;
    o->timer = env_timer_start(o->set.env, ms > 0 ? ms : 0, on_timer, o);
}

/* ---- the whole ---- */

static void on_room(void *arg)
{
    outbox_look_in(arg, 0);
}

static void on_recovered(enum store_result result, const union store_out *out, void *arg)
{
    struct outbox *o = arg;

    (void)out;
    /* Without it what was in doubt is looked up later, that is all. */
    if (result != STORE_OK)
        log_event(LOG_ERROR, "outbox", "recover", LOG_S("result", store_result_name(result)));
    o->recovering = NULL;
    o->recovered = true;
    outbox_look_in(o, 0);
}

struct outbox *outbox_new(const struct outbox_settings *settings)
{
    struct outbox *o = calloc(1, sizeof(*o));

    if (o == NULL)
        abort();
    o->set = *settings;
    if (settings->origin_override != NULL)
        (void)!str_copy(o->origin, sizeof(o->origin), settings->origin_override);
    distrust(o);
    o->recovering = store_recover(settings->store, on_recovered, o);
    for (size_t i = 0; psa_kind_at(i) != NULL; i++) {
        const struct psa_kind *kind = psa_kind_at(i);
        o->gates[i] = gate_new(settings->env, settings->store, kind->kind, kind->limit, on_room, o);
        o->meters[i] = meter_new(settings->env, settings->store, kind->kind);
    }
    o->gate = o->gates[0];
    outbox_link_start(o);
    return o;
}

void outbox_free(struct outbox *o, bool graceful)
{
    if (o == NULL)
        return;
    o->stopped = true;
    store_cancel(o->set.store, &o->due);
    store_cancel(o->set.store, &o->recovering);
    for (int i = 0; i < JOBS_MAX; i++)
        if (o->jobs[i].o != NULL)
            outbox_job_cancel(&o->jobs[i]);
    outbox_link_free(o);
    env_timer_cancel(o->set.env, &o->timer);
    for (size_t i = 0; i < PSA_KINDS_MAX; i++) {
        meter_free(o->meters[i], graceful);
        gate_free(o->gates[i], graceful);
    }
    free(o);
}

void outbox_wake(struct outbox *o)
{
    outbox_look_in(o, 0);
}

void outbox_stop(struct outbox *o)
{
    o->stopped = true;
    if (o->sync != NULL)
        sync_stop(o->sync);
    if (o->who != NULL)
        who_stop(o->who);
}

struct sync *outbox_sync(struct outbox *o)
{
    return o->held ? NULL : o->sync;
}

struct who *outbox_who(struct outbox *o)
{
    return o->held || o->reload ? NULL : o->who;
}

const char *outbox_account(const struct outbox *o)
{
    return o->account;
}

bool outbox_is_idle(const struct outbox *o)
{
    return outbox_jobs(o) == 0 && o->probing == NULL && o->listing == NULL &&
           (o->sync == NULL || sync_is_idle(o->sync)) && (o->who == NULL || who_is_idle(o->who));
}

static size_t place_of(const struct psa_kind *kind)
{
    size_t i = 0;

    while (psa_kind_at(i) != kind)
        i++;
    return i;
}

struct gate *outbox_gate(struct outbox *o, const struct psa_kind *kind)
{
    return o->gates[place_of(kind)];
}

struct meter *outbox_meter(struct outbox *o, const struct psa_kind *kind)
{
    return o->meters[place_of(kind)];
}
