/* What is to be done now, and its beginning. */
#include "duty/duty_private.h"

#include "base/log.h"

bool duty_is_busy(const struct duty *d)
{
    for (size_t i = 0; i < DUTY_JOBS; i++)
        if (d->jobs[i].d != NULL)
            return true;
    return false;
}

void duty_cancel(struct duty *d)
{
    for (size_t i = 0; i < DUTY_JOBS; i++)
        store_cancel(d->set.store, &d->jobs[i].op);
}

/* NULL: as many are under way as may be. */
static struct job *job_new(struct duty *d, const struct id *conversation)
{
    for (size_t i = 0; i < DUTY_JOBS; i++)
        if (d->jobs[i].d == NULL) {
            d->jobs[i] = (struct job){.d = d, .conversation = *conversation};
            return &d->jobs[i];
        }
    d->again = d->full = true;
    return NULL;
}

static void job_end(struct job *j, enum store_result result, bool changed)
{
    struct duty *d = j->d;
    const struct id conversation = j->conversation;
    const bool good = result != STORE_FAILED && result != STORE_BUSY;

    *j = (struct job){0};
    if (!good)
        log_event(LOG_WARN, "duty", "not_done", LOG_S("result", store_result_name(result)));
    if (result == STORE_OK && changed && d->set.changed != NULL)
        d->set.changed(&conversation, d->set.arg);
    duty_ended(d, good);
}

/* ---- acts ---- */

static void acted(enum store_result result, const union store_out *out, void *arg)
{
    struct job *j = arg;

    j->op = NULL;
    job_end(j, result, result == STORE_OK && out->added.seq != 0);
}

/* Give it to somebody, take it back (to none), or wake it. */
static bool act(struct duty *d, enum store_act_kind kind, const struct store_duty_row *row,
                const struct id *to)
{
    struct job *j = job_new(d, &row->conversation);
    char client_id[ID_TEXT_SIZE];
    struct store_act in = {.kind = kind,
                           .conversation = row->conversation,
                           .name = "",
                           .client_id = client_id,
                           .to = *to,
                           .was = row->staff,
                           .look_was = true,
                           .now_ms = env_now_ms(d->set.env)};

    if (j == NULL)
        return false;
    in.message = env_new_id(d->set.env);
    in.second = env_new_id(d->set.env);
    id_format(&in.message, client_id);
    j->op = store_conversation_act(d->set.store, &in, acted, j);
    return true;
}

/* ---- telling ---- */

static void told(enum store_result result, const union store_out *out, void *arg)
{
    struct job *j = arg;
    struct duty *d = j->d;
    const bool changed = result == STORE_OK && out->changed.changed;

    j->op = NULL;
    if (changed && d->set.mailed != NULL)
        d->set.mailed(d->set.arg);
    job_end(j, result, changed);
}

static void tell(struct duty *d, const struct store_duty_row *row, struct store_duty_tell *in)
{
    struct job *j = job_new(d, &row->conversation);

    if (j == NULL)
        return;
    in->conversation = row->conversation;
    in->waiting_since_ms = row->waiting_since_ms;
    in->message = env_new_id(d->set.env);
    in->now_ms = env_now_ms(d->set.env);
    j->op = store_duty_tell(d->set.store, in, told, j);
}

/* The person wrote while nobody is there, and has not been told so since it closed. opens_ms: when
 * somebody comes again. */
static bool tell_away(struct duty *d, const struct store_duty_row *row, int64_t opens_ms)
{
    struct store_duty_tell in = {.text = hours_message(d->hours), .away_ms = opens_ms};

    if (in.text[0] == '\0' || row->away_ms == opens_ms ||
        hours_next(d->hours, row->said_ms, true) != opens_ms)
        return false;
    tell(d, row, &in);
    return true;
}

/* From when somebody was to answer: the person waits, it is awake, and an answer is asked for
 * within so many minutes. What lies ahead is of a clock that was set back since. */
static int64_t counts_from(const struct duty *d, const struct store_duty_row *row, int64_t now)
{
    int64_t from = row->waiting_since_ms;

    if (row->woke_ms > from && row->woke_ms <= now)
        from = row->woke_ms;
    if (d->unanswered_ms > from && d->unanswered_ms <= now)
        from = d->unanswered_ms;
    return from;
}

