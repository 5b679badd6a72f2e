/* Reports, for all of staff and for programs: everybody sees everybody's figures, so that none are
 * kept about somebody who may not see them. */
#include "api/rest_report.h"

#include <stdio.h>
#include <string.h>

#include "base/str.h"
#include "chat/hours.h"
#include "duty/duty.h"

#define ZONE_ELSE "UTC"

struct asked {
    struct period period;
    const char *zone; /* in the request's arena */
    enum report_table table;
};

/* --- as JSON --- */

static void print_ms(struct jw *w, const char *key, int64_t ms, bool is_known)
{
    if (is_known)
        jw_int(w, key, ms);
    else
        jw_null(w, key);
}

static void print_figures(struct jw *w, const struct store_report_figures *f)
{
    char rating[32] = "null";

    if (f->rated > 0)
        snprintf(rating, sizeof(rating), "%.2f", (double)f->score_sum / (double)f->rated);
    jw_int(w, "conversations", f->conversations);
    jw_int(w, "taken_over", f->taken_over);
    jw_int(w, "answered", f->first.count);
    print_ms(w, "answer_median_ms", f->first.median_ms, f->first.count > 0);
    print_ms(w, "answer_p90_ms", f->first.p90_ms, f->first.count > 0);
    jw_int(w, "closed", f->solved.count);
    print_ms(w, "resolution_median_ms", f->solved.median_ms, f->solved.count > 0);
    print_ms(w, "resolution_p90_ms", f->solved.p90_ms, f->solved.count > 0);
    jw_int(w, "rated", f->rated);
    jw_raw(w, "rating", rating);
}

/* The rest of a list has a number instead of a name. */
static void print_list(struct jw *w, const char *key, const char *name,
                       const struct store_report_list *list, bool is_staff)
{
    jw_array(w, key);
    for (size_t i = 0; i < list->count; i++) {
        const struct store_report_row *row = &list->rows[i];

        jw_object(w, NULL);
        jw_text(w, name, row->name);
        if (row->name == NULL)
            jw_int(w, "others", row->others);
        if (is_staff && !id_is_none(&row->staff))
            print_id(w, "id", &row->staff);
        else if (is_staff)
            jw_null(w, "id");
        print_figures(w, &row->figures);
        jw_object_end(w);
    }
    jw_array_end(w);
}

static void print_hours(struct jw *w, const struct store_report_figures *hours)
{
    jw_array(w, "hours");
    for (int i = 0; i < STORE_REPORT_HOURS; i++) {
        jw_object(w, NULL);
        jw_int(w, "weekday", i / 24 + 1);
        jw_int(w, "hour", i % 24);
        print_figures(w, &hours[i]);
        jw_object_end(w);
    }
    jw_array_end(w);
}

/* --- what is asked for --- */

/* The house's, else the one of who asks, where it is known here. What it is stands in the answer.
 */
static struct zone *choose_zone(struct rest *r, struct asked *a)
{
    struct zone *z = NULL;

    a->zone = arena_strdup(r->arena, hours_zone(duty_hours(r->api->set.duty)));
    if (a->zone[0] == '\0')
        a->zone = rest_query(r, "zone");
    z = zone_new(a->zone);
    if (z == NULL)
        z = zone_new(a->zone = ZONE_ELSE);
    if (z == NULL)
        rest_error_busy(r); /* the system has no time zones at all */
    return z;
}

/* False: the store could not; answered. */
static bool is_read(struct rest *r, enum store_result result)
{
    r->op = NULL;
    if (result == STORE_REFUSED)
        rest_error(r, 400, "too_much", "from",
                   "there is too much in this period: choose a shorter one");
    else if (result != STORE_OK)
        rest_error_busy(r);
    return result == STORE_OK;
}

static void ask(struct rest *r, enum report_table table, store_fn *fn)
{
    struct asked *a = rest_state(r, sizeof(*a), NULL);
    struct zone *z = choose_zone(r, a);
    struct err err = {""};
    struct store_report_read in;

    if (z == NULL)
        return;
    a->table = table;
    if (period_read(&a->period, z, env_now_ms(r->api->set.env), rest_query(r, "from"),
                    rest_query(r, "to"), rest_query(r, "days"), &err) < 0) {
        rest_error(r, 400, "bad_field", "from", err.text);
    } else {
        in = (struct store_report_read){
            .zone = a->zone, .from_ms = a->period.from_ms, .to_ms = a->period.to_ms};
        r->op = store_report(r->api->set.store, &in, fn, r);
    }
    zone_free(z);
}

static void reported(enum store_result result, const union store_out *out, void *arg)
{
    struct rest *r = arg;
    const struct asked *a = r->state;
    struct jw *w;

    if (!is_read(r, result))
        return;
    w = rest_begin(r);
    jw_text(w, "from", a->period.from);
    jw_text(w, "to", a->period.to);
    jw_text(w, "zone", a->zone);
    jw_object(w, "all");
    print_figures(w, &out->report.all);
    jw_object_end(w);
    print_list(w, "staff", "name", &out->report.staff, true);
    print_list(w, "companies", "name", &out->report.companies, false);
    print_list(w, "days", "day", &out->report.days, false);
    print_hours(w, out->report.hours);
    rest_done(r, 200);
}

void rest_report(struct rest *r)
{
    ask(r, REPORT_TABLES, reported);
}

/* --- a table as a file --- */

static void reported_csv(enum store_result result, const union store_out *out, void *arg)
{
    struct rest *r = arg;
    const struct asked *a = r->state;

    if (!is_read(r, result))
        return;
    buf_clear(&r->out);
    report_csv(&out->report, a->table, &r->out);
    rest_file(r, "text/csv; charset=utf-8",
              arena_printf(r->arena, "parley-%s-%s-%s.csv", report_table_name(a->table),
                           a->period.from, a->period.to));
}

void rest_report_csv(struct rest *r)
{
    const char *name = rest_query(r, "table");
    enum report_table table = 0;

    while (table < REPORT_TABLES && !str_equal(name, report_table_name(table)))
        table++;
    if (table == REPORT_TABLES)
        rest_error(r, 400, "bad_field", "table", "staff, companies, days or hours");
    else
        ask(r, table, reported_csv);
}
