/* The administrator's desk: what the pages that connect a PSA ask for, in one place.
 *
 * Every start returns a handle for desk_cancel. Callbacks run from the loop, never from inside the
 * start; the handle is dead when `done` is called. Inputs are copied. */
#ifndef PARLEY_DESK_H
#define PARLEY_DESK_H

#include "base/secret.h"
#include "psa/connector.h"
#include "psa/outbox.h"

#define DESK_TESTS_MAX   2  /* tests under way */
#define DESK_KEPT_MAX    16 /* tests that are remembered; the oldest goes first */
#define DESK_KEPT_MS     (15 * INT64_C(60000))
#define DESK_TEST_ID_LEN 43
#define DESK_HOURS       24

struct desk;
struct desk_act; /* something under way */

struct desk_settings {
    struct env *env;
    struct store *store;
    struct http_client *http;
    struct outbox *outbox;
    const struct secret_key *seal_key;
    const char *origin_override; /* as for the outbox; copied */
};

/* What the settings point to must outlive it. */
struct desk *desk_new(const struct desk_settings *settings);
/* Nothing may be under way that was not cancelled, but for detached acts, which end here. NULL does
 * nothing. */
void desk_free(struct desk *d);

enum desk_result {
    DESK_OK,
    DESK_BAD,       /* the input: field says which, text why */
    DESK_STATE,     /* not now: code and text say why */
    DESK_NOT_FOUND, /* no such kind, connector or conversation */
    DESK_BUSY,      /* the store, or too many at once: later */
    DESK_PSA,       /* the PSA could not be asked; text says why */
};

/* How the connector does; see desk_look. */
struct desk_health {
    struct store_backlog backlog;
    int64_t budget_used, budget_limit;
    int64_t last_call_ms;                /* 0: none is known */
    struct store_hour hours[DESK_HOURS]; /* the last is the hour that runs */
};

/* The answer; all is borrowed for the time of the callback. */
struct desk_answer {
    enum desk_result result;
    const char *code, *field, *text;         /* not for DESK_OK; field may be NULL */
    const char *json;                        /* companies, options, tickets */
    const struct psa_ticket *ticket;         /* desk_ticket */
    int64_t read_ms;                         /* when it was read, by the PSA's clock; 0: not said */
    const char *test;                        /* desk_test: the id under which it is remembered */
    const char *account;                     /* desk_test: as it was understood; desk_ticket */
    bool good;                               /* desk_test: nothing was wrong */
    bool changed;                            /* desk_switch: it was not so already */
    const struct store_connector *connector; /* save, switch, look; NULL: there is none */
    const char *origin;                      /* of that connector's account */
    const struct desk_health *health;        /* look */
};

typedef void desk_fn(const struct desk_answer *answer, void *arg);

/* Give up: done is never called. Whether something was changed is unknown; a change that was begun
 * goes on. Sets *act to NULL, and may be NULL already. */
void desk_cancel(struct desk *d, struct desk_act **act);

/* The account that a text means, with the address that is really spoken to. DESK_OK, DESK_BAD with
 * err, or DESK_NOT_FOUND. */
enum desk_result desk_understand(struct desk *d, const char *kind, const char *text,
                                 struct psa_account *to, struct err *err);

struct desk_test {
    const char *kind, *account; /* account: as it was typed */
    const char *token;          /* NULL or "": the one that is stored for this account */
    /* Called once before the first step: the credentials are complete, the test runs. */
    void (*begun)(const struct psa_kind *kind, void *arg);
    psa_step_fn *step;
};

/* Test credentials. done: DESK_OK with test and good; otherwise nothing was begun. */
struct desk_act *desk_test(struct desk *d, const struct desk_test *in, desk_fn *done, void *arg);

struct desk_save {
    const char *kind, *account, *token; /* as for desk_test */
    const char *test;                   /* the id of a good test of these very values; or NULL */
    bool insist;                        /* without one */
    int64_t fallback_customer;
    const char *fallback_name, *status, *priority, *problem_type;
    struct store_audit audit; /* who does it; the desk writes the detail */
};

/* Store the settings; the outbox takes them up at once. DESK_STATE "not_tested": another token or
 * account needs a good test, or insisting. done: connector. */
struct desk_act *desk_save(struct desk *d, const struct desk_save *in, desk_fn *done, void *arg);

enum desk_switch { DESK_PAUSE, DESK_RESUME, DESK_REMOVE };

/* done: connector (none after DESK_REMOVE), changed. */
struct desk_act *desk_switch(struct desk *d, const char *kind, enum desk_switch to,
                             const struct store_audit *audit, desk_fn *done, void *arg);

/* Companies by words, or the account's lists, asked of the PSA now: with the credentials of a test
 * (NULL or "": with those that are stored). done: json, as psa_ops says. DESK_STATE "test_expired".
 */
struct desk_act *desk_companies(struct desk *d, const char *kind, const char *test,
                                const char *query, desk_fn *done, void *arg);
/* The contacts of a company, with the credentials that are stored. done: json. */
struct desk_act *desk_contacts(struct desk *d, const char *kind, int64_t customer, desk_fn *done,
                               void *arg);
/* Tickets that a number or words find. done: json. */
struct desk_act *desk_tickets(struct desk *d, const char *kind, const char *query, desk_fn *done,
                              void *arg);
/* One ticket as it is now. done: ticket, account. DESK_NOT_FOUND "no_ticket". */
struct desk_act *desk_ticket(struct desk *d, const char *kind, int64_t ticket, desk_fn *done,
                             void *arg);
struct desk_act *desk_options(struct desk *d, const char *kind, const char *test, desk_fn *done,
                              void *arg);

/* The connector that is set and its health. */
struct desk_act *desk_look(struct desk *d, desk_fn *done, void *arg);

#endif
