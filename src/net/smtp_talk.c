#include "net/smtp_talk.h"

#include <string.h>
#include <strings.h>

#define SERVICE_ENDS 421 /* the server closes: whatever was asked */

static void set_step(struct smtp_talk *t, enum smtp_step step)
{
    t->step = step;
    t->status = 0;
    t->said[0] = '\0';
}

static bool begins(const char *bytes, size_t len, const char *word)
{
    const size_t n = strlen(word);

    return len >= n && strncasecmp(bytes, word, n) == 0;
}

void smtp_talk_out(struct smtp_talk *t, const char *bytes, size_t len)
{
    static const struct {
        const char *word;
        enum smtp_step step;
    } commands[] = {
        {"EHLO ", SMTP_STEP_HELLO},       {"HELO ", SMTP_STEP_HELLO},
        {"STARTTLS\r\n", SMTP_STEP_TLS},  {"AUTH ", SMTP_STEP_AUTH},
        {"MAIL FROM:", SMTP_STEP_SENDER}, {"RCPT TO:", SMTP_STEP_RECIPIENT},
        {"DATA\r\n", SMTP_STEP_DATA},
    };

    for (size_t i = 0; i < COUNT_OF(commands); i++) {
        /* What follows AUTH is a secret in base64, which has no colon. */
        if (t->step == SMTP_STEP_AUTH && commands[i].step != SMTP_STEP_SENDER)
            continue;
        if (t->step < SMTP_STEP_LETTER && begins(bytes, len, commands[i].word))
            set_step(t, commands[i].step);
    }
    t->over = t->over || begins(bytes, len, "QUIT\r\n");
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

void smtp_talk_in(struct smtp_talk *t, const char *bytes, size_t len)
{
    size_t n = 0;

    while (len > 0 && (bytes[len - 1] == '\r' || bytes[len - 1] == '\n'))
        len--;
    if (t->over || len < 3 || bytes[0] < '2' || bytes[0] > '5' || !is_digit(bytes[1]) ||
        !is_digit(bytes[2]))
        return;
    if (len > 3 && bytes[3] != ' ' && bytes[3] != '-')
        return;
    t->status = (bytes[0] - '0') * 100 + (bytes[1] - '0') * 10 + (bytes[2] - '0');
    for (size_t i = 4; i < len && n < sizeof(t->said) - 1; i++)
        t->said[n++] = bytes[i] >= ' ' && bytes[i] <= '~' ? bytes[i] : '?';
    t->said[n] = '\0';
    if (t->step == SMTP_STEP_DATA && t->status == 354)
        set_step(t, SMTP_STEP_LETTER);
}

enum smtp_result smtp_talk_result(const struct smtp_talk *t, bool ok)
{
    if (ok)
        return SMTP_TAKEN;
    if (t->step < SMTP_STEP_RECIPIENT || t->status == SERVICE_ENDS)
        return SMTP_TROUBLE;
    if (t->status >= 500)
        return SMTP_REFUSED;
    if (t->status >= 400)
        return SMTP_LATER;
    return t->step == SMTP_STEP_LETTER ? SMTP_UNSURE : SMTP_TROUBLE;
}
