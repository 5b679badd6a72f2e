#include "sim/world.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/secret.h"
#include "psa/outbox.h"
#include "sim/world_private.h"
#include "store/fake/store_fake.h"

#define CALM_MS (2 * 3600 * 1000)
#define HOUR_MS INT64_C(3600000)

static uint64_t pick(struct world *w, uint64_t below)
{
    return sim_env_pick(w->sim, below);
}

/* ---- people and staff ---- */

static void on_stored(enum store_result result, const union store_out *out, void *arg)
{
    struct talk *t = arg;

    t->op = NULL;
    /* A change of a ticket that is gone is refused. */
    if (result == STORE_OK || (result == STORE_CONFLICT && world_last_act(t)->author == 0)) {
        world_last_act(t)->is_acked = true;
        if (t->said == 1) {
            t->id = out->started.conversation;
            snprintf(t->reference, sizeof(t->reference), "%s", out->started.reference);
        }
        outbox_wake(t->w->outbox);
    }
    world_next_act(t, result == STORE_OK ? (int64_t)pick(t->w, pick(t->w, 4) == 0 ? 60000 : 3000)
                                         : 100);
}

static void begin(struct talk *t, const struct act *a, int64_t now)
{
    uint8_t random[5];
    struct store_conversation_start in = {
        .conversation = env_new_id(t->w->env),
        .person = env_new_id(t->w->env),
        .message = env_new_id(t->w->env),
        .name = "Ann",
        .email = t->number % 2 == 0 ? "ines.moreau@northwind.example" : "ann@nowhere.example",
        .subject = "Help",
        .body = a->text,
        .sender = "v:1",
        .client_id = a->client_id,
        .outbox = {true, true, now, ""},
        .now_ms = now};

    in.token_hash[0] = (uint8_t)t->number;
    env_random(t->w->env, random, sizeof(random));
    reference_make(random, in.reference);
    t->op = store_conversation_start(t->w->store, &in, on_stored, t);
}

static const char *reopen(void *arg)
{
    (void)arg;
    return "{\"status\":\"In Progress\"}";
}

static void add(struct talk *t, const struct act *a, int64_t now)
{
    const struct store_message_add in = {.conversation = t->id,
                                         .message = env_new_id(t->w->env),
                                         .asker = {.is_staff = true},
                                         .author = a->author,
                                         .name = a->author == STORE_PERSON ? "Ann" : "Bo",
                                         .body = a->text,
                                         .sender = "s:1",
                                         .client_id = a->client_id,
                                         .outbox = {true, true, now + 2000, ""},
                                         .reopen = a->author == STORE_PERSON ? reopen(NULL) : "",
                                         .now_ms = now};

    t->op = store_message_add(t->w->store, &in, on_stored, t);
}

static void change(struct talk *t, const struct act *a, int64_t now)
{
    char payload[128];
    struct store_ticket_update in = {.conversation = t->id,
                                     .payload = payload,
                                     .sender = "s:1",
                                     .client_id = a->client_id,
                                     .interactive = true,
                                     .now_ms = now};

    snprintf(payload, sizeof(payload), "{\"status\":\"%s\",\"compare\":true}", a->text);
    t->op = store_ticket_update(t->w->store, &in, on_stored, t);
}

/* Something new, or again what was not acknowledged. */
static void on_turn(void *arg)
{
    struct talk *t = arg;
    struct world *w = t->w;
    const int64_t now = env_now_ms(w->env);

    t->timer = NULL;
    if (t->said == 0 || world_last_act(t)->is_acked) {
        static const char *const statuses[] = {"In Progress", "Resolved", "New"};
        if (t->said == t->acts_wanted)
            return;
        if (w->has_leavers && t->said > 1 && pick(w, 8) == 0) {
            world_leave(t);
            return;
        }
        struct act *a = &t->acts[t->said++];
        const uint64_t kind = pick(w, 10);
        *a = (struct act){.author = kind < 6 ? STORE_PERSON : kind < 8 ? STORE_STAFF : STORE_NOTE};
        if (t->said == 1)
            a->author = STORE_PERSON;
        else if (kind == 9)
            a->author = 0;
        snprintf(a->client_id, sizeof(a->client_id), "talk%d-act%02d", t->number, t->said);
        if (a->author == 0)
            snprintf(a->text, sizeof(a->text), "%s", statuses[pick(w, 3)]);
        else
            snprintf(a->text, sizeof(a->text), "<%02d:%02d> it is <b>dark</b> & \"cold\"",
                     t->number, t->said);
    }
    const struct act *a = world_last_act(t);
    if (t->said == 1)
        begin(t, a, now);
    else if (a->author == 0)
        change(t, a, now);
    else
        add(t, a, now);
}

