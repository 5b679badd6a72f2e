/* What the house does by itself, lived through on simulated time: people write, technicians come,
 * go, answer, close, put off and are away; the store crashes and fails. One life from each seed.
 *
 * Held against what was seen from outside: nobody who is not there, or who is full, is given
 * anything, and what they have is given back in time, or at once where they are shut out; whoever
 * sleeps is woken in time; a waiting is escalated once, and in time; people are told once that it
 * is closed; and when all is calm nothing waits for a hand that is there. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "duty/duty.h"
#include "sim/sim_env.h"
#include "store/fake/store_fake.h"

#define STAFF  4
#define TALKS  12
#define MANY   (STORE_READ_MAX + 20)
#define LIMIT  3
#define BACK   10 /* minutes */
#define MINUTE INT64_C(60000)
#define HOUR   (60 * MINUTE)
#define SLACK  (30 * 1000) /* for the store's delays and the look */

/* The clock begins at midnight. */
#define HOURS                                                                                      \
    "{\"zone\":\"UTC\",\"message\":\"We are back at nine.\",\"days\":[" DAY "," DAY "," DAY        \
    "," DAY "," DAY "," DAY "," DAY "]}"
#define DAY "[{\"from\":\"09:00\",\"to\":\"17:00\"}]"

struct talk {
    struct id id, owner; /* owner as the test saw it last */
    bool begun, printer, open;
    int64_t waiting_ms, snoozed_ms, closed_at_ms;
    int told, escalated, wakes, away_periods;
};

static struct life {
    uint64_t seed;
    struct sim_env *sim;
    struct env *env;
    struct store *store;
    struct duty *duty;
    struct id staff[STAFF];
    bool here[STAFF], away[STAFF], out[STAFF]; /* out: they cannot come in any more */
    int64_t left_ms[STAFF];                    /* when somebody became not there, as told */
    struct talk talks[TALKS];
    int64_t woken_ms; /* when one was seen to have woken */
    int64_t back_ms;  /* when the one with the skill could come in again */
    int fresh, given, taken_back, escalations, wakes, told;
    bool wrong;
} l;

static int64_t now(void)
{
    return env_now_ms(l.env);
}

static int pick(int below)
{
    return (int)sim_env_pick(l.sim, (uint64_t)below);
}

static void wrong(const char *what)
{
    if (!l.wrong)
        fprintf(stderr, "seed %" PRIu64 " at %" PRId64 " ms: %s\n", l.seed, now(), what);
    l.wrong = true;
}

/* ---- the store, asked and waited for ---- */

static struct answer {
    bool came;
    enum store_result result;
    struct store_summary summary;
    char tags[100];
} answer;

static void on_answer(enum store_result result, const union store_out *out, void *arg)
{
    (void)out;
    (void)arg;
    answer.came = true;
    answer.result = result;
}

static void on_summary(enum store_result result, const union store_out *out, void *arg)
{
    on_answer(result, NULL, arg);
    if (result == STORE_OK)
        answer.summary = out->summary;
}

static enum store_result wait_for(struct store_op *op)
{
    (void)op;
    while (!answer.came && sim_env_step(l.sim, now() + HOUR))
        ;
    return answer.result;
}

#define ASK(call) (answer.came = false, wait_for(call))

static struct id fresh(void)
{
    return env_new_id(l.env);
}

static const char *client_id(void)
{
    static char text[24];

    snprintf(text, sizeof(text), "client-%d", l.fresh++);
    return text;
}

/* ---- what happens ---- */

static void add_staff(int i)
{
    char email[40], name[16];
    struct store_staff_add in = {.id = fresh(),
                                 .name = name,
                                 .email = email,
                                 .role = STORE_TECHNICIAN,
                                 .link = {.kind = STORE_LINK_INVITE, .expires_ms = now() + HOUR},
                                 .now_ms = now()};

    snprintf(name, sizeof(name), "S%d", i);
    snprintf(email, sizeof(email), "s%d@msp.example", i);
    in.link.hash[0] = (uint8_t)(i + 1);
    l.staff[i] = in.id;
    if (ASK(store_staff_add(l.store, &in, on_answer, NULL)) != STORE_OK)
        wrong("staff cannot be added");
}

