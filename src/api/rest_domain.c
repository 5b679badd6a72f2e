/* Email domains and the companies that their people belong to. */
#include "api/rest_connector_private.h"
#include "api/rest_people_private.h"
#include "chat/address.h"

static void listed(enum store_result result, const union store_out *out, void *arg)
{
    struct rest *r = arg;
    char shown[4 * ADDRESS_SIZE];
    struct jw *w = rest_list(r, result, "domains");

    if (w == NULL)
        return;
    for (size_t i = 0; i < out->domains.count; i++) {
        const struct store_domain *d = &out->domains.rows[i];

        jw_object(w, NULL);
        jw_text(w, "domain", d->domain);
        jw_text(w, "shown",
                idn_to_unicode(d->domain, shown, sizeof(shown)) == 0 ? shown : d->domain);
        jw_int(w, "customer", d->psa_customer);
        jw_text(w, "company", d->company);
        jw_int(w, "since", d->now_ms);
        jw_object_end(w);
    }
    jw_array_end(w);
    rest_done(r, 200);
}

static void list(struct rest *r, const char *account)
{
    r->op = store_domain_list(r->api->set.store, account, listed, r);
}

void rest_domains(struct rest *r)
{
    rest_account(r, false, list);
}

/* The body's domain, normalised, into the state. False: answered. */
static bool read_domain(struct rest *r, struct store_domain *in)
{
    const char *text = rest_text(r, "domain", 4 * IDN_NAME_MAX, false);
    char clean[IDN_NAME_SIZE];

    if (text == NULL)
        return false;
    if (address_normalise_domain(text, clean) != ADDRESS_OK) {
        rest_error(r, 400, "bad_field", "domain",
                   "this is no email domain: give what is behind the @, as in acme.com");
        return false;
    }
    in->domain = arena_strdup(r->arena, clean);
    return true;
}

static void put(enum store_result result, const union store_out *out, void *arg)
{
    struct rest *r = arg;

    r->op = NULL;
    if (result == STORE_CONFLICT) {
        rest_error(r, 409, "too_many", NULL, "there are 200 domains already: remove one first");
    } else if (result != STORE_OK) {
        rest_error_busy(r);
    } else {
        rest_tried(r, &out->tried);
        jw_int(rest_begin(r), "tried", (int64_t)out->tried.count);
        rest_done(r, 200);
    }
}

static void put_for(struct rest *r, const char *account)
{
    struct store_domain *in = r->state;

    in->account = account;
    r->op = store_domain_put(r->api->set.store, in, put, r);
}

void rest_domain_put(struct rest *r)
{
    struct store_domain *in = rest_state(r, sizeof(*in), NULL);

    if (!read_domain(r, in) ||
        !rest_company(r, r->body, "customer", &in->psa_customer, &in->company))
        return;
    if (address_is_anybodys(in->domain)) {
        rest_error(r, 400, "public_domain", "domain",
                   "anybody can have an address there, so it says nothing about the company");
        return;
    }
    in->now_ms = env_now_ms(r->api->set.env);
    in->audit = rest_audit(r, AUDIT_DOMAIN_MAPPED, in->domain);
    in->audit.detail = in->company;
    rest_account(r, true, put_for);
}

static void removed(enum store_result result, const union store_out *out, void *arg)
{
    struct rest *r = arg;

    (void)out;
    r->op = NULL;
    if (result == STORE_NOT_FOUND)
        rest_error_not_found(r);
    else if (result != STORE_OK)
        rest_error_busy(r);
    else
        rest_empty(r);
}

static void remove_from(struct rest *r, const char *account)
{
    struct store_domain *in = r->state;

    in->account = account;
    r->op = store_domain_remove(r->api->set.store, in, removed, r);
}

void rest_domain_remove(struct rest *r)
{
    struct store_domain *in = rest_state(r, sizeof(*in), NULL);

    if (!read_domain(r, in))
        return;
    in->audit = rest_audit(r, AUDIT_DOMAIN_REMOVED, in->domain);
    rest_account(r, true, remove_from);
}
