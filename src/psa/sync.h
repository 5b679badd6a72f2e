/* From the PSA to the chat: one poll for all tickets that changed, comments where something did.
 * Everything is committed before the next step, so that it may die at any moment: the cursor moves
 * last, and what is still to be read is marked in the store. The outbox owns it, and makes a new
 * one for each connector. */
#ifndef PARLEY_SYNC_H
#define PARLEY_SYNC_H

#include "psa/connector.h"

struct sync;

/* How closely somebody looks. */
enum sync_watch {
    SYNC_NOBODY,   /* nobody is connected */
    SYNC_SOMEBODY, /* somebody is */
    SYNC_CLOSELY,  /* and has a conversation before them */
};

struct sync_settings {
    struct env *env;
    struct store *store;
    struct psa_connector *connector;
    const char *account;        /* copied */
    int64_t limit;              /* requests a minute; half of it spent slows the poll down */
    int64_t (*used)(void *arg); /* of them, now */
    enum sync_watch (*watch)(void *arg); /* asked before each poll; NULL: closely */
    /* Of a conversation there are new messages, or its ticket is different; or the messages with
     * these seqs are. May be NULL. */
    void (*changed)(const struct id *conversation, void *arg);
    void (*edited)(const struct id *conversation, const int64_t *seqs, size_t count, void *arg);
    /* The comments of its ticket were read and are kept, or (good false) could not be. May be NULL.
     */
    void (*read)(const struct id *conversation, bool good, void *arg);
    /* What opens a ticket again, as a change of it (store_sync_tickets); "": nothing does. Until
     * the loop's next turn. May be NULL. */
    const char *(*reopen)(void *arg);
    void *arg;
};

/* Polls at once, then by itself. What the settings point to must outlive it. */
struct sync *sync_new(const struct sync_settings *settings);
/* Give up what is under way. NULL does nothing. */
void sync_free(struct sync *s);

/* Start nothing new. */
void sync_stop(struct sync *s);
/* No call is under way. */
bool sync_is_idle(const struct sync *s);

/* What was wrong with the token is mended: do not wait as after errors. */
void sync_mended(struct sync *s);
/* Somebody has come: poll as soon as that is due for them. */
void sync_attend(struct sync *s);
/* The PSA says that something has happened: poll soon. ticket: whose comments are to be read; 0: it
 * is not known. Any number of hints within a moment cost one poll. */
void sync_hint(struct sync *s, int64_t ticket);
/* Somebody has opened this conversation: read its comments now. */
void sync_read(struct sync *s, const struct id *conversation, int64_t ticket);
/* What the PSA says of a ticket as the store has it; texts are borrowed. */
void sync_row(const struct psa_ticket *t, struct id event, struct store_psa_ticket *to);
/* Keep what the PSA says of tickets (store_sync_tickets); then tell of what has changed by it. */
struct store_op *sync_keep(struct sync *s, const struct psa_result *r, store_fn *fn, void *arg);
void sync_tell(struct sync *s, const struct store_sync_seen *seen);
/* Read the older tickets of a contact, or of a company (contact 0), unless that was done lately.
 * done(arg) comes when they are there, or cannot be read now, at the latest from sync_free; never
 * when the queue is full. */
void sync_history(struct sync *s, int64_t contact, int64_t customer, void (*done)(void *arg),
                  void *arg);
/* done is never called. */
void sync_history_cancel(struct sync *s, void *arg);

#endif
