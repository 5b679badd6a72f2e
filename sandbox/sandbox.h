/* A stand-in for Syncro's REST API: the whole behaviour without I/O and without a clock. A request
 * and the time go in, an answer comes out, and the same calls always give the same answers: ids
 * are counted. The program around it (main.c) and simulations drive it.
 *
 * What Syncro does is taken from the project's reference of its API; where nobody knows, there is
 * a switch (sandbox_switches()), so that a client can be tried both ways. */
#ifndef SANDBOX_SANDBOX_H
#define SANDBOX_SANDBOX_H

#include "base/base.h"
#include "base/buf.h"
#include "base/err.h"

struct sandbox;

/* The rights a token needs for everything that Parley does, as --rights takes them. */
#define SANDBOX_SEVEN_RIGHTS                                                                       \
    "Tickets - List/Search,Tickets - View Details,Tickets - Create,Tickets - Edit,"                \
    "Ticket Comments - New,Customers - List/Search,Customers - View Detail"

#define SANDBOX_BODY_MAX   (1024 * 1024)      /* larger request bodies are answered 413 */
#define SANDBOX_ANSWER_MAX (32 * 1024 * 1024) /* larger answers become a 500 */

struct sandbox_settings {
    const char *token;     /* NULL: no token is known yet */
    const char *rights;    /* names with commas, "seven" or "all"; NULL: seven */
    const char *subdomain; /* what /me says; NULL: "demo" */
    bool demo;             /* begin with the demo's companies, people and tickets */
    int64_t now_ms;        /* when the seed was made */
    /* Called with each change of the records as one line of JSON without newline, before the call
     * that made the change returns; sandbox_load_line() takes it back. NULL: not wanted. */
    void (*journal)(const char *line, size_t len, void *arg);
    void *journal_arg;
};

/* Everything is copied. NULL with err when a right is unknown. */
struct sandbox *sandbox_new(const struct sandbox_settings *settings, struct err *err) WARN_UNUSED;
void sandbox_free(struct sandbox *sb);
/* Take back one line of the journal; on an empty sandbox, in the order of writing. 0, or -1 with
 * err when it is no such line. Nothing is journalled by it. */
int sandbox_load_line(struct sandbox *sb, const char *line, size_t len,
                      struct err *err) WARN_UNUSED;

struct sandbox_request {
    const char *method;        /* "GET" */
    const char *path;          /* decoded, with /api/v1 */
    const char *query;         /* raw, without "?"; NULL or "": none */
    const char *authorization; /* the header; NULL: none */
    const char *content_type;  /* the header; NULL: none */
    const char *body;          /* may be NULL when len is 0 */
    size_t len;
    const char *peer; /* the address that the limit counts for; NULL: "" */
    int64_t now_ms;   /* wall clock */
    bool held;        /* handed in again after hold_ms: neither counted nor faulted again */
};

struct sandbox_header {
    char name[24]; /* lower case */
    char value[160];
};

struct sandbox_response {
    int status;
    const char *content_type; /* static; NULL: none */
    struct sandbox_header headers[2];
    size_t header_count;
    struct buf body;
    int64_t hold_ms;   /* > 0: nothing was done or answered; hand the request in again (held) */
    int64_t delay_ms;  /* send the answer so much later; the effect is done */
    bool reset_before; /* cut the connection; nothing was done */
    bool reset_after;  /* cut the connection; the effect is done */
};

/* Answer one request. The response is overwritten; free it with sandbox_response_free(). Input
 * never aborts: what Syncro would refuse is refused. */
void sandbox_handle(struct sandbox *sb, const struct sandbox_request *request,
                    struct sandbox_response *response);
void sandbox_response_free(struct sandbox_response *response);

/* --- tokens --- */
/* Make the token known, or change one that is (those made on the pages of site.h, too). rights as
 * in the settings, NULL: as they were (a new token: seven). A token that is not enabled is refused
 * like an unknown one. 0, or -1 with err: unknown right, empty or too long token, too many tokens.
 */
