/* The connector to Syncro. The only place that knows how Syncro is spoken to, with call.h and
 * body.h beside it. */
#ifndef PARLEY_SYNCRO_H
#define PARLEY_SYNCRO_H

#include "base/env.h"
#include "base/secret.h"
#include "net/http_client.h"
#include "psa/connector.h"
#include "psa/gate.h"

#define SYNCRO_LIMIT 180 /* requests a minute and address (syncro-api.md, section 6) */

struct syncro_settings {
    struct env *env;
    struct http_client *http;
    struct gate *gate;
    const char *account;                          /* the subdomain */
    const char *origin;                           /* "http://..." instead of Syncro's; or NULL */
    const char *status, *priority, *problem_type; /* of new tickets; "" leaves them to Syncro */
};

/* Texts are copied; the token is taken over and wiped at the end; the rest must outlive it. NULL
 * when the account is no subdomain (`[a-z0-9-]`, 1 to 63; syncro-api.md, section 1): the token
 * would go to a stranger. The token is the caller's still then. */
struct psa_connector *syncro_new(const struct syncro_settings *settings,
                                 struct secret *token) WARN_UNUSED;

#endif
