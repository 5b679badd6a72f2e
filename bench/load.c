/* The load generator. Slots run beside each other; each keeps `depth` messages outstanding and
 * sends the next when an ack arrives (a closed loop: the server is never asked for more than it
 * acknowledges). A slot may pass from person to person, to stay under a limit per person.
 *
 *   bench_load --protocol parley|reference --port N [--connections 64] [--depth 1]
 *              [--persons 1 --per-person 0] [--warm-up-ms 1000] [--measure-ms 3000]
 *   bench_load --idle --protocol ... --port N --connections 10000
 *
 * The first prints one line of JSON; with --idle it says "ready" when all have been welcomed and
 * holds the connections until its standard input ends. */
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <unistd.h>

#include "chatter.h"

#define LATENCIES_MAX ((size_t)4000000)
#define EVENTS        256

struct slot {
    struct chatter *persons; /* one after the other */
    uint32_t at;             /* which of them */
    struct load *load;
};

struct load {
    bool parley;
    bool idle;
    uint16_t port;
    uint32_t connections;
    uint32_t depth;
    uint32_t persons;    /* of each slot */
    uint32_t per_person; /* messages before a slot passes on; 0: no limit */
    int64_t warm_up_ns;
    int64_t measure_ns;
    int poll;
    struct slot *slots;
    bool measuring;
    uint64_t all;       /* acks, with those of the warm-up */
    int64_t *latencies; /* of the acks in the measured time */
    size_t count;
};

static void got_ack(int64_t ns, void *arg)
{
    struct load *load = arg;

    load->all++;
    if (!load->measuring)
        return;
    if (load->count == LATENCIES_MAX)
        die("more acks than there is room for");
    load->latencies[load->count++] = ns;
}

static void watch(struct load *load, struct slot *slot, int operation)
{
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = slot};

    if (epoll_ctl(load->poll, operation, slot->persons[slot->at].ws.fd, &event) < 0)
        die("epoll_ctl: %s", strerror(errno));
}

static void fill(struct load *load, struct slot *slot)
{
    struct chatter *c = &slot->persons[slot->at];

    if (load->per_person != 0 && c->sent >= load->per_person) {
        if (c->acked < c->sent)
            return;
        watch(load, slot, EPOLL_CTL_DEL);
        slot->at++;
        if (slot->at == load->persons)
            die("no person is left who may write; more --persons");
        watch(load, slot, EPOLL_CTL_ADD);
        c = &slot->persons[slot->at];
    }
    while (c->sent - c->acked < load->depth &&
           (load->per_person == 0 || c->sent < load->per_person))
        chatter_send(c, load->parley);
}

static void run_until(struct load *load, int64_t end_ns)
{
    struct epoll_event events[EVENTS];

    while (now_ns() < end_ns) {
        int ready = epoll_wait(load->poll, events, EVENTS, 5000);

        if (ready == 0)
            die("no ack for five seconds");
        for (int i = 0; i < ready; i++) {
            struct slot *slot = events[i].data.ptr;

            chatter_receive(&slot->persons[slot->at], load->parley, got_ack, load);
            fill(load, slot);
        }
    }
}

static void open_all(struct load *load)
{
    load->poll = epoll_create1(EPOLL_CLOEXEC);
    load->slots = calloc(load->connections, sizeof(*load->slots));
    load->latencies = calloc(LATENCIES_MAX, sizeof(*load->latencies));
    if (load->poll < 0 || load->slots == NULL || load->latencies == NULL)
        die("out of memory");
    for (uint32_t i = 0; i < load->connections; i++) {
        struct slot *slot = &load->slots[i];

        slot->persons = calloc(load->persons, sizeof(*slot->persons));
        if (slot->persons == NULL)
            die("out of memory");
        for (uint32_t p = 0; p < load->persons; p++) {
            struct chatter *c = &slot->persons[p];

            chatter_open(c, load->parley, load->port, i * load->persons + p);
            if (!load->idle)
                chatter_start(c, load->parley);
            ws_client_set_nonblocking(&c->ws);
        }
        if (!load->idle)
            watch(load, slot, EPOLL_CTL_ADD);
    }
}