int sandbox_set_token(struct sandbox *sb, const char *token, const char *rights, bool enabled,
                      struct err *err) WARN_UNUSED;

/* --- switches --- */
struct sandbox_switch {
    const char *name;
    const char *allowed; /* "a|b|c", or "from..to" for a number */
    const char *otherwise;
    const char *meaning; /* for --help: what is open, with its question's number in section 8 */
};
/* The table; count by out-parameter. */
const struct sandbox_switch *sandbox_switches(size_t *count);
/* 0, or -1 with err that lists what is allowed. */
int sandbox_set_switch(struct sandbox *sb, const char *name, const char *value,
                       struct err *err) WARN_UNUSED;
/* NULL when there is no such switch. */
const char *sandbox_get_switch(const struct sandbox *sb, const char *name);

/* --- faults --- */
enum sandbox_fault_kind {
    SANDBOX_DELAY,        /* effect: done at once, answer ms later; no effect: all ms later */
    SANDBOX_RESET_BEFORE, /* cut without effect */
    SANDBOX_RESET_AFTER,  /* cut after the effect */
    SANDBOX_STATUS,       /* answered with `status`, with or without effect */
    SANDBOX_HTML,         /* answered with an HTML page and `status`, with or without effect */
    SANDBOX_CONTENT_TYPE, /* the right answer under text/html */
    SANDBOX_CLOCK_SKEW,   /* Syncro's own clock is ms off for this request */
};
struct sandbox_fault {
    const char *method;      /* NULL: any */
    const char *path_prefix; /* with or without /api/v1; NULL: any */
    enum sandbox_fault_kind kind;
    int status;    /* STATUS: 503 when 0; HTML: 200 when 0 */
    bool effect;   /* DELAY, STATUS, HTML */
    int64_t ms;    /* DELAY, CLOCK_SKEW */
    int64_t times; /* happens so often and is over; 0: without end */
    int64_t every; /* happens at each n-th request that matches; 0 or 1: at each */
};
/* 0 and *kind for "delay", "reset_before", ...; -1 otherwise. */
int sandbox_fault_kind(const char *name, enum sandbox_fault_kind *kind) WARN_UNUSED;
/* Copied. 0, or -1 with err when there are too many or a value makes no sense. */
int sandbox_add_fault(struct sandbox *sb, const struct sandbox_fault *fault,
                      struct err *err) WARN_UNUSED;
void sandbox_clear_faults(struct sandbox *sb);

/* --- what happens inside Syncro: on its own pages and by its own email --- */
/* Each returns 0, or -1 with err and without effect: no such record, empty text, or full. An id
 * that is handed out may be NULL. Webhooks, emails and the journal follow as by the API. */
struct sandbox_said {
    int64_t ticket_id;
    int64_t user_id;     /* who says it; 0: the customer, by replying to an email */
    const char *subject; /* NULL: what Syncro writes by itself */
    const char *body;
    bool hidden;
    bool no_email; /* the customer is not told by email */
};
/* A customer's reply moves the ticket to "Customer Reply". */
int sandbox_say(struct sandbox *sb, const struct sandbox_said *said, int64_t now_ms, int64_t *id,
                struct err *err) WARN_UNUSED;
/* As sandbox_say() by a user, with an email unless it is hidden. */
int sandbox_technician_comment(struct sandbox *sb, int64_t ticket_id, int64_t user_id,
                               const char *subject, const char *body, bool hidden, int64_t now_ms,
                               struct err *err) WARN_UNUSED;
/* subject or body NULL: as it was. */
int sandbox_comment_edit(struct sandbox *sb, int64_t id, const char *subject, const char *body,
                         int64_t now_ms, struct err *err) WARN_UNUSED;
int sandbox_comment_hide(struct sandbox *sb, int64_t id, bool hidden, int64_t now_ms,
                         struct err *err) WARN_UNUSED;
int sandbox_comment_delete(struct sandbox *sb, int64_t id, int64_t now_ms,
                           struct err *err) WARN_UNUSED;

