/* A report as text: what its two forms share. */
#ifndef PARLEY_API_REST_REPORT_H
#define PARLEY_API_REST_REPORT_H

#include "api/rest_private.h"
#include "chat/period.h"

enum report_table { REPORT_STAFF, REPORT_COMPANIES, REPORT_DAYS, REPORT_HOURS, REPORT_TABLES };

/* "staff", "companies", "days", "hours" */
const char *report_table_name(enum report_table table);
/* One table with a heading, as CSV. Times are in seconds, empty where there is none. */
void report_csv(const struct store_report *report, enum report_table table, struct buf *to);

#endif