static void put_value(const char *key, const char *text)
{
    const struct store_value in = {.key = key, .text = text, .changed_ms = now()};

    if (ASK(store_value_put(l.store, &in, on_answer, NULL)) != STORE_OK)
        wrong("a value cannot be put");
}

static void say(struct talk *t, enum store_author author)
{
    const bool person = author == STORE_PERSON;
    struct store_message_add in = {.conversation = t->id,
                                   .message = fresh(),
                                   .asker = {.is_staff = true},
                                   .author = author,
                                   .name = "Ann",
                                   .body = "words",
                                   .sender = person ? "v:1" : "s:1",
                                   .client_id = client_id(),
                                   .waiting = person ? STORE_WAITING_BEGIN : STORE_WAITING_END,
                                   .now_ms = now()};

    if (ASK(store_message_add(l.store, &in, on_answer, NULL)) == STORE_OK)
        duty_wake(l.duty);
}

static void begin(struct talk *t)
{
    const int browser = l.fresh;
    uint8_t random[5];
    struct store_conversation_start in = {.conversation = fresh(),
                                          .person = fresh(),
                                          .message = fresh(),
                                          .name = "Ann",
                                          .email = "ann@nowhere.example",
                                          .subject = "Help",
                                          .body = "words",
                                          .sender = "v:1",
                                          .client_id = client_id(),
                                          .now_ms = now()};

    memcpy(in.token_hash, &browser, sizeof(browser));
    env_random(l.env, random, sizeof(random));
    reference_make(random, in.reference);
    if (ASK(store_conversation_start(l.store, &in, on_answer, NULL)) != STORE_OK)
        return;
    *t = (struct talk){.id = in.conversation, .begun = true, .open = true};
    duty_wake(l.duty);
}

static void do_act(struct talk *t, enum store_act_kind kind, int64_t until_ms)
{
    struct store_act in = {.kind = kind,
                           .conversation = t->id,
                           .message = fresh(),
                           .second = fresh(),
                           .by = l.staff[0],
                           .name = "S0",
                           .client_id = client_id(),
                           .until_ms = until_ms,
                           .text = "closed",
                           .now_ms = now()};

    if (kind == STORE_ACT_TAGS) {
        in.tags[in.tag_count++] = "Printer";
        t->printer = true;
    }
    (void)ASK(store_conversation_act(l.store, &in, on_answer, NULL));
    if (answer.result == STORE_OK)
        duty_wake(l.duty);
}

/* The one with the skill. */
static bool printer_man(int i)
{
    return i == 1;
}

static bool is_there(int i)
{
    return l.here[i] && !l.away[i] && !l.out[i];
}

static void left(int i, bool was_there)
{
    if (was_there && !is_there(i))
        l.left_ms[i] = now();
}

static void set_here(int i, bool is_here)
{
    const bool was_there = is_there(i);

    l.here[i] = is_here;
    left(i, was_there);
    duty_here(l.duty, &l.staff[i], is_here);
}

static void set_away(int i, bool is_away)
{
    const struct store_staff_setting in = {.staff = l.staff[i],
                                           .key = "routing",
                                           .text = is_away ? "{\"away\":true}" : "{\"away\":false}",
                                           .changed_ms = now()};

    const bool was_there = is_there(i);

    if (ASK(store_staff_setting_put(l.store, &in, on_answer, NULL)) != STORE_OK)
        return;
    l.away[i] = is_away;
    left(i, was_there);
    duty_wake(l.duty);
}

static void set_out(int i, bool is_out)
{
    const struct store_staff_change in = {
        .who = {.id = l.staff[i]}, .set_disabled = true, .disabled = is_out, .now_ms = now()};
    const bool was_there = is_there(i);

    if (ASK(store_staff_change(l.store, &in, on_answer, NULL)) != STORE_OK)
        return;
    if (printer_man(i) && l.out[i] && !is_out)
        l.back_ms = now();
    l.out[i] = is_out;
    left(i, was_there);
    if (is_out)
        set_here(i, false);
}

/* ---- what is seen of it ---- */

