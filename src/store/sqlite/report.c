#include "store/sqlite/report_private.h"

#include <stdlib.h>
#include <string.h>

#define DIGIT 11 /* bits */
#define MASK  ((1 << DIGIT) - 1)

struct time_of {
    int64_t ms;
    uint32_t row;
};

/* Some of the rows, the quickest first. */
struct times {
    struct time_of *all;
    size_t count;
};

struct report_sums {
    const struct report_one *rows;
    size_t count;
    struct times first, solved;
    int64_t *values; /* room for one of each row */
};

static void *take(size_t count, size_t size)
{
    void *room = calloc(count + 1, size);

    if (room == NULL)
        abort();
    return room;
}

/* Digit by digit, the lowest first; none is below 0. qsort takes longer than reading all rows. */
static void sort(struct times *t)
{
    struct time_of *from = t->all, *to = take(t->count, sizeof(*to)), *other;
    int64_t most = 0;

    for (size_t i = 0; i < t->count; i++)
        most = from[i].ms > most ? from[i].ms : most;
    for (int shift = 0; shift < 64 && most >> shift > 0; shift += DIGIT) {
        size_t starts[(1 << DIGIT) + 1] = {0};

        for (size_t i = 0; i < t->count; i++)
            starts[((from[i].ms >> shift) & MASK) + 1]++;
        for (size_t i = 1; i < MASK; i++)
            starts[i + 1] += starts[i];
        for (size_t i = 0; i < t->count; i++)
            to[starts[(from[i].ms >> shift) & MASK]++] = from[i];
        other = from;
        from = to;
        to = other;
    }
    t->all = from;
    free(to);
}

struct report_sums *report_sums_new(const struct report_one *rows, size_t count)
{
    struct report_sums *s = take(0, sizeof(*s));

    s->rows = rows;
    s->count = count;
    s->first.all = take(count, sizeof(*s->first.all));
    s->solved.all = take(count, sizeof(*s->solved.all));
    s->values = take(count, sizeof(*s->values));
    for (size_t i = 0; i < count; i++) {
        if (rows[i].first_ms >= 0)
            s->first.all[s->first.count++] = (struct time_of){rows[i].first_ms, (uint32_t)i};
        if (rows[i].solved_ms >= 0)
            s->solved.all[s->solved.count++] = (struct time_of){rows[i].solved_ms, (uint32_t)i};
    }
    sort(&s->first);
    sort(&s->solved);
    return s;
}

void report_sums_free(struct report_sums *s)
{
    if (s == NULL)
        return;
    free(s->first.all);
    free(s->solved.all);
    free(s->values);
    free(s);
}

/* The least of them that so many of a hundred do not exceed. */
static int64_t share(const int64_t *sorted, size_t count, size_t percent)
{
    return sorted[(count * percent + 99) / 100 - 1];
}

static struct store_report_times *of(struct store_report_figures *f, bool solved)
{
    return solved ? &f->solved : &f->first;
}

/* All were sorted once, so each group's come in order when they are dealt out: no group is sorted
 * by itself, however many there are. */
static void deal(struct report_sums *s, bool solved, enum report_part part, size_t groups,
                 struct store_report_figures *to)
{
    const struct times *t = solved ? &s->solved : &s->first;
    size_t *end = take(groups, sizeof(*end)), at = 0;

    for (size_t i = 0; i < t->count; i++)
        of(&to[s->rows[t->all[i].row].group[part]], solved)->count++;
    for (size_t i = 0; i < groups; i++) {
        end[i] = at;
        at += (size_t)of(&to[i], solved)->count;
    }
    for (size_t i = 0; i < t->count; i++)
        s->values[end[s->rows[t->all[i].row].group[part]]++] = t->all[i].ms;
    for (size_t i = 0; i < groups; i++) {
        struct store_report_times *one = of(&to[i], solved);
        const size_t count = (size_t)one->count;

        if (count == 0)
            continue;
        one->median_ms = share(s->values + end[i] - count, count, 50);
        one->p90_ms = share(s->values + end[i] - count, count, 90);
    }
    free(end);
}

void report_sums_of(struct report_sums *s, enum report_part part, size_t groups,
                    struct store_report_figures *to)
{
    memset(to, 0, groups * sizeof(*to));
    for (size_t i = 0; i < s->count; i++) {
        struct store_report_figures *f = &to[s->rows[i].group[part]];

        f->conversations++;
        f->taken_over += s->rows[i].is_taken_over;
        f->rated += s->rows[i].score != 0;
        f->score_sum += s->rows[i].score;
    }
    deal(s, false, part, groups, to);
    deal(s, true, part, groups, to);
}
