/* Shared by the handlers of connectors. */
#ifndef PARLEY_API_REST_CONNECTOR_PRIVATE_H
#define PARLEY_API_REST_CONNECTOR_PRIVATE_H

#include "api/rest_private.h"

/* The desk has answered. True: that it cannot, and so was the request. */
bool rest_desk_refused(struct rest *r, const struct desk_answer *answer);
/* A company of a body: a positive number and a name. False: answered. */
bool rest_company(struct rest *r, const struct json *from, const char *id_key, int64_t *id,
                  const char **name);

/* Answer with the members of the desk's JSON. For desk_companies and the like. */
void rest_desk_json(const struct desk_answer *answer, void *arg);

#endif
