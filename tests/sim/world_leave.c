/* Staff take a conversation from its ticket, and bring it back to one it had; and what must hold of
 * the tickets then. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sim/world_private.h"

static uint64_t pick(struct world *w, uint64_t below)
{
    return sim_env_pick(w->sim, below);
}

static void on_done(enum store_result result, const union store_out *out, void *arg)
{
    struct talk *t = arg;

    (void)result; /* refused while something is on its way: it is tried again some day */
    (void)out;
    t->op = NULL;
    outbox_wake(t->w->outbox);
    world_next_act(t, (int64_t)pick(t->w, 3000));
}

static void leave(struct talk *t, int64_t ticket)
{
    struct world *w = t->w;
    const struct store_ticket_detach in = {.conversation = t->id,
                                           .ticket = ticket,
                                           .then =
                                               pick(w, 2) == 0 ? STORE_THEN_NEXT : STORE_THEN_NEW,
                                           .event = env_new_id(w->env),
                                           .said = WORLD_LEFT,
                                           .name = "Bo",
                                           .sender = "s:1",
                                           .payload = "",
                                           .now_ms = env_now_ms(w->env)};

    t->left_ticket = ticket;
    t->leaves++; /* a crash may hide that it was done */
    t->op = store_ticket_detach(w->store, &in, on_done, t);
}

static void come_back(struct talk *t, int64_t was)
{
    struct world *w = t->w;
    struct sandbox_ticket view;
    const int at = world_find_ticket(w, t->left_ticket, &view);
    const struct store_ticket_attach in = {.conversation = t->id,
                                           .was = was,
                                           .account = "demo",
                                           .ticket = {.id = t->left_ticket,
                                                      .number = "1",
                                                      .subject = "Help",
                                                      .status = view.status,
                                                      .open = true,
                                                      .updated_ms = 1},
                                           .read_ms = sim_env_true_ms(w->sim),
                                           .confirmed = true,
                                           .event = env_new_id(w->env),
                                           .said = "Back to it.",
                                           .name = "Bo",
                                           .sender = "s:1",
                                           .now_ms = env_now_ms(w->env)};

    if (at < 0) {
        on_done(STORE_NOT_FOUND, NULL, t);
        return;
    }
    t->op = store_ticket_attach(w->store, &in, on_done, t);
}

static void on_look(enum store_result result, const union store_out *out, void *arg)
{
    struct talk *t = arg;
    const int64_t ticket = result == STORE_OK ? out->summary.ticket.id : 0;

    t->look = NULL;
    t->is_turned = true;
    if (t->left_ticket != 0 && t->left_ticket != ticket && pick(t->w, 2) == 0)
        come_back(t, ticket);
    else if (ticket != 0)
        leave(t, ticket);
    else
        on_done(STORE_NOT_FOUND, NULL, t);
}

void world_leave(struct talk *t)
{
    world_look(t, on_look);
}

/* ---- what must hold ---- */

/* How often each act is in the tickets of the talk; wrong where one ticket has them in no order. */
static void count_acts(struct talk *t, size_t ticket, int counts[SAID_MAX])
{
    struct sandbox_comment c;
    int talk, act, last = 0;

    for (size_t j = 0; sandbox_comment_at(t->w->sandbox, ticket, j, &c) == 0; j++)
        for (const char *p = c.body != NULL ? c.body : ""; (p = strchr(p, '<')) != NULL; p++) {
            if (sscanf(p, "<%2d:%2d>", &talk, &act) != 2)
                continue;
            if (talk != t->number || act < 1 || act > SAID_MAX) {
                world_wrong(t->w, "talk %d is in the ticket of talk %d, who left one", talk,
                            t->number);
                return;
            }
            if (act <= last)
                world_wrong(t->w, "talk %d: act %d after act %d in one ticket", talk, act, last);
            last = act;
            counts[act - 1]++;
        }
}

void world_check_left(struct talk *t, const size_t *tickets, int count)
{
    int counts[SAID_MAX] = {0};

    if (count > 1 + t->leaves)
        world_wrong(t->w, "talk %d (%s) left its ticket %d times and has %d", t->number,
                    t->reference, t->leaves, count);
    for (int i = 0; i < count; i++)
        count_acts(t, tickets[i], counts);
    for (int i = 0; i < t->said; i++) {
        const struct act *a = &t->acts[i];
        /* A new ticket tells again what the person said; what staff say while there is none has
         * nowhere to go. */
        const int most = a->author == STORE_PERSON ? 1 + t->leaves : 1;

        if (a->author == 0 || a->is_touched)
            continue;
        if (counts[i] > most ||
            (counts[i] == 0 && a->author == STORE_PERSON && a->is_acked && t->seen.parked == 0))
            world_wrong(t->w, "talk %d, who left its ticket: act %d is there %d times", t->number,
                        i + 1, counts[i]);
    }
}