static bool is_open_at(int64_t ms)
{
    return hours_is_open(duty_hours(l.duty), ms);
}

static bool is_open_now(void)
{
    return is_open_at(now());
}

static int index_of(const struct id *staff)
{
    for (int i = 0; i < STAFF; i++)
        if (id_equal(&l.staff[i], staff))
            return i;
    return -1;
}

static int64_t count_open(const struct id *staff)
{
    int64_t n = 0;

    for (int i = 0; i < TALKS; i++)
        n += l.talks[i].begun && l.talks[i].open && l.talks[i].snoozed_ms == 0 &&
             id_equal(&l.talks[i].owner, staff);
    return n;
}

static bool read_summary(struct talk *t)
{
    const struct store_asker staff = {.is_staff = true};

    return t->begun &&
           ASK(store_conversation_summary(l.store, &t->id, &staff, on_summary, NULL)) == STORE_OK;
}

/* After an act of the test itself. */
static void note(struct talk *t)
{
    if (!read_summary(t))
        return;
    t->open = answer.summary.open;
    t->snoozed_ms = answer.summary.snoozed_ms;
}

/* Its owner is not there while its person waits. */
static void see_left(const struct store_summary *s, int owner)
{
    const int64_t from =
        l.left_ms[owner] > s->waiting_since_ms ? l.left_ms[owner] : s->waiting_since_ms;
    int64_t at;

    if (is_there(owner) || !s->open || s->waiting_since_ms == 0 || s->snoozed_ms != 0)
        return;
    at = hours_after(duty_hours(l.duty), from, l.out[owner] ? 1 : BACK * MINUTE);
    /* An act of the house may have woken it just now. */
    if (at != 0 && at + SLACK < now() && is_open_now() && is_open_at(now() - SLACK) &&
        l.woken_ms + SLACK < now())
        wrong("not given back");
}

static void see(struct talk *t)
{
    const struct store_summary *s = &answer.summary;

    if (!read_summary(t))
        return;
    const int to = id_is_none(&s->staff) ? -1 : index_of(&s->staff);
    if (!id_equal(&t->owner, &s->staff) && to >= 0) {
        l.given++;
        if (!is_there(to))
            wrong("given to somebody who is not there");
        if (count_open(&s->staff) >= LIMIT && !printer_man(to))
            wrong("given to somebody who is full");
        if (t->printer && !printer_man(to) && !l.out[1] && l.back_ms + SLACK < now())
            wrong("given to somebody without the skill");
        if (!is_open_now())
            wrong("given while it is closed");
    }
    if (!id_is_none(&t->owner) && to < 0) {
        const int had = index_of(&t->owner);

        l.taken_back++;
        if (is_there(had))
            wrong("taken from somebody who is there");
    }
    if (t->snoozed_ms != 0 && s->snoozed_ms == 0) {
        l.wakes++;
        l.woken_ms = now();
        if (t->snoozed_ms > now())
            wrong("woken too early");
    }
    if (s->snoozed_ms != 0 && s->snoozed_ms + SLACK < now())
        wrong("still asleep");
    if (to >= 0)
        see_left(s, to);
    t->owner = s->staff;
    t->open = s->open;
    t->snoozed_ms = s->snoozed_ms;
    t->waiting_ms = s->waiting_since_ms;
}

static void see_all(void)
{
    for (int i = 0; i < TALKS; i++)
        see(&l.talks[i]);
}

/* Let time pass in steps so small that nothing is missed between. */
static void pass(int64_t ms)
{
    const int64_t end = now() + ms, step = ms > 10 * MINUTE ? 2 * MINUTE : 2000;

    while (now() < end) {
        sim_env_run(l.sim, step);
        see_all();
    }
}

static void start_duty(void)
{
    l.duty = duty_new(&(struct duty_settings){.env = l.env, .store = l.store});
    for (int i = 0; i < STAFF; i++)
        if (l.here[i])
            duty_here(l.duty, &l.staff[i], true);
}

/* The process ends in the middle of whatever it does, and starts again: what was not committed is
 * gone. Who was at the console is there again. */
