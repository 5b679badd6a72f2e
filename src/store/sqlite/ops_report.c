/* What was done in a period: one look through the index conversation_report, grouped here. SQL
 * would go over all of it once for each way of grouping, and has no median. */
#include <stdlib.h>
#include <string.h>

#include "base/zone.h"
#include "store/sqlite/ops_private.h"
#include "store/sqlite/report_private.h"

#define MS_HOUR INT64_C(3600000)
#define MS_DAY  INT64_C(86400000)

#define SLOTS     65536 /* a power of two */
#define KEYS_MAX  32768 /* technicians, companies; those behind are not told apart */
#define FIRST_ROW 4096

/* ---- names, numbered as they come ---- */

struct key {
    const void *bytes; /* in the operation's arena */
    size_t len;
    int64_t rows;
    uint32_t number;
};

struct keys {
    uint32_t slots[SLOTS]; /* number + 1; 0: free */
    struct key all[KEYS_MAX];
    uint32_t count;
};

static uint32_t hash(const unsigned char *bytes, size_t len)
{
    uint32_t h = 2166136261;

    for (size_t i = 0; i < len; i++)
        h = (h ^ bytes[i]) * 16777619;
    return h ^ h >> 15;
}

/* KEYS_MAX for one too many. */
static uint32_t number_of(struct keys *k, struct store_op *op, const void *bytes, size_t len)
{
    uint32_t at = hash(bytes, len) % SLOTS;

    for (; k->slots[at] != 0; at = (at + 1) % SLOTS) {
        struct key *key = &k->all[k->slots[at] - 1];

        if (key->len == len && (len == 0 || memcmp(key->bytes, bytes, len) == 0)) {
            key->rows++;
            return key->number;
        }
    }
    if (k->count == KEYS_MAX)
        return KEYS_MAX;
    const char *copy = arena_strndup(op->arena, len > 0 ? bytes : "", len);

    op->too_large = op->too_large || copy == NULL;
    k->all[k->count] = (struct key){.bytes = copy, .len = len, .rows = 1, .number = k->count};
    k->slots[at] = ++k->count;
    return k->count - 1;
}

static int by_rows(const void *a, const void *b)
{
    const struct key *x = a, *y = b;

    if (x->rows != y->rows)
        return x->rows < y->rows ? 1 : -1;
    return (x->number > y->number) - (x->number < y->number);
}

/* The most frequent ones first; places[number] is where each is, and who is behind the top shares
 * the last place. */
static void rank(struct keys *k, uint32_t places[KEYS_MAX + 1])
{
    qsort(k->all, k->count, sizeof(k->all[0]), by_rows);
    places[KEYS_MAX] = STORE_REPORT_TOP;
    for (uint32_t i = 0; i < k->count; i++)
        places[k->all[i].number] = i < STORE_REPORT_TOP ? i : STORE_REPORT_TOP;
}

/* ---- days ---- */

struct day {
    struct zone_time on;
    int64_t start_ms;
    bool is_plain; /* 24 hours; else its clock was set */
};

struct days {
    struct zone *zone;
    struct day all[STORE_REPORT_DAYS + 1]; /* and the one behind */
    size_t count, at;
};

/* False: there is no such zone, or there are too many days. */
static bool make_days(struct days *d, const struct store_report_read *in)
{
    struct zone_time on;

    d->count = d->at = 0;
    d->zone = zone_new(in->zone);
    if (d->zone == NULL || in->from_ms < MS_DAY || in->to_ms <= in->from_ms ||
        in->to_ms - in->from_ms > (STORE_REPORT_DAYS + 1) * MS_DAY ||
        in->to_ms > zone_moment(d->zone, ZONE_YEAR_LAST, 1, 1, 0)) /* the steps go beyond the end */
        return false;
    on = zone_local(d->zone, in->from_ms);
    for (;; zone_step(&on, 1)) {
        const int64_t start = zone_moment(d->zone, on.year, on.month, on.day, 0);

        d->all[d->count] = (struct day){.on = on, .start_ms = start};
        if (d->count > 0)
            d->all[d->count - 1].is_plain = start - d->all[d->count - 1].start_ms == MS_DAY;
        if (start >= in->to_ms)
            return true;
        if (d->count++ == STORE_REPORT_DAYS)
            return false;
    }
}

/* Moments come in order. */
static void place_in_time(struct days *d, int64_t ms, struct report_one *to)
{
    const struct day *day;
    int64_t hour;

    while (d->at + 1 < d->count && ms >= d->all[d->at + 1].start_ms)
        d->at++;
    day = &d->all[d->at];
    hour = day->is_plain ? (ms - day->start_ms) / MS_HOUR : zone_local(d->zone, ms).minute / 60;
    to->group[REPORT_DAY] = (uint32_t)d->at;
    to->group[REPORT_HOUR] = (uint32_t)((day->on.weekday - 1) * 24 + hour);
}

/* ---- rows ---- */

struct work {
    struct keys staff, companies;
    uint32_t places[KEYS_MAX + 1];
    struct days days;
    struct report_one *rows;
    size_t count, room;
};

/* A time that ends at 0 has not ended; none is below 0, whatever the clock did. */
static int64_t took(int64_t from_ms, int64_t to_ms)
{
    return to_ms == 0 ? -1 : to_ms > from_ms ? to_ms - from_ms : 0;
}

