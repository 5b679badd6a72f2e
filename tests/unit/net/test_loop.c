#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <pthread.h>
#include <signal.h>
#include <time.h>
#include <unistd.h>

#include "net/loop.h"

#define LETTER(c) ((void *)(intptr_t)(c))

static struct loop *loop;
static char trace[256];
static size_t traced;

static int setup(void **state)
{
    struct err err;

    (void)state;
    loop = loop_new(&err);
    traced = 0;
    return loop == NULL ? -1 : 0;
}

static int teardown(void **state)
{
    (void)state;
    loop_free(loop);
    return 0;
}

static void note(void *arg)
{
    trace[traced++] = (char)(intptr_t)arg;
    trace[traced] = '\0';
}

static void stop(void *arg)
{
    (void)arg;
    loop_stop(loop);
}

static void timers_fire_in_order(void **state)
{
    struct env *env = loop_env(loop);
    const int64_t start = env_mono_ms(env);
    struct env_timer *cancelled;

    (void)state;
    env_timer_start(env, 30, stop, NULL);
    env_timer_start(env, 20, note, LETTER('c'));
    env_timer_start(env, 0, note, LETTER('a'));
    env_timer_start(env, 10, note, LETTER('b'));
    cancelled = env_timer_start(env, 5, note, LETTER('x'));
    assert_int_equal(traced, 0);
    env_timer_cancel(env, &cancelled);
    assert_null(cancelled);
    env_timer_cancel(env, &cancelled);
    loop_run(loop);
    assert_string_equal(trace, "abc");
    assert_true(env_mono_ms(env) - start >= 30);
}

static int restarts;

static void restart(void *arg)
{
    restarts++;
    env_timer_start(loop_env(loop), 0, restart, arg);
}

static void timer_of_zero_starves_nobody(void **state)
{
    (void)state;
    restarts = 0;
    env_timer_start(loop_env(loop), 0, restart, NULL);
    loop_post(loop, note, LETTER('p'));
    for (int i = 0; i < 5; i++)
        loop_turn(loop, 0);
    assert_string_equal(trace, "p");
    assert_in_range(restarts, 1, 5);
}

static void many_timers(void **state)
{
    struct env *env = loop_env(loop);
    static struct env_timer *timers[1000];

    (void)state;
    for (int i = 0; i < 1000; i++)
        timers[i] = env_timer_start(env, (i * 7919) % 50, i % 10 == 0 ? note : stop, LETTER('f'));
    for (int i = 0; i < 1000; i++)
        if (i % 10 != 0)
            env_timer_cancel(env, &timers[i]);
    env_timer_start(env, 60, stop, NULL);
    loop_run(loop);
    assert_int_equal(traced, 100);
}

static void defer_again(void *arg)
{
    note(arg);
    loop_defer(loop, note, LETTER('2'));
}

static void defer_from_post(void *arg)
{
    loop_defer(loop, note, LETTER('d'));
    note(arg);
}

static void deferred_tasks_run_at_the_end_of_the_turn(void **state)
{
    (void)state;
    loop_defer(loop, defer_again, LETTER('1'));
    assert_int_equal(traced, 0);
    loop_turn(loop, 0);
    assert_string_equal(trace, "1");
    loop_turn(loop, 0);
    assert_string_equal(trace, "12");
    traced = 0;
    loop_post(loop, defer_from_post, LETTER('p'));
    loop_post(loop, note, LETTER('q'));
    loop_turn(loop, 100);
    assert_string_equal(trace, "pqd");
}

static void idle_loop_sleeps(void **state)
{
    struct timespec before, after;

    (void)state;
    loop_defer(loop, note, LETTER('d'));
    env_timer_start(loop_env(loop), 200, stop, NULL);
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &before);
    loop_run(loop);
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &after);
    assert_string_equal(trace, "d");
    const int64_t used_us =
        (int64_t)(after.tv_sec - before.tv_sec) * 1000000 + (after.tv_nsec - before.tv_nsec) / 1000;
    assert_true(used_us < 100000);
}

static void turn_waits_no_longer_than_asked(void **state)
{
    struct env *env = loop_env(loop);
    const int64_t start = env_mono_ms(env);

    (void)state;
    loop_turn(loop, 20);
    assert_in_range(env_mono_ms(env) - start, 15, 1000);
}

static int posts_seen;

static void count_post(void *arg)
{
    assert_int_equal((int)(intptr_t)arg, posts_seen);
    if (++posts_seen == 10000)
        loop_stop(loop);
}

static void *poster(void *arg)
{
    (void)arg;
    for (intptr_t i = 0; i < 10000; i++)
        loop_post(loop, count_post, (void *)i);
    return NULL;
}

static void posts_come_from_another_thread_in_order(void **state)
{
    pthread_t thread;

    (void)state;
    posts_seen = 0;
    assert_int_equal(pthread_create(&thread, NULL, poster, NULL), 0);
    loop_run(loop);
    pthread_join(thread, NULL);
    assert_int_equal(posts_seen, 10000);
}

static void stop_signal_is_told(void **state)
{
    (void)state;
    loop_on_stop_signal(loop, stop, NULL);
    kill(getpid(), SIGTERM);
    loop_run(loop);
    kill(getpid(), SIGINT);
    loop_run(loop);
    kill(getpid(), SIGPIPE);
    loop_on_stop_signal(loop, NULL, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(timers_fire_in_order, setup, teardown),
        cmocka_unit_test_setup_teardown(timer_of_zero_starves_nobody, setup, teardown),
        cmocka_unit_test_setup_teardown(many_timers, setup, teardown),
        cmocka_unit_test_setup_teardown(deferred_tasks_run_at_the_end_of_the_turn, setup, teardown),
        cmocka_unit_test_setup_teardown(idle_loop_sleeps, setup, teardown),
        cmocka_unit_test_setup_teardown(turn_waits_no_longer_than_asked, setup, teardown),
        cmocka_unit_test_setup_teardown(posts_come_from_another_thread_in_order, setup, teardown),
        cmocka_unit_test_setup_teardown(stop_signal_is_told, setup, teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
