#include "psa/syncro/body.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/jw.h"
#include "base/str.h"
#include "chat/limits.h"

void syncro_mark(const struct store_taken *taken, char mark[SYNCRO_MARK_SIZE])
{
    if (taken->seq_from == taken->seq_to)
        snprintf(mark, SYNCRO_MARK_SIZE, "%s #%" PRId64, taken->reference, taken->seq_from);
    else
        snprintf(mark, SYNCRO_MARK_SIZE, "%s #%" PRId64 "-%" PRId64, taken->reference,
                 taken->seq_from, taken->seq_to);
}

void syncro_description_mark(const struct store_taken *taken, char mark[SYNCRO_MARK_SIZE])
{
    if (taken->seq_from > 1)
        syncro_mark(taken, mark);
    else
        (void)!str_copy(mark, SYNCRO_MARK_SIZE, taken->reference);
}

bool syncro_holds_mark(const char *text, const char *mark)
{
    const size_t len = strlen(mark);
    const bool has_range = strchr(mark, '#') != NULL;

    for (const char *p = text; (p = strstr(p, mark)) != NULL; p += len)
        if (has_range ? p[len] != '-' && (p[len] < '0' || p[len] > '9')
                      : strncmp(p + len, " #", 2) != 0)
            return true;
    return false;
}

static void cut_text(struct jw *w, const char *key, const char *text, size_t max)
{
    jw_textn(w, key, text, str_cut_utf8(text, strlen(text), max));
}

static void text_unless_empty(struct jw *w, const char *key, const char *text)
{
    if (text[0] != '\0')
        jw_text(w, key, text);
}

/* As much of it as there is room for. */
static void put(struct buf *text, const char *s)
{
    buf_append(text, s, str_cut_utf8(s, strlen(s), text->max - text->len));
}

/* A line for each file: those that are offered are with the ticket in a moment, the others in
 * Parley only. */
static void say_files(const struct store_taken *taken, const struct store_message *m,
                      struct buf *text)
{
    char line[CHAT_FILE_NAME_MAX + 96];

    for (size_t i = 0; i < m->file_count; i++) {
        const struct store_file *f = &m->files[i];

        snprintf(line, sizeof(line), "%s%s: %s (%" PRId64 " KB)]", text->len > 0 ? "\n" : "",
                 taken->files_offered ? "[File" : "[A file waits in Parley", f->name,
                 (f->size + 1023) / 1024);
        put(text, line);
    }
    if (m->file_count > 0 && !taken->files_offered && taken->files_at != NULL) {
        put(text, "\n");
        put(text, taken->files_at);
    }
}

/* All messages of the batch, a blank line between them; cut at the end if they are too much. */
static void join(const struct store_taken *taken, struct buf *text)
{
    for (size_t i = 0; i < taken->message_count; i++) {
        if (i > 0 && text->max - text->len > 2)
            buf_str(text, "\n\n");
        put(text, taken->messages[i].body);
        say_files(taken, &taken->messages[i], text);
    }
}

/* The members that every comment has, said explicitly: Syncro emails by default. */
static void comment_members(struct jw *w, const struct store_taken *taken, const char *subject,
                            const struct buf *text)
{
    jw_text(w, "subject", subject);
    jw_textn(w, "body", text->ptr != NULL ? text->ptr : "", text->len);
    jw_bool(w, "hidden", taken->author == STORE_NOTE);
    jw_bool(w, "do_not_email", taken->author != STORE_STAFF || !taken->psa_emails);
    text_unless_empty(w, "tech", taken->message_count > 0 ? taken->messages[0].name : taken->name);
}

