/* The poll: when, from where, and that no ticket is overlooked while pages shift. */
#include "psa/sync.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/str.h"
#include "chat/status.h"
#include "psa/sync_private.h"

#define OVERLAP_MS     120000            /* a change may become visible later than it is dated */
#define FIRST_MS       INT64_C(86400000) /* how far back the first poll looks */
#define PASSES_MAX     5
#define COMMENT_PAGES  20
#define DUE_MAX        32
#define HINT_MS        500  /* hints within this are one */
#define HINT_EVERY_MS  2000 /* and a flood of them is so many polls */
#define CLOSELY_MS     5000
#define SOMEBODY_MS    15000
#define NOBODY_MS      60000
#define QUIET_MS       300000
#define LATELY_MS      600000  /* something moved: look closely for so long */
#define LONG_MS        3600000 /* nothing moved for so long: it is night */
#define CHECK_EACH_MS  20000
#define CHECK_AGAIN_MS INT64_C(21600000)
#define COMMENTS_EACH  3 /* each so manyth poll asks for new comments as well */

static void on_timer(void *arg);
static void ask_page(struct sync *s);
static void ask_due(struct sync *s);
static void ask_comments_page(struct sync *s);
static void check_one(struct sync *s);

/* ---- when ---- */

static int64_t interval(const struct sync *s)
{
    const enum sync_watch watch = s->set.watch != NULL ? s->set.watch(s->set.arg) : SYNC_CLOSELY;
    const int64_t still_ms = env_mono_ms(s->set.env) - s->moved_ms;
    int64_t ms = NOBODY_MS;

    if (watch == SYNC_CLOSELY && still_ms < LATELY_MS)
        ms = CLOSELY_MS;
    else if (watch != SYNC_NOBODY)
        ms = SOMEBODY_MS;
    else if (still_ms > LONG_MS)
        ms = QUIET_MS;
    if (s->set.used != NULL && 2 * s->set.used(s->set.arg) > s->set.limit)
        ms *= 2;
    /* After errors more slowly, though not for those who wait. */
    const int64_t most = watch == SYNC_NOBODY ? QUIET_MS : NOBODY_MS;
    for (int i = 0; i < s->fails && ms < most; i++)
        ms *= 2;
    return ms < most ? ms : most;
}

static void poll_in(struct sync *s, int64_t ms)
{
    env_timer_cancel(s->set.env, &s->timer);
    if (!s->stopped)
        s->timer = env_timer_start(s->set.env, ms > 0 ? ms : 0, on_timer, s);
}

static void schedule(struct sync *s)
{
    const int64_t since_ms = env_mono_ms(s->set.env) - s->polled_ms;

    if (s->polling)
        return;
    if (s->again) {
        const int64_t wait_ms = HINT_EVERY_MS - since_ms;
        poll_in(s, wait_ms > HINT_MS ? wait_ms : HINT_MS);
    } else {
        poll_in(s, interval(s) - since_ms);
    }
}

static void poll_end(struct sync *s, bool good)
{
    log_event(LOG_DEBUG, "sync", "polled", LOG_N("good", good), LOG_N("since", s->since_ms));
    s->polling = false;
    s->fails = good ? 0 : s->fails + (s->fails < 8);
    schedule(s);
}

/* ---- what the PSA says, kept ---- */

/* Closed is what the PSA has resolved. */
static bool is_open(const struct psa_ticket *t)
{
    return t->resolved_ms == 0 && !status_is_closed(t->status);
}

void sync_row(const struct psa_ticket *t, struct id event, struct store_psa_ticket *to)
{
    *to = (struct store_psa_ticket){.id = t->id,
                                    .customer = t->customer,
                                    .contact = t->contact,
                                    .number = t->number,
                                    .subject = t->subject,
                                    .status = t->status,
                                    .priority = t->priority,
                                    .assignee = t->assignee,
                                    .contact_name = t->contact_name,
                                    .issue_type = t->issue_type,
                                    .assignee_id = t->assignee_id,
                                    .due_ms = t->due_ms,
                                    .open = is_open(t),
                                    .created_ms = t->created_ms,
                                    .updated_ms = t->updated_ms,
                                    .resolved_ms = t->resolved_ms,
                                    .event = event};
}

struct store_op *sync_keep(struct sync *s, const struct psa_result *r, store_fn *fn, void *arg)
{
    const size_t count = r->count < STORE_SYNC_TICKETS ? r->count : STORE_SYNC_TICKETS;
    struct store_psa_ticket *rows = calloc(count + 1, sizeof(*rows));
    struct store_op *op;

    if (rows == NULL)
        abort();
    for (size_t i = 0; i < count; i++)
        sync_row(&r->tickets[i], env_new_id(s->set.env), &rows[i]);
    const struct store_sync_tickets in = {
        .account = s->account,
        .reopen = s->set.reopen != NULL ? s->set.reopen(s->set.arg) : "",
        .rows = rows,
        .count = count,
        .asked_ms = r->asked_ms,
        .clock_ms = r->date_ms,
        .now_ms = env_now_ms(s->set.env)};
    op = store_sync_tickets(s->set.store, &in, fn, arg);
    free(rows);
    return op;
}

