/* What every PSA connector offers to the outbox. A connector knows how its PSA is called; when,
 * in which order and how often is the outbox's business.
 *
 * Every start returns a handle for psa_cancel. done is called once, from the loop, never from
 * inside the start, and the handle is dead from then on. */
#ifndef PARLEY_CONNECTOR_H
#define PARLEY_CONNECTOR_H

#include "psa/budget.h"
#include "psa/psa.h"
#include "store/store.h"

#define PSA_COMPANIES_MAX  20
#define PSA_FOUND_MAX      20 /* tickets of a search */
#define PSA_CANDIDATES_MAX 20
#define PSA_QUERY_MAX      200 /* bytes */

struct psa_call;

/* A ticket as the PSA tells of it. Ids 0: none. Texts are "" when nothing was said. */
struct psa_ticket {
    int64_t id, customer, contact;
    int64_t created_ms, updated_ms, resolved_ms; /* by the PSA's clock; resolved 0: it is not */
    const char *number, *subject, *status, *priority;
    const char *assignee, *contact_name; /* people's names */
    const char *issue_type;
    int64_t assignee_id, due_ms; /* 0: nobody, not said */
};

struct psa_comment {
    int64_t id, ticket, created_ms, updated_ms; /* by the PSA's clock */
    const char *subject, *body, *name;          /* name: who wrote it; "" when not said */
    bool hidden;
    bool by_staff; /* otherwise by the person whose ticket it is */
};

/* Which tickets; page from 1. What is 0 does not matter. */
struct psa_ticket_query {
    int64_t since_ms; /* changed since, by the PSA's clock */
    int64_t contact, customer;
    int64_t page;
};

/* What a conversation is told when its ticket is not there any more. */
#define PSA_GONE_TEXT                                                                              \
    "The ticket was deleted, or merged into another. What you write next begins a new one."

#define PSA_COMMENTS_MAX 1000 /* of one ticket that are read */

struct psa_result {
    struct psa_verdict verdict;
    int64_t date_ms;  /* the PSA's clock at the last answer; 0: it did not say */
    int64_t asked_ms; /* when it was asked for that, by our clock */
    bool gone;        /* PSA_REFUSED: the ticket that it was about is not there */
    /* All that follows only for PSA_DONE. */
    bool found;   /* find, match and still: it is there */
    bool several; /* match: more than one has it, or may have it */
    int64_t ticket_id, comment_id;
    char number[64], status[128], priority[128]; /* of the ticket; "" when not said */
    bool has_more;                               /* what follows was said, too */
    char issue_type[128], assignee[128];
    int64_t assignee_id, due_ms; /* 0: nobody, not said */
    int64_t updated_ms;          /* of the ticket, by the PSA's clock; 0: not said */
    int64_t customer, contact;   /* match; contact 0: the company itself */
    char company[256];
    /* options, companies, contacts, and a match of several: what was read, as JSON, until the
     * callback returns; else NULL. */
    const char *json;
    /* tickets, ticket, comments, new_comments: likewise until the callback returns. */
    const struct psa_ticket *tickets;
    const struct psa_comment *comments; /* of one ticket: the oldest first */
    size_t count;
    bool more; /* there is a next page, or (comments) there were too many to read them all */
};

typedef void psa_done_fn(const struct psa_result *result, void *arg);
/* A line of a test has changed. step: its place in psa_kind.steps. The text is borrowed. */
typedef void psa_step_fn(size_t step, enum psa_step_state state, const char *text, void *arg);

/* Calls that change something are given the permit they use, and send before they return: what is
 * in the store says that they are being sent. All others get their permits themselves, one for
 * each request, and wait for them. `taken` is read before the start returns. */