static void crash(void)
{
    duty_free(l.duty);
    for (int i = 0; i < STAFF; i++)
        l.left_ms[i] = now(); /* nobody knows how long they had been gone */
    store_fake_crash(l.store);
    store_fake_fail_next(l.store, pick(4), STORE_FAILED); /* its settings, too */
    start_duty();
    sim_env_run(l.sim, 10000);
}

static void one_thing(void)
{
    struct talk *t = &l.talks[pick(TALKS)];
    const int who = pick(STAFF);

    switch (pick(14)) {
    case 0:
    case 1:
        if (!t->begun)
            begin(t);
        else
            say(t, STORE_PERSON);
        break;
    case 2:
    case 3:
        if (t->begun)
            say(t, STORE_STAFF);
        break;
    case 4:
        if (t->begun)
            do_act(t, STORE_ACT_CLOSE, 0);
        break;
    case 5:
        if (t->begun && t->open)
            do_act(t, STORE_ACT_SNOOZE, now() + (1 + pick(90)) * MINUTE);
        break;
    case 6:
        if (t->begun)
            do_act(t, STORE_ACT_TAGS, 0);
        break;
    case 7:
    case 8:
        set_here(who, !l.out[who] && pick(2) == 0);
        break;
    case 9:
        set_away(who, pick(3) == 0);
        break;
    case 10:
        crash();
        break;
    case 11:
        store_fake_fail_next(l.store, 1 + pick(3), pick(2) ? STORE_BUSY : STORE_FAILED);
        break;
    case 12:
        set_out(who, pick(3) == 0);
        break;
    default:
        pass((1 + pick(40)) * MINUTE);
    }
    note(t);
    pass(4000);
}

/* Everybody is here, nobody is away, nobody sleeps, it is open: what is left must be for a reason.
 */
static void calm(void)
{
    const int64_t opens = hours_next(duty_hours(l.duty), now(), true);

    store_fake_fail_next(l.store, 0, STORE_FAILED);
    for (int i = 0; i < STAFF; i++) {
        set_out(i, false);
        set_away(i, false);
        set_here(i, true);
    }
    pass(opens - now() + SLACK);
    if (!is_open_now()) /* it was about to close */
        pass(hours_next(duty_hours(l.duty), now(), true) - now() + SLACK);
    pass(SLACK);
    for (int i = 0; i < TALKS; i++) {
        const struct talk *t = &l.talks[i];
        bool room = false;

        if (!t->begun || !t->open || t->snoozed_ms != 0 || t->waiting_ms == 0 ||
            !id_is_none(&t->owner))
            continue;
        for (int k = 0; k < STAFF; k++)
            room = room || (t->printer ? printer_man(k)
                                       : printer_man(k) || count_open(&l.staff[k]) < LIMIT);
        if (room)
            wrong("waits although somebody has room");
    }
}

/* ---- what the messages and letters say in the end ---- */

struct tally {
    int events, escalated;
    bool settled; /* somebody answered or closed it since it was escalated */
    int64_t last_ms;
};

static void on_messages(enum store_result result, const union store_out *out, void *arg)
{
    struct tally *tally = arg;

    on_answer(result, NULL, NULL);
    for (size_t i = 0; result == STORE_OK && i < out->messages.count; i++) {
        const struct store_message *m = &out->messages.rows[i];

        if (m->author == STORE_STAFF ||
            (m->author == STORE_EVENT && strcmp(m->body, "closed") == 0))
            tally->settled = true;
        if (m->author == STORE_NOTE && strstr(m->body, "\"unanswered\"") != NULL) {
            if (tally->escalated++ > 0 && !tally->settled)
                wrong("escalated twice");
            tally->settled = false;
        }
        if (m->author != STORE_EVENT || strcmp(m->body, "We are back at nine.") != 0)
            continue;
        tally->events++;
        l.told++;
        if (hours_is_open(duty_hours(l.duty), m->at_ms))
            wrong("told that it is closed while it is open");
        /* One closing ends before the next begins. */
        if (tally->last_ms != 0 && hours_between(duty_hours(l.duty), tally->last_ms, m->at_ms) == 0)
            wrong("told twice in one night");
        tally->last_ms = m->at_ms;
    }
}