static int by_size(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a;
    int64_t y = *(const int64_t *)b;

    return (x > y) - (x < y);
}

static double micros_at(const struct load *load, double share)
{
    return (double)load->latencies[(size_t)((double)(load->count - 1) * share)] / 1000.0;
}

static void run_load(struct load *load)
{
    int64_t begin;
    double seconds;

    for (uint32_t i = 0; i < load->connections; i++)
        fill(load, &load->slots[i]);
    run_until(load, now_ns() + load->warm_up_ns);
    load->measuring = true;
    begin = now_ns();
    run_until(load, begin + load->measure_ns);
    seconds = (double)(now_ns() - begin) / 1e9;
    if (load->count == 0)
        die("not one ack in the measured time");
    qsort(load->latencies, load->count, sizeof(*load->latencies), by_size);
    printf("{\"acks\":%zu,\"acks_in_all\":%llu,\"seconds\":%.3f,\"per_s\":%.1f,\"p50_us\":%.1f,"
           "\"p99_us\":%.1f,\"max_us\":%.1f}\n",
           load->count, (unsigned long long)load->all, seconds, (double)load->count / seconds,
           micros_at(load, 0.50), micros_at(load, 0.99), micros_at(load, 1.0));
}

static void hold(void)
{
    char byte;

    puts("ready");
    fflush(stdout);
    while (read(STDIN_FILENO, &byte, 1) > 0)
        ;
}

static long number(const char *text, long max)
{
    char *end;
    long value = strtol(text, &end, 10);

    if (*text == '\0' || *end != '\0' || value < 0 || value > max)
        die("not a number of 0 to %ld: %s", max, text);
    return value;
}

static void read_options(struct load *load, int argc, char **argv)
{
    static const struct option options[] = {
        {"protocol", 1, NULL, 'P'},   {"port", 1, NULL, 'p'},       {"connections", 1, NULL, 'c'},
        {"depth", 1, NULL, 'd'},      {"persons", 1, NULL, 'n'},    {"per-person", 1, NULL, 'm'},
        {"warm-up-ms", 1, NULL, 'w'}, {"measure-ms", 1, NULL, 't'}, {"idle", 0, NULL, 'i'},
        {NULL, 0, NULL, 0},
    };
    int option;

    while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
        switch (option) {
        case 'P':
            load->parley = strcmp(optarg, "parley") == 0;
            break;
        case 'p':
            load->port = (uint16_t)number(optarg, 65535);
            break;
        case 'c':
            load->connections = (uint32_t)number(optarg, 100000);
            break;
        case 'd':
            load->depth = (uint32_t)number(optarg, CHATTER_DEPTH_MAX);
            break;
        case 'n':
            load->persons = (uint32_t)number(optarg, 10000);
            break;
        case 'm':
            load->per_person = (uint32_t)number(optarg, 1000000);
            break;
        case 'w':
            load->warm_up_ns = number(optarg, 600000) * 1000000L;
            break;
        case 't':
            load->measure_ns = number(optarg, 600000) * 1000000L;
            break;
        case 'i':
            load->idle = true;
            break;
        default:
            die("see the head of bench/load.c for the options");
        }
    }
    if (load->port == 0 || load->connections == 0 || load->depth == 0 || load->persons == 0)
        die("--port is missing, or an option is 0");
}

int main(int argc, char **argv)
{
    struct load load = {
        .connections = 64,
        .depth = 1,
        .persons = 1,
        .warm_up_ns = 1000000000,
        .measure_ns = 3000000000,
    };
    struct rlimit files;

    read_options(&load, argc, argv);
    if (getrlimit(RLIMIT_NOFILE, &files) == 0) {
        files.rlim_cur = files.rlim_max;
        setrlimit(RLIMIT_NOFILE, &files);
    }
    open_all(&load);
    if (load.idle)
        hold();
    else
        run_load(&load);
    return 0;
}
