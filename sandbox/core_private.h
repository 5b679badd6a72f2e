/* What the files of the sandbox's core share. */
#ifndef SANDBOX_CORE_PRIVATE_H
#define SANDBOX_CORE_PRIVATE_H

#include "base/arena.h"
#include "base/json.h"
#include "base/jw.h"
#include "sandbox/sandbox.h"

/* --- records --- */
/* Ids are positive; 0 is null. Times are ms; 0 is null. Text NULL is null. */
struct sb_ticket {
    int64_t id, number, customer_id, contact_id, user_id, location_id, ticket_type_id, sla_id;
    int64_t created_ms, updated_ms, due_ms, start_ms, end_ms, resolved_ms, outtake_ms;
    char *subject, *problem_type, *status, *priority, *signature_name, *outtake_name;
    char *properties, *asset_ids, *tag_list, *files; /* JSON text */
    struct sb_comment **comments;                    /* in order of id; the table owns them */
    size_t comment_count, comment_room;
};
struct sb_comment {
    int64_t id, ticket_id, user_id, created_ms, updated_ms;
    char *subject, *body, *tech;
    bool hidden, no_email;
};
struct sb_customer {
    int64_t id, created_ms, updated_ms, location_id, tax_rate_id, invoice_term_id, ref_customer_id;
    char *firstname, *lastname, *business_name, *email, *phone, *mobile, *address, *address_2,
        *city, *state, *zip, *notes, *notification_email, *invoice_cc_emails, *referred_by;
    char *properties; /* JSON text */
    bool get_sms, opt_out, disabled, no_email;
};
struct sb_contact {
    int64_t id, customer_id, vendor_id, created_ms, updated_ms;
    char *name, *address1, *address2, *city, *state, *zip, *email, *phone, *mobile, *notes,
        *extension;
    char *properties; /* JSON text */
    bool opt_out;
};
struct sb_user { /* also an account that signs in on the pages, with the demo's password */
    int64_t id;
    const char *email, *name, *group, *color, *password;
    bool admin;
    uint32_t rights; /* what a token of theirs may have at most */
};
struct sb_token {
    int64_t id, user_id;                     /* its owner */
    int64_t created_ms, used_ms, expires_ms; /* 0: not known; never; works indefinitely */
    char *name, *hash, *right_names;         /* the text itself is not kept */
    bool enabled;
    uint32_t rights;      /* bits of enum sb_right */
    int64_t used_kept_ms; /* used_ms as the journal has it */
};

struct sb_attachment {
    int64_t id, ticket_id, created_ms, updated_ms, size;
    char *file_name, *source, *content_type; /* source: where it was fetched */
    char *bytes;                             /* not journalled; NULL: lost */
};
struct sb_email { /* one that Syncro would have sent */
    int64_t id, ticket_id, comment_id, created_ms;
    char *to;
};

enum sb_field_kind { SB_ID, SB_TIME, SB_TEXT, SB_BOOL, SB_OBJECT, SB_ARRAY };
struct sb_field {
    const char *key;
    enum sb_field_kind kind;
    size_t offset;
    bool open; /* a request may set it */
};
struct sb_type { /* a kind of record: its name in the journal, its fields, its size */
    const char *name;
    const struct sb_field *fields;
    size_t count;
    size_t size;
    void (*release)(void *record); /* what the fields do not show; NULL: nothing */
};
extern const struct sb_type sb_ticket_type, sb_comment_type, sb_customer_type, sb_contact_type,
    sb_token_type, sb_attachment_type, sb_email_type;

/* Records of one type, in order of id; each begins with its id. */
struct sb_table {
    const struct sb_type *type;
    void **rows;
    size_t count, room;
    int64_t next_id;
};
#define SB_ROWS_MAX 1000000

void sb_table_init(struct sb_table *t, const struct sb_type *type, int64_t first_id);
void sb_table_free(struct sb_table *t);
/* A record of that id; NULL if there is none. */
void *sb_table_find(const struct sb_table *t, int64_t id);
/* A new, empty record with the next id, owned by the table; NULL when the table is full. */
void *sb_table_add(struct sb_table *t);
/* The record of that id, made if it is not there (journal); NULL: full. */
void *sb_table_put(struct sb_table *t, int64_t id);
void sb_table_remove(struct sb_table *t, int64_t id);

/* Replace owned text; NULL makes it null. */
void sb_text_set(char **text, const char *value);
/* Take from a JSON object what the type knows: what a request may set, or (all) everything.
 * Values of a wrong kind and unknown keys are passed over, numbers may be text (Rails casts). */
