/* The promises, held against what the sandbox has when a life is over. */
#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "sim/world_private.h"

void world_wrong(struct world *w, const char *format, ...)
{
    va_list args;

    if (w->report->wrong[0] != '\0')
        return;
    va_start(args, format);
    vsnprintf(w->report->wrong, sizeof(w->report->wrong), format, args);
    va_end(args);
}

struct act *world_last_act(struct talk *t)
{
    return &t->acts[t->said - 1];
}

static void on_entries(enum store_result result, const union store_out *out, void *arg)
{
    struct talk *t = arg;

    assert(result == STORE_OK);
    t->seen = (struct store_entries_seen){0};
    for (size_t i = 0; i < out->entries.count; i++) {
        const struct store_entry *e = &out->entries.rows[i];
        t->seen.filed += e->state == STORE_DONE;
        t->seen.parked += e->state == STORE_PARKED;
        t->seen.unfinished += e->state != STORE_DONE && e->state != STORE_GIVEN_UP;
        if (e->state != STORE_DONE && e->state != STORE_GIVEN_UP && t->seen.reason[0] == '\0')
            snprintf(t->seen.reason, sizeof(t->seen.reason), "%.190s", e->reason);
    }
}

bool world_is_over(struct world *w)
{
    bool over = true;

    for (int i = 0; i < w->talk_count; i++) {
        struct talk *t = &w->talks[i];
        if (t->said < t->acts_wanted || !world_last_act(t)->is_acked)
            return false;
        store_outbox_of(w->store, &t->id, on_entries, t);
        sim_env_run(w->sim, 200);
        over = over && (t->seen.unfinished == 0 || t->seen.parked > 0);
    }
    return over;
}

/* A change of the status is no comment; what was removed, or was in a ticket that is gone, is not
 * there any more. */
static bool may_miss(const struct talk *t, int act)
{
    return t->acts[act].author == 0 || t->acts[act].is_touched || t->is_cut;
}

/* The acts of the talk as the ticket's comments have them: every mark once, in order. */
static void check_ticket(struct talk *t, size_t ticket)
{
    struct sandbox_comment c;
    int expected = 0;

    for (size_t j = 0; sandbox_comment_at(t->w->sandbox, ticket, j, &c) == 0; j++) {
        for (const char *p = c.body != NULL ? c.body : ""; (p = strchr(p, '<')) != NULL; p++) {
            int talk, act;
            if (sscanf(p, "<%2d:%2d>", &talk, &act) != 2)
                continue;
            if (talk != t->number && (t->is_merged || t->is_cut))
                continue;
            /* Merged as copies, comments come in another order, and may be there twice. */
            if (talk == t->number && t->is_cut)
                continue;
            if (talk != t->number) {
                world_wrong(t->w, "talk %d is in the ticket of talk %d", talk, t->number);
                return;
            }
            while (expected < t->said && may_miss(t, expected) && act != expected + 1)
                expected++;
            if (act != expected + 1) {
                world_wrong(t->w, "talk %d: act %d where act %d was expected", talk, act,
                            expected + 1);
                return;
            }
            if (!t->acts[expected].is_touched &&
                (t->acts[expected].author == STORE_NOTE) != c.hidden)
                world_wrong(t->w, "talk %d: act %d is %s", talk, act,
                            c.hidden ? "hidden" : "shown");
            expected++;
        }
    }
    while (expected < t->said && may_miss(t, expected))
        expected++;
    if (expected < t->said && t->seen.parked == 0)
        world_wrong(t->w, "talk %d: act %d and what follows is not in the ticket", t->number,
                    expected + 1);
}

static bool is_of(struct world *w, size_t ticket, const char *reference)
{
    struct sandbox_comment c;

    for (size_t j = 0; sandbox_comment_at(w->sandbox, ticket, j, &c) == 0; j++)
        if ((c.body != NULL && strstr(c.body, reference) != NULL) ||
            (c.subject != NULL && strstr(c.subject, reference) != NULL))
            return true;
    return false;
}

static void check_talk(struct talk *t)
{
    const char *status = NULL;
    struct sandbox_ticket view;
    size_t left[SAID_MAX + 1];
    int tickets = 0;
    bool removed = false, was_closed = false;

    for (size_t i = 0; i < sandbox_tickets(t->w->sandbox); i++) {
        if (!is_of(t->w, i, t->reference))
            continue;
        if (tickets < (int)COUNT_OF(left))
            left[tickets] = i;
        tickets++;
        if (t->leaves == 0)
            check_ticket(t, i);
        if (sandbox_ticket_at(t->w->sandbox, i, &view) != 0)
            abort();
    }
    for (int i = 0; i < t->said; i++)
        removed = removed || t->acts[i].is_touched;
    if (t->leaves > 0 && !t->is_cut && !t->is_merged)
        world_check_left(t, left, tickets < (int)COUNT_OF(left) ? tickets : (int)COUNT_OF(left));
    if (t->leaves == 0 && !t->is_cut && !t->is_merged &&
        (tickets > 1 || (tickets == 0 && t->seen.filed > 0 && !removed)))
        world_wrong(t->w, "talk %d (%s) has %d tickets", t->number, t->reference, tickets);
    for (int i = 0; i < t->said; i++) {
        if (t->acts[i].author == 0)
            status = t->acts[i].text;
        was_closed = was_closed || (status != NULL && str_equal(status, "Resolved"));
        /* Was it closed already when the person spoke? Then it opened again. */
        if (t->acts[i].author == STORE_PERSON && was_closed)
            status = NULL;
    }
    if (tickets == 1 && !t->is_turned && !t->is_cut && !t->is_merged && t->seen.parked == 0 &&
        status != NULL && (view.status == NULL || strcmp(view.status, status) != 0))
        world_wrong(t->w, "talk %d: status %s, set was %s", t->number, view.status, status);
    if (t->seen.parked > 0 && t->seen.reason[0] == '\0')
        world_wrong(t->w, "talk %d is parked without a reason", t->number);
    t->w->report->parked += t->seen.parked > 0;
    t->w->report->said += t->said;
}

void world_check(struct world *w)
{
    struct world_report *r = w->report;

    r->conversations = w->talk_count;
    r->crashes = w->crashes;
    r->steps = w->steps;
    r->requests = sandbox_requests(w->sandbox);
    r->most_minute = sandbox_max_minute(w->sandbox);
    if (r->most_minute > 180)
        world_wrong(w, "%zu requests in a minute", r->most_minute);
    for (int i = 0; i < w->talk_count; i++)
        check_talk(&w->talks[i]);
}
