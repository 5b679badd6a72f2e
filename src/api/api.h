/* The chat over HTTP and WebSocket: who is connected, what they may do, and who hears of it. Says
 * nothing to anybody before it is committed. Everything on the loop's thread. */
#ifndef PARLEY_API_H
#define PARLEY_API_H

#include "base/env.h"
#include "net/http_server.h"
#include "store/store.h"

#define API_URL_SIZE      256
#define API_FILE_URL_SIZE 1400

struct api;
struct courier;
struct desk;
struct duty;
struct oidc;
struct post;
struct secret_key;
struct sync;
struct work_pool;

struct api_settings {
    struct env *env;
    struct store *store;
    struct work_pool *work;   /* for passwords */
    struct work_pool *disk;   /* for the bytes of files */
    const char *files_folder; /* where those lie */
    bool files_public;        /* the PSA may fetch files from `url` */
    struct secret_key *key;   /* seals what the store keeps for staff */
    struct courier *courier;  /* webhooks that go out */
    const char *url;          /* where people reach us, for links; NULL: as the page that asks */
    struct oidc *oidc;        /* staff may sign in by it; NULL: not */
    const char *oidc_name;    /* what people call it */
    struct oidc *people_oidc; /* the people who chat may sign in by it; NULL: not */
    const char *people_oidc_name;
    bool people_oidc_trusts;    /* its emails count, also those it does not call verified */
    const char *const *origins; /* pages of these origins may chat; ends with NULL; may be NULL */
    const char *const *proxies; /* addresses whose X-Forwarded-For is believed; likewise */
    int sockets_per_address;
    int messages_per_minute, message_burst;   /* of one person */
    int starts_per_minute, start_burst;       /* of one address */
    int newcomers_per_minute, newcomer_burst; /* browsers that nobody knows yet; likewise */
    int64_t heartbeat_ms, hello_ms;

    struct desk *desk; /* for the administrator's pages */
    struct post *post; /* letters to people */
    struct duty *duty; /* what the house does by itself */

    /* The PSA's webhook was called, about this ticket (0: it does not say). Must not call back. */
    void (*hinted)(int64_t ticket, void *arg);
    /* Somebody has come: what the PSA has may be wanted soon. Must not call back. May be NULL. */
    void (*attended)(void *arg);
    /* Somebody who has proved who they are has come, or has proved it just now. May be NULL. */
    void (*seen)(const struct id *person, void *arg);
    /* The account of the PSA that is connected, "" for none; and what brings its changes, NULL
     * while it cannot be asked. Both until the loop's next turn; may be NULL. */
    const char *(*account)(void *arg);
    struct sync *(*sync)(void *arg);
    /* Something for the outbox was committed. Never called from inside an api_* call. */
    void (*committed)(void *arg);
    /* The ticket's page in the PSA, or "" when there is none. */
    void (*ticket_url)(const struct store_ticket *ticket, char url[API_URL_SIZE], void *arg);
    void *arg;
};

/* settings is copied, the lists in it are not. */
struct api *api_new(const struct api_settings *settings) WARN_UNUSED;
/* After http_server_free. Callbacks of the store never run from then on. */
void api_free(struct api *api);

/* For http_server_new, with the api as arg. */
struct http_handlers api_handlers(void);

/* A conversation has changed in the store from elsewhere (its ticket, its outbox, messages from
 * the PSA): whoever watches it is told. */
void api_changed(struct api *api, const struct id *conversation);
/* Messages of it were edited, hidden or shown in the PSA. */
void api_edited(struct api *api, const struct id *conversation, const int64_t *seqs, size_t count);
/* The comments of its ticket were read, or could not be. */
void api_read(struct api *api, const struct id *conversation, bool good);
enum api_watch {
    API_NOBODY,   /* is connected */
    API_SOMEBODY, /* is */
    API_CLOSELY,  /* and has a conversation, or the list of their tickets, before them */
};
enum api_watch api_watch(const struct api *api);
/* Who this person is in the PSA is known now, or is another one than before. */
void api_known(struct api *api, const struct id *person);
/* What people may be promised is something else now. */
void api_promise_changed(struct api *api);
/* Somebody of staff is away, or not any more. */
void api_team_changed(struct api *api);
/* What opens a ticket again, as a change of it (struct store_message_add); "": nothing does. Until
 * the loop's next turn. */
const char *api_reopen(struct api *api);
/* The account's lists have changed. */
void api_options_changed(struct api *api);

/* An address by which the PSA may fetch a file, good for an hour from now; false: it may not (there
 * is no `url`, or files_public is not set). */
bool api_file_url(struct api *api, const struct store_file *file, char url[API_FILE_URL_SIZE]);

/* Take nothing new: frames are answered `busy`, /readyz 503. */
void api_stop(struct api *api);
/* After api_stop: true when everything accepted is committed and answered. */
bool api_is_idle(const struct api *api);
/* After api_stop: close every socket and stream, sockets with 1001. */
void api_close_all(struct api *api);

#endif
