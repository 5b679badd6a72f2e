/* Shared by the files of the sync. */
#ifndef PARLEY_SYNC_PRIVATE_H
#define PARLEY_SYNC_PRIVATE_H

#include "psa/sync.h"

#define SYNC_READINGS      8 /* conversations whose comments are being read */
#define SYNC_READINGS_POLL 4 /* of them for the poll */
#define SYNC_HISTORIES     32
#define SYNC_HINTS_MAX     64
#define SYNC_PAGES_MAX     400 /* of a poll; after a long time without one */
#define SYNC_HISTORY_PAGES 10

/* One conversation whose comments are being read. The handles are the state. */
struct reading {
    struct sync *s; /* NULL: this place is free */
    struct id conversation;
    int64_t ticket, updated_ms, began_ms;
    enum budget_class class;
    bool is_check; /* it is only asked whether the ticket is there */
    struct psa_call *call;
    struct store_op *op;
};

/* Whose older tickets are to be read. */
struct history {
    int64_t contact, customer, page;
    void (*done)(void *arg);
    void *arg;
};

struct sync {
    struct sync_settings set;
    char account[128];
    bool stopped;
    /* the poll (sync.c) */
    struct env_timer *timer;
    struct store_op *op;
    struct psa_call *call;
    bool polling, again; /* again: a hint came meanwhile */
    int64_t polled_ms;   /* when the last began; mono */
    int64_t moved_ms;    /* when something was different last; mono */
    int64_t since_ms;    /* the cursor; 0: not read yet. By the PSA's clock */
    int64_t newest_ms;   /* that this poll has seen */
    int64_t date_ms;     /* the PSA's clock at its last answer; 0: it did not say */
    int64_t comments_since_ms, newest_comment_ms; /* the same for new comments */
    int64_t checked_ms; /* when a ticket was asked for by itself last; mono */
    int64_t page;
    int pass, fails, rounds;
    bool more, pass_changed, no_new_comments;
    bool due_left, reading_failed; /* in this poll */
    int64_t hints[SYNC_HINTS_MAX]; /* tickets hinted at since the last poll began */
    size_t hint_count;
    struct reading readings[SYNC_READINGS];
    /* older tickets (sync_history.c) */
    struct history histories[SYNC_HISTORIES]; /* the first is under way */
    size_t history_count;
    struct psa_call *history_call;
    struct store_op *history_op;
};

/* sync.c: the poll goes on when a reading has ended. */
void sync_reading_ended(struct sync *s, bool good);

/* sync_read.c: false when there is no place for it, or it is being read. */
bool sync_read_start(struct sync *s, const struct store_sync_due_row *row, enum budget_class class);
/* Ask for the ticket itself. */
void sync_check_start(struct sync *s, const struct store_sync_due_row *row);
size_t sync_readings(const struct sync *s);
void sync_reading_cancel(struct reading *r);

/* sync_history.c */
void sync_history_free(struct sync *s);

#endif
