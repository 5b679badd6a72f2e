/* The connector to Syncro. The only place that knows how Syncro is spoken to, with call.h and
 * body.h beside it. */
#ifndef PARLEY_SYNCRO_H
#define PARLEY_SYNCRO_H

#include "psa/connector.h"
#include "psa/gate.h"

#define SYNCRO_LIMIT 180 /* requests a minute and address (syncro-api.md, section 6) */

extern const struct psa_kind syncro_kind;

/* As psa_kind.understand: a subdomain, or a whole address below it. */
int syncro_understand(const char *text, struct psa_account *to, struct err *err) WARN_UNUSED;
/* As psa_kind.make. */
struct psa_connector *syncro_new(const struct psa_settings *settings,
                                 struct secret *token) WARN_UNUSED;

/* The ticket in a webhook's body: the number after "tickets/" in its link, as JSON or as a form
 * writes it (syncro-api.md, section 7). 0: none. */
int64_t syncro_hinted(const char *body, size_t len);

#endif
