/* What was done in a period, for staff: how much, how fast, how good. Included through
 * store/store.h, whose rules hold here.
 *
 * A conversation counts in the period in which it began. One that was merged into another counts
 * with that one. One that was taken over from the PSA counts, but has no times: nobody here knows
 * when it was answered first. The end is the last closing; who opens it again takes it back. */
#ifndef PARLEY_STORE_REPORT_H
#define PARLEY_STORE_REPORT_H

#include "store/types.h"

#define STORE_REPORT_DAYS  400    /* of one period */
#define STORE_REPORT_MOST  500000 /* conversations of one period */
#define STORE_REPORT_TOP   50     /* rows of technicians, and of companies */
#define STORE_REPORT_HOURS 168    /* of a week: 0 is Monday from 0:00 to 1:00 */

/* days in the time zone (base/zone.h) from from_ms to before to_ms */
struct store_report_read {
    const char *zone;
    int64_t from_ms, to_ms;
};

/* Half of all took at most median, nine of ten at most p90; both are times that one of them took. 0
 * where there is none. */
struct store_report_times {
    int64_t count, median_ms, p90_ms;
};

struct store_report_figures {
    int64_t conversations;
    int64_t taken_over;               /* of these, from the PSA */
    struct store_report_times first;  /* from the beginning to the first answer of staff */
    struct store_report_times solved; /* from the beginning to the last closing */
    int64_t rated, score_sum;
};

struct store_report_row {
    /* Of a technician or a company; "" for nobody, or none. Of a day: as 2026-11-25. NULL: all
     * those that are not in the list, of whom there are `others`. */
    const char *name;
    struct id staff; /* of a technician */
    int64_t others;
    struct store_report_figures figures;
};

struct store_report_list {
    const struct store_report_row *rows;
    size_t count;
};

struct store_report {
    struct store_report_figures all;
    struct store_report_list staff, companies; /* most conversations first, the others last */
    struct store_report_list days;             /* each of the period, in order */
    const struct store_report_figures *hours;  /* STORE_REPORT_HOURS */
};

/* One look through an index; no message is read. Conversations belong to who has them now, and to
 * the company of their person. out->report. STORE_REFUSED: more than STORE_REPORT_DAYS or
 * STORE_REPORT_MOST, or there is no such zone. */
struct store_op *store_report(struct store *s, const struct store_report_read *in, store_fn *fn,
                              void *arg);

#endif
