#include "api/rest_report.h"

#include <stdio.h>

#include "base/csv.h"

#define FIGURES                                                                                    \
    "conversations,taken_over,answered,answer_median_s,answer_p90_s,closed,resolution_median_s,"   \
    "resolution_p90_s,rated,rating\r\n"

const char *report_table_name(enum report_table table)
{
    static const char *const names[] = {"staff", "companies", "days", "hours"};

    return (size_t)table < COUNT_OF(names) ? names[table] : "?";
}

static void put_times(struct buf *to, const struct store_report_times *t)
{
    buf_printf(to, ",%lld,", (long long)t->count);
    if (t->count > 0)
        buf_printf(to, "%lld,%lld", (long long)(t->median_ms / 1000),
                   (long long)(t->p90_ms / 1000));
    else
        buf_char(to, ',');
}

static void put_figures(struct buf *to, const struct store_report_figures *f)
{
    buf_printf(to, "%lld,%lld", (long long)f->conversations, (long long)f->taken_over);
    put_times(to, &f->first);
    put_times(to, &f->solved);
    buf_printf(to, ",%lld,", (long long)f->rated);
    if (f->rated > 0)
        buf_printf(to, "%.2f", (double)f->score_sum / (double)f->rated);
    buf_str(to, "\r\n");
}

static void put_rows(struct buf *to, const struct store_report_list *list, const char *nobody)
{
    char others[48];

    for (size_t i = 0; i < list->count; i++) {
        const struct store_report_row *row = &list->rows[i];

        snprintf(others, sizeof(others), "(%lld others)", (long long)row->others);
        csv_text(to, row->name == NULL ? others : row->name[0] == '\0' ? nobody : row->name, ',');
        put_figures(to, &row->figures);
    }
}

void report_csv(const struct store_report *report, enum report_table table, struct buf *to)
{
    static const char *const heads[] = {"technician,", "company,", "day,", "weekday,hour,"};

    buf_printf(to, "%s%s", heads[table], FIGURES);
    switch (table) {
    case REPORT_STAFF:
        put_rows(to, &report->staff, "(nobody)");
        break;
    case REPORT_COMPANIES:
        put_rows(to, &report->companies, "(none)");
        break;
    case REPORT_DAYS:
        put_rows(to, &report->days, "");
        break;
    case REPORT_HOURS:
        for (int i = 0; i < STORE_REPORT_HOURS; i++) {
            buf_printf(to, "%d,%d,", i / 24 + 1, i % 24);
            put_figures(to, &report->hours[i]);
        }
        break;
    case REPORT_TABLES:
        break;
    }
}