void sb_record_set(void *record, const struct sb_type *type, const struct json *from, bool all);
/* Free what the fields of a record outside a table hold. */
void sb_record_clear(void *record, const struct sb_type *type);
/* As a line of the journal. */
void sb_record_write(const void *record, const struct sb_type *type, struct buf *to);
/* Whether a request's value means true. */
bool sb_is_true(const struct json *v);

/* --- rights --- */
enum sb_right { /* those of one group side by side */
                SB_TICKETS_LIST,
                SB_TICKETS_VIEW,
                SB_TICKETS_VIEW_THEIRS,
                SB_TICKETS_CREATE,
                SB_TICKETS_EDIT,
                SB_TICKETS_DELETE,
                SB_COMMENTS_NEW,
                SB_TIMERS_OVERVIEW,
                SB_CANNED_MANAGE,
                SB_WORKFLOWS_MANAGE,
                SB_CUSTOMERS_LIST,
                SB_CUSTOMERS_VIEW,
                SB_CUSTOMERS_CREATE,
                SB_CUSTOMERS_EDIT,
                SB_CUSTOMERS_DELETE,
                SB_CONTACTS_IMPORT,
                SB_ASSETS_LIST,
                SB_ASSETS_VIEW,
                SB_INVOICES_LIST,
                SB_INVOICES_VIEW,
                SB_GLOBAL_ADMIN,
                SB_RIGHTS, /* how many */
                SB_NO_RIGHT = SB_RIGHTS,
};
#define SB_RIGHT_BIT(right) (UINT32_C(1) << (right))
#define SB_ALL_RIGHTS       (SB_RIGHT_BIT(SB_RIGHTS) - 1)

/* "Tickets - List/Search". */
const char *sb_right_name(enum sb_right right);
/* "seven", "all" or names with commas. 0, or -1 with err. */
int sb_rights_parse(const char *text, uint32_t *rights, struct err *err) WARN_UNUSED;
/* The names with commas. */
void sb_rights_write(uint32_t rights, struct buf *to);
/* How many there are. */
int sb_rights_count(uint32_t rights);

/* --- tokens --- */
#define SB_TOKENS_MAX        50  /* of all accounts, and of those given by sandbox_set_token() */
#define SB_TOKEN_NAME_MAX    100 /* characters */
#define SB_TOKEN_RANDOM_SIZE 24
#define SB_TOKEN_TEXT_SIZE   51 /* "T", 16 digits, "-", 32 digits, NUL */

/* The token of this request that works now, noted as used; NULL if there is none. */
const struct sb_token *sb_token_of(struct sandbox *sb, const char *authorization,
                                   const char *api_key, int64_t now_ms);
struct sb_token_wish {
    const struct sb_user *owner;
    const char *name;
    int64_t expires_ms; /* 0: never */
    uint32_t rights;    /* what the owner lacks is not granted */
    int64_t now_ms;
    uint8_t random[SB_TOKEN_RANDOM_SIZE];
};
/* Make one; its text is written for the one time that it is shown. NULL with err: name, no right
 * left, too many tokens. */
struct sb_token *sb_token_make(struct sandbox *sb, const struct sb_token_wish *wish,
                               char text[SB_TOKEN_TEXT_SIZE], struct err *err);
/* The token of that id, given ones too, if it is the user's; NULL otherwise. */
struct sb_token *sb_token_of_user(const struct sandbox *sb, int64_t user_id, int64_t id);
void sb_token_enable(struct sandbox *sb, struct sb_token *t, bool enabled);
void sb_token_delete(struct sandbox *sb, struct sb_token *t);
/* After a line of the journal was taken back. 0, or -1 with err. */
int sb_token_taken_back(struct sb_token *t, struct err *err) WARN_UNUSED;

/* --- limit, faults --- */
#define SB_PEERS_MAX  64
#define SB_WINDOW_MAX 16384
struct sb_peer {
    char name[64];
    int64_t last_ms;
    int64_t at_ms[SB_WINDOW_MAX]; /* ring of all requests of the last minute */
    bool passed[SB_WINDOW_MAX];   /* whether it was let through */
    size_t head, count, passed_count;
};
/* Count one request; false when the limit (0: none) is reached. */
bool sb_limit_pass(struct sandbox *sb, const char *peer, int64_t now_ms, int64_t limit);

