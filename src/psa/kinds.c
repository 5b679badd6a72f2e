/* The table of PSAs, and the names of things. */
#include <string.h>

#include "psa/psa.h"
#include "psa/syncro/syncro.h"

static const struct psa_kind *const kinds[] = {&syncro_kind};
_Static_assert(COUNT_OF(kinds) <= PSA_KINDS_MAX, "room for their budgets");

const struct psa_kind *psa_kind_at(size_t i)
{
    return i < COUNT_OF(kinds) ? kinds[i] : NULL;
}

const struct psa_kind *psa_kind_find(const char *kind)
{
    for (size_t i = 0; i < COUNT_OF(kinds); i++)
        if (strcmp(kinds[i]->kind, kind) == 0)
            return kinds[i];
    return NULL;
}

int psa_token_check(struct slice token, struct err *err)
{
    if (token.len == 0)
        return err_set(err, "The API key is empty");
    if (token.len > PSA_TEXT_MAX)
        return err_set(err, "The API key is too long: copy only the key");
    for (size_t i = 0; i < token.len; i++)
        if (token.ptr[i] <= ' ' || token.ptr[i] > '~')
            return err_set(err, "The API key has white space or other characters that no key has: "
                                "copy it again");
    return 0;
}

const char *psa_outcome_name(enum psa_outcome outcome)
{
    static const char *const names[] = {"done",      "no_effect", "in_doubt",
                                        "throttled", "refused",   "hold"};

    return (size_t)outcome < COUNT_OF(names) ? names[outcome] : "?";
}

const char *psa_step_state_name(enum psa_step_state state)
{
    static const char *const names[] = {"?", "running", "ok", "failed", "unproved", "skipped"};

    return (size_t)state < COUNT_OF(names) ? names[state] : "?";
}
