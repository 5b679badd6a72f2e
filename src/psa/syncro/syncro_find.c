/* Is it there? What a send of unknown outcome left in Syncro, by Parley's own marks. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/str.h"
#include "psa/syncro/syncro_private.h"

/* How far apart the clocks may be, or ours now and when it was sent: a wrong date, and some. Wide,
 * for a ticket that is overlooked is made twice. */
#define MARGIN_MS INT64_C(172800000)

/* ---- a ticket, by the reference in its description ---- */

/* Does a comment of the array hold the reference? Then *id is its id, 0 if it has none. */
static bool find_reference(const struct json *comments, const char *reference, int64_t *id)
{
    for (size_t i = 0; i < json_count(comments); i++) {
        const char *body = json_get_text(json_at(comments, i), "body");
        if (body != NULL && syncro_holds_mark(body, reference)) {
            if (json_get_int(json_at(comments, i), "id", id) != 0)
                *id = 0;
            return true;
        }
    }
    return false;
}

static void list_page(struct psa_call *c);
static void next_candidate(struct psa_call *c);

static void on_candidate(struct psa_call *c, const struct json *root, const struct json *document)
{
    (void)document;
    /* One that was deleted since is not ours to find. */
    if (root == NULL && c->result.verdict.outcome != PSA_REFUSED) {
        syncro_call_end(c);
        return;
    }
    if (root != NULL &&
        find_reference(json_get(root, "comments"), c->mark, &c->result.comment_id) &&
        syncro_read_ticket(root, &c->result)) {
        c->result.found = true;
        syncro_call_end(c);
        return;
    }
    next_candidate(c);
}

/* The lists did not show it: look at what may be it one by one; without those it is not there. */
static void next_candidate(struct psa_call *c)
{
    if (c->candidate_count > 0) {
        c->candidate_count--;
        syncro_request(c, SYNCRO_TICKET_GET, c->candidates[c->candidate_count], "", NULL,
                       on_candidate);
    } else {
        c->result = (struct psa_result){.verdict = {PSA_DONE, -1, ""}};
        syncro_call_end(c);
    }
}

/* Is this the description of a ticket of ours? It ends with a reference. */
static bool is_ours(const char *body)
{
    struct slice text = str_trim(body, strlen(body));
    char end[REFERENCE_SIZE] = "";

    /* Perhaps with a range: " #5-6". */
    size_t len = text.len;
    while (len > 0 && strchr("0123456789-", text.ptr[len - 1]) != NULL)
        len--;
    if (len > 1 && len < text.len && text.ptr[len - 1] == '#' && text.ptr[len - 2] == ' ')
        text.len = len - 2;

    if (text.len >= REFERENCE_SIZE - 1)
        memcpy(end, text.ptr + text.len - (REFERENCE_SIZE - 1), REFERENCE_SIZE - 1);
    return reference_is_valid(end);
}

static void add_candidate(struct psa_call *c, int64_t id)
{
    for (size_t i = 0; i < c->candidate_count; i++)
        if (c->candidates[i] == id)
            return;
    if (c->candidate_count <= CANDIDATES_MAX)
        c->candidates[c->candidate_count++] = id;
}

/* True when the ticket is found. One with our subject becomes a candidate unless it shows that it
 * is another conversation's: a list shows one comment of a ticket or none, and a rule of the
 * account may have added one before ours. */
static bool look_at(struct psa_call *c, const struct json *ticket)
{
    const struct json *comments = json_get(ticket, "comments");
    const char *subject = json_get_text(ticket, "subject");
    int64_t id;

    if (find_reference(comments, c->mark, &c->result.comment_id)) {
        c->result.found = syncro_read_ticket(ticket, &c->result);
        return c->result.found;
    }
    for (size_t i = 0; i < json_count(comments); i++) {
        const char *body = json_get_text(json_at(comments, i), "body");
        if (body != NULL && is_ours(body))
            return false;
    }
    if (subject != NULL && strcmp(subject, c->subject) == 0 && json_get_int(ticket, "id", &id) == 0)
        add_candidate(c, id);
    return false;
}