void sync_tell(struct sync *s, const struct store_sync_seen *seen)
{
    if (seen->changed > 0)
        s->moved_ms = env_mono_ms(s->set.env);
    for (size_t i = 0; i < seen->count && s->set.changed != NULL; i++)
        s->set.changed(&seen->conversations[i], s->set.arg);
}

/* ---- the end of a poll: the comments that are due ---- */

static void on_due(enum store_result result, const union store_out *out, void *arg)
{
    struct sync *s = arg;

    s->op = NULL;
    if (result != STORE_OK) {
        poll_end(s, false);
        return;
    }
    for (size_t i = 0; i < out->sync_due.count && sync_readings(s) < SYNC_READINGS_POLL; i++)
        (void)sync_read_start(s, &out->sync_due.rows[i], BUDGET_BACKGROUND);
    s->due_left = out->sync_due.count > SYNC_READINGS_POLL;
    if (sync_readings(s) == 0)
        check_one(s);
}

/* ---- what no poll tells: a ticket that is gone ---- */

static void on_stale(enum store_result result, const union store_out *out, void *arg)
{
    struct sync *s = arg;

    s->op = NULL;
    if (result == STORE_OK && out->sync_due.count > 0)
        sync_check_start(s, &out->sync_due.rows[0]);
    if (sync_readings(s) == 0)
        poll_end(s, result == STORE_OK);
}

static void check_one(struct sync *s)
{
    const int64_t mono = env_mono_ms(s->set.env), now = env_now_ms(s->set.env);

    if (s->stopped || mono - s->checked_ms < CHECK_EACH_MS) {
        poll_end(s, true);
        return;
    }
    s->checked_ms = mono;
    s->op = store_sync_stale(s->set.store, s->account, now - CHECK_AGAIN_MS, now, on_stale, s);
}

static void ask_due(struct sync *s)
{
    s->op = store_sync_due(s->set.store, s->account, DUE_MAX, on_due, s);
}

void sync_reading_ended(struct sync *s, bool good)
{
    s->reading_failed = s->reading_failed || !good;
    if (!s->polling || s->op != NULL || s->call != NULL || sync_readings(s) > 0)
        return;
    if (s->due_left && !s->reading_failed && !s->stopped)
        ask_due(s);
    else
        poll_end(s, !s->reading_failed);
}

/* ---- how far it has been read ---- */

/* From here on when so much was seen. What is dated ahead of the PSA's own clock must not hide what
 * comes until then. */
static int64_t move_on(const struct sync *s, int64_t from_ms, int64_t newest_ms)
{
    int64_t to_ms = newest_ms - OVERLAP_MS > from_ms ? newest_ms - OVERLAP_MS : from_ms;

    if (s->date_ms != 0 && to_ms > s->date_ms - OVERLAP_MS)
        to_ms = s->date_ms - OVERLAP_MS;
    return to_ms;
}

/* ---- new comments, for where they do not touch their tickets ---- */

static void on_new_comments(const struct psa_result *result, void *arg)
{
    struct sync *s = arg;
    const bool good = result->verdict.outcome == PSA_DONE;

    s->call = NULL;
    s->no_new_comments = s->no_new_comments || result->gone;
    for (size_t i = 0; good && i < result->count; i++) {
        const struct psa_comment *m = &result->comments[i];

        if (m->created_ms > s->newest_comment_ms)
            s->newest_comment_ms = m->created_ms;
        (void)store_sync_hint(s->set.store, s->account, m->ticket, m->id, NULL, NULL);
    }
    if (good && result->more && s->page < COMMENT_PAGES && !s->stopped) {
        s->page++;
        ask_comments_page(s);
        return;
    }
    if (good)
        s->comments_since_ms = move_on(s, s->comments_since_ms, s->newest_comment_ms);
    ask_due(s);
}

static void ask_comments_page(struct sync *s)
{
    struct psa_connector *c = s->set.connector;

    s->call = c->ops->new_comments(c, s->comments_since_ms, s->page, BUDGET_BACKGROUND,
                                   on_new_comments, s);
}

static void ask_new_comments(struct sync *s)
{
    if (s->comments_since_ms == 0)
        s->comments_since_ms = s->since_ms;
    if (s->rounds++ % COMMENTS_EACH != 0 || s->no_new_comments || s->stopped) {
        ask_due(s);
        return;
    }
    s->page = 1;
    s->newest_comment_ms = 0;
    ask_comments_page(s);
}

/* ---- the cursor ---- */

static void on_cursor_kept(enum store_result result, const union store_out *out, void *arg)
{
    struct sync *s = arg;

    (void)out;
    s->op = NULL;
    if (result != STORE_OK)
        poll_end(s, false);
    else
        ask_new_comments(s);
}

static void keep_cursor(struct sync *s)
{
    const int64_t to_ms = move_on(s, s->since_ms, s->newest_ms);
    char text[24];
    const struct store_value value = {
        .key = STORE_VALUE_SYNC_CURSOR, .text = text, .changed_ms = env_now_ms(s->set.env)};

    if (to_ms == s->since_ms) {
        ask_new_comments(s);
        return;
    }
    s->since_ms = to_ms;
    snprintf(text, sizeof(text), "%" PRId64, to_ms);
    s->op = store_value_put(s->set.store, &value, on_cursor_kept, s);
}