struct psa_ops {
    struct psa_call *(*ticket_create)(struct psa_connector *c, const struct store_taken *taken,
                                      int64_t customer, int64_t contact,
                                      const struct budget_permit *permit, psa_done_fn *done,
                                      void *arg);
    struct psa_call *(*comment_add)(struct psa_connector *c, const struct store_taken *taken,
                                    const struct budget_permit *permit, psa_done_fn *done,
                                    void *arg);
    struct psa_call *(*ticket_update)(struct psa_connector *c, const struct store_taken *taken,
                                      const struct budget_permit *permit, psa_done_fn *done,
                                      void *arg);
    /* Have it fetch the files of taken's message from these addresses. */
    struct psa_call *(*files_attach)(struct psa_connector *c, const struct store_taken *taken,
                                     const char *const urls[], const struct budget_permit *permit,
                                     psa_done_fn *done, void *arg);
    /* Has it fetched any of them? */
    struct psa_call *(*files_find)(struct psa_connector *c, const struct store_taken *taken,
                                   enum budget_class class, psa_done_fn *done, void *arg);
    /* The ticket with this reference, if it was made by the send at taken->sent_at_ms. */
    struct psa_call *(*ticket_find)(struct psa_connector *c, const struct store_taken *taken,
                                    enum budget_class class, psa_done_fn *done, void *arg);
    /* The comment that carries the mark of this entry. */
    struct psa_call *(*comment_find)(struct psa_connector *c, const struct store_taken *taken,
                                     enum budget_class class, psa_done_fn *done, void *arg);
    /* Is the token let in at all? Needs no right. */
    struct psa_call *(*probe)(struct psa_connector *c, psa_done_fn *done, void *arg);
    /* The account's lists: {"statuses":[..],"technicians":[{"id","name"}..],"priorities":[..],
     * "problem_types":[..]}. Without technicians where it does not say who they are. */
    struct psa_call *(*options)(struct psa_connector *c, psa_done_fn *done, void *arg);
    /* Whose email is this, exactly? found only when there is one answer; for several json tells who
     * they are: [{"customer","contact","company","name","email","phone"}..], contact 0 for a
     * company's own address. At most PSA_CANDIDATES_MAX. */
    struct psa_call *(*match)(struct psa_connector *c, const char *email, enum budget_class class,
                              psa_done_fn *done, void *arg);
    /* Companies that the words find: {"companies":[{"id","name","email"}..],"more":bool}; some of
     * them for "". At most PSA_COMPANIES_MAX. */
    struct psa_call *(*companies)(struct psa_connector *c, const char *query, psa_done_fn *done,
                                  void *arg);
    /* Tickets that a number or words find: {"tickets":[{"id","number","subject","status","company",
     * "contact","assignee"}..],"more":bool}. At most PSA_FOUND_MAX. */
    struct psa_call *(*search)(struct psa_connector *c, const char *query, psa_done_fn *done,
                               void *arg);
    /* The contacts of a company: {"contacts":[{"id","name","email","phone"}..],"more":bool}. */
    struct psa_call *(*contacts)(struct psa_connector *c, int64_t customer, psa_done_fn *done,
                                 void *arg);
    /* Is this contact still there, or with contact 0 this company? found, with the company that it
     * belongs to now. */
    struct psa_call *(*still)(struct psa_connector *c, int64_t customer, int64_t contact,
                              enum budget_class class, psa_done_fn *done, void *arg);
    /* Try everything that Parley will need, and leave nothing behind. Each step is told when it
     * begins and when it ends, and all are by the time done comes; found: nothing is wrong, though
     * perhaps not everything was proved. worked: this token was let in before. */
    struct psa_call *(*check)(struct psa_connector *c, bool worked, psa_step_fn *step,
                              psa_done_fn *done, void *arg);
    /* A page of tickets, in no order that could be relied on. */
    struct psa_call *(*tickets)(struct psa_connector *c, const struct psa_ticket_query *query,
                                enum budget_class class, psa_done_fn *done, void *arg);
    /* One ticket; gone when it is not there. */
    struct psa_call *(*ticket)(struct psa_connector *c, int64_t ticket, enum budget_class class,
                               psa_done_fn *done, void *arg);
    /* All comments of a ticket; gone when it is not there. */
    struct psa_call *(*comments)(struct psa_connector *c, int64_t ticket, enum budget_class class,
                                 psa_done_fn *done, void *arg);
    /* A page of comments of all tickets that were made since, by the PSA's clock. gone: this PSA
     * does not offer that. */
    struct psa_call *(*new_comments)(struct psa_connector *c, int64_t since_ms, int64_t page,
                                     enum budget_class class, psa_done_fn *done, void *arg);
    void (*cancel)(struct psa_connector *c, struct psa_call *call);
    /* Nothing is under way any more (asserted). */
    void (*free)(struct psa_connector *c);
};

struct psa_connector {
    const struct psa_ops *ops;
};

/* Give up: done is never called; whether the PSA acted is unknown. Sets *call to NULL. */
static inline void psa_cancel(struct psa_connector *c, struct psa_call **call)
{
    if (*call != NULL)
        c->ops->cancel(c, *call);
    *call = NULL;
}

#endif
