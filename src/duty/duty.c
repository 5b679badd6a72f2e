#include "duty/duty_private.h"

#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/log.h"

#define SOON_MS   200
#define AGAIN_MS  2000   /* after the store could not */
#define SAMPLE_MS 300000 /* so often is it counted how long answers take */
#define DAY_MS    INT64_C(86400000)

static void look(struct duty *d);

static void on_timer(void *arg)
{
    struct duty *d = arg;

    d->timer = NULL;
    look(d);
}

static void look_in(struct duty *d, int64_t ms)
{
    env_timer_cancel(d->set.env, &d->timer);
    if (!d->stopped)
        d->timer = env_timer_start(d->set.env, ms, on_timer, d);
}

/* ---- who is there ---- */

struct presence *duty_presence(struct duty *d, const struct id *staff)
{
    for (size_t i = 0; i < d->presence_count; i++)
        if (id_equal(&d->presence[i].staff, staff))
            return &d->presence[i];
    if (d->presence_count == DUTY_PRESENCE)
        return NULL;
    d->presence[d->presence_count] = (struct presence){.staff = *staff, .gone_ms = d->start_ms};
    return &d->presence[d->presence_count++];
}

void duty_presence_set(struct duty *d, struct presence *p, bool is_here, bool is_away)
{
    if (p->is_here && !p->is_away && (!is_here || is_away))
        p->gone_ms = env_now_ms(d->set.env);
    p->is_here = is_here;
    p->is_away = is_away;
}

void duty_here(struct duty *d, const struct id *staff, bool is_here)
{
    struct presence *p = duty_presence(d, staff);

    if (p == NULL || p->is_here == is_here)
        return;
    duty_presence_set(d, p, is_here, p->is_away);
    duty_wake(d);
}

bool duty_is_away(const struct duty *d, const struct id *staff)
{
    for (size_t i = 0; i < d->presence_count; i++)
        if (id_equal(&d->presence[i].staff, staff))
            return d->presence[i].is_away;
    return false;
}

/* ---- what may be promised ---- */

static void sampled(enum store_result result, const union store_out *out, void *arg)
{
    struct duty *d = arg;
    struct route_sample samples[ROUTE_SAMPLES];
    size_t count;

    d->sampling = NULL;
    if (result != STORE_OK)
        return;
    count = out->duty_samples.count < ROUTE_SAMPLES ? out->duty_samples.count : ROUTE_SAMPLES;
    for (size_t i = 0; i < count; i++)
        samples[i] = (struct route_sample){out->duty_samples.rows[i].created_ms,
                                           out->duty_samples.rows[i].answered_ms};
    d->promise_ms = route_promise_ms(d->route, d->hours, samples, count, env_now_ms(d->set.env));
}

static void sample(struct duty *d)
{
    const int64_t now = env_now_ms(d->set.env);

    if (d->sampling != NULL ||
        (d->sampled_ms != 0 && now - d->sampled_ms < SAMPLE_MS && now >= d->sampled_ms))
        return;
    d->sampled_ms = now;
    d->sampling = store_duty_samples(d->set.store, now - ROUTE_DAYS * DAY_MS, sampled, d);
}

struct duty_promise duty_promise(const struct duty *d)
{
    const int64_t now = env_now_ms(d->set.env), opens = hours_next(d->hours, now, true);

    return (struct duty_promise){
        .answer_ms = d->promise_ms, .is_open = opens == now, .opens_ms = opens == now ? 0 : opens};
}

/* Tell when it has changed, as when it opens or closes. */
static void tell_promise(struct duty *d)
{
    const struct duty_promise now = duty_promise(d);

    if (now.answer_ms == d->told.answer_ms && now.opens_ms == d->told.opens_ms)
        return;
    d->told = now;
    if (d->set.promise != NULL)
        d->set.promise(d->set.arg);
}

/* ---- settings ---- */

const struct hours *duty_hours(const struct duty *d)
{
    return d->hours;
}

const struct route *duty_route(const struct duty *d)
{
    return d->route;
}

/* What was stored was checked then; what does not read any more counts as nothing. */
static struct json_doc *doc_of(const union store_out *out)
{
    return json_parse(out->value.text, strlen(out->value.text), NULL);
}

/* One of the two was read, or could not be. */
static void settings_read(struct duty *d)
{
    if (d->hours_op != NULL || d->route_op != NULL)
        return;
    if (!d->hours_known || !d->route_known) {
        look_in(d, AGAIN_MS); /* a look finds them not known, and reads them again */
        return;
    }
    d->sampled_ms = 0;
    look_in(d, 0);
}