#define SANDBOX_NOBODY INT64_C(-1) /* an id in a change: null from now on */
struct sandbox_change {            /* 0 or NULL leaves it as it is; "" takes a priority away */
    const char *subject, *status, *priority, *problem_type;
    int64_t customer_id, contact_id, user_id;
};
int sandbox_ticket_change(struct sandbox *sb, int64_t ticket_id,
                          const struct sandbox_change *change, int64_t now_ms,
                          struct err *err) WARN_UNUSED;
/* Only these two; NULL leaves it as it is. */
int sandbox_technician_change(struct sandbox *sb, int64_t ticket_id, const char *status,
                              const char *priority, int64_t now_ms, struct err *err) WARN_UNUSED;

struct sandbox_new_ticket {
    int64_t customer_id, contact_id; /* contact 0: none; customer 0: the contact's */
    int64_t user_id;                 /* who has it, and who answers */
    const char *subject, *status, *priority, *problem_type; /* but the subject, NULL: usual */
    const char *body;   /* the description, written down by the user */
    bool by_email;      /* instead it came by email: the description is the customer's own */
    const char *answer; /* a first public comment of the user; NULL: none */
    const char *note;   /* a hidden one; NULL: none */
};
int sandbox_ticket_new(struct sandbox *sb, const struct sandbox_new_ticket *ticket, int64_t now_ms,
                       int64_t *id, struct err *err) WARN_UNUSED;
int sandbox_ticket_delete(struct sandbox *sb, int64_t id, struct err *err) WARN_UNUSED;
/* What becomes of `from` and of its comments: switches merge, merge-comments. */
int sandbox_ticket_merge(struct sandbox *sb, int64_t from, int64_t into, int64_t user_id,
                         int64_t now_ms, struct err *err) WARN_UNUSED;

int sandbox_customer_new(struct sandbox *sb, const char *business_name, const char *email,
                         int64_t now_ms, int64_t *id, struct err *err) WARN_UNUSED;
/* Its contacts and tickets: switch customer-delete. */
int sandbox_customer_delete(struct sandbox *sb, int64_t id, struct err *err) WARN_UNUSED;
/* Contacts and tickets of `from` are those of `into`, and `from` is gone. */
int sandbox_customer_merge(struct sandbox *sb, int64_t from, int64_t into, int64_t now_ms,
                           struct err *err) WARN_UNUSED;
int sandbox_customer_disable(struct sandbox *sb, int64_t id, bool disabled, int64_t now_ms,
                             struct err *err) WARN_UNUSED;
int sandbox_contact_new(struct sandbox *sb, int64_t customer_id, const char *name,
                        const char *email, int64_t now_ms, int64_t *id,
                        struct err *err) WARN_UNUSED;
/* To another company; the tickets stay where they are. */
int sandbox_contact_move(struct sandbox *sb, int64_t id, int64_t customer_id, int64_t now_ms,
                         struct err *err) WARN_UNUSED;
/* NULL: none. */
int sandbox_contact_email(struct sandbox *sb, int64_t id, const char *email, int64_t now_ms,
                          struct err *err) WARN_UNUSED;
/* Its tickets: switch contact-delete. */
int sandbox_contact_delete(struct sandbox *sb, int64_t id, int64_t now_ms,
                           struct err *err) WARN_UNUSED;

/* --- what Syncro does outwards: webhooks, and fetching the files of attach_file_url --- */
/* The core queues it; the program, or a simulation, takes it and does it. */
#define SANDBOX_HOOK_URL_MAX 512
/* The address of a Notification Set: http, to a loopback address. events: names of sandbox_event(),
 * with commas; NULL: all of them. url NULL or "": no set from now on, and what waits is
 * dropped. 0, or -1 with err. */
int sandbox_set_webhook(struct sandbox *sb, const char *url, const char *events,
                        struct err *err) WARN_UNUSED;
