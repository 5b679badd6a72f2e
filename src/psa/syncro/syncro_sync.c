/* What Syncro has: tickets that changed, one ticket, comments. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/str.h"
#include "psa/syncro/syncro_private.h"

#define ROOM ((size_t)16 * 1024 * 1024) /* more than the largest answers hold */

static const char *keep(struct psa_call *c, const char *text)
{
    const char *copy = arena_strdup(c->arena, text != NULL ? text : "");

    return copy != NULL ? copy : "";
}

static const char *text_of(struct psa_call *c, const struct json *v, const char *key)
{
    return keep(c, json_get_text(v, key));
}

static int64_t id_of(const struct json *v, const char *key)
{
    int64_t id;

    return json_get_int(v, key, &id) == 0 && id > 0 ? id : 0;
}

/* 0 when there is none, or it cannot be read. */
static int64_t time_of(const struct json *v, const char *key)
{
    const char *text = json_get_text(v, key);
    int64_t ms;

    return text != NULL && clock_parse(text, &ms) == 0 ? ms : 0;
}

static bool is_blank(const char *text)
{
    return text == NULL || str_trim(text, strlen(text)).len == 0;
}

static void begin(struct psa_call *c)
{
    c->arena = arena_new(ROOM);
    c->page = 1;
}

/* ---- tickets ---- */

/* False: it has no id. Lists name the contact flat, a single ticket has it as an object. */
static bool read_ticket(struct psa_call *c, const struct json *v, struct psa_ticket *to)
{
    const struct json *contact = json_get(v, "contact");
    const int64_t contact_id = id_of(v, "contact_id");
    const char *contact_name = json_get_text(v, "contact_fullname");
    const int64_t user = id_of(v, "user_id");
    char number[24];
    int64_t n;

    if (json_get_int(v, "number", &n) != 0)
        n = 0;
    snprintf(number, sizeof(number), "%" PRId64, n);
    *to = (struct psa_ticket){
        .id = id_of(v, "id"),
        .customer = id_of(v, "customer_id"),
        .contact = contact_id != 0 ? contact_id : id_of(contact, "id"),
        .created_ms = time_of(v, "created_at"),
        .updated_ms = time_of(v, "updated_at"),
        .resolved_ms = time_of(v, "resolved_at"),
        .number = keep(c, number),
        .subject = text_of(c, v, "subject"),
        .status = text_of(c, v, "status"),
        .priority = text_of(c, v, "priority"),
        .assignee = text_of(c, json_get(v, "user"), "full_name"),
        .assignee_id = user != 0 ? user : id_of(json_get(v, "user"), "id"),
        .issue_type = text_of(c, v, "problem_type"),
        .due_ms = time_of(v, "due_date"),
        .contact_name = contact_name != NULL ? keep(c, contact_name) : text_of(c, contact, "name"),
    };
    return to->id != 0;
}

static void on_tickets(struct psa_call *c, const struct json *root, const struct json *document)
{
    const size_t room = json_count(root);

    if (root == NULL) {
        syncro_call_end(c);
        return;
    }
    c->tickets = arena_alloc(c->arena, (room + 1) * sizeof(*c->tickets));
    for (size_t i = 0; c->tickets != NULL && i < room; i++)
        c->count += read_ticket(c, json_at(root, i), &c->tickets[c->count]);
    c->result.tickets = c->tickets;
    c->result.count = c->count;
    c->result.more = syncro_more_pages(document, room, c->page);
    syncro_call_end(c);
}

struct psa_call *syncro_tickets(struct psa_connector *base, const struct psa_ticket_query *query,
                                enum budget_class class, psa_done_fn *done, void *arg)
{
    struct psa_call *c = syncro_call_new((struct syncro *)base, class, done, arg);
    char since[CLOCK_TEXT_SIZE];
    struct buf to;

    begin(c);
    c->page = query->page;
    buf_init(&to, URL_MAX / 2);
    buf_printf(&to, "?per_page=%d&page=%" PRId64, PER_PAGE, query->page);
    if (query->since_ms != 0) {
        clock_format(query->since_ms, since); /* whole and in UTC: a bare date is not reliable */
        buf_printf(&to, "&since_updated_at=%s", since);
    }
    if (query->contact != 0)
        buf_printf(&to, "&contact_id=%" PRId64, query->contact);
    if (query->customer != 0)
        buf_printf(&to, "&customer_id=%" PRId64, query->customer);
    syncro_request(c, SYNCRO_TICKETS_LIST, 0, to.ptr, NULL, on_tickets);
    buf_free(&to);
    return c;
}

static void on_ticket(struct psa_call *c, const struct json *root, const struct json *document)
{
    (void)document;
    if (root == NULL) {
        c->result.gone = c->answer->status == 404;
        syncro_call_end(c);
        return;
    }
    c->tickets = arena_alloc(c->arena, sizeof(*c->tickets));
    if (c->tickets == NULL || !read_ticket(c, root, c->tickets)) {
        syncro_fail(c, PSA_NO_EFFECT, "Syncro's answer does not say which ticket it is");
        return;
    }
    c->result.tickets = c->tickets;
    c->result.count = 1;
    syncro_call_end(c);
}