void world_next_act(struct talk *t, int64_t ms)
{
    env_timer_cancel(t->w->env, &t->timer);
    t->timer = env_timer_start(t->w->env, ms, on_turn, t);
}

/* ---- the process ---- */

/* Seldom closely, for a poll costs a life its time. */
static enum sync_watch watch(void *arg)
{
    const struct world *w = arg;

    return w->talk_count == 1 ? SYNC_CLOSELY : SYNC_SOMEBODY;
}

static void outbox_open(struct world *w)
{
    const struct outbox_settings set = {.env = w->env,
                                        .store = w->store,
                                        .http = sim_net_client(w->net),
                                        .origin_override = SIM_NET_ORIGIN,
                                        .seal_key = w->key,
                                        .watch = watch,
                                        .reopen = reopen,
                                        .arg = w};

    w->outbox = outbox_new(&set);
}

static void connect_psa(struct world *w);

static void on_connect_timer(void *arg)
{
    struct world *w = arg;

    w->connect_timer = NULL;
    connect_psa(w);
}

static void on_connected(enum store_result result, const union store_out *out, void *arg)
{
    struct world *w = arg;

    (void)out;
    w->connecting = NULL;
    if (result != STORE_OK) /* an administrator tries again */
        w->connect_timer = env_timer_start(w->env, 1000, on_connect_timer, w);
}

/* Any customer that is there will do for those whom nobody knows. */
static int64_t some_customer(struct world *w)
{
    struct sandbox_ticket ticket;

    if (sandbox_ticket_at(w->sandbox, 0, &ticket) != 0)
        abort();
    return ticket.customer_id;
}

/* Set the connector with the latest token. */
static void connect_psa(struct world *w)
{
    char token[16];

    snprintf(token, sizeof(token), "T%d", w->tokens);
    struct secret *secret = secret_new(token, strlen(token));
    char *sealed = secret_seal(w->key, secret, psa_kind_at(0)->seal_context);
    const struct store_connector in = {.kind = "syncro",
                                       .account = "demo",
                                       .sealed_token = sealed,
                                       .fallback_customer = some_customer(w),
                                       .changed_ms = env_now_ms(w->env)};

    store_cancel(w->store, &w->connecting);
    w->connecting = store_connector_set(w->store, &in, on_connected, w);
    free(sealed);
    secret_free(secret);
}

/* The wall clock is set: to the truth, or minutes or hours beside it. */
static void set_wall(struct world *w)
{
    const int64_t far_ms = pick(w, 2) == 0 ? HOUR_MS / 6 : 20 * HOUR_MS;
    const int64_t off_ms = pick(w, 4) == 0 ? 0 : (int64_t)pick(w, (uint64_t)(2 * far_ms)) - far_ms;

    sim_env_step_wall(w->sim, off_ms - w->wall_off_ms);
    w->wall_off_ms = off_ms;
    w->steps++;
}

static void crash(struct world *w)
{
    w->crashes++;
    outbox_free(w->outbox, false);
    store_fake_crash(w->store);
    sim_net_crash(w->net);
    if (sim_env_chance(w->sim, 20)) /* as when a machine starts with a wrong clock */
        set_wall(w);
    if (w->connecting != NULL) { /* another process of the same machine: the power failed */
        w->connecting = NULL;
        connect_psa(w);
    }
    outbox_open(w);
    world_desk_open(w);
    for (int i = 0; i < w->talk_count; i++) {
        w->talks[i].op = w->talks[i].look = NULL; /* dead by the crash */
        world_next_act(&w->talks[i], (int64_t)pick(w, 500));
    }
}

/* ---- trouble ---- */

static void on_mend(void *arg)
{
    struct world *w = arg;
    struct err err = {""};
    char token[16];

    w->mend = NULL;
    snprintf(token, sizeof(token), "T%d", w->tokens);
    if (sandbox_set_token(w->sandbox, token, NULL, true, &err) != 0)
        abort();
}