void syncro_ticket_body(const struct store_taken *taken,
                        const struct syncro_ticket_defaults *defaults, struct buf *to)
{
    struct json_doc *wish = json_parse(taken->payload, strlen(taken->payload), NULL);
    const char *urgency = wish == NULL ? NULL : json_get_text(json_root(wish), "priority");
    char mark[SYNCRO_MARK_SIZE];
    struct buf text;
    struct jw w;

    buf_init(&text, SYNCRO_BODY_MAX);
    join(taken, &text);
    syncro_description_mark(taken, mark);
    text.max += strlen(mark) + 3; /* it always has room */
    buf_printf(&text, "\n\n%s", mark);
    jw_init(&w, to);
    jw_object(&w, NULL);
    jw_int(&w, "customer_id", defaults->customer);
    if (defaults->contact != 0)
        jw_int(&w, "contact_id", defaults->contact);
    cut_text(&w, "subject", taken->subject, SYNCRO_SUBJECT_MAX);
    text_unless_empty(&w, "status", defaults->status);
    text_unless_empty(&w, "priority", urgency != NULL ? urgency : defaults->priority);
    text_unless_empty(&w, "problem_type", defaults->problem_type);
    jw_array(&w, "comments_attributes");
    jw_object(&w, NULL);
    comment_members(&w, taken, "Initial Issue", &text);
    jw_object_end(&w);
    jw_array_end(&w);
    jw_object_end(&w);
    buf_free(&text);
    json_free(wish);
}

void syncro_comment_body(const struct store_taken *taken, struct buf *to)
{
    char mark[SYNCRO_MARK_SIZE];
    struct buf text;
    struct jw w;

    buf_init(&text, SYNCRO_BODY_MAX);
    join(taken, &text);
    syncro_mark(taken, mark);
    jw_init(&w, to);
    jw_object(&w, NULL);
    comment_members(&w, taken, mark, &text);
    jw_object_end(&w);
    buf_free(&text);
}

/* The day, at an hour that is on the same day from -12:00 to +11:00: which one a bare date would
 * mean there is documented nowhere. */
static void due_date(struct jw *w, int64_t due_ms)
{
    const int64_t day_ms = INT64_C(86400000);
    char text[CLOCK_TEXT_SIZE];

    clock_format(due_ms / day_ms * day_ms + day_ms / 2, text);
    jw_text(w, "due_date", text);
}

void syncro_update_body(const struct store_taken *taken, struct buf *to)
{
    static const char *const texts[][2] = {
        {"status", "status"}, {"priority", "priority"}, {"issue_type", "problem_type"}};
    struct json_doc *doc = json_parse(taken->payload, strlen(taken->payload), NULL);
    int64_t n;
    struct jw w;

    jw_init(&w, to);
    jw_object(&w, NULL);
    for (size_t i = 0; i < COUNT_OF(texts); i++) {
        const char *value = json_get_text(json_root(doc), texts[i][0]);
        if (value != NULL)
            jw_text(&w, texts[i][1], value);
    }
    if (json_get_int(json_root(doc), "assignee", &n) == 0 && n > 0)
        jw_int(&w, "user_id", n);
    else if (json_get_int(json_root(doc), "assignee", &n) == 0)
        jw_null(&w, "user_id");
    if (json_get_int(json_root(doc), "due", &n) == 0 && n > 0)
        due_date(&w, n);
    else if (json_get_int(json_root(doc), "due", &n) == 0)
        jw_null(&w, "due_date"); /* documented nowhere: the answer tells what became of it */
    jw_object_end(&w);
    json_free(doc);
}

void syncro_file_mark(const struct store_taken *taken, size_t i, char mark[SYNCRO_MARK_SIZE])
{
    snprintf(mark, SYNCRO_MARK_SIZE, "%s-%" PRId64 "-%zu", taken->reference, taken->seq_from,
             i + 1);
}

void syncro_file_name(const struct store_taken *taken, size_t i, char name[SYNCRO_FILE_SIZE])
{
    const char *whole = taken->messages[0].files[i].name;
    const char *dot = strrchr(whole, '.');
    const size_t stem = dot == NULL || dot == whole ? strlen(whole) : (size_t)(dot - whole);
    char mark[SYNCRO_MARK_SIZE];

    syncro_file_mark(taken, i, mark);
    snprintf(name, SYNCRO_FILE_SIZE, "%.*s %s%s", (int)stem, whole, mark, whole + stem);
}

void syncro_files_body(const struct store_taken *taken, const char *const urls[], struct buf *to)
{
    char name[SYNCRO_FILE_SIZE];
    struct jw w;

    jw_init(&w, to);
    jw_object(&w, NULL);
    jw_array(&w, "files");
    for (size_t i = 0; i < taken->messages[0].file_count; i++) {
        syncro_file_name(taken, i, name);
        jw_object(&w, NULL);
        jw_text(&w, "url", urls[i]);
        jw_text(&w, "filename", name);
        jw_object_end(&w);
    }
    jw_array_end(&w);
    jw_object_end(&w);
}
