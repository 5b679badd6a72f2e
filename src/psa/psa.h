/* The PSAs that Parley connects to, as a table: what an administrator is asked for and told, and
 * how a connector is made. A further PSA adds a folder and a row (kinds.c), not a page. */
#ifndef PARLEY_PSA_H
#define PARLEY_PSA_H

#include "base/base.h"
#include "base/env.h"
#include "base/err.h"
#include "base/secret.h"

struct gate;
struct http_client;
struct meter;
struct psa_connector;

/* What became of one call to a PSA, in terms that the outbox acts on. */
enum psa_outcome {
    PSA_DONE,      /* it did what was asked, and the answer was read */
    PSA_NO_EFFECT, /* it certainly did nothing: try again later */
    PSA_IN_DOUBT,  /* it may have done it: look it up before it is sent again */
    PSA_THROTTLED, /* too many requests: as in doubt, after a pause */
    PSA_REFUSED,   /* it did nothing and never will: park it, with the reason */
    PSA_HOLD,      /* token, right or address are wrong: hold all that needs them */
};

struct psa_verdict {
    enum psa_outcome outcome;
    int64_t retry_after_ms; /* -1: the other side named no time */
    char reason[400];       /* for an administrator: what is wrong, what to do; "" when done */
};

/* "done", "no_effect", ... for the log. */
const char *psa_outcome_name(enum psa_outcome outcome);

/* ---- the table ---- */

#define PSA_KINDS_MAX    8
#define PSA_ACCOUNT_SIZE 64
#define PSA_ORIGIN_SIZE  256
#define PSA_TEXT_MAX     1024 /* bytes of what is typed into a field */

#define PSA_FILE_URL_SIZE  1400
#define PSA_FILE_NAME_SIZE 200

/* Two fields are asked for, "account" and "token", under the names they have in that PSA. */
struct psa_field {
    const char *name, *label, *hint;
    size_t max; /* bytes */
    bool secret;
};

struct psa_right {
    const char *name; /* as the PSA's own page names it */
    const char *why;
};

/* One line of a test of credentials. */
struct psa_step {
    const char *id, *label;
};

enum psa_step_state {
    PSA_STEP_RUNNING = 1,
    PSA_STEP_OK,       /* proved */
    PSA_STEP_FAILED,   /* proved to be wrong; the text says how to mend it */
    PSA_STEP_UNPROVED, /* the PSA's answer cannot tell; the text says why */
    PSA_STEP_SKIPPED,  /* not tried */
};

struct psa_account {
    char account[PSA_ACCOUNT_SIZE];
    char origin[PSA_ORIGIN_SIZE]; /* "https://acme.syncromsp.com" */
};

struct psa_settings {
    struct env *env;
    struct http_client *http;
    struct gate *gate;
    struct meter *meter; /* counts the calls; NULL: nobody does */
    const char *account;
    const char *origin; /* "http://..." of a stand-in instead of the PSA's; or NULL */
    const char *status, *priority, *problem_type; /* of new tickets; "" leaves them to the PSA */
};

struct psa_kind {
    const char *kind;         /* in the store and the API */
    const char *title;        /* for people */
    const char *seal_context; /* of its token; see secret_seal */
    int64_t limit;            /* requests a minute */
    const struct psa_field *fields;
    size_t field_count;
    const struct psa_right *rights;
    size_t right_count;
    const char *const *guide; /* how to get a token there, step by step */
    size_t guide_count;
    const struct psa_step *steps; /* of its test of credentials */
    size_t step_count;
    /* The account that a typed or pasted text means. 0, or -1 with err: why it is none. Whatever
     * the text, the origin is one of the PSA's own. */
    int (*understand)(const char *text, struct psa_account *to, struct err *err);
    /* Texts are copied; the token is taken over and wiped at the end; the rest must outlive it.
     * NULL when the account is none: the token would go to a stranger. It is the caller's still
     * then. */
    struct psa_connector *(*make)(const struct psa_settings *settings, struct secret *token);
    /* The ticket that a webhook's body is about, whatever its form; 0: it does not say. Only a
     * hint. */
    int64_t (*hinted)(const char *body, size_t len);
    /* How to have it call the webhook, step by step. */
    const char *const *hook_guide;
    size_t hook_guide_count;
    /* Where people see a ticket; origin: that of a stand-in, or NULL. */
    void (*ticket_url)(const char *account, const char *origin, int64_t id, char *url, size_t size);
};

/* NULL past the last. The first is the one that a ticket belongs to when nothing else is known. */
const struct psa_kind *psa_kind_at(size_t i);
/* NULL when there is none. */
const struct psa_kind *psa_kind_find(const char *kind);

/* An API key as it may go into a header: visible ASCII, not too long. 0, or -1 with err, which does
 * not hold it. */
int psa_token_check(struct slice token, struct err *err) WARN_UNUSED;

/* "running", "ok", "failed", "unproved", "skipped": the API's words. */
const char *psa_step_state_name(enum psa_step_state state);

#endif
