#include "psa/match.h"

#include <stdlib.h>
#include <string.h>

#include "base/str.h"

struct match {
    struct match_place place;
    char account[128], email[STORE_TEXT_MAX + 1];
    enum budget_class class;
    match_fn *fn;
    void *arg;
    struct store_op *reading;
    struct psa_call *asking;
};

static void tell(struct match *m, const struct psa_result *result)
{
    match_fn *fn = m->fn;
    void *arg = m->arg;

    free(m);
    fn(result, arg);
}

static void on_asked(const struct psa_result *result, void *arg)
{
    struct match *m = arg;

    m->asking = NULL;
    if (result->verdict.outcome == PSA_DONE) {
        const struct store_psa_match found = {
            .account = m->account,
            .email = m->email,
            .psa_contact = result->found ? result->contact : 0,
            .psa_customer = result->found ? result->customer : 0,
            .company = result->found ? result->company : "",
            .fetched_ms = env_now_ms(m->place.env),
        };
        store_psa_match_put(m->place.store, &found, NULL, NULL);
    }
    tell(m, result);
}

static void on_read(enum store_result status, const union store_out *out, void *arg)
{
    struct match *m = arg;
    struct psa_result result = {.verdict = {PSA_DONE, -1, ""}};

    m->reading = NULL;
    if (status == STORE_OK) {
        const struct store_psa_match *known = &out->psa_match;
        const int64_t age_ms = env_now_ms(m->place.env) - known->fetched_ms;
        result.found = known->psa_customer != 0;
        if (age_ms < (result.found ? MATCH_TTL_MS : MATCH_MISS_MS)) {
            result.customer = known->psa_customer;
            result.contact = known->psa_contact;
            (void)!str_copy(result.company, sizeof(result.company), known->company);
            tell(m, &result);
            return;
        }
    }
    m->asking = m->place.connector->ops->match(m->place.connector, m->email, m->class, on_asked, m);
}

struct match *match_start(const struct match_place *place, const char *email,
                          enum budget_class class, match_fn *fn, void *arg)
{
    struct match *m = calloc(1, sizeof(*m));

    if (m == NULL)
        abort();
    m->place = *place;
    (void)!str_copy(m->account, sizeof(m->account), place->account);
    (void)!str_copy(m->email, sizeof(m->email), email);
    str_lower(m->email);
    m->class = class;
    m->fn = fn;
    m->arg = arg;
    m->reading = store_psa_match_get(place->store, m->account, m->email, on_read, m);
    return m;
}

void match_cancel(struct match **m)
{
    if (*m != NULL) {
        store_cancel((*m)->place.store, &(*m)->reading);
        psa_cancel((*m)->place.connector, &(*m)->asking);
        free(*m);
    }
    *m = NULL;
}