static void hours_read(enum store_result result, const union store_out *out, void *arg)
{
    struct duty *d = arg;
    struct json_doc *doc = result == STORE_OK ? doc_of(out) : NULL;

    d->hours_op = NULL;
    if (result == STORE_OK || result == STORE_NOT_FOUND) {
        hours_free(d->hours);
        d->hours = NULL;
        d->hours_known = true;
    }
    if (doc != NULL && hours_new(json_root(doc), &d->hours, NULL) < 0)
        log_event(LOG_ERROR, "duty", "hours_unreadable");
    json_free(doc);
    settings_read(d);
}

static void route_read(enum store_result result, const union store_out *out, void *arg)
{
    struct duty *d = arg;
    struct json_doc *doc = result == STORE_OK ? doc_of(out) : NULL;
    const int64_t minutes = route_unanswered_minutes(d->route);

    d->route_op = NULL;
    if (result == STORE_OK || result == STORE_NOT_FOUND) {
        route_free(d->route);
        d->route = NULL;
        d->route_known = true;
    }
    if (doc != NULL && route_new(json_root(doc), &d->route, NULL) < 0)
        log_event(LOG_ERROR, "duty", "routing_unreadable");
    /* What nobody asked for yet is not late. After a start it is not known what was before. */
    if (result == STORE_OK && route_unanswered_minutes(d->route) != minutes)
        d->unanswered_ms = out->value.changed_ms;
    json_free(doc);
    settings_read(d);
}

void duty_read_settings(struct duty *d)
{
    d->hours_known = d->route_known = false;
    store_cancel(d->set.store, &d->hours_op);
    store_cancel(d->set.store, &d->route_op);
    d->hours_op = store_value_get(d->set.store, STORE_VALUE_HOURS, hours_read, d);
    d->route_op = store_value_get(d->set.store, STORE_VALUE_ROUTING, route_read, d);
}

/* ---- looking ---- */

static void looked(enum store_result result, const union store_out *out, void *arg)
{
    struct duty *d = arg;

    d->looking = NULL;
    if (result != STORE_OK) {
        look_in(d, AGAIN_MS);
        return;
    }
    d->full = false;
    if (!d->stopped && d->hours_known && d->route_known)
        duty_do(d, &out->duty);
    if (!d->full)
        d->skip = out->duty.count == STORE_READ_MAX ? d->skip + STORE_READ_MAX : 0;
    if (!duty_is_busy(d))
        look_in(d, d->again || d->skip > 0 ? SOON_MS : DUTY_LOOK_MS);
    d->again = false;
}

/* What is decided counts on what was seen: nothing new before all of it is done. */
static void look(struct duty *d)
{
    if (d->stopped)
        return;
    if (d->looking != NULL || duty_is_busy(d)) {
        d->again = true;
        return;
    }
    if (!d->hours_known || !d->route_known) {
        if (d->hours_op == NULL && d->route_op == NULL)
            duty_read_settings(d);
        return;
    }
    sample(d);
    tell_promise(d);
    d->looking =
        store_duty_look(d->set.store, env_now_ms(d->set.env), d->skip, STORE_READ_MAX, looked, d);
}

void duty_ended(struct duty *d, bool good)
{
    d->failed = d->failed || !good;
    if (duty_is_busy(d))
        return;
    look_in(d, d->failed ? AGAIN_MS : SOON_MS);
    d->failed = false;
}

void duty_wake(struct duty *d)
{
    if (d->looking != NULL || duty_is_busy(d))
        d->again = true;
    else
        look_in(d, SOON_MS);
}

/* ---- the whole ---- */

struct duty *duty_new(const struct duty_settings *settings)
{
    struct duty *d = calloc(1, sizeof(*d));

    if (d == NULL)
        abort();
    d->set = *settings;
    d->start_ms = env_now_ms(settings->env);
    d->start_mono_ms = env_mono_ms(settings->env);
    d->digest = digest_new(&(struct digest_settings){.env = settings->env,
                                                     .store = settings->store,
                                                     .mailed = settings->mailed,
                                                     .arg = settings->arg});
    duty_read_settings(d);
    return d;
}

void duty_free(struct duty *d)
{
    if (d == NULL)
        return;
    store_cancel(d->set.store, &d->looking);
    store_cancel(d->set.store, &d->hours_op);
    store_cancel(d->set.store, &d->route_op);
    store_cancel(d->set.store, &d->sampling);
    duty_cancel(d);
    digest_free(d->digest);
    env_timer_cancel(d->set.env, &d->timer);
    hours_free(d->hours);
    route_free(d->route);
    free(d);
}

void duty_stop(struct duty *d)
{
    d->stopped = true;
    digest_stop(d->digest);
    env_timer_cancel(d->set.env, &d->timer);
}

void duty_read_notify(struct duty *d)
{
    digest_read(d->digest);
}

bool duty_is_idle(const struct duty *d)
{
    return !duty_is_busy(d) && digest_is_idle(d->digest);
}