/* Pages shift while they are read, forward or backward as the order is, and a ticket at the edge of
 * two may be on neither then: what is not found on the way there is looked for on the way back. */
static void on_tickets(struct psa_call *c, const struct json *root, const struct json *document)
{
    if (root == NULL) {
        syncro_call_end(c);
        return;
    }
    for (size_t i = 0; i < json_count(root); i++)
        if (look_at(c, json_at(root, i))) {
            syncro_call_end(c);
            return;
        }
    const bool more = !c->on_way_back && syncro_more_pages(document, json_count(root), c->page);
    if (c->candidate_count > CANDIDATES_MAX || (more && c->page == PAGES_MAX)) {
        syncro_fail(c, PSA_NO_EFFECT, "Too many tickets to look through for this one");
        return;
    }
    c->on_way_back = !more;
    c->page += more ? 1 : -1;
    if (c->page > 0)
        list_page(c);
    else
        next_candidate(c);
}

/* The tickets of all companies: somebody may have moved ours since. */
static void list_page(struct psa_call *c)
{
    char query[160];

    snprintf(query, sizeof(query), "?created_after=%s&per_page=%d&page=%" PRId64, c->since,
             PER_PAGE, c->page);
    syncro_request(c, SYNCRO_TICKETS_LIST, 0, query, NULL, on_tickets);
}

struct psa_call *syncro_ticket_find(struct psa_connector *base, const struct store_taken *taken,
                                    enum budget_class class, psa_done_fn *done, void *arg)
{
    struct psa_call *c = syncro_call_new((struct syncro *)base, class, done, arg);
    const size_t len = str_cut_utf8(taken->subject, strlen(taken->subject), SYNCRO_SUBJECT_MAX);
    char since[CLOCK_TEXT_SIZE];

    syncro_description_mark(taken, c->mark);
    memcpy(c->subject, taken->subject, len);
    clock_format(taken->sent_at_ms - MARGIN_MS, since);
    memcpy(c->since, since, sizeof(since)); /* ':' may stand in a query (RFC 3986, 3.4) */
    c->page = 1;
    list_page(c);
    return c;
}

/* ---- a comment, by its subject ---- */

static void comments_page(struct psa_call *c);

static void on_comments(struct psa_call *c, const struct json *root, const struct json *document)
{
    for (size_t i = 0; i < json_count(root); i++) {
        const char *subject = json_get_text(json_at(root, i), "subject");
        if (subject != NULL && strcmp(subject, c->mark) == 0 &&
            json_get_int(json_at(root, i), "id", &c->result.comment_id) == 0 &&
            c->result.comment_id > 0) {
            c->result.found = true;
            syncro_call_end(c);
            return;
        }
    }
    c->result.gone = root == NULL && c->answer->status == 404;
    if (root == NULL || !syncro_more_pages(document, json_count(root), c->page)) {
        syncro_call_end(c);
    } else if (c->page == PAGES_MAX) {
        syncro_fail(c, PSA_NO_EFFECT, "Too many comments to look through for this one");
    } else {
        c->page++;
        comments_page(c);
    }
}

static void comments_page(struct psa_call *c)
{
    char query[160];

    snprintf(query, sizeof(query),
             "?sort_by=created_at&sort_direction=DESC&per_page=%d&page=%" PRId64, PER_PAGE,
             c->page);
    syncro_request(c, SYNCRO_COMMENTS_LIST, c->candidates[0], query, NULL, on_comments);
}

struct psa_call *syncro_comment_find(struct psa_connector *base, const struct store_taken *taken,
                                     enum budget_class class, psa_done_fn *done, void *arg)
{
    struct psa_call *c = syncro_call_new((struct syncro *)base, class, done, arg);

    syncro_mark(taken, c->mark);
    c->candidates[0] = taken->ticket_id;
    c->page = 1;
    comments_page(c);
    return c;
}
