/* Shared by the files of the Syncro connector. */
#ifndef PARLEY_SYNCRO_PRIVATE_H
#define PARLEY_SYNCRO_PRIVATE_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/jw.h"
#include "psa/meter.h"
#include "psa/syncro/body.h"
#include "psa/syncro/call.h"
#include "psa/syncro/syncro.h"

#define CONNECT_MS       5000
#define CHECK_TIMEOUT_MS 10000 /* of one request of a test: somebody looks on */
/* With the time a send may lie in the store before it leaves, less than BUDGET_REQUEST_MS. */
#define TIMEOUT_MS     20000
#define ANSWER_MAX     ((size_t)8 * 1024 * 1024)
#define URL_MAX        2048
#define PER_PAGE       100 /* the largest; syncro-api.md, section 6 */
#define PAGES_MAX      40
#define CANDIDATES_MAX PER_PAGE

struct syncro {
    struct psa_connector base; /* first */
    struct env *env;
    struct http_client *http;
    struct gate *gate;
    struct meter *meter;
    struct secret *token;
    char account[PSA_ACCOUNT_SIZE];
    char origin[PSA_ORIGIN_SIZE]; /* without /api/v1 */
    bool is_stand_in;             /* the origin is not Syncro's: any address will do */
    char status[128], priority[128], problem_type[128];
    int calls; /* open */
};

/* One call of the outbox: one or several requests, one after the other. */
struct psa_call {
    struct syncro *s;
    psa_done_fn *done;
    void *arg;
    enum budget_class class;
    struct psa_result result;
    /* The request under way. */
    enum syncro_call request;
    struct buf url, body;
    bool has_permit;
    struct budget_permit permit;
    struct gate_wait wait;
    struct http_call *http;
    int64_t started_ms, timeout_ms;
    const struct http_answer *answer; /* while `answered` runs */
    void (*answered)(struct psa_call *c, const struct json *root, const struct json *document);
    /* What the steps remember. */
    char mark[SYNCRO_MARK_SIZE]; /* or the reference */
    char since[32], subject[SYNCRO_SUBJECT_MAX + 1];
    int64_t page;
    bool on_way_back;                       /* through the pages */
    bool by_number;                         /* it is looked for among the numbers */
    int64_t candidates[CANDIDATES_MAX + 1]; /* still to be looked at one by one */
    size_t candidate_count;
    /* What lists of tickets and comments bring. */
    struct arena *arena;
    struct psa_ticket *tickets;
    struct psa_comment *comments;
    size_t count;
    int64_t ticket, since_ms;
    struct syncro_hunt *hunt;   /* owned; NULL unless this is a match */
    struct buf json;            /* what options, companies, contacts and a match bring */
    struct jw writer;           /* of it */
    struct syncro_check *check; /* owned; NULL unless this is a test */
};

/* A call with no request yet. */
struct psa_call *syncro_call_new(struct syncro *s, enum budget_class class, psa_done_fn *done,
                                 void *arg);
/* Tell the outbox and free. The last thing that a step does. */
void syncro_call_end(struct psa_call *c);
void syncro_call_free(struct psa_call *c);

/* Send, with this permit, or with one of its own when it is to be had (permit NULL). query: with
 * its "?", or "". The body is c->body. answered(c, root, document) comes with the verdict in
 * c->result; both NULL unless it is PSA_DONE. It starts another request or ends the call. */
void syncro_request(struct psa_call *c, enum syncro_call call, int64_t id, const char *query,
                    const struct budget_permit *permit,
                    void (*answered)(struct psa_call *c, const struct json *root,
                                     const struct json *document));

/* Text for a query: all but letters, digits and -._~ as %XX. */
void syncro_escape(struct buf *to, const char *text);
/* What an answer says of a ticket into the result. False: it has no id. */
bool syncro_read_ticket(const struct json *ticket, struct psa_result *result);
/* True when the page after `page` may hold more (meta; without it, until an empty page). */
bool syncro_more_pages(const struct json *document, size_t rows, int64_t page);
/* End the call with this verdict. */
void syncro_fail(struct psa_call *c, enum psa_outcome outcome, const char *reason);

struct psa_call *syncro_ticket_find(struct psa_connector *c, const struct store_taken *taken,
                                    enum budget_class class, psa_done_fn *done, void *arg);
struct psa_call *syncro_comment_find(struct psa_connector *c, const struct store_taken *taken,
                                     enum budget_class class, psa_done_fn *done, void *arg);
struct psa_call *syncro_files_attach(struct psa_connector *c, const struct store_taken *taken,
                                     const char *const urls[], const struct budget_permit *permit,
                                     psa_done_fn *done, void *arg);
struct psa_call *syncro_files_find(struct psa_connector *c, const struct store_taken *taken,
                                   enum budget_class class, psa_done_fn *done, void *arg);
struct psa_call *syncro_options(struct psa_connector *c, psa_done_fn *done, void *arg);
struct psa_call *syncro_companies(struct psa_connector *c, const char *query, psa_done_fn *done,
                                  void *arg);
struct psa_call *syncro_search(struct psa_connector *c, const char *query, psa_done_fn *done,
                               void *arg);
struct psa_call *syncro_check(struct psa_connector *c, bool worked, psa_step_fn *step,
                              psa_done_fn *done, void *arg);
/* The part of a call that is a test, if it is one. */
void syncro_check_free(struct psa_call *c);
struct psa_call *syncro_tickets(struct psa_connector *c, const struct psa_ticket_query *query,
                                enum budget_class class, psa_done_fn *done, void *arg);
struct psa_call *syncro_ticket(struct psa_connector *c, int64_t ticket, enum budget_class class,
                               psa_done_fn *done, void *arg);
struct psa_call *syncro_comments(struct psa_connector *c, int64_t ticket, enum budget_class class,
                                 psa_done_fn *done, void *arg);
struct psa_call *syncro_new_comments(struct psa_connector *c, int64_t since_ms, int64_t page,
                                     enum budget_class class, psa_done_fn *done, void *arg);
/* The part of a call that is a match, if it is one. */
void syncro_hunt_free(struct psa_call *c);
struct psa_call *syncro_contacts(struct psa_connector *c, int64_t customer, psa_done_fn *done,
                                 void *arg);
struct psa_call *syncro_still(struct psa_connector *c, int64_t customer, int64_t contact,
                              enum budget_class class, psa_done_fn *done, void *arg);
struct psa_call *syncro_match(struct psa_connector *c, const char *email, enum budget_class class,
                              psa_done_fn *done, void *arg);

#endif
