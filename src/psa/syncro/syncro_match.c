/* Whose email is this? Exactly, among the contacts and the companies that Syncro's search brings;
 * see chat/address.h for what "exactly" is. An email that several have is nobody's, and so is one
 * of which not all were seen who may have it: that is for staff to say, not for us to guess, and
 * they are told who it may be. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "chat/address.h"
#include "psa/syncro/syncro_private.h"

#define COMPANIES_MAX 8 /* whose contacts are asked for one by one */
#define SEARCH_PAGES  4 /* more companies than these hold are not looked at */
#define SEARCHES      2 /* the domain as mail carries it, and in its own script */

struct company {
    int64_t id;
    char name[256];
};

struct found {
    int64_t customer, contact; /* contact 0: the company itself */
    char company[256], name[128], email[ADDRESS_SIZE], phone[64];
};

struct syncro_hunt {
    char email[ADDRESS_SIZE];
    char search[SEARCHES][4 * ADDRESS_SIZE];
    size_t searches, searching;
    struct found found[PSA_CANDIDATES_MAX];
    size_t count;
    struct company open[COMPANIES_MAX]; /* whose contacts are still to be asked for */
    size_t open_count;
    /* unsure: not all were seen who may be it */
    bool saw_contacts, too_many, unsure;
};

static void next_company(struct psa_call *c);

void syncro_hunt_free(struct psa_call *c)
{
    free(c->hunt);
    c->hunt = NULL;
}

/* Text of Syncro's, cut to what fits. */
static void take_text(char *to, size_t size, const struct json *v, const char *key)
{
    const char *text = json_get_text(v, key);

    if (text == NULL)
        text = "";
    const size_t len = str_cut_utf8(text, strlen(text), size - 1);
    memcpy(to, text, len);
    to[len] = '\0';
}

static bool has_email(const struct psa_call *c, const struct json *v)
{
    return address_equal(json_get_text(v, "email"), c->hunt->email);
}

static void note(struct psa_call *c, const struct company *company, int64_t contact,
                 const struct json *v, const char *name)
{
    struct syncro_hunt *h = c->hunt;

    for (size_t i = 0; i < h->count; i++)
        if (h->found[i].customer == company->id && h->found[i].contact == contact)
            return;
    if (h->count == PSA_CANDIDATES_MAX) {
        h->unsure = true;
        return;
    }
    struct found *f = &h->found[h->count++];
    f->customer = company->id;
    f->contact = contact;
    (void)!str_copy(f->company, sizeof(f->company), company->name);
    take_text(f->name, sizeof(f->name), v, name);
    take_text(f->email, sizeof(f->email), v, "email");
    take_text(f->phone, sizeof(f->phone), v, "phone");
    if (f->phone[0] == '\0')
        take_text(f->phone, sizeof(f->phone), v, "mobile");
}

/* Contacts that carry the email. True: there is one. */
static bool look_at_contacts(struct psa_call *c, const struct json *contacts,
                             const struct company *company)
{
    bool any = false;
    int64_t id;

    for (size_t i = 0; i < json_count(contacts); i++) {
        const struct json *v = json_at(contacts, i);

        if (!has_email(c, v) || json_get_int(v, "id", &id) != 0 || id <= 0)
            continue;
        note(c, company, id, v, "name");
        any = true;
    }
    return any;
}

static void print_found(struct psa_call *c)
{
    const struct syncro_hunt *h = c->hunt;
    struct jw *w = &c->writer;

    jw_init(w, &c->json);
    jw_array(w, NULL);
    for (size_t i = 0; i < h->count; i++) {
        jw_object(w, NULL);
        jw_int(w, "customer", h->found[i].customer);
        jw_int(w, "contact", h->found[i].contact);
        jw_text(w, "company", h->found[i].company);
        jw_text(w, "name", h->found[i].name);
        jw_text(w, "email", h->found[i].email);
        jw_text(w, "phone", h->found[i].phone);
        jw_object_end(w);
    }
    jw_array_end(w);
}