/* ---- the pages ---- */

static void on_kept(enum store_result result, const union store_out *out, void *arg)
{
    struct sync *s = arg;

    s->op = NULL;
    if (result != STORE_OK) {
        poll_end(s, false);
        return;
    }
    sync_tell(s, &out->sync_seen);
    s->pass_changed = s->pass_changed || out->sync_seen.changed > 0;
    if (s->more && s->page < SYNC_PAGES_MAX && !s->stopped) {
        s->page++;
        ask_page(s);
    } else if (s->page > 1 && s->pass_changed && s->pass < PASSES_MAX && !s->stopped) {
        /* Rows shift while they are read: until a pass brings nothing new, one may be missing. */
        s->pass++;
        s->page = 1;
        s->pass_changed = false;
        ask_page(s);
    } else {
        keep_cursor(s);
    }
}

static void on_page(const struct psa_result *result, void *arg)
{
    struct sync *s = arg;

    s->call = NULL;
    if (result->verdict.outcome != PSA_DONE) {
        poll_end(s, false);
        return;
    }
    for (size_t i = 0; i < result->count; i++)
        if (result->tickets[i].updated_ms > s->newest_ms)
            s->newest_ms = result->tickets[i].updated_ms;
    s->more = result->more;
    if (result->date_ms != 0)
        s->date_ms = result->date_ms;
    s->op = sync_keep(s, result, on_kept, s);
}

static void ask_page(struct sync *s)
{
    const struct psa_ticket_query query = {.since_ms = s->since_ms, .page = s->page};

    s->call =
        s->set.connector->ops->tickets(s->set.connector, &query, BUDGET_BACKGROUND, on_page, s);
}

static void first_page(struct sync *s)
{
    s->page = s->pass = 1;
    s->newest_ms = 0;
    s->pass_changed = s->reading_failed = false;
    ask_page(s);
}

static void on_cursor(enum store_result result, const union store_out *out, void *arg)
{
    struct sync *s = arg;

    s->op = NULL;
    if (result != STORE_OK && result != STORE_NOT_FOUND) {
        poll_end(s, false);
        return;
    }
    if (result != STORE_OK || str_to_int(out->value.text, 1, INT64_MAX, &s->since_ms) != 0)
        s->since_ms = env_now_ms(s->set.env) - FIRST_MS;
    first_page(s);
}

static void on_timer(void *arg)
{
    struct sync *s = arg;

    s->timer = NULL;
    if (s->stopped || s->polling)
        return;
    s->polling = true;
    s->again = false;
    s->hint_count = 0;
    s->polled_ms = env_mono_ms(s->set.env);
    if (s->since_ms == 0)
        s->op = store_value_get(s->set.store, STORE_VALUE_SYNC_CURSOR, on_cursor, s);
    else
        first_page(s);
}

/* ---- from outside ---- */

void sync_mended(struct sync *s)
{
    s->fails = 0;
    schedule(s);
}

void sync_attend(struct sync *s)
{
    schedule(s);
}

/* A flood of hints is no flood of writes: each ticket once until the next poll, and so many. */
static bool is_hinted(struct sync *s, int64_t ticket)
{
    for (size_t i = 0; i < s->hint_count; i++)
        if (s->hints[i] == ticket)
            return true;
    if (s->hint_count == SYNC_HINTS_MAX)
        return true; /* the poll finds it, if it has changed */
    s->hints[s->hint_count++] = ticket;
    return false;
}

void sync_hint(struct sync *s, int64_t ticket)
{
    if (ticket > 0 && !is_hinted(s, ticket))
        (void)store_sync_hint(s->set.store, s->account, ticket, 0, NULL, NULL);
    if (s->again)
        return;
    s->again = true;
    s->moved_ms = env_mono_ms(s->set.env);
    schedule(s);
}

/* ---- life ---- */

struct sync *sync_new(const struct sync_settings *settings)
{
    struct sync *s = calloc(1, sizeof(*s));

    if (s == NULL)
        abort();
    s->set = *settings;
    (void)!str_copy(s->account, sizeof(s->account), settings->account);
    s->set.account = s->account;
    s->moved_ms = s->polled_ms = env_mono_ms(settings->env);
    poll_in(s, 0);
    return s;
}

void sync_stop(struct sync *s)
{
    s->stopped = true;
    env_timer_cancel(s->set.env, &s->timer);
}

bool sync_is_idle(const struct sync *s)
{
    return !s->polling && sync_readings(s) == 0 && s->history_call == NULL && s->history_op == NULL;
}

void sync_free(struct sync *s)
{
    if (s == NULL)
        return;
    sync_stop(s);
    store_cancel(s->set.store, &s->op);
    psa_cancel(s->set.connector, &s->call);
    for (size_t i = 0; i < SYNC_READINGS; i++)
        sync_reading_cancel(&s->readings[i]);
    sync_history_free(s);
    free(s);
}
