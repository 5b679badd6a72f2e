/* Many simulated lives, one from each seed.
 *
 *   sim [--from SEED] [--count N] [--break forgets|loses|repeats] [--log]
 *
 * A seed that breaks a promise is printed and replays exactly. With --break, the sim succeeds when
 * some seed notices. With TEST_QUICK set, a tenth of the seeds is lived. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/str.h"
#include "sim/world.h"

static const char *const breaks[] = {"", "forgets", "loses", "repeats"};

static int usage(void)
{
    fprintf(stderr, "usage: sim [--from SEED] [--count N] [--break forgets|loses|repeats] "
                    "[--log]\n");
    return 2;
}

static int find_break(const char *name)
{
    for (int i = 1; i < (int)COUNT_OF(breaks); i++)
        if (strcmp(breaks[i], name) == 0)
            return i;
    return 0;
}

int main(int argc, char **argv)
{
    int64_t from = 1, count = 1000, said = 0, requests = 0;
    int broken = 0, failed = 0, crashes = 0, parked = 0, steps = 0;
    size_t most = 0;

    log_set_level(LOG_ERROR);
    for (int i = 1; i < argc; i++) {
        const char *value = i + 1 < argc ? argv[i + 1] : "";
        if (strcmp(argv[i], "--log") == 0)
            log_set_level(LOG_DEBUG);
        else if (strcmp(argv[i], "--from") == 0 && str_to_int(value, 0, INT64_MAX, &from) == 0)
            i++;
        else if (strcmp(argv[i], "--count") == 0 && str_to_int(value, 1, 100000000, &count) == 0)
            i++;
        else if (strcmp(argv[i], "--break") == 0 && (broken = find_break(value)) != 0)
            i++;
        else
            return usage();
    }
    const char *quick = getenv("TEST_QUICK");
    if (quick != NULL && quick[0] != '\0' && count >= 10)
        count /= 10;
    for (int64_t seed = from; seed < from + count; seed++) {
        const struct world_settings settings = {(uint64_t)seed, (enum sim_net_break)broken};
        struct world_report r;
        world_run(&settings, &r);
        said += r.said;
        requests += r.requests;
        crashes += r.crashes;
        parked += r.parked;
        steps += r.steps;
        if (r.most_minute > most)
            most = r.most_minute;
        if (r.wrong[0] == '\0')
            continue;
        failed++;
        printf("seed %" PRId64 ": %s\n  replay: %s --from %" PRId64 " --count 1%s%s\n", seed,
               r.wrong, argv[0], seed, broken != 0 ? " --break " : "", breaks[broken]);
        fflush(stdout);
        if (broken != 0)
            return 0; /* noticed */
    }
    printf("%" PRId64 " lives, %" PRId64 " acts, %d crashes, %d steps of the clock, %" PRId64
           " requests, at most %zu in "
           "a minute, %d conversations parked, %d failed\n",
           count, said, crashes, steps, requests, most, parked, failed);
    return broken != 0 || failed > 0;
}
