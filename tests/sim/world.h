/* A small world on simulated time: people and staff say things, the outbox and the Syncro connector
 * file them with the sandbox, and all sorts of trouble comes in between; all of it from one seed.
 */
#ifndef PARLEY_SIM_WORLD_H
#define PARLEY_SIM_WORLD_H

#include "sim/sim_net.h"

struct world_settings {
    uint64_t seed;
    enum sim_net_break broken;
};

struct world_report {
    int conversations, said, crashes, parked, steps;
    int64_t requests;   /* to Syncro */
    size_t most_minute; /* of them in a rolling minute */
    char wrong[512];    /* "" when every promise was kept */
};

/* Live through the whole of it: some minutes of trouble, then calm until all is filed or parked. */
void world_run(const struct world_settings *settings, struct world_report *report);

#endif