static void token_trouble(struct world *w)
{
    struct err err = {""};
    char token[16];

    if (w->mend != NULL)
        return;
    snprintf(token, sizeof(token), "T%d", w->tokens);
    if (sandbox_set_token(w->sandbox, token, NULL, false, &err) != 0)
        abort();
    if (pick(w, 2) == 0) { /* replaced, and set anew by the administrator */
        snprintf(token, sizeof(token), "T%d", ++w->tokens);
        if (sandbox_set_token(w->sandbox, token, "seven", true, &err) != 0)
            abort();
        connect_psa(w);
    } else {
        w->mend = env_timer_start(w->env, 1000 + (int64_t)pick(w, 120000), on_mend, w);
    }
}

static void fault(struct world *w)
{
    static const int statuses[] = {500, 502, 503, 429};
    static const char *const methods[] = {NULL, "POST", "GET", "PUT"};
    struct sandbox_fault f = {.method = methods[pick(w, 4)],
                              .kind = (enum sandbox_fault_kind)pick(w, 7),
                              .effect = pick(w, 2) == 0,
                              .every = 1 + (int64_t)pick(w, 4),
                              .times = (int64_t)pick(w, 6)};
    struct err err = {""};

    if (f.kind == SANDBOX_STATUS)
        f.status = statuses[pick(w, 4)];
    if (f.kind == SANDBOX_DELAY)
        f.ms = 1 + (int64_t)pick(w, 25000); /* two and the way: less than the outbox waits */
    if (f.kind == SANDBOX_CLOCK_SKEW) {     /* seconds, or up to a day */
        w->is_skewed = true;
        /* A change that is dated hours back is one that no poll finds. */
        const int64_t far_ms = w->has_office || pick(w, 2) == 0 ? 10000 : 24 * HOUR_MS;
        f.ms = (int64_t)pick(w, (uint64_t)(2 * far_ms)) - far_ms;
    }
    if (sandbox_add_fault(w->sandbox, &f, &err) != 0)
        world_wrong(w, "a fault was refused: %s", err.text);
}

static void on_trouble(void *arg)
{
    struct world *w = arg;

    w->trouble = NULL;
    sandbox_clear_faults(w->sandbox);
    for (uint64_t n = pick(w, 3); n > 0; n--)
        fault(w);
    sim_net_set(w->net, 1 + (int64_t)pick(w, pick(w, 4) == 0 ? 20000 : 300),
                (unsigned)pick(w, pick(w, 2) == 0 ? 40 : 1));
    store_fake_set_delay(w->store, (int64_t)pick(w, 50));
    if (sim_env_chance(w->sim, 15))
        token_trouble(w);
    if (sim_env_chance(w->sim, 15))
        set_wall(w);
    if (sim_env_chance(w->sim, 10))
        store_fake_fail_next(w->store, 1 + (int)pick(w, 3), STORE_BUSY);
    w->trouble = env_timer_start(w->env, 1000 + (int64_t)pick(w, 40000), on_trouble, w);
}

static void choose_switches(struct world *w)
{
    size_t count;
    const struct sandbox_switch *all = sandbox_switches(&count);
    struct err err = {""};

    for (size_t i = 0; i < count; i++) {
        char value[32] = "";
        const char *from = all[i].allowed;
        int choices = 1;
        if (strstr(from, "..") != NULL || !sim_env_chance(w->sim, 30) ||
            strcmp(all[i].name, "unknown-subdomain") == 0)
            continue;
        for (const char *p = from; *p != '\0'; p++)
            choices += *p == '|';
        for (uint64_t n = pick(w, (uint64_t)choices); n > 0; n--)
            from = strchr(from, '|') + 1;
        snprintf(value, sizeof(value), "%.*s", (int)strcspn(from, "|"), from);
        if (sandbox_set_switch(w->sandbox, all[i].name, value, &err) != 0)
            world_wrong(w, "a switch was refused: %s", err.text);
        log_event(LOG_DEBUG, "world", "switch", LOG_S("name", all[i].name), LOG_S("value", value));
    }
}

/* ---- a life ---- */

/* Written before the first crash. */
static void add_staff(struct world *w)
{
    const struct store_staff_add in = {.id = env_new_id(w->env),
                                       .name = "Bo",
                                       .email = "bo@msp.example",
                                       .role = STORE_TECHNICIAN,
                                       .link = {.kind = STORE_LINK_INVITE}};
    w->staff = in.id;
    (void)store_staff_add(w->store, &in, NULL, NULL);
    sim_env_run(w->sim, 200);
}

