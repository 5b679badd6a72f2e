#include "base/log.h"

#include <pthread.h>
#include <stdatomic.h>
#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/log_out.h"
#include "base/str.h"

#define LINE_MAX_BYTES  8192
#define VALUE_MAX_BYTES 1024

static const char *const level_names[] = {"debug", "info", "warn", "error"};
static atomic_int least = LOG_INFO;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static void (*tap_fn)(const char *, void *);
static void *tap_arg;

void log_set_level(enum log_level level)
{
    atomic_store(&least, (int)level);
}

int log_level_parse(const char *name, enum log_level *level)
{
    for (size_t i = 0; i < COUNT_OF(level_names); i++) {
        if (str_equal(name, level_names[i])) {
            *level = (enum log_level)i;
            return 0;
        }
    }
    return -1;
}

void log_set_tap(void (*tap)(const char *line, void *arg), void *arg)
{
    pthread_mutex_lock(&lock);
    tap_fn = tap;
    tap_arg = arg;
    pthread_mutex_unlock(&lock);
}

static void put_value(struct buf *line, const char *text)
{
    const size_t len = str_cut_utf8(text, strlen(text), VALUE_MAX_BYTES);
    bool plain = len > 0;

    for (size_t i = 0; i < len; i++)
        if ((unsigned char)text[i] <= ' ' || strchr("\"=\\\x7f", text[i]) != NULL)
            plain = false;
    if (plain) {
        buf_append(line, text, len);
        return;
    }
    buf_char(line, '"');
    for (size_t i = 0; i < len; i++) {
        const unsigned char c = (unsigned char)text[i];
        if (c == '"' || c == '\\')
            buf_printf(line, "\\%c", c);
        else if (c == '\n')
            buf_str(line, "\\n");
        else if (c < ' ' || c == 0x7f)
            buf_printf(line, "\\u%04x", c);
        else
            buf_char(line, (char)c);
    }
    buf_char(line, '"');
}

void log_write(enum log_level level, const char *room, const char *event,
               const struct log_field *fields, size_t count)
{
    char at[CLOCK_TEXT_SIZE];
    struct buf line;

    if ((int)level < atomic_load(&least))
        return;
    clock_format(clock_wall_ms(), at);
    buf_init(&line, LINE_MAX_BYTES);
    buf_printf(&line, "time=%s level=%s room=%s event=", at, level_names[level], room);
    put_value(&line, event);
    for (size_t i = 0; i < count; i++) {
        buf_printf(&line, " %s=", fields[i].key);
        if (fields[i].text != NULL)
            put_value(&line, fields[i].text);
        else
            buf_printf(&line, "%lld", (long long)fields[i].number);
    }
    pthread_mutex_lock(&lock);
    if (tap_fn != NULL)
        tap_fn(line.ptr, tap_arg);
    pthread_mutex_unlock(&lock);
    /* Its end also when it was cut off: the next line must not go on in this one. */
    line.ptr[line.len] = '\n';
    log_out_put(line.ptr, line.len + 1);
    buf_free(&line);
}
