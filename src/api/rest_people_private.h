/* Shared by the handlers of people. */
#ifndef PARLEY_API_REST_PEOPLE_PRIVATE_H
#define PARLEY_API_REST_PEOPLE_PRIVATE_H

#include "api/rest_private.h"

/* "contact", "company", "domain", "staff", "several", "nobody"; "" before it was asked. */
const char *rest_how_name(enum store_link_how how);
void rest_time_or_null(struct jw *w, const char *key, int64_t ms);
/* The members of the object that is open. */
void rest_print_person(struct jw *w, const struct store_person *p);
void rest_print_page(struct api *api, struct jw *w, const struct store_person_page *p);
/* Tickets are tried again: the outbox looks, everybody who watches hears of it. */
void rest_tried(struct rest *r, const struct store_tried *tried);

#endif
