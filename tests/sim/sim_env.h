/* Simulated time and chance: an env whose clock moves only when a timer is due, and whose
 * randomness comes from one seed. The same seed and the same calls give the same run. */
#ifndef PARLEY_SIM_ENV_H
#define PARLEY_SIM_ENV_H

#include "base/env.h"

struct sim_env;

/* The clock begins at 2026-01-01T00:00:00Z. */
struct sim_env *sim_env_new(uint64_t seed);
/* Timers that are left are dropped. */
void sim_env_free(struct sim_env *s);
struct env *sim_env_env(struct sim_env *s);

/* Run the soonest timer that is due at until_ms or before; timers of one time run in the order in
 * which they were started. False, with the clock at until_ms, when there is none. */
bool sim_env_step(struct sim_env *s, int64_t until_ms);
/* Step until nothing is due up to now + ms. */
void sim_env_run(struct sim_env *s, int64_t ms);

/* The time that is true whatever the wall clock says: others' clocks show it. */
int64_t sim_env_true_ms(const struct sim_env *s);
/* The wall clock steps by so much, as when it is set; timers do not notice. */
void sim_env_step_wall(struct sim_env *s, int64_t ms);

/* A number of [0, below). below is at least 1. */
uint64_t sim_env_pick(struct sim_env *s, uint64_t below);
/* True in `percent` of 100 cases. */
bool sim_env_chance(struct sim_env *s, unsigned percent);

#endif
