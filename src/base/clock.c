#include "base/clock.h"

#include <stdio.h>
#include <time.h>

static int64_t read_clock(clockid_t id)
{
    struct timespec ts;

    clock_gettime(id, &ts);
    return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

int64_t clock_wall_ms(void)
{
    return read_clock(CLOCK_REALTIME);
}

int64_t clock_mono_ms(void)
{
    return read_clock(CLOCK_MONOTONIC);
}

void clock_format(int64_t ms, char text[CLOCK_TEXT_SIZE])
{
    const int64_t last = INT64_C(253402300799999); /* 9999-12-31T23:59:59.999Z */
    const int64_t at = ms < 0 ? 0 : ms > last ? last : ms;
    const time_t s = (time_t)(at / 1000);
    struct tm tm;

    gmtime_r(&s, &tm);
    char room[96]; /* what the compiler fears of wide ints */
    snprintf(room, sizeof(room), "%04d-%02d-%02dT%02d:%02d:%02d.%03dZ", tm.tm_year + 1900,
             tm.tm_mon + 1, tm.tm_mday, tm.tm_hour, tm.tm_min, tm.tm_sec, (int)(at % 1000));
    snprintf(text, CLOCK_TEXT_SIZE, "%.24s", room);
}

/* Exactly n digits at *p; moves *p behind them. */
static int digits(const char **p, int n, int *value)
{
    int v = 0;

    for (int i = 0; i < n; i++, (*p)++) {
        if (**p < '0' || **p > '9')
            return -1;
        v = v * 10 + (**p - '0');
    }
    *value = v;
    return 0;
}

static int expect(const char **p, char c)
{
    if (**p != c)
        return -1;
    (*p)++;
    return 0;
}

/* "Z", "+01:00", "-0700" or nothing, to minutes east of UTC. */
static int zone(const char **p, int *minutes)
{
    int h, m;

    *minutes = 0;
    if (**p == 'Z') {
        (*p)++;
        return 0;
    }
    if (**p != '+' && **p != '-')
        return 0;
    const int sign = *(*p)++ == '-' ? -1 : 1;
    if (digits(p, 2, &h) != 0)
        return -1;
    if (**p == ':')
        (*p)++;
    if (digits(p, 2, &m) != 0 || h > 23 || m > 59)
        return -1;
    *minutes = sign * (h * 60 + m);
    return 0;
}

static int time_of_day(const char **p, struct tm *tm, int *fraction_ms)
{
    if (digits(p, 2, &tm->tm_hour) != 0 || expect(p, ':') != 0 || digits(p, 2, &tm->tm_min) != 0)
        return -1;
    if (**p == ':') {
        (*p)++;
        if (digits(p, 2, &tm->tm_sec) != 0)
            return -1;
    }
    if (**p == '.') {
        int scale = 100;
        (*p)++;
        if (**p < '0' || **p > '9')
            return -1;
        for (; **p >= '0' && **p <= '9'; (*p)++, scale /= 10)
            *fraction_ms += (**p - '0') * scale;
    }
    return tm->tm_hour > 23 || tm->tm_min > 59 || tm->tm_sec > 60 ? -1 : 0;
}

static int month_days(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

    return month == 2 && leap ? 29 : days[month - 1];
}

int clock_parse(const char *text, int64_t *ms)
{
    struct tm tm = {0};
    int year, month, fraction_ms = 0, east_min = 0;
    const char *p = text;

    if (digits(&p, 4, &year) != 0 || expect(&p, '-') != 0 || digits(&p, 2, &month) != 0 ||
        expect(&p, '-') != 0 || digits(&p, 2, &tm.tm_mday) != 0)
        return -1;
    if (month < 1 || month > 12 || tm.tm_mday < 1 || tm.tm_mday > month_days(year, month))
        return -1;
    tm.tm_year = year - 1900;
    tm.tm_mon = month - 1;
    if (*p == 'T' || *p == ' ') {
        p++;
        if (time_of_day(&p, &tm, &fraction_ms) != 0)
            return -1;
        if (*p == ' ')
            p++;
        if (zone(&p, &east_min) != 0)
            return -1;
    }
    if (*p != '\0')
        return -1;
    *ms = ((int64_t)timegm(&tm) - (int64_t)east_min * 60) * 1000 + fraction_ms;
    return 0;
}