#define SB_FAULTS_MAX 32
struct sb_fault {
    struct sandbox_fault f;
    char method[16], prefix[128];
    int64_t seen, fired;
};
struct sb_verdict { /* what the faults want of one request */
    int64_t delay_ms, hold_ms, skew_ms;
    bool before, after, wrong_type;
    bool replace; /* the answer by `status` and, with html, a page */
    bool html, effect;
    int status;
};
void sb_fault_judge(struct sandbox *sb, const char *method, const char *path,
                    struct sb_verdict *verdict);
/* How far Syncro's clock is off for this path; nothing is counted. */
int64_t sb_fault_skew(const struct sandbox *sb, const char *method, const char *path);

/* --- switches --- */
enum sb_switch {
    SB_SW_BAD_TOKEN_BODY,
    SB_SW_LIMIT_BODY,
    SB_SW_LIMIT,
    SB_SW_UNKNOWN_SUBDOMAIN,
    SB_SW_SEVEN_RIGHTS_ME,
    SB_SW_COMMENT_RIGHT,
    SB_SW_TICKETS_PAGE,
    SB_SW_TICKETS_PER_PAGE,
    SB_SW_PER_PAGE_MAX,
    SB_SW_TICKETS_ORDER,
    SB_SW_EMBEDDED_ORDER,
    SB_SW_API_AUTHOR,
    SB_SW_SUBJECT_MAX,
    SB_SW_UNKNOWN_PROBLEM_TYPE,
    SB_SW_UNKNOWN_CUSTOMER,
    SB_SW_UNKNOWN_CONTACT,
    SB_SW_UNKNOWN_USER,
    SB_SW_DUE_DATE,
    SB_SW_DUE_CLEAR,
    SB_SW_LIST_COMMENTS,
    SB_SW_EMBEDDED_CONTACTS,
    SB_SW_DATE_FORM,
    SB_SW_COMMENT_TOUCHES,
    SB_SW_TICKET_COMMENTS,
    SB_SW_QUERY_SEARCHES,
    SB_SW_SINCE_BOUND,
    SB_SW_CUSTOMERS_PAGE,
    SB_SW_CONTACTS_PAGE,
    SB_SW_RECORD_FIRST,
    SB_SW_HIDDEN_TOUCHES,
    SB_SW_EDIT_TOUCHES,
    SB_SW_MOVE_TOUCHES,
    SB_SW_REPLY_TECH,
    SB_SW_MERGE,
    SB_SW_MERGE_COMMENTS,
    SB_SW_CUSTOMER_DELETE,
    SB_SW_CONTACT_DELETE,
    SB_SW_ATTACH,
    SB_SW_SINCE_LAG,
    SB_SW_HOOK_TYPE,
    SB_SW_HOOK_RETRIES,
    SB_SW_HOOK_ORDER,
    SB_SWITCHES,
};
void sb_switch_init(struct sandbox *sb);
bool sb_is(const struct sandbox *sb, enum sb_switch which, const char *value);
int64_t sb_number(const struct sandbox *sb, enum sb_switch which);

/* --- the whole --- */
#define SB_ROUTES_MAX  40
#define SB_HOOKS_MAX   256
#define SB_FETCHES_MAX 64
#define SB_BYTES_MAX   (INT64_C(128) << 20) /* of all attachments together */
struct sandbox {
    struct sb_table tickets, comments, customers, contacts, attachments, emails;
    struct sb_table tokens; /* made on the pages */
    struct sb_table given;  /* tokens by sandbox_set_token(): not journalled */
    int64_t next_number;
    char subdomain[64];
    char switches[SB_SWITCHES][16];
    struct sb_fault faults[SB_FAULTS_MAX];
    size_t fault_count;
    struct sb_peer *peers[SB_PEERS_MAX];
    size_t peer_count;
    size_t max_minute;
    int64_t requests, limited;
    int64_t route_counts[SB_ROUTES_MAX + 1]; /* the last: no such route */
    uint64_t version;
    char hook_url[SANDBOX_HOOK_URL_MAX]; /* "": no set */
    uint32_t hook_events;                /* bits of enum sb_event */
    struct buf hooks[SB_HOOKS_MAX];      /* bodies that wait, the oldest first */
    size_t hook_count;
    int64_t hooks_made, hooks_lost, hooks_arrived, hooks_failed;
    struct sandbox_fetch *fetches[SB_FETCHES_MAX]; /* that wait, the oldest first */
    size_t fetch_count;
    int64_t bytes; /* of all attachments */
    void (*work)(void *arg);
    void *work_arg;
    void (*journal)(const char *line, size_t len, void *arg);
    void *journal_arg;
};

