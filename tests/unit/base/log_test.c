/* The log against a reader of stderr that is slow or stuck. */
#include "cmocka_wrap.h"

#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/log.h"

#define PIPE_BYTES 4096
#define WAIT_MS    10000
#define ALL_BYTES  (1024 * 1024)

static int pipes[2], kept;
static char *all;
static size_t len;

static void open_pipe(void)
{
    assert_int_equal(pipe(pipes), 0);
    assert_true(fcntl(pipes[1], F_SETPIPE_SZ, PIPE_BYTES) >= PIPE_BYTES);
    len = 0;
    all[0] = '\0';
}

/* From here on nothing may fail until stderr is back. */
static void swap_stderr(void)
{
    kept = dup(STDERR_FILENO);
    dup2(pipes[1], STDERR_FILENO);
    close(pipes[1]);
}

static void swap_back(void)
{
    dup2(kept, STDERR_FILENO);
    close(kept);
}

/* False at the end of what comes. */
static bool read_more(void)
{
    struct pollfd p = {.fd = pipes[0], .events = POLLIN};

    if (poll(&p, 1, WAIT_MS) != 1 || len + 1 >= ALL_BYTES)
        return false;
    const ssize_t n = read(pipes[0], all + len, ALL_BYTES - 1 - len);
    if (n <= 0)
        return false;
    len += (size_t)n;
    all[len] = '\0';
    return true;
}

static void read_until(const char *text)
{
    while (strstr(all, text) == NULL && read_more()) {
    }
}

static void say(int count)
{
    for (int i = 0; i < count; i++)
        log_event(LOG_ERROR, "test", "line", LOG_N("i", i));
}

/* How many of say's lines begin `all`, one after the other; *rest is what follows. */
static int count_lines(const char **rest)
{
    int n = 0;
    char end[64];

    *rest = all;
    for (;; n++) {
        const char *eol = strchr(*rest, '\n');
        const int size = snprintf(end, sizeof(end), " room=test event=line i=%d", n);
        if (eol == NULL || eol - *rest < size || memcmp(eol - size, end, (size_t)size) != 0)
            return n;
        *rest = eol + 1;
    }
}

static pid_t child_that_says(int count)
{
    const pid_t pid = fork();

    if (pid == 0) {
        close(pipes[0]);
        swap_stderr();
        close(kept);
        say(count);
        exit(0);
    }
    close(pipes[1]);
    return pid;
}

static void loses_nothing_at_the_end(void **state)
{
    const char *rest;
    int status;

    (void)state;
    open_pipe();
    const pid_t pid = child_that_says(2000);
    usleep(300000); /* it has said everything, and waits */
    assert_int_equal(waitpid(pid, &status, WNOHANG), 0);
    while (read_more()) {
    }
    assert_int_equal(count_lines(&rest), 2000);
    assert_string_equal(rest, "");
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_int_equal(status, 0);
    close(pipes[0]);
}

static void ends_though_nobody_reads(void **state)
{
    int status;

    (void)state;
    open_pipe();
    const pid_t pid = child_that_says(2000);
    assert_int_equal(waitpid(pid, &status, 0), pid); /* the alarm ends it otherwise */
    assert_int_equal(status, 0);
    close(pipes[0]);
}

static void drops_what_does_not_fit_and_says_so(void **state)
{
    const char *rest;
    long long dropped = -1;
    const int count = 20000;

    (void)state;
    open_pipe();
    swap_stderr();
    say(count); /* the alarm ends it otherwise */
    read_until("event=log_dropped");
    log_event(LOG_ERROR, "test", "after");
    read_until("event=after\n");
    swap_back();
    const int whole = count_lines(&rest);
    assert_true(whole > 1000 && whole < count);
    const char *line = strchr(rest, ' ');
    assert_non_null(line);
    assert_int_equal(sscanf(line, " level=warn room=log event=log_dropped n=%lld\n", &dropped), 1);
    assert_int_equal(dropped, count - whole);
    line = strchr(rest, '\n');
    assert_non_null(line);
    assert_non_null(strstr(line, " level=error room=test event=after\n"));
    assert_null(strstr(line, "event=line"));
    close(pipes[0]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(loses_nothing_at_the_end),
        cmocka_unit_test(ends_though_nobody_reads),
        cmocka_unit_test(drops_what_does_not_fit_and_says_so),
    };

    all = malloc(ALL_BYTES);
    alarm(25);
    const int failed = all == NULL ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
    free(all);
    return failed;
}