static bool tell_unanswered(struct duty *d, const struct store_duty_row *row, int64_t now)
{
    struct store_duty_tell in = {
        .text = "", .escalate = true, .minutes = route_unanswered_minutes(d->route)};
    int64_t at;

    if (row->escalated_ms == row->waiting_since_ms)
        return false;
    at = route_unanswered_at(d->route, d->hours, counts_from(d, row, now));
    if (at == 0 || at > now)
        return false;
    for (const char *to; (to = route_email(d->route, in.to_count)) != NULL; in.to_count++) {
        in.to[in.to_count] = to;
        in.keys[in.to_count] = env_new_id(d->set.env);
    }
    tell(d, row, &in);
    return true;
}

/* ---- the decision ---- */

/* The team as it is now, and as it is after what was decided already. */
struct team {
    struct route_member members[STORE_READ_MAX];
    int64_t gone_ms[STORE_READ_MAX];
    size_t count;
};

static void read_team(struct duty *d, const struct store_duty *seen, struct team *t)
{
    bool changed = false;

    t->count = 0;
    for (size_t i = 0; i < seen->member_count && t->count < STORE_READ_MAX; i++) {
        const struct store_duty_member *m = &seen->members[i];
        struct presence *p = duty_presence(d, &m->id);

        if (p != NULL && p->is_away != m->is_away) {
            duty_presence_set(d, p, p->is_here, m->is_away);
            changed = true;
        }
        t->gone_ms[t->count] = p != NULL ? p->gone_ms : d->start_ms;
        t->members[t->count++] =
            (struct route_member){.id = m->id,
                                  .is_present = p != NULL && p->is_here && !m->is_away,
                                  .open = m->open,
                                  .given_ms = p != NULL ? p->given_ms : 0};
    }
    if (changed && d->set.team != NULL)
        d->set.team(d->set.arg);
}

static void give(struct duty *d, const struct store_duty_row *row, struct team *t, int64_t now)
{
    const bool just_begun = env_mono_ms(d->set.env) - d->start_mono_ms < DUTY_GRACE_MS;
    const size_t picked =
        just_begun ? ROUTE_NOBODY : route_pick(d->route, t->members, t->count, row->tags);
    struct presence *p;

    if (picked == ROUTE_NOBODY || !act(d, STORE_ACT_ASSIGN, row, &t->members[picked].id))
        return;
    t->members[picked].open++;
    t->members[picked].given_ms = now;
    p = duty_presence(d, &t->members[picked].id);
    if (p != NULL)
        p->given_ms = now;
}

/* Back to all, when its owner is not there: in a while, or at once where they cannot come in any
 * more, for nobody else would hear of it. */
static bool take_back(struct duty *d, const struct store_duty_row *row, const struct team *t,
                      int64_t now)
{
    static const struct id nobody;
    int64_t at = t->count < STORE_READ_MAX ? now : 0; /* else not all of them are known */

    for (size_t i = 0; i < t->count; i++)
        if (id_equal(&t->members[i].id, &row->staff))
            at = t->members[i].is_present
                     ? 0
                     : route_back_at(d->route, d->hours, t->gone_ms[i], row->waiting_since_ms);
    return at != 0 && at <= now && act(d, STORE_ACT_ASSIGN, row, &nobody);
}

void duty_do(struct duty *d, const struct store_duty *seen)
{
    static const struct id nobody;
    const int64_t now = env_now_ms(d->set.env), opens = hours_next(d->hours, now, true);
    const bool is_open = opens == now;
    struct team team;

    read_team(d, seen, &team);
    for (size_t i = 0; i < seen->count; i++) {
        const struct store_duty_row *row = &seen->rows[i];

        /* One thing at a time: the next look sees the others. */
        if (row->snoozed_ms != 0)
            (void)act(d, STORE_ACT_SNOOZE, row, &nobody);
        else if (!is_open)
            (void)tell_away(d, row, opens);
        else if (tell_unanswered(d, row, now))
            ;
        else if (id_is_none(&row->staff))
            give(d, row, &team, now);
        else
            (void)take_back(d, row, &team, now);
    }
}
