/* A conversation with its ticket, for the tests of what is done with it. */
#ifndef TEST_TICKET_BED_H
#define TEST_TICKET_BED_H

#include "bed.h"

#define ACCOUNT "acme"

/* What the PSA has now: each test begins with this and turns what it likes. */
struct store_psa_ticket ticket_of(int64_t id);
/* The PSA is heard of it. */
void ticket_hear(struct bed *b, const struct store_psa_ticket *t, int64_t now_ms);
/* Conversation n with its ticket, which was heard of; its id. */
int64_t ticket_begin(struct bed *b, int n);
/* Staff change it. */
enum store_result ticket_set(struct bed *b, int n, const char *client_id, const char *payload);
const struct store_ticket *ticket_look(struct bed *b, int n);
/* The latest entry. */
const struct store_entry *ticket_last(struct bed *b, int n);

#endif
