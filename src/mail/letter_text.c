/* The words of the letters. */
#include <stdio.h>
#include <string.h>

#include "base/str.h"
#include "chat/limits.h"
#include "mail/letter_private.h"

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

static void begin_html(struct letter_text *t)
{
    buf_str(&t->html, "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
                      "<meta name=\"color-scheme\" content=\"light dark\"></head>\n"
                      "<body style=\"font-family: sans-serif; line-height: 1.5; "
                      "max-width: 40em\">\n");
}

static void end_html(struct letter_text *t)
{
    buf_str(&t->html, "</body></html>\n");
}

/* A paragraph in both forms. */
static void say(struct letter_text *t, const char *text, size_t len)
{
    buf_append(&t->plain, text, len);
    buf_str(&t->plain, "\n\n");
    buf_str(&t->html, "<p>");
    escape(&t->html, text, len);
    buf_str(&t->html, "</p>\n");
}

static void say_text(struct letter_text *t, const char *text)
{
    say(t, text, strlen(text));
}

static void say_link(struct letter_text *t, const char *words, const char *url)
{
    buf_printf(&t->plain, "%s:\n%s\n\n", words, url);
    buf_str(&t->html, "<p><a href=\"");
    escape(&t->html, url, strlen(url));
    buf_str(&t->html, "\">");
    escape(&t->html, words, strlen(words));
    buf_str(&t->html, "</a></p>\n");
}

/* --- the letters --- */

void letter_code_text(struct letter_text *t, const struct secret *code, int64_t minutes)
{
    char text[512];
    struct buf line;

    buf_printf(&t->subject, "%s is your code for %s", secret_reveal(code), t->brand);
    begin_html(t);
    buf_printf(&t->plain, "Your code is %s\n\n", secret_reveal(code));
    buf_printf(&t->html, "<p>Your code is <strong>%s</strong></p>\n", secret_reveal(code));
    buf_init(&line, sizeof(text) - 1);
    buf_printf(&line,
               "Type it in the chat of %s. It works once, for %lld minute%s from when it was asked "
               "for.",
               t->brand, (long long)minutes, minutes == 1 ? "" : "s");
    say_text(t, line.ptr != NULL ? line.ptr : "");
    buf_free(&line);
    say_text(t, "If you did not ask for a code, leave this letter alone: nobody gets in without "
                "the code. Nobody of us will ever ask you for it.");
    end_html(t);
}

void letter_test_text(struct letter_text *t, const char *url)
{
    buf_printf(&t->subject, "A test letter from %s", t->brand);
    begin_html(t);
    say_text(t, "This is the test letter that you asked for. Letters to people come from this "
                "address, and look like this one.");
    say_link(t, "The console", url);
    end_html(t);
}

void letter_unanswered_text(struct letter_text *t, const struct store_mail_taken *taken,
                            const char *link)
{
    struct buf line;

    buf_printf(&t->subject, "Nobody has answered %s: %s", taken->name, taken->subject);
    begin_html(t);
    buf_init(&line, 1024);
    buf_printf(&line, "%s waits for an answer in %s. The number of the conversation is %s.",
               taken->name, t->brand, taken->reference);
    say_text(t, line.ptr != NULL ? line.ptr : "");
    buf_free(&line);
    say_link(t, "Open the conversation", link);
    say_text(t, "You get this letter because an administrator put your address under Routing and "
                "hours.");
    end_html(t);
}

/* by: who is known to speak. The bytes of it that there was room for. */
static size_t say_answer(struct letter_text *t, const struct store_message *m, const char *by,
                         size_t room)
{
    const struct slice body = str_trim(m->body, strlen(m->body));
    const size_t len =
        str_cut_utf8(body.ptr, body.len, room < LETTER_BODY_MAX ? room : LETTER_BODY_MAX);

    if (!str_equal(m->name, by)) {
        buf_printf(&t->plain, "%s wrote:\n", m->name);
        buf_str(&t->html, "<p><strong>");
        escape(&t->html, m->name, strlen(m->name));
        buf_str(&t->html, "</strong></p>\n");
    }
    if (len > 0)
        say(t, body.ptr, len);
    for (size_t i = 0; i < m->file_count; i++) {
        char line[CHAT_FILE_NAME_MAX + 32];

        snprintf(line, sizeof(line), "[A file: %s]", m->files[i].name);
        say_text(t, line);
    }
    if (len < body.len)
        say_text(t, "[The rest is in the conversation.]");
    return len;
}

void letter_answer_text(struct letter_text *t, const struct store_mail_taken *taken,
                        const char *link, const char *off)
{
    size_t told = 0, room = LETTER_TOLD_MAX;
    const char *by = "";
    struct buf line;

    buf_printf(&t->subject, "%s answered: %s", t->brand, taken->subject);
    begin_html(t);
    for (; told < taken->message_count && room > 0; by = taken->messages[told++].name)
        room -= say_answer(t, &taken->messages[told], by, room);
    if (told < taken->message_count || taken->more > 0)
        say_text(t, "[There is more in the conversation.]");
    say_link(t, "Open the conversation to answer", link);
    buf_init(&line, 1024);
    buf_printf(&line,
               "Answers to this letter are not read: write in the conversation. Its number is %s.",
               taken->reference);
    say_text(t, line.ptr != NULL ? line.ptr : "");
    buf_free(&line);
    say_link(t, "No more letters like this one", off);
    end_html(t);
}