struct psa_call *syncro_ticket(struct psa_connector *base, int64_t ticket, enum budget_class class,
                               psa_done_fn *done, void *arg)
{
    struct psa_call *c = syncro_call_new((struct syncro *)base, class, done, arg);

    begin(c);
    syncro_request(c, SYNCRO_TICKET_GET, ticket, "", NULL, on_ticket);
    return c;
}

/* ---- comments ---- */

/* Who wrote it is said by the user; where none is, by the name of a technician. What a ticket
 * begins with is the person's trouble, whoever typed it (syncro-api.md, section 4). */
static bool is_by_staff(const struct json *v)
{
    const char *subject = json_get_text(v, "subject"), *tech = json_get_text(v, "tech");

    if (subject != NULL && str_equal_nocase(subject, "Initial Issue"))
        return false;
    if (subject != NULL && str_equal_nocase(subject, "Customer Reply"))
        return false;
    return id_of(v, "user_id") != 0 || (!is_blank(tech) && !str_has_prefix(tech, "customer"));
}

static bool read_comment(struct psa_call *c, const struct json *v, struct psa_comment *to)
{
    const char *tech = json_get_text(v, "tech");

    *to = (struct psa_comment){
        .id = id_of(v, "id"),
        .ticket = id_of(v, "ticket_id"),
        .created_ms = time_of(v, "created_at"),
        .updated_ms = time_of(v, "updated_at"),
        .subject = text_of(c, v, "subject"),
        .body = text_of(c, v, "body"),
        /* Only what says that it is public is shown to people. */
        .hidden = json_get_bool(v, "hidden", true),
        .by_staff = is_by_staff(v),
    };
    to->name = "";
    if (to->by_staff)
        to->name = is_blank(tech) ? text_of(c, json_get(v, "user"), "full_name") : keep(c, tech);
    return to->id != 0;
}

static bool is_known(const struct psa_call *c, int64_t id)
{
    for (size_t i = c->count; i > 0; i--)
        if (c->comments[i - 1].id == id)
            return true;
    return false;
}

/* Into their place by time and id: sorting is asked for, but not relied on. */
static void insert(struct psa_call *c, const struct psa_comment *m)
{
    size_t at = c->count;

    while (at > 0 &&
           (c->comments[at - 1].created_ms > m->created_ms ||
            (c->comments[at - 1].created_ms == m->created_ms && c->comments[at - 1].id > m->id)))
        at--;
    memmove(&c->comments[at + 1], &c->comments[at], (c->count - at) * sizeof(*m));
    c->comments[at] = *m;
    c->count++;
}

static void comments_page(struct psa_call *c);

static void on_comments(struct psa_call *c, const struct json *root, const struct json *document)
{
    struct psa_comment m;

    if (root == NULL) {
        c->result.gone = c->answer->status == 404;
        syncro_call_end(c);
        return;
    }
    c->result.more = syncro_more_pages(document, json_count(root), c->page);
    for (size_t i = 0; i < json_count(root); i++) {
        if (c->count == PSA_COMMENTS_MAX) {
            c->result.more = true;
            break;
        }
        if (read_comment(c, json_at(root, i), &m) && !is_known(c, m.id))
            insert(c, &m);
    }
    if (c->result.more && c->ticket != 0 && c->count < PSA_COMMENTS_MAX && c->page < PAGES_MAX) {
        c->page++;
        comments_page(c);
        return;
    }
    c->result.comments = c->comments;
    c->result.count = c->count;
    syncro_call_end(c);
}

static void comments_page(struct psa_call *c)
{
    char query[160], since[CLOCK_TEXT_SIZE];

    if (c->ticket != 0) {
        snprintf(query, sizeof(query),
                 "?sort_by=created_at&sort_direction=ASC&per_page=%d&page=%" PRId64, PER_PAGE,
                 c->page);
        syncro_request(c, SYNCRO_COMMENTS_LIST, c->ticket, query, NULL, on_comments);
        return;
    }
    clock_format(c->since_ms, since);
    snprintf(query, sizeof(query), "?comment_created_after=%s&per_page=%d&page=%" PRId64, since,
             PER_PAGE, c->page);
    syncro_request(c, SYNCRO_NEW_COMMENTS, 0, query, NULL, on_comments);
}

static void begin_comments(struct psa_call *c)
{
    begin(c);
    c->comments = arena_alloc(c->arena, (PSA_COMMENTS_MAX + 1) * sizeof(*c->comments));
    if (c->comments == NULL)
        abort();
}

struct psa_call *syncro_comments(struct psa_connector *base, int64_t ticket,
                                 enum budget_class class, psa_done_fn *done, void *arg)
{
    struct psa_call *c = syncro_call_new((struct syncro *)base, class, done, arg);

    begin_comments(c);
    c->ticket = ticket;
    comments_page(c);
    return c;
}

struct psa_call *syncro_new_comments(struct psa_connector *base, int64_t since_ms, int64_t page,
                                     enum budget_class class, psa_done_fn *done, void *arg)
{
    struct psa_call *c = syncro_call_new((struct syncro *)base, class, done, arg);

    begin_comments(c);
    c->since_ms = since_ms;
    c->page = page;
    comments_page(c);
    return c;
}