static void on_letters(enum store_result result, const union store_out *out, void *arg)
{
    (void)arg;
    on_answer(result, NULL, NULL);
    if (result == STORE_OK)
        l.escalations += (int)out->mail.waiting;
}

static void check_told(void)
{
    for (int i = 0; i < TALKS; i++) {
        struct tally tally = {.settled = false};
        const struct store_messages_read in = {.conversation = l.talks[i].id,
                                               .asker = {.is_staff = true},
                                               .limit = STORE_READ_MAX,
                                               .include_notes = true};

        if (l.talks[i].begun)
            (void)ASK(store_messages_read(l.store, &in, on_messages, &tally));
    }
    (void)ASK(store_mail_overview(l.store, "", now(), 1, on_letters, NULL));
}

static void birth(uint64_t seed)
{
    l.seed = seed;
    l.wrong = false;
    memset(l.talks, 0, sizeof(l.talks));
    memset(l.here, 0, sizeof(l.here));
    memset(l.away, 0, sizeof(l.away));
    memset(l.out, 0, sizeof(l.out));
    memset(l.left_ms, 0, sizeof(l.left_ms));
    l.woken_ms = l.back_ms = 0;
    l.sim = sim_env_new(seed);
    l.env = sim_env_env(l.sim);
    l.store = store_fake_new(l.env);
    for (int i = 0; i < STAFF; i++)
        add_staff(i);
}

static void death(void)
{
    duty_stop(l.duty);
    duty_free(l.duty);
    store_free(l.store);
    sim_env_free(l.sim);
}

static void live(uint64_t seed)
{
    char routing[1000], one[ID_TEXT_SIZE];

    birth(seed);
    id_format(&l.staff[1], one);
    snprintf(routing, sizeof(routing),
             "{\"mode\":\"round_robin\",\"limit\":%d,\"back_minutes\":%d,\"unanswered_minutes\":20,"
             "\"escalate_to\":[\"boss@msp.example\"],\"members\":[{\"staff\":\"%s\",\"skills\":"
             "[\"printer\"],\"limit\":0}]}",
             LIMIT, BACK, one);
    put_value(STORE_VALUE_HOURS, HOURS);
    put_value(STORE_VALUE_ROUTING, routing);
    const struct store_mail_begin mail = {.ready = true, .now_ms = now()};
    (void)ASK(store_mail_begin(l.store, &mail, on_answer, NULL));
    start_duty();
    sim_env_run(l.sim, 1000);
    store_fake_set_delay(l.store, 20);
    sim_env_run(l.sim, (8 + pick(9)) * HOUR);
    for (int i = 0; i < 60 && !l.wrong; i++)
        one_thing();
    calm();
    check_told();
    death();
}

/* Who has waited since the afternoon and asks again in the evening is told, too. */
static void evening(void)
{
    birth(1);
    put_value(STORE_VALUE_HOURS, HOURS);
    start_duty();
    sim_env_run(l.sim, 16 * HOUR + 50 * MINUTE);
    begin(&l.talks[0]);
    sim_env_run(l.sim, 20 * MINUTE);
    l.told = 0;
    check_told();
    if (l.told != 0)
        wrong("told before anything was said while it is closed");
    for (int i = 0; i < 2; i++) {
        say(&l.talks[0], STORE_PERSON);
        sim_env_run(l.sim, 10 * MINUTE);
        l.told = 0;
        check_told();
        if (l.told != 1)
            wrong("who writes while it is closed is not told once");
    }
    death();
}

/* Who is away is gone, however often their page comes back. */
static void flaky(void)
{
    struct talk *t = &l.talks[0];

    birth(1);
    put_value(STORE_VALUE_ROUTING, "{\"mode\":\"round_robin\",\"back_minutes\":10}");
    start_duty();
    set_here(0, true);
    sim_env_run(l.sim, MINUTE);
    begin(t);
    sim_env_run(l.sim, MINUTE);
    if (!read_summary(t) || id_is_none(&answer.summary.staff))
        wrong("not given");
    set_away(0, true);
    for (int i = 0; i < 3; i++) {
        sim_env_run(l.sim, 4 * MINUTE);
        set_here(0, false);
        sim_env_run(l.sim, 4000);
        set_here(0, true);
    }
    if (!read_summary(t) || !id_is_none(&answer.summary.staff))
        wrong("not given back, for a page came and went");
    death();
}