static void set_up(struct world *w, const struct world_settings *settings)
{
    static const uint8_t bytes[32] = {1};
    struct err err = {""};

    w->sim = sim_env_new(settings->seed);
    w->env = sim_env_env(w->sim);
    w->store = store_fake_new(w->env);
    w->sandbox = sandbox_new(
        &(struct sandbox_settings){
            .token = "T0", .rights = "seven", .demo = true, .now_ms = env_now_ms(w->env)},
        &err);
    w->net = sim_net_new(w->sim, w->sandbox);
    sim_net_break(w->net, settings->broken);
    w->key = secret_key_of(bytes);
    w->has_office = settings->broken == SIM_NET_WHOLE && pick(w, 4) > 0;
    w->has_leavers = settings->broken == SIM_NET_WHOLE && pick(w, 2) == 0;
    choose_switches(w);
    connect_psa(w);
    outbox_open(w);
    /* Now and then so many that the rate limit is what they wait for. */
    w->talk_count = 1 + (int)pick(w, pick(w, 20) == 0 ? TALKS_MAX : 6);
    for (int i = 0; i < w->talk_count; i++) {
        struct talk *t = &w->talks[i];
        t->w = w;
        t->number = i + 1;
        t->acts_wanted = 1 + (int)pick(w, SAID_MAX);
        world_next_act(t, (int64_t)pick(w, 30000));
    }
    on_trouble(w);
    add_staff(w);
    world_desk_open(w);
    if (w->has_office)
        world_office_open(w);
}

static void live(struct world *w)
{
    const int64_t end_ms = sim_env_true_ms(w->sim) + 60000 + (int64_t)pick(w, 600000);
    const int crashes = (int)pick(w, 8);

    for (int i = 0; i < crashes; i++) {
        /* Anywhere between two steps, and often while something is under way. */
        for (uint64_t steps = pick(w, 300); steps > 0; steps--)
            if (!sim_env_step(w->sim, end_ms))
                break;
        crash(w);
    }
    while (sim_env_step(w->sim, end_ms))
        ;
}

static void calm_down(struct world *w)
{
    const int64_t end_ms = sim_env_true_ms(w->sim) + CALM_MS;

    env_timer_cancel(w->env, &w->trouble);
    env_timer_cancel(w->env, &w->office);
    world_desk_close(w);
    sandbox_clear_faults(w->sandbox);
    sim_net_set(w->net, 100, 0);
    store_fake_set_delay(w->store, 0);
    store_fake_fail_next(w->store, 0, STORE_OK);
    while (!world_is_over(w)) {
        if (sim_env_true_ms(w->sim) > end_ms) {
            for (int i = 0; i < w->talk_count; i++)
                if (w->talks[i].seen.unfinished > 0)
                    world_wrong(
                        w,
                        "talk %d: %d of %d said, %d entries unfinished after two calm hours: "
                        "%s",
                        i + 1, w->talks[i].said, w->talks[i].acts_wanted,
                        w->talks[i].seen.unfinished, w->talks[i].seen.reason);
            world_wrong(w, "not over after two calm hours");
            return;
        }
        sim_env_run(w->sim, 10000);
    }
}

static void tear_down(struct world *w)
{
    for (int i = 0; i < w->talk_count; i++) {
        env_timer_cancel(w->env, &w->talks[i].timer);
        store_cancel(w->store, &w->talks[i].op);
        store_cancel(w->store, &w->talks[i].look);
    }
    env_timer_cancel(w->env, &w->trouble);
    env_timer_cancel(w->env, &w->office);
    env_timer_cancel(w->env, &w->mend);
    env_timer_cancel(w->env, &w->connect_timer);
    world_desk_close(w);
    store_cancel(w->store, &w->connecting);
    outbox_free(w->outbox, true);
    store_free(w->store);
    sim_net_free(w->net);
    sandbox_free(w->sandbox);
    secret_key_free(w->key);
    sim_env_free(w->sim);
}

void world_run(const struct world_settings *settings, struct world_report *report)
{
    struct world *w = calloc(1, sizeof(*w));

    if (w == NULL)
        abort();
    *report = (struct world_report){0};
    w->report = report;
    set_up(w, settings);
    live(w);
    calm_down(w);
    world_check(w);
    world_desk_check(w);
    if (w->has_office && w->report->wrong[0] == '\0')
        world_public_check(w);
    tear_down(w);
    free(w);
}
