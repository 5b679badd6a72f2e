#include "psa/match.h"

#include <stdlib.h>
#include <string.h>

#include "base/str.h"

struct match {
    struct match_place place;
    struct match_who who;
    char account[128], email[STORE_TEXT_MAX + 1];
    enum budget_class class;
    bool choice_is_gone;
    match_fn *fn;
    void *arg;
    struct store_op *op;
    struct psa_call *asking;
};

static void tell(struct match *m, const struct psa_verdict *verdict,
                 const struct store_matched *matched)
{
    match_fn *fn = m->fn;
    void *arg = m->arg;

    free(m);
    fn(verdict, matched, arg);
}

static void fail(struct match *m, const struct psa_verdict *verdict)
{
    tell(m, verdict, &(struct store_matched){.how = 0});
}

/* ---- writing it down ---- */

static void on_written(enum store_result status, const union store_out *out, void *arg)
{
    static const struct psa_verdict done = {PSA_DONE, -1, ""},
                                    later = {PSA_NO_EFFECT, -1, "It could not be written down"};
    struct match *m = arg;

    m->op = NULL;
    if (status == STORE_OK)
        tell(m, &done, &out->matched);
    else
        fail(m, &later);
}

static void write_down(struct match *m, struct store_person_matched *in)
{
    in->person = m->who.person;
    in->account = m->account;
    in->email = m->email;
    in->choice_is_gone = m->choice_is_gone;
    in->now_ms = env_now_ms(m->place.env);
    m->op = store_person_matched(m->place.store, in, on_written, m);
}

/* ---- by the email ---- */

static void on_asked(const struct psa_result *r, void *arg)
{
    struct match *m = arg;
    struct store_person_matched in = {.psa_contact = r->found ? r->contact : 0,
                                      .psa_customer = r->found ? r->customer : 0,
                                      .company = r->found ? r->company : "",
                                      .candidates = r->several ? r->json : "",
                                      .fetched = true};

    m->asking = NULL;
    if (r->verdict.outcome == PSA_DONE)
        write_down(m, &in);
    else
        fail(m, &r->verdict);
}

static void on_read(enum store_result status, const union store_out *out, void *arg)
{
    struct match *m = arg;

    m->op = NULL;
    if (status == STORE_OK) {
        const struct store_psa_match *known = &out->psa_match;
        const int64_t age_ms = env_now_ms(m->place.env) - known->fetched_ms;
        struct store_person_matched in = {.psa_contact = known->psa_contact,
                                          .psa_customer = known->psa_customer,
                                          .company = known->company,
                                          .candidates = known->candidates};

        if (age_ms < (known->psa_customer != 0 ? MATCH_TTL_MS : MATCH_MISS_MS)) {
            write_down(m, &in);
            return;
        }
    }
    m->asking = m->place.connector->ops->match(m->place.connector, m->email, m->class, on_asked, m);
}

static void by_email(struct match *m)
{
    m->op = store_psa_match_get(m->place.store, m->account, m->email, on_read, m);
}

/* ---- whom staff chose ---- */

static void on_linked(enum store_result status, const union store_out *out, void *arg)
{
    static const struct psa_verdict done = {PSA_DONE, -1, ""},
                                    later = {PSA_NO_EFFECT, -1, "It could not be written down"};
    struct match *m = arg;
    const struct store_matched matched = {
        .how = STORE_BY_STAFF, .psa_contact = m->who.contact, .psa_customer = m->who.customer};

    (void)out;
    m->op = NULL;
    if (status == STORE_OK)
        tell(m, &done, &matched);
    else
        fail(m, &later);
}

/* Still theirs, in whichever company the contact is now. */
static void keep_choice(struct match *m, int64_t customer, const char *company)
{
    const struct store_person_link link = {.person = m->who.person,
                                           .account = m->account,
                                           .psa_contact = m->who.contact,
                                           .psa_customer = customer,
                                           .company = company,
                                           .how = STORE_BY_STAFF,
                                           .checked_ms = env_now_ms(m->place.env)};

    m->who.customer = customer;
    m->op = store_person_link(m->place.store, &link, on_linked, m);
}

static void on_still(const struct psa_result *r, void *arg)
{
    struct match *m = arg;

    m->asking = NULL;
    if (r->verdict.outcome != PSA_DONE) {
        fail(m, &r->verdict);
    } else if (r->found) {
        keep_choice(m, r->customer, r->company);
    } else {
        m->choice_is_gone = true;
        by_email(m);
    }
}

struct match *match_start(const struct match_place *place, const struct match_who *who,
                          enum budget_class class, match_fn *fn, void *arg)
{
    struct match *m = calloc(1, sizeof(*m));

    if (m == NULL)
        abort();
    m->place = *place;
    m->who = *who;
    (void)!str_copy(m->account, sizeof(m->account), place->account);
    (void)!str_copy(m->email, sizeof(m->email), who->email);
    m->class = class;
    m->fn = fn;
    m->arg = arg;
    if (who->how != STORE_BY_STAFF)
        by_email(m);
    else if (who->customer != 0)
        m->asking = place->connector->ops->still(place->connector, who->customer, who->contact,
                                                 class, on_still, m);
    else
        keep_choice(m, 0, ""); /* staff said: nobody */
    return m;
}

void match_cancel(struct match **m)
{
    if (*m != NULL) {
        store_cancel((*m)->place.store, &(*m)->op);
        psa_cancel((*m)->place.connector, &(*m)->asking);
        free(*m);
    }
    *m = NULL;
}

bool match_is_good(enum store_link_how how, int64_t checked_ms, int64_t now_ms)
{
    const bool is_found = how != 0 && how < STORE_BY_SEVERAL;

    return how != 0 && checked_ms > now_ms - (is_found ? MATCH_TTL_MS : MATCH_MISS_MS);
}
