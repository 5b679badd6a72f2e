/* The network of a simulation: an HTTP client whose other side is the sandbox's core. Requests and
 * answers travel for a while, and may be lost on either way; what was sent arrives even when nobody
 * waits for the answer any more. */
#ifndef PARLEY_SIM_NET_H
#define PARLEY_SIM_NET_H

#include "net/http_client.h"
#include "sandbox/sandbox.h"
#include "sim/sim_env.h"

#define SIM_NET_ORIGIN "http://127.0.0.1:1"

/* Ways to go wrong on purpose, to see that the checks of a simulation notice. */
enum sim_net_break {
    SIM_NET_WHOLE,
    SIM_NET_FORGETS, /* look-ups find nothing: what is in doubt is sent again */
    SIM_NET_LOSES,   /* now and then a comment is answered as done, and never arrives */
    SIM_NET_REPEATS, /* every look-up is asked forty times */
};

struct sim_net;

/* All must outlive it. */
struct sim_net *sim_net_new(struct sim_env *sim, struct sandbox *sandbox);
void sim_net_free(struct sim_net *n);
struct http_client *sim_net_client(struct sim_net *n);
/* Each way takes 1 to `slowest_ms`; `lost` of 100 connections are refused, reset on the way there,
 * or reset on the way back. */
void sim_net_set(struct sim_net *n, int64_t slowest_ms, unsigned lost);
void sim_net_break(struct sim_net *n, enum sim_net_break how);
/* The process that waits for the answers is gone: handles are dead, requests on their way arrive.
 */
void sim_net_crash(struct sim_net *n);

#endif
