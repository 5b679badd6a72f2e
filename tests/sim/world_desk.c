/* What staff do with the talks meanwhile: they take them, let them sleep, tag, close and open them.
 * An act that was not answered, as when the power failed, is done again under its own name. */
#include <stdio.h>
#include <string.h>

#include "sim/world_private.h"

static uint64_t pick(struct world *w, uint64_t below)
{
    return sim_env_pick(w->sim, below);
}

static void on_turn(void *arg);

static void next_turn(struct world *w)
{
    env_timer_cancel(w->env, &w->desk);
    w->desk = env_timer_start(w->env, 200 + (int64_t)pick(w, 15000), on_turn, w);
}

static void on_done(enum store_result result, const union store_out *out, void *arg)
{
    struct world *w = arg;

    w->desk_op = NULL;
    if (result == STORE_OK) {
        const int64_t seq = out->added.seq;

        /* What the database kept of it once, it must keep. */
        if (out->added.duplicate && seq == 0)
            world_wrong(w, "act %d is there already, and says nothing", w->desk_acts);
        w->desk_talk = NULL;
    } else if (result != STORE_BUSY && result != STORE_CROSSED) {
        world_wrong(w, "act %d on talk %d: %s", w->desk_acts, w->desk_talk->number,
                    store_result_name(result));
    } else if (result == STORE_CROSSED) {
        w->desk_talk = NULL;
    }
    next_turn(w);
}

static void choose(struct world *w)
{
    struct talk *t = &w->talks[pick(w, (uint64_t)w->talk_count)];

    if (t->said == 0 || !t->acts[0].is_acked)
        return;
    w->desk_talk = t;
    w->desk_acts++;
    w->desk_kind = 1 + (int)pick(w, 5);
    w->desk_choice = (int)pick(w, 3);
}

static void on_turn(void *arg)
{
    static const char *const tags[] = {"vpn", "printer"};
    struct world *w = arg;
    const int64_t now = env_now_ms(w->env);
    char client_id[32];

    w->desk = NULL;
    if (w->desk_talk == NULL)
        choose(w);
    if (w->desk_talk == NULL || w->desk_op != NULL) {
        next_turn(w);
        return;
    }
    struct store_act in = {.kind = (enum store_act_kind)w->desk_kind,
                           .conversation = w->desk_talk->id,
                           .message = env_new_id(w->env),
                           .second = env_new_id(w->env),
                           .by = w->staff,
                           .name = "Bo",
                           .client_id = client_id,
                           .text = "Bo did it.",
                           .until_ms = w->desk_choice == 0 ? 0 : now + 60000,
                           .now_ms = now};

    snprintf(client_id, sizeof(client_id), "desk-act-%06d", w->desk_acts);
    if (w->desk_choice > 0)
        in.to = w->staff;
    in.tag_count = (size_t)w->desk_choice;
    memcpy(in.tags, tags, sizeof(tags));
    if (in.kind == STORE_ACT_CLOSE || in.kind == STORE_ACT_REOPEN) {
        in.payload = in.kind == STORE_ACT_CLOSE ? "{\"status\":\"Resolved\"}"
                                                : "{\"status\":\"In Progress\"}";
        w->desk_talk->is_turned = true;
    }
    w->desk_op = store_conversation_act(w->store, &in, on_done, w);
}

void world_desk_open(struct world *w)
{
    w->desk_op = NULL;
    next_turn(w);
}

void world_desk_close(struct world *w)
{
    env_timer_cancel(w->env, &w->desk);
    store_cancel(w->store, &w->desk_op);
}

static void on_summary(enum store_result result, const union store_out *out, void *arg)
{
    struct talk *t = arg;
    const struct store_summary *s = &out->summary;

    t->look = NULL;
    if (result != STORE_OK)
        world_wrong(t->w, "talk %d cannot be looked at", t->number);
    else if (s->open != (s->closed_ms == 0))
        world_wrong(t->w, "talk %d is %s and closed at %lld", t->number,
                    s->open ? "open" : "closed", (long long)s->closed_ms);
    else if (!s->open && s->snoozed_ms != 0)
        world_wrong(t->w, "talk %d is closed, and sleeps", t->number);
    else if (strlen(s->tags) > strlen("printer,vpn"))
        world_wrong(t->w, "talk %d has the tags %s", t->number, s->tags);
}

void world_desk_check(struct world *w)
{
    for (int i = 0; i < w->talk_count; i++) {
        world_look(&w->talks[i], on_summary);
        sim_env_run(w->sim, 200);
    }
}
