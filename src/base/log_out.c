#include "base/log_out.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"

#define RING_BYTES (256 * 1024)
#define PIECE      4096 /* a pipe that has room at all takes so much whole (pipe(7), PIPE_BUF) */
#define EXIT_S     2

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t filled = PTHREAD_COND_INITIALIZER, drained = PTHREAD_COND_INITIALIZER;
static char ring[RING_BYTES];
static size_t first, used; /* used: also what the thread is writing now */
static long long dropped;  /* lines, since the ring was full; more than 0 only while it drains */
static bool running;       /* the thread */

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

static bool takes_more(int wait_ms)
{
    struct pollfd p = {.fd = STDERR_FILENO, .events = POLLOUT};

    return poll(&p, 1, wait_ms) > 0;
}

/* How much of it is done with, written or not to be written ever. */
static size_t write_out(const char *text, size_t len, int wait_ms)
{
    size_t done = 0;

    /* Not by O_NONBLOCK, for that would be everybody's who has this stderr. */
    while (done < len && takes_more(wait_ms)) {
        const ssize_t n = write(STDERR_FILENO, text + done, smaller(len - done, PIECE));
        if (n > 0)
            done += (size_t)n;
        else if (n < 0 && errno == EAGAIN && wait_ms == 0)
            break;
        else if (n == 0 || (errno != EINTR && errno != EAGAIN))
            return len; /* nowhere to report a failure to */
    }
    return done;
}

static void keep(const char *text, size_t len)
{
    const size_t at = (first + used) % RING_BYTES, straight = smaller(len, RING_BYTES - at);

    memcpy(ring + at, text, straight);
    memcpy(ring, text + straight, len - straight);
    used += len;
}

static void keep_notice(void)
{
    char at[CLOCK_TEXT_SIZE], line[128];

    clock_format(clock_wall_ms(), at);
    snprintf(line, sizeof(line), "time=%s level=warn room=log event=log_dropped n=%lld\n", at,
             dropped);
    keep(line, strlen(line));
    dropped = 0;
}

static void *drain(void *arg)
{
    char piece[PIECE];

    (void)arg;
    pthread_mutex_lock(&lock);
    for (;;) {
        while (used == 0) {
            pthread_cond_broadcast(&drained);
            pthread_cond_wait(&filled, &lock);
        }
        const size_t n = smaller(smaller(used, RING_BYTES - first), PIECE);
        memcpy(piece, ring + first, n);
        pthread_mutex_unlock(&lock);
        (void)write_out(piece, n, -1);
        pthread_mutex_lock(&lock);
        first = (first + n) % RING_BYTES;
        used -= n;
        if (used == 0 && dropped > 0)
            keep_notice();
    }
    return NULL;
}

static void wait_at_exit(void)
{
    struct timespec end;

    clock_gettime(CLOCK_MONOTONIC, &end);
    end.tv_sec += EXIT_S;
    pthread_mutex_lock(&lock);
    while (used > 0 && pthread_cond_clockwait(&drained, &lock, CLOCK_MONOTONIC, &end) == 0) {
    }
    pthread_mutex_unlock(&lock);
}

/* Only when stderr is stuck for the first time. Signals are the loop's. */
static bool start(void)
{
    sigset_t all, before;
    pthread_t thread;

    if (running)
        return true;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    running = pthread_create(&thread, NULL, drain, NULL) == 0;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    if (running) {
        pthread_detach(thread);
        atexit(wait_at_exit);
    }
    return running;
}

void log_out_put(const char *line, size_t len)
{
    pthread_mutex_lock(&lock);
    const size_t done = used == 0 ? write_out(line, len, 0) : 0;
    if (done < len && start()) {
        if (dropped > 0 || used + len - done > RING_BYTES)
            dropped++;
        else
            keep(line + done, len - done);
        pthread_cond_signal(&filled);
    }
    pthread_mutex_unlock(&lock);
}
