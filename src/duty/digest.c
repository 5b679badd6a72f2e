#include "duty/digest.h"

#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "chat/notify.h"

#define LOOK_MS  30000 /* the longest between two looks: the clock may be set meanwhile */
#define AGAIN_MS 2000  /* after the store could not */

struct member {
    struct id staff;
    struct notify *n; /* NULL: no digest is wanted */
    unsigned parts;
    int64_t since_ms; /* times up to it are decided on, or were before the choice */
    int64_t next_ms;  /* nothing is due before; 0: not known */
};

struct digest {
    struct digest_settings set;
    struct env_timer *timer;
    struct store_op *reading, *sending;
    struct member members[STORE_DIGEST_MAX];
    size_t count;
    struct member *to; /* of `sending` */
    int64_t slot_ms;   /* of `sending` */
    int64_t looked_ms;
    bool known, stopped;
};

static void look(struct digest *d);

static void on_timer(void *arg)
{
    struct digest *d = arg;

    d->timer = NULL;
    look(d);
}

static void look_in(struct digest *d, int64_t ms)
{
    env_timer_cancel(d->set.env, &d->timer);
    if (!d->stopped)
        d->timer = env_timer_start(d->set.env, ms, on_timer, d);
}

/* ---- what they chose ---- */

static void forget(struct digest *d)
{
    for (size_t i = 0; i < d->count; i++)
        notify_free(d->members[i].n);
    d->count = 0;
}

static unsigned parts_of(const struct notify *n)
{
    static const struct {
        enum notify_event event;
        enum store_digest_part part;
    } all[] = {{NOTIFY_ASSIGNED, STORE_DIGEST_MINE},
               {NOTIFY_REPLY, STORE_DIGEST_MINE},
               {NOTIFY_UNASSIGNED, STORE_DIGEST_UNASSIGNED},
               {NOTIFY_ESCALATION, STORE_DIGEST_UNANSWERED},
               {NOTIFY_MENTION, STORE_DIGEST_MENTION}};
    unsigned parts = 0;

    for (size_t i = 0; i < COUNT_OF(all); i++)
        if (notify_wants(n, all[i].event, NOTIFY_DIGEST))
            parts |= (unsigned)all[i].part;
    return parts;
}

/* What does not read any more wants nothing. */
static void take(struct digest *d, const struct store_digest_choice *row)
{
    struct member *m = &d->members[d->count];
    struct json_doc *doc = json_parse(row->text, strlen(row->text), NULL);
    struct notify *n = NULL;

    if (doc != NULL && notify_new(json_root(doc), &n, NULL) == 0 && parts_of(n) != 0) {
        *m = (struct member){.staff = row->staff,
                             .n = n,
                             .parts = parts_of(n),
                             .since_ms =
                                 row->changed_ms > row->slot_ms ? row->changed_ms : row->slot_ms};
        d->count++;
    } else {
        notify_free(n);
    }
    json_free(doc);
}

static void was_read(enum store_result result, const union store_out *out, void *arg)
{
    struct digest *d = arg;

    d->reading = NULL;
    d->known = result == STORE_OK;
    if (!d->known) {
        look_in(d, AGAIN_MS);
        return;
    }
    forget(d);
    for (size_t i = 0; i < out->digest_choices.count && d->count < STORE_DIGEST_MAX; i++)
        take(d, &out->digest_choices.rows[i]);
    look(d);
}

void digest_read(struct digest *d)
{
    d->known = false;
    store_cancel(d->set.store, &d->reading);
    if (d->sending == NULL)
        look(d);
}

/* ---- what is due ---- */

static void sent(enum store_result result, const union store_out *out, void *arg)
{
    struct digest *d = arg;
    const bool good = result == STORE_OK || result == STORE_NOT_FOUND;

    d->sending = NULL;
    if (good)
        d->to->since_ms = d->slot_ms;
    else
        log_event(LOG_WARN, "duty", "no_digest", LOG_S("result", store_result_name(result)));
    if (result == STORE_OK && out->changed.changed && d->set.mailed != NULL)
        d->set.mailed(d->set.arg);
    look_in(d, good ? 0 : AGAIN_MS);
}

/* True: it is on its way. */
static bool start(struct digest *d, struct member *m, int64_t now)
{
    const int64_t late = now - STORE_DIGEST_LATE_MS;
    const int64_t due = notify_due(m->n, m->since_ms > late ? m->since_ms : late, now);
    struct store_digest_send in = {
        .staff = m->staff, .slot_ms = due, .parts = m->parts, .now_ms = now};

    if (due == 0) {
        m->next_ms = notify_next(m->n, now);
        return false;
    }
    in.key = env_new_id(d->set.env);
    d->to = m;
    d->slot_ms = due;
    d->sending = store_digest_send(d->set.store, &in, sent, d);
    return true;
}

static void look(struct digest *d)
{
    const int64_t now = env_now_ms(d->set.env);
    const bool went_back = now < d->looked_ms;
    int64_t wait_ms = LOOK_MS;

    if (d->stopped || d->sending != NULL || d->reading != NULL)
        return;
    if (!d->known) {
        d->reading = store_digest_list(d->set.store, was_read, d);
        return;
    }
    d->looked_ms = now;
    for (size_t i = 0; i < d->count; i++) {
        struct member *m = &d->members[i];

        if (went_back)
            m->next_ms = 0;
        if (m->next_ms <= now && start(d, m, now))
            return;
        if (m->next_ms > now && m->next_ms - now < wait_ms)
            wait_ms = m->next_ms - now;
    }
    look_in(d, wait_ms);
}

/* ---- the whole ---- */

struct digest *digest_new(const struct digest_settings *settings)
{
    struct digest *d = calloc(1, sizeof(*d));

    if (d == NULL)
        abort();
    d->set = *settings;
    look(d);
    return d;
}

void digest_free(struct digest *d)
{
    if (d == NULL)
        return;
    store_cancel(d->set.store, &d->reading);
    store_cancel(d->set.store, &d->sending);
    env_timer_cancel(d->set.env, &d->timer);
    forget(d);
    free(d);
}

void digest_stop(struct digest *d)
{
    d->stopped = true;
    env_timer_cancel(d->set.env, &d->timer);
}

bool digest_is_idle(const struct digest *d)
{
    return d->sending == NULL;
}