/* Count a change and journal it; removed: the record is about to go. */
void sb_changed(struct sandbox *sb, const void *record, const struct sb_type *type);
void sb_removed(struct sandbox *sb, int64_t id, const struct sb_type *type);
/* Journal a record without counting a change. */
void sb_keep(struct sandbox *sb, const void *record, const struct sb_type *type);
void sb_seed_demo(struct sandbox *sb, int64_t now_ms);

/* The account's lists and users, the same in every sandbox; end with NULL. */
extern const char *const sb_statuses[], *const sb_priorities[], *const sb_problem_types[];
extern const struct sb_user sb_users[];
extern const size_t sb_user_count;
const struct sb_user *sb_user_find(int64_t id);
#define SB_USERS_MADE_MS INT64_C(1735725600000)

/* --- one request --- */
struct sb_param {
    const char *key, *value;
};
#define SB_PARAMS_MAX 64
struct sb_ctx {
    struct sandbox *sb;
    const struct sb_token *token;
    struct arena *arena;
    struct sb_param params[SB_PARAMS_MAX];
    size_t param_count;
    const struct json *body; /* an object; NULL without */
    int64_t id;              /* from the path; 0: none */
    int64_t now_ms;          /* Syncro's clock: with skew */
    struct sandbox_response *r;
    struct jw w;
};

void sb_params_parse(struct sb_ctx *c, const char *query);
/* The last value of that name; NULL without. */
const char *sb_param(const struct sb_ctx *c, const char *key);
/* 0 and *value when there is such an integer. */
int sb_param_int(const struct sb_ctx *c, const char *key, int64_t *value) WARN_UNUSED;
/* A date or date-time, as ms. */
int sb_param_time(const struct sb_ctx *c, const char *key, int64_t *ms) WARN_UNUSED;

struct sb_page {
    size_t page, per_page, total, pages;
    size_t from, to; /* rows of this page: [from, to) */
};
/* From ?page= and (if can_choose) ?per_page=. */
struct sb_page sb_page_of(const struct sb_ctx *c, size_t total, int64_t per_page, bool can_choose);

bool sb_has_right(const struct sb_ctx *c, enum sb_right right);
/* Answers. ok: 200 with JSON; the caller writes c->w. */
void sb_ok(struct sb_ctx *c);
void sb_json(struct sb_ctx *c, int status, const char *json);
void sb_html(struct sandbox_response *r, int status, const char *title);
void sb_no_right(struct sb_ctx *c);
void sb_not_found(struct sb_ctx *c); /* {"message":"Not found"} */
void sb_empty(struct sandbox_response *r, int status);
/* {"success":false,"message":[...]} of what was said, commas between. */
void sb_refuse(struct sb_ctx *c, const char *const *messages, size_t count);

/* --- shapes --- */
void sb_write_time(const struct sandbox *sb, struct jw *w, const char *key, int64_t ms);
void sb_write_id(struct jw *w, const char *key, int64_t id); /* 0: null */
void sb_write_ticket_row(const struct sandbox *sb, struct jw *w, const struct sb_ticket *t);
/* posted: as POST answers, with tag_list further up and without address. */
void sb_write_ticket(const struct sandbox *sb, struct jw *w, const char *key,
                     const struct sb_ticket *t, bool posted);
void sb_write_attachments(const struct sandbox *sb, struct jw *w, const struct sb_ticket *t);
/* listed: with is_rich_text and user. */
void sb_write_comment(const struct sandbox *sb, struct jw *w, const struct sb_comment *m,
                      bool listed);
void sb_write_customer(const struct sandbox *sb, struct jw *w, const char *key,
                       const struct sb_customer *u);
void sb_write_contact_members(const struct sandbox *sb, struct jw *w, const struct sb_contact *p);
void sb_write_contact(const struct sandbox *sb, struct jw *w, const char *key,
                      const struct sb_contact *p);
void sb_write_user(const struct sandbox *sb, struct jw *w, const char *key,
                   const struct sb_user *u);
