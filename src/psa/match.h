/* Who is this email in the PSA? Asked once a day: what the PSA said is kept in the store. */
#ifndef PARLEY_MATCH_H
#define PARLEY_MATCH_H

#include "base/env.h"
#include "psa/connector.h"

#define MATCH_TTL_MS  INT64_C(86400000) /* who was found is believed so long */
#define MATCH_MISS_MS INT64_C(3600000)  /* who was not found is asked for again after that */

struct match;

/* Where to look. All must outlive the match. */
struct match_place {
    struct env *env;
    struct store *store;
    struct psa_connector *connector;
    const char *account;
};

/* result: PSA_DONE with found, customer, contact and company; or why it could not be asked. Called
 * once, never from inside match_start; the handle is dead from then on. */
typedef void match_fn(const struct psa_result *result, void *arg);

/* email is copied; at most STORE_TEXT_MAX bytes. */
struct match *match_start(const struct match_place *place, const char *email,
                          enum budget_class class, match_fn *fn, void *arg);
/* After this fn is never called. *m becomes NULL and may be NULL already. */
void match_cancel(struct match **m);

#endif
