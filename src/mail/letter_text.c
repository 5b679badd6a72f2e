/* How the letters are put together; their words are in letter_words.c. */
#include <stdio.h>
#include <string.h>

#include "base/str.h"
#include "chat/limits.h"
#include "mail/letter_private.h"

#define MINUTE_MS INT64_C(60000)
#define DAY       1440 /* minutes */

#define ROW_MAX 120 /* bytes of a name, and of a subject */

/* --- HTML, of which there is little: paragraphs, and one link that looks like a button --- */

static void escape(struct buf *to, const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        switch (text[i]) {
        case '&':
            buf_str(to, "&amp;");
            break;
        case '<':
            buf_str(to, "&lt;");
            break;
        case '>':
            buf_str(to, "&gt;");
            break;
        case '"':
            buf_str(to, "&quot;");
            break;
        case '\n':
            buf_str(to, "<br>\n");
            break;
        default:
            buf_char(to, text[i]);
        }
    }
}

void letter_begin(struct letter_text *t)
{
    buf_printf(&t->html,
               "<!doctype html>\n<html lang=\"%s\"><head><meta charset=\"utf-8\">"
               "<meta name=\"color-scheme\" content=\"light dark\"></head>\n"
               "<body style=\"font-family: sans-serif; line-height: 1.5; "
               "max-width: 40em\">\n",
               t->words->language);
}

void letter_end(struct letter_text *t)
{
    buf_str(&t->html, "</body></html>\n");
}

void letter_say(struct letter_text *t, const char *text, size_t len)
{
    buf_append(&t->plain, text, len);
    buf_str(&t->plain, "\n\n");
    buf_str(&t->html, "<p>");
    escape(&t->html, text, len);
    buf_str(&t->html, "</p>\n");
}

static void say_text(struct letter_text *t, const char *text)
{
    letter_say(t, text, strlen(text));
}

void letter_say_link(struct letter_text *t, const char *words, const char *url)
{
    buf_printf(&t->plain, "%s:\n%s\n\n", words, url);
    buf_str(&t->html, "<p><a href=\"");
    escape(&t->html, url, strlen(url));
    buf_str(&t->html, "\">");
    escape(&t->html, words, strlen(words));
    buf_str(&t->html, "</a></p>\n");
}

void letter_fill(struct buf *to, const char *text, const char *first, const char *second)
{
    for (const char *gap; (gap = strchr(text, '{')) != NULL; text = gap + 3) {
        buf_append(to, text, (size_t)(gap - text));
        buf_str(to, gap[1] == '1' ? first : second);
    }
    buf_str(to, text);
}

void letter_say_filled(struct letter_text *t, const char *text, const char *first,
                       const char *second)
{
    struct buf line;

    buf_init(&line, 1024);
    letter_fill(&line, text, first, second);
    say_text(t, line.ptr != NULL ? line.ptr : "");
    buf_free(&line);
}

void letter_say_who(struct letter_text *t, const char *name, const char *at)
{
    buf_printf(&t->plain, "%s, %s\n", name, at);
    buf_str(&t->html, "<p><strong>");
    escape(&t->html, name, strlen(name));
    buf_str(&t->html, "</strong>, ");
    escape(&t->html, at, strlen(at));
    buf_str(&t->html, "</p>\n");
}

/* --- the letters --- */

void letter_code_text(struct letter_text *t, const struct secret *code, int64_t minutes)
{
    const struct letter_words *w = t->words;
    char strong[64], count[24];

    letter_fill(&t->subject, w->code_subject, secret_reveal(code), t->brand);
    letter_begin(t);
    letter_fill(&t->plain, w->code_is, secret_reveal(code), "");
    buf_str(&t->plain, "\n\n");
    snprintf(strong, sizeof(strong), "<strong>%s</strong>", secret_reveal(code));
    buf_str(&t->html, "<p>");
    letter_fill(&t->html, w->code_is, strong, "");
    buf_str(&t->html, "</p>\n");
    secret_wipe(strong, sizeof(strong));
    snprintf(count, sizeof(count), "%lld", (long long)minutes);
    letter_say_filled(t, minutes == 1 ? w->code_use_one : w->code_use, t->brand, count);
    say_text(t, w->code_other);
    letter_end(t);
}

void letter_test_text(struct letter_text *t, const char *url)
{
    letter_fill(&t->subject, t->words->test_subject, t->brand, "");
    letter_begin(t);
    say_text(t, t->words->test);
    letter_say_link(t, t->words->console, url);
    letter_end(t);
}

void letter_unanswered_text(struct letter_text *t, const struct store_mail_taken *taken,
                            const char *link)
{
    const char *name = taken->name[0] != '\0' ? taken->name : "somebody";
    struct buf line;

    buf_printf(&t->subject, "Nobody has answered %s: %s", name, taken->subject);
    letter_begin(t);
    buf_init(&line, 1024);
    buf_printf(&line, "In %s, %s waits for an answer. The number of the conversation is %s.",
               t->brand, name, taken->reference);
    say_text(t, line.ptr != NULL ? line.ptr : "");
    buf_free(&line);
    letter_say_link(t, "Open the conversation", link);
    say_text(t, "You get this letter because an administrator put your address under Routing and "
                "hours.");
    letter_end(t);
}

