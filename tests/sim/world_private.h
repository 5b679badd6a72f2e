/* What the files of the small world share. */
#ifndef PARLEY_SIM_WORLD_PRIVATE_H
#define PARLEY_SIM_WORLD_PRIVATE_H

#include "psa/outbox.h"
#include "sim/world.h"

#define TALKS_MAX  80
#define SAID_MAX   14
#define WORLD_LEFT "On without it." /* what is said when a conversation leaves its ticket */

struct world;

/* What was said, or done to the ticket. */
struct act {
    enum store_author author; /* 0: a change of the status */
    char text[80];            /* with its own mark; the status */
    char client_id[24];
    bool is_acked;
    bool is_touched; /* its comment was hidden, shown or removed in Syncro */
};

/* One conversation: everything in it happens one after the other. */
struct talk {
    struct world *w;
    int number, said, acts_wanted;
    struct id id;
    char reference[REFERENCE_SIZE];
    struct act acts[SAID_MAX];
    struct env_timer *timer;
    struct store_op *op, *look;
    int64_t ticket;   /* as seen last; 0: none yet */
    char status[128]; /* of it, as the chat says */
    bool is_open;     /* as the chat says */
    bool is_joined;   /* it goes on in another talk, as the chat says */
    bool is_cut;      /* a ticket of it was deleted, or merged into another */
    bool is_merged;   /* another's was merged into its */
    bool is_turned;   /* somebody in Syncro set its status */
    int leaves;       /* staff took it from its ticket so often, or tried */
    int64_t left_ticket;
    struct store_entries_seen {
        int filed, parked, unfinished;
        char reason[200];
    } seen;
};

struct world {
    struct sim_env *sim;
    struct env *env;
    struct store *store;
    struct sandbox *sandbox;
    struct sim_net *net;
    struct secret_key *key;
    struct outbox *outbox;
    struct talk talks[TALKS_MAX];
    int talk_count, crashes, tokens, steps;
    int64_t wall_off_ms; /* of the wall clock now */
    struct env_timer *trouble, *mend, *connect_timer, *office;
    bool is_skewed;  /* the sandbox has dated something wrong */
    bool has_office; /* things happen in Syncro, too */
    bool has_leavers;
    int said_there; /* comments that were made there */
    struct store_op *connecting;
    struct env_timer *desk; /* world_desk.c: the act under way, done again until it is answered */
    struct store_op *desk_op;
    struct talk *desk_talk; /* NULL: none */
    struct id staff;
    int desk_acts, desk_kind, desk_choice;
    bool is_calm;
    struct world_report *report;
};

/* Note what went wrong; the first counts. */
void world_wrong(struct world *w, const char *format, ...) PRINTF_LIKE(2, 3);
/* The latest that was said or done. */
struct act *world_last_act(struct talk *t);
/* All of it was said, and is filed or parked. Lets some time pass. */
bool world_is_over(struct world *w);
/* The talk's next turn comes after so long. */
void world_next_act(struct talk *t, int64_t ms);
/* world_leave.c: another ticket for a talk, instead of an act; and what holds of one that left. */
void world_leave(struct talk *t);
void world_check_left(struct talk *t, const size_t *tickets, int count);
/* world_office.c */
void world_office_open(struct world *w);
/* Read the summary of its conversation. */
void world_look(struct talk *t, store_fn *fn);
int world_find_ticket(const struct world *w, int64_t id, struct sandbox_ticket *view);
/* world_desk.c */
void world_desk_open(struct world *w);
void world_desk_close(struct world *w);
/* What staff see is in itself right. */
void world_desk_check(struct world *w);
/* world_public.c: let everything that happened in Syncro come, and hold what the chat shows against
 * what the tickets show. */
void world_public_check(struct world *w);
/* Hold what the sandbox has against what was said: the promises. */
void world_check(struct world *w);

#endif
