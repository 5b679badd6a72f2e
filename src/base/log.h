/* The log: one logfmt line an event, on stderr, without waiting for its reader (log_out.h). Values
 * are quoted where needed, control characters escaped, long values cut. A struct secret cannot be
 * passed; never pass what it holds. May be called from any thread. */
#ifndef PARLEY_LOG_H
#define PARLEY_LOG_H

#include "base/base.h"

enum log_level { LOG_DEBUG, LOG_INFO, LOG_WARN, LOG_ERROR };

struct log_field {
    const char *key;
    const char *text; /* NULL: the number counts */
    int64_t number;
};

#define LOG_S(k, v) ((struct log_field){.key = (k), .text = (v) != NULL ? (v) : "-"})
#define LOG_N(k, v) ((struct log_field){.key = (k), .number = (int64_t)(v)})

/* Events below this level are dropped; LOG_INFO at start. */
void log_set_level(enum log_level level);
/* 0 and *level for debug, info, warn or error; -1 otherwise. */
int log_level_parse(const char *name, enum log_level *level) WARN_UNUSED;
/* Write every line into this function as well (tests); NULL ends that. */
void log_set_tap(void (*tap)(const char *line, void *arg), void *arg);

void log_write(enum log_level level, const char *room, const char *event,
               const struct log_field *fields, size_t count);

/* log_event(LOG_INFO, "outbox", "filed", LOG_S("reference", r), LOG_N("ticket", n)); */
#define log_event(level, room, event, ...)                                                         \
    log_write((level), (room), (event), (const struct log_field[]){{0}, ##__VA_ARGS__} + 1,        \
              COUNT_OF(((const struct log_field[]){{0}, ##__VA_ARGS__})) - 1)

#endif