static void read_one(struct work *w, struct store_op *op, sqlite3_stmt *st)
{
    const int64_t created_ms = db_int(st, 0);
    const bool is_taken_over = db_int(st, 3) != 0;
    struct report_one *to;

    if (w->count == w->room) {
        w->room = w->room == 0 ? FIRST_ROW : w->room * 2;
        w->rows = realloc(w->rows, w->room * sizeof(*w->rows));
        if (w->rows == NULL)
            abort();
    }
    to = &w->rows[w->count++];
    *to = (struct report_one){.first_ms = is_taken_over ? -1 : took(created_ms, db_int(st, 1)),
                              .solved_ms = is_taken_over ? -1 : took(created_ms, db_int(st, 2)),
                              .score = (uint8_t)db_int(st, 4),
                              .is_taken_over = is_taken_over};
    place_in_time(&w->days, created_ms, to);
    const void *staff = sqlite3_column_blob(st, 5), *company = sqlite3_column_text(st, 6);

    to->group[REPORT_STAFF] = number_of(&w->staff, op, staff, (size_t)sqlite3_column_bytes(st, 5));
    to->group[REPORT_COMPANY] =
        number_of(&w->companies, op, company, (size_t)sqlite3_column_bytes(st, 6));
}

static enum store_result read_rows(struct db *db, struct store_op *op, struct work *w)
{
    const struct store_report_read *in = &op->in.report;
    sqlite3_stmt *st =
        db_query(db,
                 "SELECT created_ms, answered_ms, closed_ms, adopted, score, staff, company FROM "
                 "conversation INDEXED BY conversation_report WHERE merged = 0 AND created_ms >= ? "
                 "AND created_ms < ? ORDER BY created_ms",
                 DB_N(in->from_ms), DB_N(in->to_ms));
    int more;

    while ((more = db_step(db, st)) == 1) {
        if (w->count == STORE_REPORT_MOST)
            return STORE_REFUSED;
        read_one(w, op, st);
    }
    return more < 0 ? STORE_FAILED : STORE_OK;
}

/* ---- what comes of them ---- */

static const char *staff_name(struct db *db, struct store_op *op, const struct id *staff)
{
    sqlite3_stmt *st = db_query(db, "SELECT name FROM staff WHERE id = ?", DB_ID(staff));

    return db_step(db, st) == 1 ? db_text(op, st, 0) : "";
}

static enum store_result put_keys(struct db *db, struct store_op *op, struct work *w,
                                  struct report_sums *sums, struct keys *k, enum report_part part,
                                  struct store_report_list *to)
{
    struct store_report_figures figures[STORE_REPORT_TOP + 1];
    struct store_report_row *rows = arena_alloc(op->arena, COUNT_OF(figures) * sizeof(*rows));

    if (rows == NULL)
        return STORE_FAILED;
    rank(k, w->places);
    for (size_t i = 0; i < w->count; i++)
        w->rows[i].group[part] = w->places[w->rows[i].group[part]];
    report_sums_of(sums, part, COUNT_OF(figures), figures);
    to->rows = rows;
    for (size_t i = 0; i < COUNT_OF(figures); i++) {
        const struct key *key = &k->all[i];
        struct store_report_row *row = &rows[to->count];

        if (figures[i].conversations == 0)
            continue;
        row->figures = figures[i];
        to->count++;
        if (i == STORE_REPORT_TOP) {
            row->others = (int64_t)k->count - STORE_REPORT_TOP;
        } else if (part == REPORT_COMPANY || key->len != sizeof(row->staff.bytes)) {
            row->name = key->bytes;
        } else {
            memcpy(row->staff.bytes, key->bytes, key->len);
            row->name = staff_name(db, op, &row->staff);
        }
    }
    return STORE_OK;
}

static enum store_result put_days(struct store_op *op, struct report_sums *sums,
                                  const struct days *d, struct store_report *to)
{
    struct store_report_figures *figures = arena_alloc(op->arena, d->count * sizeof(*figures));
    struct store_report_figures *hours =
        arena_alloc(op->arena, STORE_REPORT_HOURS * sizeof(*hours));
    struct store_report_row *rows = arena_alloc(op->arena, d->count * sizeof(*rows));

    if (figures == NULL || hours == NULL || rows == NULL)
        return STORE_FAILED;
    report_sums_of(sums, REPORT_DAY, d->count, figures);
    report_sums_of(sums, REPORT_HOUR, STORE_REPORT_HOURS, hours);
    for (size_t i = 0; i < d->count; i++) {
        const struct zone_time *on = &d->all[i].on;

        rows[i].name = arena_printf(op->arena, "%04d-%02d-%02d", on->year, on->month, on->day);
        rows[i].figures = figures[i];
        op->too_large = op->too_large || rows[i].name == NULL;
    }
    to->days = (struct store_report_list){rows, d->count};
    to->hours = hours;
    return STORE_OK;
}

static enum store_result put_all(struct db *db, struct store_op *op, struct work *w)
{
    struct store_report *to = &op->out.report;
    struct report_sums *sums = report_sums_new(w->rows, w->count);
    enum store_result result;

    *to = (struct store_report){0};
    report_sums_of(sums, REPORT_ALL, 1, &to->all);
    result = put_keys(db, op, w, sums, &w->staff, REPORT_STAFF, &to->staff);
    if (result == STORE_OK)
        result = put_keys(db, op, w, sums, &w->companies, REPORT_COMPANY, &to->companies);
    if (result == STORE_OK)
        result = put_days(op, sums, &w->days, to);
    report_sums_free(sums);
    return result;
}

enum store_result ops_report(struct db *db, struct store_op *op)
{
    struct work *w = calloc(1, sizeof(*w));
    enum store_result result = STORE_REFUSED;

    if (w == NULL)
        abort();
    if (make_days(&w->days, &op->in.report))
        result = read_rows(db, op, w);
    if (result == STORE_OK)
        result = put_all(db, op, w);
    zone_free(w->days.zone);
    free(w->rows);
    free(w);
    return result;
}
