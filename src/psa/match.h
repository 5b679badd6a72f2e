/* Who is this person in the PSA? It is asked by their email, or, where staff chose, whether that
 * one is still there; what it says is written down with them (store_person_matched: the rules of
 * docs/people.md, "Matching") and remembered by the email. */
#ifndef PARLEY_MATCH_H
#define PARLEY_MATCH_H

#include "base/env.h"
#include "psa/connector.h"

#define MATCH_TTL_MS INT64_C(86400000) /* who was found is believed so long */
/* That nobody was found, or several, is believed so long: a contact that was added, or one of two
 * that was removed, is seen then. */
#define MATCH_MISS_MS INT64_C(300000)

struct match;

/* Where to look. All must outlive the match. */
struct match_place {
    struct env *env;
    struct store *store;
    struct psa_connector *connector;
    const char *account;
};

/* What is known of them. */
struct match_who {
    struct id person;
    const char *email;
    enum store_link_how how;
    int64_t contact, customer;
};

/* verdict: PSA_DONE and who they are now; or why it could not be asked, and matched is zero.
 * PSA_NO_EFFECT also when the store could not write it down, or their email changed meanwhile.
 * Called once, never from inside match_start; the handle is dead from then on. */
typedef void match_fn(const struct psa_verdict *verdict, const struct store_matched *matched,
                      void *arg);

/* who is copied; its email has at most STORE_TEXT_MAX bytes. */
struct match *match_start(const struct match_place *place, const struct match_who *who,
                          enum budget_class class, match_fn *fn, void *arg);
/* After this fn is never called. *m becomes NULL and may be NULL already. */
void match_cancel(struct match **m);

/* What was asked at checked_ms is still believed. */
bool match_is_good(enum store_link_how how, int64_t checked_ms, int64_t now_ms);

#endif