/* "Ticket - created"; NULL past the last. */
const char *sandbox_event(size_t i);
struct sandbox_hook {
    char url[SANDBOX_HOOK_URL_MAX];
    const char *content_type; /* static */
    int64_t retries;          /* after a failure */
    struct buf body;
};
/* The next one, by switch webhook-order; release it with sandbox_hook_release(). False: none. */
bool sandbox_hook_take(struct sandbox *sb, struct sandbox_hook *hook) WARN_UNUSED;
void sandbox_hook_release(struct sandbox_hook *hook);
/* How it ended, for the statistics. */
void sandbox_hook_done(struct sandbox *sb, bool arrived);

#define SANDBOX_FILE_MAX (25 * 1024 * 1024)
struct sandbox_fetch {
    int64_t ticket_id;
    char url[2048], name[256];
};
/* False: none. */
bool sandbox_fetch_take(struct sandbox *sb, struct sandbox_fetch *fetch) WARN_UNUSED;
/* It came: from now on among the ticket's attachments. Too much, or a ticket that is gone: dropped.
 * content_type may be NULL. */
void sandbox_fetch_came(struct sandbox *sb, const struct sandbox_fetch *fetch,
                        const char *content_type, const void *bytes, size_t len, int64_t now_ms);
/* The attachment's bytes, borrowed until the next call; NULL when there is none, or when they were
 * lost by a restart (the journal keeps no bytes). */
const char *sandbox_attachment(const struct sandbox *sb, int64_t id, size_t *len);
/* fn(arg) when there may be something to take; it must not call back. */
void sandbox_on_work(struct sandbox *sb, void (*fn)(void *arg), void *arg);

/* --- the commands of the control port --- */
/* Do `name` ("comment_edit") with a body of JSON, and write the answer. 0, or -1 with err; -2 when
 * there is no such command. */
struct json;
int sandbox_command(struct sandbox *sb, const char *name, const struct json *body, int64_t now_ms,
                    struct buf *answer, struct err *err) WARN_UNUSED;
/* The name of command i, and what its body may hold ("ticket_id, body"); NULL past the last. */
const char *sandbox_command_at(size_t i, const char **members);
/* Whether it is something that happens inside Syncro, which the live page may do. */
bool sandbox_command_is_inside(const char *name);

/* --- looking inside --- */
struct sandbox_ticket { /* text is borrowed until the next call that changes something */
    int64_t id, number, customer_id, contact_id, user_id;
    const char *subject, *status, *priority, *problem_type; /* NULL when null */
    int64_t created_ms, updated_ms;
    size_t comments;
};
struct sandbox_comment {
    int64_t id, user_id; /* user_id 0: null */
    const char *subject, *body, *tech;
    bool hidden;
    bool no_email; /* the request said do_not_email */
    int64_t created_ms, updated_ms;
};
size_t sandbox_tickets(const struct sandbox *sb);
/* Ticket i, oldest first; its comment j, oldest first. -1 past the end. */
int sandbox_ticket_at(const struct sandbox *sb, size_t i, struct sandbox_ticket *view) WARN_UNUSED;
int sandbox_comment_at(const struct sandbox *sb, size_t i, size_t j,
                       struct sandbox_comment *view) WARN_UNUSED;
size_t sandbox_comments(const struct sandbox *sb);
/* Emails that Syncro would have sent to a customer for comment `id`; with 0: for all of them. */
size_t sandbox_emails(const struct sandbox *sb, int64_t comment_id);
int64_t sandbox_requests(const struct sandbox *sb);
/* The most requests of one peer that any 60 seconds held, those refused with 429 included. */
size_t sandbox_max_minute(const struct sandbox *sb);
/* Counts every change of the records. */
uint64_t sandbox_version(const struct sandbox *sb);
/* {"requests":..,"limited":..,"max_minute":..,"tickets":..,"comments":..,"paths":{..}} */
void sandbox_write_stats(const struct sandbox *sb, struct buf *to);
/* What the live page shows: every ticket with its comments, newest ticket first, and the lists. */
void sandbox_write_state(const struct sandbox *sb, struct buf *to);

#endif
