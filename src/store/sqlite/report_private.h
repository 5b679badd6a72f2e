/* The sums and medians of a report, over rows that were read. Nothing here knows of a database. */
#ifndef PARLEY_STORE_REPORT_PRIVATE_H
#define PARLEY_STORE_REPORT_PRIVATE_H

#include "store/store.h"

enum report_part {
    REPORT_ALL,
    REPORT_STAFF,
    REPORT_COMPANY,
    REPORT_DAY,
    REPORT_HOUR,
    REPORT_PARTS
};

/* A conversation. */
struct report_one {
    int64_t first_ms, solved_ms;  /* what it took; -1: nothing */
    uint32_t group[REPORT_PARTS]; /* of each part, which of its groups; of REPORT_ALL always 0 */
    uint8_t score;                /* 0: none */
    bool is_taken_over;
};

struct report_sums;

/* Rows stay the caller's; until it is freed nothing of them may change but their groups. */
struct report_sums *report_sums_new(const struct report_one *rows, size_t count) WARN_UNUSED;
void report_sums_free(struct report_sums *s);
/* The figures of each of so many groups, over what they held. */
void report_sums_of(struct report_sums *s, enum report_part part, size_t groups,
                    struct store_report_figures *to);

#endif
