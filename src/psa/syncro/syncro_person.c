/* Contacts of a company, for staff to choose from; and whether whom they chose is still there. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/str.h"
#include "psa/syncro/syncro_private.h"

#define CONTACT_PAGES 4

static const char *text_of(const struct json *v, const char *key)
{
    const char *text = json_get_text(v, key);

    return text != NULL ? text : "";
}

/* ---- contacts ---- */

static void contacts_page(struct psa_call *c);

static void print_contact(struct psa_call *c, const struct json *v)
{
    const char *phone = text_of(v, "phone");
    struct jw *w = &c->writer;
    int64_t id;

    if (json_get_int(v, "id", &id) != 0 || id <= 0)
        return;
    jw_object(w, NULL);
    jw_int(w, "id", id);
    jw_text(w, "name", text_of(v, "name"));
    jw_text(w, "email", text_of(v, "email"));
    jw_text(w, "phone", phone[0] != '\0' ? phone : text_of(v, "mobile"));
    jw_object_end(w);
}

static void on_contacts(struct psa_call *c, const struct json *root, const struct json *document)
{
    if (root == NULL) {
        syncro_call_end(c);
        return;
    }
    for (size_t i = 0; i < json_count(root); i++)
        print_contact(c, json_at(root, i));
    const bool more = syncro_more_pages(document, json_count(root), c->page);
    if (more && c->page < CONTACT_PAGES && buf_ok(&c->json)) {
        c->page++;
        contacts_page(c);
        return;
    }
    jw_array_end(&c->writer);
    jw_bool(&c->writer, "more", more);
    jw_object_end(&c->writer);
    if (buf_ok(&c->json))
        syncro_call_end(c);
    else
        syncro_fail(c, PSA_REFUSED, "The company has more contacts than can be shown");
}

static void contacts_page(struct psa_call *c)
{
    char query[80];

    snprintf(query, sizeof(query), "?customer_id=%" PRId64 "&page=%" PRId64, c->result.customer,
             c->page);
    syncro_request(c, SYNCRO_CONTACTS_LIST, 0, query, NULL, on_contacts);
}

struct psa_call *syncro_contacts(struct psa_connector *base, int64_t customer, psa_done_fn *done,
                                 void *arg)
{
    struct psa_call *c = syncro_call_new((struct syncro *)base, BUDGET_INTERACTIVE, done, arg);

    c->timeout_ms = CHECK_TIMEOUT_MS;
    c->result.customer = customer;
    c->page = 1;
    jw_init(&c->writer, &c->json);
    jw_object(&c->writer, NULL);
    jw_array(&c->writer, "contacts");
    contacts_page(c);
    return c;
}

/* ---- still there? ---- */

/* Not there: that is an answer. */
static bool is_gone(struct psa_call *c, const struct json *root)
{
    if (root != NULL || c->answer->result != HTTP_ANSWERED || c->answer->status != 404)
        return false;
    c->result = (struct psa_result){.verdict = {PSA_DONE, -1, ""}};
    return true;
}

static void on_customer(struct psa_call *c, const struct json *root, const struct json *document)
{
    (void)document;
    if (is_gone(c, root) || root == NULL) {
        syncro_call_end(c);
        return;
    }
    c->result.found = !json_get_bool(root, "disabled", false);
    const char *name = text_of(root, "business_then_name");
    const size_t len = str_cut_utf8(name, strlen(name), sizeof(c->result.company) - 1);
    memcpy(c->result.company, name, len);
    c->result.company[len] = '\0';
    syncro_call_end(c);
}

static void on_contact(struct psa_call *c, const struct json *root, const struct json *document)
{
    int64_t customer;

    (void)document;
    if (is_gone(c, root) || root == NULL) {
        syncro_call_end(c);
        return;
    }
    if (json_get_int(root, "customer_id", &customer) != 0 || customer <= 0) {
        c->result = (struct psa_result){.verdict = {PSA_DONE, -1, ""}};
        syncro_call_end(c);
        return;
    }
    c->result.customer = customer;
    syncro_request(c, SYNCRO_CUSTOMER_GET, customer, "", NULL, on_customer);
}

struct psa_call *syncro_still(struct psa_connector *base, int64_t customer, int64_t contact,
                              enum budget_class class, psa_done_fn *done, void *arg)
{
    struct psa_call *c = syncro_call_new((struct syncro *)base, class, done, arg);

    c->result.customer = customer;
    c->result.contact = contact;
    if (contact != 0)
        syncro_request(c, SYNCRO_CONTACT_GET, contact, "", NULL, on_contact);
    else
        syncro_request(c, SYNCRO_CUSTOMER_GET, customer, "", NULL, on_customer);
    return c;
}