/* by: who is known to speak. The bytes of it that there was room for. */
static size_t say_answer(struct letter_text *t, const struct store_message *m, const char *by,
                         size_t room)
{
    const struct slice body = str_trim(m->body, strlen(m->body));
    const size_t len =
        str_cut_utf8(body.ptr, body.len, room < LETTER_BODY_MAX ? room : LETTER_BODY_MAX);

    if (!str_equal(m->name, by)) {
        letter_fill(&t->plain, t->words->wrote, m->name, "");
        buf_str(&t->plain, "\n");
        buf_str(&t->html, "<p><strong>");
        escape(&t->html, m->name, strlen(m->name));
        buf_str(&t->html, "</strong></p>\n");
    }
    if (len > 0)
        letter_say(t, body.ptr, len);
    for (size_t i = 0; i < m->file_count; i++)
        letter_say_filled(t, t->words->file, m->files[i].name, "");

    if (len < body.len)
        say_text(t, t->words->rest);
    return len;
}

void letter_answer_text(struct letter_text *t, const struct store_mail_taken *taken,
                        const char *link, const char *off)
{
    size_t told = 0, room = LETTER_TOLD_MAX;
    const char *by = "";

    letter_fill(&t->subject, t->words->answer_subject, t->brand, taken->subject);
    letter_begin(t);
    for (; told < taken->message_count && room > 0; by = taken->messages[told++].name)
        room -= say_answer(t, &taken->messages[told], by, room);
    if (told < taken->message_count || taken->more > 0)
        say_text(t, t->words->more);
    letter_say_link(t, t->words->open, link);
    letter_say_filled(t, t->words->not_read, taken->reference, "");
    letter_say_link(t, t->words->no_more, off);
    letter_end(t);
}

/* --- the digest --- */

static void number(char to[24], int64_t n)
{
    snprintf(to, 24, "%lld", (long long)n);
}

/* So long has somebody waited, in words. */
static void put_time(struct buf *to, const struct letter_words *w, int64_t ms)
{
    const int64_t minutes = ms > 0 ? ms / MINUTE_MS : 0;
    char first[24], second[24];

    number(second, minutes % 60);
    if (minutes < 60) {
        letter_fill(to, w->wait_minutes, second, "");
    } else if (minutes < DAY) {
        number(first, minutes / 60);
        letter_fill(to, w->wait_hours, first, second);
    } else {
        number(first, minutes / DAY);
        letter_fill(to, minutes / DAY == 1 ? w->wait_day : w->wait_days, first, "");
    }
}

static const char *heading(const struct letter_words *w, enum store_digest_part part)
{
    switch (part) {
    case STORE_DIGEST_MINE:
        return w->digest_mine;
    case STORE_DIGEST_UNASSIGNED:
        return w->digest_free;
    case STORE_DIGEST_UNANSWERED:
        return w->digest_late;
    case STORE_DIGEST_MENTION:
        return w->digest_mention;
    }
    return "";
}

static void cut(const char *text, char to[ROW_MAX + 1])
{
    snprintf(to, ROW_MAX + 1, "%.*s", (int)str_cut_utf8(text, strlen(text), ROW_MAX), text);
}

static void say_row(struct letter_text *t, const struct store_digest_row *row, const char *console,
                    int64_t now_ms)
{
    char link[512], id[ID_TEXT_SIZE];
    char name[ROW_MAX + 1], subject[ROW_MAX + 1];
    struct buf time, who, line;

    buf_init(&time, 256);
    buf_init(&who, 1024);
    buf_init(&line, 2048);
    cut(row->name[0] != '\0' ? row->name : row->reference, name);
    cut(row->subject, subject);
    put_time(&time, t->words, now_ms - row->waiting_since_ms);
    letter_fill(&who, t->words->digest_row, name, subject);
    if (buf_ok(&who) && buf_ok(&time))
        letter_fill(&line, t->words->digest_wait, who.ptr, time.ptr);
    id_format(&row->conversation, id);
    snprintf(link, sizeof(link), "%s#c=%s", console, id);
    if (buf_ok(&line))
        letter_say_link(t, line.ptr, link);
    buf_free(&time);
    buf_free(&who);
    buf_free(&line);
}

void letter_digest_text(struct letter_text *t, const struct store_digest *digest,
                        const char *console, int64_t now_ms)
{
    const int64_t all = (int64_t)digest->count + digest->more;
    const struct letter_words *w = t->words;
    char count[24];

    number(count, all);
    letter_fill(&t->subject, all == 1 ? w->digest_subject_one : w->digest_subject, t->brand, count);
    letter_begin(t);
    for (size_t i = 0; i < digest->count; i++) {
        if (i == 0 || digest->rows[i].part != digest->rows[i - 1].part)
            say_text(t, heading(w, digest->rows[i].part));
        say_row(t, &digest->rows[i], console, now_ms);
    }
    if (digest->more > 0) {
        number(count, digest->more);
        letter_say_filled(t, w->digest_more, count, "");
    }
    letter_say_link(t, w->console, console);
    say_text(t, w->digest_why);
    letter_end(t);
}