/* How often others were told that nobody answers. */
static int count_escalated(void)
{
    l.escalations = 0;
    (void)ASK(store_mail_overview(l.store, "", now(), 1, on_letters, NULL));
    return l.escalations;
}

#define ROUTING(minutes)                                                                           \
    "{\"unanswered_minutes\":" #minutes ",\"escalate_to\":[\"boss@msp.example\"]}"

/* Minutes count from when somebody was to answer. */
static void late(void)
{
    const struct store_mail_begin mail = {.ready = true};

    birth(1);
    (void)ASK(store_mail_begin(l.store, &mail, on_answer, NULL));
    start_duty();
    begin(&l.talks[0]);
    sim_env_run(l.sim, 40 * MINUTE);
    /* It is asked for only now. */
    put_value(STORE_VALUE_ROUTING, ROUTING(20));
    duty_read_settings(l.duty);
    sim_env_run(l.sim, 19 * MINUTE);
    if (count_escalated() != 0)
        wrong("told of a waiting before anybody wanted to hear of it");
    /* Something else was changed meanwhile, and once more. */
    put_value(STORE_VALUE_ROUTING, ROUTING(20));
    duty_read_settings(l.duty);
    sim_env_run(l.sim, 2 * MINUTE);
    if (count_escalated() != 1)
        wrong("not told of who has waited since before");
    /* Who sleeps is not late. */
    begin(&l.talks[1]);
    do_act(&l.talks[1], STORE_ACT_SNOOZE, now() + 60 * MINUTE);
    sim_env_run(l.sim, 79 * MINUTE);
    if (count_escalated() != 1)
        wrong("late as soon as it wakes");
    sim_env_run(l.sim, 2 * MINUTE);
    if (count_escalated() != 2)
        wrong("never late after its sleep");
    death();
}

/* More wait than one look brings, and nothing is to be done for those in front: the last are given
 * like the first. */
static void live_with_many(void)
{
    static struct talk talks[MANY];

    l.seed = 0;
    l.wrong = false;
    memset(l.here, 0, sizeof(l.here));
    l.sim = sim_env_new(1);
    l.env = sim_env_env(l.sim);
    l.store = store_fake_new(l.env);
    add_staff(0);
    put_value(STORE_VALUE_ROUTING, "{\"mode\":\"round_robin\"}");
    start_duty();
    duty_here(l.duty, &l.staff[0], true);
    for (int i = 0; i < MANY; i++)
        begin(&talks[i]);
    sim_env_run(l.sim, HOUR);
    for (int i = 0; i < MANY; i++)
        if (!read_summary(&talks[i]) || id_is_none(&answer.summary.staff))
            wrong("given to nobody among many");
    duty_stop(l.duty);
    duty_free(l.duty);
    store_free(l.store);
    sim_env_free(l.sim);
}

int main(int argc, char **argv)
{
    const uint64_t only = argc > 1 ? strtoull(argv[1], NULL, 10) : 0;
    const char *quick = getenv("TEST_QUICK");
    const uint64_t count = quick != NULL && quick[0] != '\0' ? 12 : 24;
    int failed = 0;

    log_set_level(LOG_ERROR);
    for (uint64_t seed = only != 0 ? only : 1; seed <= (only != 0 ? only : count); seed++) {
        live(seed);
        failed += l.wrong;
    }
    if (only == 0) {
        live_with_many();
        failed += l.wrong;
    }
    printf("given %d, taken back %d, woken %d, told %d, escalated %d\n", l.given, l.taken_back,
           l.wakes, l.told, l.escalations);
    /* A life in which nothing happens proves nothing. */
    if (only == 0 &&
        (l.given < 20 || l.taken_back < 3 || l.wakes < 3 || l.told < 3 || l.escalations < 3)) {
        fprintf(stderr, "too little happened\n");
        failed++;
    }
    if (only == 0) {
        evening();
        failed += l.wrong;
        flaky();
        failed += l.wrong;
        late();
        failed += l.wrong;
    }
    return failed != 0;
}
