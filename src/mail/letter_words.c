/* The words of the letters, a table for each language. */
#include <string.h>

#include "mail/letter_private.h"

static const struct letter_words all[] = {
    {
        .language = "en",
        .code_subject = "{1} is your code for {2}",
        .code_is = "Your code is {1}",
        .code_use = "Type it in the chat of {1}. It works once, for {2} minutes from when it was "
                    "asked for.",
        .code_use_one = "Type it in the chat of {1}. It works once, for 1 minute from when it was "
                        "asked for.",
        .code_other = "If you did not ask for a code, leave this letter alone: nobody gets in "
                      "without the code. Nobody of us will ever ask you for it.",
        .test_subject = "A test letter from {1}",
        .test = "This is the test letter that you asked for. Letters to people come from this "
                "address, and look like this one.",
        .console = "The console",
        .wrote = "{1} wrote:",
        .file = "[A file: {1}]",
        .rest = "[The rest is in the conversation.]",
        .more = "[There is more in the conversation.]",
        .answer_subject = "{1} answered: {2}",
        .open = "Open the conversation to answer",
        .not_read = "Answers to this letter are not read: write in the conversation. Its number "
                    "is {1}.",
        .no_more = "No more letters like this one",
        .said_subject = "{1}, what was said: {2}",
        .said = "This is what was said in the conversation {1} with {2}. You get it once, because "
                "it was asked for.",
        .said_zone = "Times are those of {1}.",
        .said_left = "This letter would be too long with all of it: {1} older messages are left "
                     "out. They are in the conversation.",
        .said_one = "This letter would be too long with all of it: the oldest message is left out. "
                    "It is in the conversation.",
        .said_nothing = "Nothing is there to be read any more.",
        .said_open = "Open the conversation",
        .day = "{1}-{2}-{3}, {4}:{5}",
        .digest_subject = "{1}: {2} conversations wait",
        .digest_subject_one = "{1}: one conversation waits",
        .digest_mine = "Yours",
        .digest_free = "Nobody has them",
        .digest_late = "Not answered in time",
        .digest_mention = "You were mentioned",
        .digest_row = "{1}: {2}",
        .digest_wait = "{1}, since {2}",
        .digest_more = "And {1} more.",
        .digest_why = "You get this letter because you chose it under My account, Notifications. "
                      "There you can end it, too.",
        .wait_minutes = "{1} min",
        .wait_hours = "{1} h {2} min",
        .wait_days = "{1} days",
        .wait_day = "1 day",
    },
    {
        .language = "de",
        .code_subject = "{1} ist Ihr Code für {2}",
        .code_is = "Ihr Code ist {1}",
        .code_use = "Tippen Sie ihn in den Chat von {1}. Er gilt einmal, {2} Minuten ab der "
                    "Anforderung.",
        .code_use_one = "Tippen Sie ihn in den Chat von {1}. Er gilt einmal, 1 Minute ab der "
                        "Anforderung.",
        .code_other = "Wenn Sie keinen Code angefordert haben, lassen Sie diese E-Mail auf sich "
                      "beruhen: Ohne den Code kommt niemand hinein. Von uns wird Sie nie jemand "
                      "danach fragen.",
        .test_subject = "Eine Test-E-Mail von {1}",
        .test = "Das ist die Test-E-Mail, die Sie angefordert haben. E-Mails an Personen kommen "
                "von dieser Adresse und sehen so aus.",
        .console = "Die Konsole",
        .wrote = "{1} schrieb:",
        .file = "[Eine Datei: {1}]",
        .rest = "[Der Rest steht in der Unterhaltung.]",
        .more = "[In der Unterhaltung steht mehr.]",
        .answer_subject = "{1} hat geantwortet: {2}",
        .open = "Unterhaltung öffnen und antworten",
        .not_read = "Antworten auf diese E-Mail werden nicht gelesen: Schreiben Sie in der "
                    "Unterhaltung. Ihre Nummer ist {1}.",
        .no_more = "Keine solchen E-Mails mehr",
        .said_subject = "{1}, was gesagt wurde: {2}",
        .said = "Das wurde in der Unterhaltung {1} mit {2} gesagt. Sie bekommen es einmal, weil es "
                "angefordert wurde.",
        .said_zone = "Die Zeiten sind die von {1}.",
        .said_left = "Mit allem wäre diese E-Mail zu lang: {1} ältere Nachrichten fehlen. Sie "
                     "stehen in der Unterhaltung.",
        .said_one = "Mit allem wäre diese E-Mail zu lang: Die älteste Nachricht fehlt. Sie steht "
                    "in der Unterhaltung.",
        .said_nothing = "Es gibt nichts mehr zu lesen.",
        .said_open = "Unterhaltung öffnen",
        .day = "{3}.{2}.{1}, {4}:{5}",
        .digest_subject = "{1}: {2} Unterhaltungen warten",
        .digest_subject_one = "{1}: eine Unterhaltung wartet",
        .digest_mine = "Ihre",
        .digest_free = "Niemand hat sie",
        .digest_late = "Nicht rechtzeitig beantwortet",
        .digest_mention = "Sie wurden erwähnt",
        .digest_row = "{1}: {2}",
        .digest_wait = "{1}, seit {2}",
        .digest_more = "Und {1} weitere.",
        .digest_why = "Sie bekommen diese E-Mail, weil Sie sie unter Mein Konto, "
                      "Benachrichtigungen gewählt haben. Dort können Sie sie auch abbestellen.",
        .wait_minutes = "{1} min",
        .wait_hours = "{1} h {2} min",
        .wait_days = "{1} Tagen",
        .wait_day = "1 Tag",
    },
};

const struct letter_words *letter_words(const char *language)
{
    for (size_t i = 1; i < COUNT_OF(all); i++)
        if (strcmp(all[i].language, language) == 0)
            return &all[i];
    return &all[0];
}