static void finish(struct psa_call *c)
{
    const struct syncro_hunt *h = c->hunt;

    c->result.verdict = (struct psa_verdict){PSA_DONE, -1, ""};
    c->result.found = h->count == 1 && !h->unsure;
    c->result.several = h->count > 0 && !c->result.found;
    if (c->result.found) {
        c->result.customer = h->found[0].customer;
        c->result.contact = h->found[0].contact;
        (void)!str_copy(c->result.company, sizeof(c->result.company), h->found[0].company);
    } else if (c->result.several) {
        print_found(c);
    }
    syncro_call_end(c);
}

static void on_contacts(struct psa_call *c, const struct json *root, const struct json *document)
{
    struct syncro_hunt *h = c->hunt;

    if (root == NULL) {
        syncro_call_end(c);
        return;
    }
    (void)look_at_contacts(c, root, &h->open[h->open_count - 1]);
    const bool more = syncro_more_pages(document, json_count(root), c->page);
    if (more && c->page < PAGES_MAX) {
        c->page++;
    } else {
        h->unsure = h->unsure || more;
        h->open_count--;
        c->page = 1;
    }
    next_company(c);
}

/* The search brought companies without their contacts: ask for these. */
static void next_company(struct psa_call *c)
{
    const struct syncro_hunt *h = c->hunt;
    char query[80];

    if (h->open_count == 0) {
        finish(c);
        return;
    }
    snprintf(query, sizeof(query), "?customer_id=%" PRId64 "&page=%" PRId64,
             h->open[h->open_count - 1].id, c->page);
    syncro_request(c, SYNCRO_CONTACTS_LIST, 0, query, NULL, on_contacts);
}

/* Its contacts are not shown. */
static void keep_open(struct syncro_hunt *h, const struct company *company)
{
    for (size_t i = 0; i < h->open_count; i++)
        if (h->open[i].id == company->id)
            return;
    if (h->open_count < COMPANIES_MAX)
        h->open[h->open_count++] = *company;
    else
        h->too_many = true;
}

/* A company's own address counts only when no contact of it has the same. */
static void look_at_company(struct psa_call *c, const struct json *customer)
{
    const struct json *contacts = json_get(customer, "contacts");
    struct company company;

    if (json_get_int(customer, "id", &company.id) != 0 || company.id <= 0)
        return;
    take_text(company.name, sizeof(company.name), customer, "business_then_name");
    c->hunt->saw_contacts = c->hunt->saw_contacts || json_count(contacts) > 0;
    if (look_at_contacts(c, contacts, &company))
        return;
    if (has_email(c, customer))
        note(c, &company, 0, customer, "fullname");
    else if (json_count(contacts) == 0)
        keep_open(c->hunt, &company);
}

static void search_page(struct psa_call *c);

static void on_customers(struct psa_call *c, const struct json *root, const struct json *document)
{
    struct syncro_hunt *h = c->hunt;

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
        h->unsure = true;
    }
    c->page = 1;
    if (++h->searching < h->searches) {
        search_page(c);
        return;
    }
    if (h->saw_contacts) { /* who is shown without contacts has none then */
        finish(c);
        return;
    }
    h->unsure = h->unsure || h->too_many;
    next_company(c);
}

static void search_page(struct psa_call *c)
{
    const char *text = c->hunt->search[c->hunt->searching];
    struct buf to;

    buf_init(&to, 3 * sizeof(c->hunt->search[0]) + 64);
    buf_str(&to, "?query=");
    syncro_escape(&to, text);
    if (c->page > 1)
        buf_printf(&to, "&page=%" PRId64, c->page);
    syncro_request(c, SYNCRO_CUSTOMERS_LIST, 0, to.ptr, NULL, on_customers);
    buf_free(&to);
}

struct psa_call *syncro_match(struct psa_connector *base, const char *email,
                              enum budget_class class, psa_done_fn *done, void *arg)
{
    struct psa_call *c = syncro_call_new((struct syncro *)base, class, done, arg);
    struct syncro_hunt *h = calloc(1, sizeof(*h));

    if (h == NULL)
        abort();
    c->hunt = h;
    /* What is no address finds nobody. */
    if (address_normalise(email, h->email) != ADDRESS_OK)
        (void)!str_copy(h->email, sizeof(h->email), email);
    (void)!str_copy(h->search[0], sizeof(h->search[0]), h->email);
    address_display(h->email, h->search[1]);
    h->searches = strcmp(h->search[0], h->search[1]) == 0 ? 1 : 2;
    c->page = 1;
    search_page(c);
    return c;
}
