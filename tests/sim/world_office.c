/* What happens inside Syncro meanwhile: technicians and customers write, edit, hide and remove
 * comments, close, delete and merge the tickets of the talks. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sim/world_private.h"

#define TECHNICIAN 7002

static uint64_t pick(struct world *w, uint64_t below)
{
    return sim_env_pick(w->sim, below);
}

/* The place of a ticket among the sandbox's; -1: it is not there. */
int world_find_ticket(const struct world *w, int64_t id, struct sandbox_ticket *view)
{
    for (size_t i = 0; sandbox_ticket_at(w->sandbox, i, view) == 0; i++)
        if (view->id == id)
            return (int)i;
    return -1;
}

static struct talk *talk_of(struct world *w, int number)
{
    return number >= 1 && number <= w->talk_count ? &w->talks[number - 1] : NULL;
}

/* What is in this comment is not as it was said any more. */
static void touch(struct world *w, const char *body)
{
    int number, act;

    for (const char *p = body; (p = strchr(p, '<')) != NULL; p++)
        if (sscanf(p, "<%2d:%2d>", &number, &act) == 2 && talk_of(w, number) != NULL && act >= 1 &&
            act <= SAID_MAX)
            talk_of(w, number)->acts[act - 1].is_touched = true;
}

static void say(struct world *w, int64_t ticket, bool by_customer)
{
    char body[80];
    struct err err;
    const struct sandbox_said said = {.ticket_id = ticket,
                                      .user_id = by_customer ? 0 : TECHNICIAN,
                                      .subject = by_customer ? NULL : "Update",
                                      .body = body,
                                      .hidden = !by_customer && pick(w, 4) == 0};

    snprintf(body, sizeof(body), "{%04d.0} from the %s", ++w->said_there,
             by_customer ? "customer" : "office");
    (void)!sandbox_say(w->sandbox, &said, sim_env_true_ms(w->sim), NULL, &err);
}

/* Edit (what came from Parley stays as it was said), hide, show or remove a comment. */
static void change_comment(struct world *w, size_t at, const struct sandbox_ticket *ticket)
{
    struct sandbox_comment c;
    struct err err;
    char body[80];
    int serial, version;
    const int64_t now = sim_env_true_ms(w->sim);

    if (ticket->comments == 0 ||
        sandbox_comment_at(w->sandbox, at, (size_t)pick(w, ticket->comments), &c) != 0)
        return;
    const bool ours = c.body == NULL || sscanf(c.body, "{%4d.%1d}", &serial, &version) != 2;
    switch (pick(w, ours ? 8 : 4)) {
    case 0:
        touch(w, c.body != NULL ? c.body : "");
        (void)!sandbox_comment_delete(w->sandbox, c.id, now, &err);
        return;
    case 1:
    case 2:
        touch(w, c.body != NULL ? c.body : "");
        (void)!sandbox_comment_hide(w->sandbox, c.id, !c.hidden, now, &err);
        return;
    default:
        if (ours || version == 9)
            return;
        snprintf(body, sizeof(body), "{%04d.%d} said better", serial, version + 1);
        (void)!sandbox_comment_edit(w->sandbox, c.id, NULL, body, now, &err);
    }
}

/* Whatever talk is in this ticket has lost it. */
static void cut(struct world *w, size_t at)
{
    struct sandbox_comment c;

    for (size_t j = 0; sandbox_comment_at(w->sandbox, at, j, &c) == 0; j++)
        for (int i = 0; i < w->talk_count; i++) {
            struct talk *t = &w->talks[i];

            if (t->reference[0] != '\0' &&
                ((c.body != NULL && strstr(c.body, t->reference) != NULL) ||
                 (c.subject != NULL && strstr(c.subject, t->reference) != NULL)))
                t->is_cut = true;
        }
}

/* Of another talk that has one. */
static void merge(struct talk *t, int64_t ticket, size_t at)
{
    struct world *w = t->w;
    struct talk *other = &w->talks[pick(w, (uint64_t)w->talk_count)];
    struct sandbox_ticket view;
    struct err err;

    if (other == t || other->ticket == 0 || world_find_ticket(w, other->ticket, &view) < 0)
        return;
    cut(w, at);
    t->is_cut = other->is_merged = true;
    (void)!sandbox_ticket_merge(w->sandbox, ticket, other->ticket, TECHNICIAN,
                                sim_env_true_ms(w->sim), &err);
}

static void act(struct talk *t)
{
    static const char *const statuses[] = {"Resolved", "In Progress", "Waiting on Customer"};
    struct world *w = t->w;
    const int64_t now = sim_env_true_ms(w->sim);
    struct sandbox_ticket ticket;
    const int at = world_find_ticket(w, t->ticket, &ticket);
    struct err err;

    if (at < 0)
        return;
    switch (pick(w, 24)) {
    case 0:
        cut(w, (size_t)at);
        t->is_cut = true;
        (void)!sandbox_ticket_delete(w->sandbox, t->ticket, &err);
        return;
    case 1:
        merge(t, t->ticket, (size_t)at);
        return;
    case 2:
    case 3:
    case 4:
        t->is_turned = true;
        (void)!sandbox_technician_change(w->sandbox, t->ticket, statuses[pick(w, 3)], NULL, now,
                                         &err);
        return;
    case 5:
    case 6:
        t->is_turned = true; /* it moves the status */
        say(w, t->ticket, true);
        return;
    case 7:
    case 8:
    case 9:
    case 10:
    case 11:
    case 12:
        change_comment(w, (size_t)at, &ticket);
        return;
    default:
        say(w, t->ticket, false);
    }
}

static void on_summary(enum store_result result, const union store_out *out, void *arg)
{
    struct talk *t = arg;

    t->look = NULL;
    if (result != STORE_OK || out->summary.ticket.id == 0)
        return;
    t->ticket = out->summary.ticket.id;
    act(t);
}

void world_look(struct talk *t, store_fn *fn)
{
    const struct store_asker staff = {.is_staff = true};

    store_cancel(t->w->store, &t->look);
    t->look = store_conversation_summary(t->w->store, &t->id, &staff, fn, t);
}

static void on_turn(void *arg)
{
    struct world *w = arg;
    struct talk *t = &w->talks[pick(w, (uint64_t)w->talk_count)];

    w->office = NULL;
    if (t->said > 0 && t->acts[0].is_acked && t->look == NULL)
        world_look(t, on_summary);
    w->office = env_timer_start(w->env, 500 + (int64_t)pick(w, 20000), on_turn, w);
}

void world_office_open(struct world *w)
{
    on_turn(w);
}
