#include "psa/psa.h"

const char *psa_outcome_name(enum psa_outcome outcome)
{
    static const char *const names[] = {"done",      "no_effect", "in_doubt",
                                        "throttled", "refused",   "hold"};

    return (size_t)outcome < COUNT_OF(names) ? names[outcome] : "?";
}
