/* Digests, lived through on simulated time over the change of summer time: the process crashes, the
 * store fails, the server is down for hours, somebody chooses other times. In the end there are as
 * many letters as times that came. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "chat/notify.h"
#include "duty/digest.h"
#include "sim/sim_env.h"
#include "store/fake/store_fake.h"

#define STAFF  3
#define MINUTE INT64_C(60000)
#define HOUR   (60 * MINUTE)
#define DAY    (24 * HOUR)

#define CHOICE(zone, times)                                                                        \
    "{\"events\":{\"unassigned\":[\"digest\"]},\"zone\":\"" zone "\",\"digest\":{\"times\":"       \
    "[" times "]}}"

/* Half past two is left out on 2026-03-29 in Berlin, and there twice on 2026-04-05 in Sydney. */
static const char *const choices[] = {
    CHOICE("Europe/Berlin", "\"02:15\",\"02:30\",\"08:00\",\"08:01\""),
    CHOICE("Australia/Sydney", "\"02:30\",\"17:00\""),
    CHOICE("America/New_York", "\"00:00\",\"23:59\""),
};

static struct life {
    uint64_t seed;
    struct sim_env *sim;
    struct env *env;
    struct store *store;
    struct digest *digest;
    struct id staff[STAFF];
    struct notify *chosen[STAFF];
    int64_t counted_ms; /* times up to it are in `expected` */
    int expected;
} l;

static struct answer {
    bool came;
    enum store_result result;
    int64_t waiting;
} answer;

static int64_t now(void)
{
    return env_now_ms(l.env);
}

static int pick(int below)
{
    return (int)sim_env_pick(l.sim, (uint64_t)below);
}

static void on_answer(enum store_result result, const union store_out *out, void *arg)
{
    (void)out;
    (void)arg;
    answer.came = true;
    answer.result = result;
}

static void on_mail(enum store_result result, const union store_out *out, void *arg)
{
    on_answer(result, NULL, arg);
    answer.waiting = result == STORE_OK ? out->mail.waiting : -1;
}

static void wait_for(struct store_op *op)
{
    (void)op;
    while (!answer.came && sim_env_step(l.sim, now() + HOUR))
        ;
}

/* Until the store can. */
#define ASK(call)                                                                                  \
    do {                                                                                           \
        answer.came = false;                                                                       \
        wait_for(call);                                                                            \
    } while (answer.result == STORE_FAILED || answer.result == STORE_BUSY)

/* What came since the last count; down: nobody was there to see it. */
static void count(bool down)
{
    const int64_t end = now(), late = end - STORE_DIGEST_LATE_MS;

    for (int i = 0; i < STAFF; i++) {
        const int64_t from = down && l.counted_ms < late ? late : l.counted_ms;

        if (down)
            l.expected += notify_due(l.chosen[i], from, end) != 0;
        for (int64_t at = from; !down && (at = notify_next(l.chosen[i], at)) <= end && at != 0;)
            l.expected++;
    }
    l.counted_ms = end;
}

static void start(void)
{
    l.digest = digest_new(&(struct digest_settings){.env = l.env, .store = l.store});
}

static void settle(void)
{
    store_fake_fail_next(l.store, 0, STORE_FAILED);
    sim_env_run(l.sim, 20000);
}

static void choose(int i)
{
    const char *text = choices[pick(STAFF)];
    struct json_doc *doc = json_parse(text, strlen(text), NULL);
    struct store_staff_setting in = {
        .staff = l.staff[i], .key = "notify", .text = text, .changed_ms = now()};

    notify_free(l.chosen[i]);
    if (notify_new(json_root(doc), &l.chosen[i], NULL) < 0)
        abort();
    json_free(doc);
    ASK(store_staff_setting_put(l.store, &in, on_answer, NULL));
    digest_read(l.digest);
}

static void add_staff(int i)
{
    char email[40];
    struct store_staff_add in = {.id = env_new_id(l.env),
                                 .name = "Sam",
                                 .email = email,
                                 .role = STORE_TECHNICIAN,
                                 .link = {.kind = STORE_LINK_INVITE, .expires_ms = now() + HOUR},
                                 .now_ms = now()};

    snprintf(email, sizeof(email), "s%d@msp.example", i);
    in.link.hash[0] = (uint8_t)(i + 1);
    l.staff[i] = in.id;
    ASK(store_staff_add(l.store, &in, on_answer, NULL));
}

/* Somebody waits, and will. */
static void begin(void)
{
    const struct store_mail_begin mail = {.ready = true, .now_ms = now()};
    struct store_conversation_start in = {.conversation = env_new_id(l.env),
                                          .person = env_new_id(l.env),
                                          .message = env_new_id(l.env),
                                          .reference = "PLY-00000001",
                                          .name = "Ann",
                                          .email = "ann@nowhere.example",
                                          .subject = "It waits",
                                          .body = "words",
                                          .sender = "v:1",
                                          .client_id = "the-first-words",
                                          .now_ms = now()};

    ASK(store_mail_begin(l.store, &mail, on_answer, NULL));
    ASK(store_conversation_start(l.store, &in, on_answer, NULL));
    if (answer.result != STORE_OK)
        fprintf(stderr, "nobody waits: %s\n", store_result_name(answer.result));
}

static void one_thing(void)
{
    switch (pick(8)) {
    case 0: /* the process ends in the middle of whatever it does */
        digest_free(l.digest);
        store_fake_crash(l.store);
        store_fake_fail_next(l.store, pick(4), STORE_FAILED);
        start();
        break;
    case 1:
        store_fake_fail_next(l.store, 1 + pick(5), pick(2) ? STORE_BUSY : STORE_FAILED);
        break;
    case 2:
        settle();
        count(false);
        digest_free(l.digest);
        sim_env_run(l.sim, (1 + pick(300)) * MINUTE);
        count(true);
        start();
        settle();
        break;
    case 3:
        settle();
        count(false);
        choose(pick(STAFF));
        settle();
        break;
    default:
        sim_env_run(l.sim, (1 + pick(240)) * MINUTE);
    }
}

static bool live(uint64_t seed)
{
    bool good;

    l = (struct life){.seed = seed, .sim = sim_env_new(seed)};
    l.env = sim_env_env(l.sim);
    l.store = store_fake_new(l.env);
    store_fake_set_delay(l.store, 50);
    sim_env_step_wall(l.sim, 84 * DAY); /* 2026-03-26 */
    begin();
    for (int i = 0; i < STAFF; i++)
        add_staff(i);
    start();
    l.counted_ms = now();
    for (int i = 0; i < STAFF; i++)
        choose(i);
    while (now() < 1775779200000) /* 2026-04-10 */
        one_thing();
    settle();
    count(false);
    ASK(store_mail_overview(l.store, "", now(), 1, on_mail, NULL));
    good = answer.waiting == l.expected && l.expected > 0;
    if (!good)
        fprintf(stderr, "seed %" PRIu64 ": %" PRId64 " letters instead of %d\n", seed,
                answer.waiting, l.expected);
    digest_free(l.digest);
    store_free(l.store);
    sim_env_free(l.sim);
    for (int i = 0; i < STAFF; i++)
        notify_free(l.chosen[i]);
    return good;
}

int main(void)
{
    int failed = 0;

    log_set_level(LOG_ERROR);
    for (uint64_t seed = 1; seed <= 30; seed++)
        failed += !live(seed);
    printf("30 lives, %d failed\n", failed);
    return failed == 0 ? 0 : 1;
}