void sb_write_phones(struct sb_ctx *c, const struct sb_customer *u);
/* The meta of customers and contacts. */
void sb_write_meta(struct sb_ctx *c, struct sb_page page);
/* business_name, else the full name; into room. */
const char *sb_customer_name(const struct sb_customer *u, char *room, size_t size);
/* Take a ticket and its comments away; not journalled. */
void sb_ticket_drop(struct sandbox *sb, int64_t id);
/* Hang a comment of the table on its ticket, and take it off again. */
void sb_comment_link(struct sb_ticket *t, struct sb_comment *m);
void sb_comment_unlink(struct sb_ticket *t, const struct sb_comment *m);
void sb_attachment_drop(struct sandbox *sb, int64_t id); /* not journalled */
/* Take a comment away, from its ticket too; not journalled. */
void sb_comment_drop(struct sandbox *sb, int64_t id);

/* Text of needle in hay, letters of either case. hay may be NULL. */
bool sb_contains(const char *hay, const char *needle);

/* --- handlers, by the table in core_route.c --- */
typedef void sb_handler_fn(struct sb_ctx *c);
sb_handler_fn sb_tickets_list, sb_ticket_create, sb_ticket_get, sb_ticket_update, sb_ticket_delete,
    sb_ticket_attach, sb_attachment_delete;
sb_handler_fn sb_comments_list, sb_comment_create, sb_ticket_comments_list;
sb_handler_fn sb_customers_list, sb_customer_get, sb_customer_create, sb_customer_update,
    sb_customer_delete, sb_customers_autocomplete, sb_customer_latest, sb_customer_phones;
sb_handler_fn sb_contacts_list, sb_contact_get, sb_contact_create, sb_contact_update,
    sb_contact_delete;
sb_handler_fn sb_me, sb_users_list, sb_user_get, sb_settings_get, sb_ticket_settings, sb_search;

/* Find the route, check rights, call the handler. path: after /api/v1, slashes collapsed. */
void sb_dispatch(struct sb_ctx *c, const char *method, const char *path,
                 const struct sandbox_request *q);
/* Whether the path fits the pattern; *id is the number that stands for ":id", 0 without. */
bool sb_path_fits(const char *pattern, const char *path, int64_t *id);
/* "GET /tickets"; NULL past the last. */
const char *sb_route_name(size_t i, char *room, size_t size);

/* Whether a time passes a filter "after" or "since", by the switch. */
bool sb_is_after(const struct sandbox *sb, int64_t ms, int64_t bound_ms);

/* The ticket of the path; NULL after answering: no right to see it, or not there. */
struct sb_ticket *sb_ticket_to_view(struct sb_ctx *c);
/* One more comment on a ticket, with its touch and its journal. NULL: full. */
struct sb_comment *sb_comment_add(struct sandbox *sb, struct sb_ticket *t, const char *subject,
                                  const char *body, const char *tech, bool hidden, bool no_email,
                                  int64_t user_id, int64_t now_ms);
/* Set what follows from a new status (resolved_at). */
void sb_ticket_status_set(struct sb_ticket *t, const char *status, int64_t now_ms);
/* Move the ticket's updated_at, if the switch says so; changed either way: journal it. */
void sb_ticket_touch(struct sandbox *sb, struct sb_ticket *t, enum sb_switch which, int64_t now_ms);
/* Take a customer or contact away and do to the rest what the switches say; journalled. */
void sb_customer_drop(struct sandbox *sb, int64_t id);
void sb_contact_drop(struct sandbox *sb, int64_t id, int64_t now_ms);

/* --- outwards --- */
enum sb_event {
    SB_EV_CREATED,
    SB_EV_CREATED_BY_EMAIL,
    SB_EV_STATUS,
    SB_EV_RESOLVED,
    SB_EV_REPLIED,
    SB_EV_HIDDEN,
    SB_EV_COMMENT,
    SB_EV_UPDATED,
    SB_EVENTS,
};
/* Queue a webhook, if there is a set that wants the event. */
void sb_hook_ticket(struct sandbox *sb, enum sb_event event, const struct sb_ticket *t);
void sb_hook_comment(struct sandbox *sb, enum sb_event event, const struct sb_ticket *t,
                     const struct sb_comment *m);
/* After a change: what it was, by the status before. */
void sb_hook_changed(struct sandbox *sb, const struct sb_ticket *t, const char *status_before);
/* Record the email to the customer that a comment brings, if it brings one. */
void sb_email_comment(struct sandbox *sb, const struct sb_ticket *t, const struct sb_comment *m);
/* A new comment of the account's side is whole: email and webhook. */
void sb_comment_said(struct sandbox *sb, const struct sb_ticket *t, const struct sb_comment *m);
void sb_work(struct sandbox *sb);

#endif
