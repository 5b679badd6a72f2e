/* The outbox: what has still to be done in the PSA is done, in the order of each conversation,
 * each thing once. Its whole state is in the store, so that it may die at any moment; what it does
 * with a send of unknown outcome is in docs/decisions/outbox-doubt.md.
 *
 * It reads the connector that the administrator set, also when another process sets it, and knows
 * no PSA itself: see psa/connector.h. */
#ifndef PARLEY_OUTBOX_H
#define PARLEY_OUTBOX_H

#include "base/env.h"
#include "base/secret.h"
#include "net/http_client.h"
#include "psa/psa.h"
#include "psa/sync.h"
#include "psa/who.h"
#include "store/store.h"

struct outbox;

struct outbox_settings {
    struct env *env;
    struct store *store;
    struct http_client *http;
    const char *origin_override;       /* "http://127.0.0.1:PORT" of a stand-in; NULL: the PSA's */
    const struct secret_key *seal_key; /* opens the connector's token */
    /* Something of this conversation's ticket or outbox is different now (committed). NULL: nobody
     * wants to know. Called from the loop. */
    void (*changed)(const struct id *conversation, void *arg);
    /* Messages with these seqs were edited, hidden or shown in the PSA. May be NULL. */
    void (*edited)(const struct id *conversation, const int64_t *seqs, size_t count, void *arg);
    /* The comments of its ticket were read, or could not be; see psa/sync.h. May be NULL. */
    void (*read)(const struct id *conversation, bool good, void *arg);
    /* How closely somebody looks; see psa/sync.h. NULL: closely. */
    enum sync_watch (*watch)(void *arg);
    /* Who somebody is who was seen (outbox_who) is known now. May be NULL. */
    void (*known)(const struct who_known *known, void *arg);
    /* What opens a ticket again; see psa/sync.h. May be NULL. */
    const char *(*reopen)(void *arg);
    /* The account's lists (STORE_VALUE_OPTIONS) have been read again. May be NULL. */
    void (*options_changed)(void *arg);
    const char *url; /* where people reach Parley, for what a comment says of files; or NULL */
    /* An address from which the PSA may fetch the file, good for long enough to try it a few times;
     * false: there is none. NULL: files are not offered. */
    bool (*file_url)(const struct store_file *file, char url[PSA_FILE_URL_SIZE], void *arg);
    void *arg;
};

/* Recovers what an earlier process left (store_recover), reads the connector, starts. What the
 * settings point to must outlive it; origin_override is copied. */
struct outbox *outbox_new(const struct outbox_settings *settings);
/* Give up what is under way (it is looked up by the next start) and free. graceful: unused budget
 * goes back to the store. Not from inside a callback of the outbox. NULL does nothing. */
void outbox_free(struct outbox *o, bool graceful);

/* Something was committed: look soon. Cheap; call it after every commit that made an entry. */
void outbox_wake(struct outbox *o);
/* Start nothing new; what is under way ends by itself (see outbox_is_idle). */
void outbox_stop(struct outbox *o);
/* No entry is worked on and no call is under way. */
bool outbox_is_idle(const struct outbox *o);
/* What brings the PSA's changes; NULL while there is no connector, or it is not let in. Good until
 * the loop's next turn. */
struct sync *outbox_sync(struct outbox *o);
/* What asks who people are; likewise. */
struct who *outbox_who(struct outbox *o);
/* The account of the PSA that is connected; "" for none. Until the loop's next turn. */
const char *outbox_account(const struct outbox *o);
/* The connector was changed in this process: read it at once. */
void outbox_reload(struct outbox *o);
/* The budget that all requests to this kind of PSA are taken from, and what counts them. */
struct gate *outbox_gate(struct outbox *o, const struct psa_kind *kind);
struct meter *outbox_meter(struct outbox *o, const struct psa_kind *kind);

#endif
