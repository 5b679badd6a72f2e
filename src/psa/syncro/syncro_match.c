/* Whose email is this? Exactly, among the contacts and the companies that Syncro's search brings.
 * An email that two of them have is nobody's, and so is one of which not all were seen who may have
 * it: that is for staff to say, not for us to guess. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/str.h"
#include "psa/syncro/syncro_private.h"

#define CUSTOMERS_MAX 8 /* whose contacts are asked for one by one */
#define SEARCH_PAGES  4 /* more companies than these hold are not looked at */

static void next_company(struct psa_call *c);

static void note(struct psa_call *c, int64_t customer, int64_t contact)
{
    c->matches++;
    c->result.customer = customer;
    c->result.contact = contact;
}

static bool has_email(const struct psa_call *c, const struct json *v)
{
    const char *email = json_get_text(v, "email");

    return email != NULL && str_equal_nocase(email, c->email);
}

/* Contacts that carry the email. */
static void look_at_contacts(struct psa_call *c, const struct json *contacts, int64_t customer)
{
    int64_t id;

    for (size_t i = 0; i < json_count(contacts); i++)
        if (has_email(c, json_at(contacts, i)) &&
            json_get_int(json_at(contacts, i), "id", &id) == 0 && id > 0)
            note(c, customer, id);
}

static void finish(struct psa_call *c)
{
    c->result.verdict = (struct psa_verdict){PSA_DONE, -1, ""};
    c->result.found = c->matches == 1 && !c->unsure;
    syncro_call_end(c);
}

static void on_contacts(struct psa_call *c, const struct json *root, const struct json *document)
{
    if (root == NULL) {
        syncro_call_end(c);
        return;
    }
    look_at_contacts(c, root, c->candidates[c->candidate_count - 1]);
    const bool more = syncro_more_pages(document, json_count(root), c->page);
    if (more && c->page < PAGES_MAX) {
        c->page++;
    } else {
        c->unsure = c->unsure || more;
        c->candidate_count--;
        c->page = 1;
    }
    next_company(c);
}

/* The search brought companies without their contacts: ask for these. */
static void next_company(struct psa_call *c)
{
    char query[80];

    if (c->candidate_count == 0) {
        finish(c);
        return;
    }
    snprintf(query, sizeof(query), "?customer_id=%" PRId64 "&page=%" PRId64,
             c->candidates[c->candidate_count - 1], c->page);
    syncro_request(c, SYNCRO_CONTACTS_LIST, 0, query, NULL, on_contacts);
}

/* A company's own address counts only when no contact of it has the same. */
static void look_at_company(struct psa_call *c, const struct json *customer)
{
    const struct json *contacts = json_get(customer, "contacts");
    const char *name = json_get_text(customer, "business_then_name");
    const int before = c->matches;
    int64_t id;

    if (json_get_int(customer, "id", &id) != 0 || id <= 0)
        return;
    c->saw_contacts = c->saw_contacts || json_count(contacts) > 0;
    look_at_contacts(c, contacts, id);
    if (c->matches == before && has_email(c, customer))
        note(c, id, 0);
    if (c->matches > before)
        (void)!str_copy(c->result.company, sizeof(c->result.company), name != NULL ? name : "");
    else if (json_count(contacts) == 0 && c->candidate_count < CUSTOMERS_MAX)
        c->candidates[c->candidate_count++] = id;
    else if (json_count(contacts) == 0)
        c->too_many = true;
}

static void search_page(struct psa_call *c);

static void on_customers(struct psa_call *c, const struct json *root, const struct json *document)
{
    if (root == NULL) {
        syncro_call_end(c);
        return;
    }
    for (size_t i = 0; i < json_count(root); i++)
        look_at_company(c, json_at(root, i));
    if (syncro_more_pages(document, json_count(root), c->page)) {
        if (c->page < SEARCH_PAGES) {
            c->page++;
            search_page(c);
            return;
        }
        c->unsure = true;
    }
    c->page = 1;
    if (c->saw_contacts) { /* who is shown without contacts has none then */
        finish(c);
        return;
    }
    c->unsure = c->unsure || c->too_many;
    next_company(c);
}

static void search_page(struct psa_call *c)
{
    struct buf to;

    buf_init(&to, 3 * sizeof(c->email) + 64);
    buf_str(&to, "?query=");
    syncro_escape(&to, c->email);
    if (c->page > 1)
        buf_printf(&to, "&page=%" PRId64, c->page);
    syncro_request(c, SYNCRO_CUSTOMERS_LIST, 0, to.ptr, NULL, on_customers);
    buf_free(&to);
}

struct psa_call *syncro_match(struct psa_connector *base, const char *email,
                              enum budget_class class, psa_done_fn *done, void *arg)
{
    struct psa_call *c = syncro_call_new((struct syncro *)base, class, done, arg);

    /* An address longer than RFC 5321 allows finds nobody, cut or not. */
    (void)!str_copy(c->email, sizeof(c->email), email);
    c->page = 1;
    search_page(c);
    return c;
}
