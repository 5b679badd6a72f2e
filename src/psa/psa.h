/* What became of one call to a PSA, in terms that the outbox acts on. */
#ifndef PARLEY_PSA_H
#define PARLEY_PSA_H

#include "base/base.h"

enum psa_outcome {
    PSA_DONE,      /* it did what was asked, and the answer was read */
    PSA_NO_EFFECT, /* it certainly did nothing: try again later */
    PSA_IN_DOUBT,  /* it may have done it: look it up before it is sent again */
    PSA_THROTTLED, /* too many requests: as in doubt, after a pause */
    PSA_REFUSED,   /* it did nothing and never will: park it, with the reason */
    PSA_HOLD,      /* token, right or address are wrong: hold all that needs them */
};

struct psa_verdict {
    enum psa_outcome outcome;
    int64_t retry_after_ms; /* -1: the other side named no time */
    char reason[400];       /* for an administrator: what is wrong, what to do; "" when done */
};

/* "done", "no_effect", ... for the log. */
const char *psa_outcome_name(enum psa_outcome outcome);

#endif
