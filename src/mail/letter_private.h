/* Between the texts of letters and what carries them. */
#ifndef PARLEY_LETTER_PRIVATE_H
#define PARLEY_LETTER_PRIVATE_H

#include "mail/letter.h"

#define LETTER_PLAIN_MAX ((size_t)32 * 1024)
#define LETTER_HTML_MAX  ((size_t)128 * 1024) /* an escape has up to six bytes */

/* The same in two forms; both UTF-8 with LF. */
struct letter_text {
    char brand[128];
    struct buf subject, plain, html;
};

void letter_code_text(struct letter_text *t, const struct secret *code, int64_t minutes);
void letter_test_text(struct letter_text *t, const char *url);
/* link: to the conversation in the console. */
void letter_unanswered_text(struct letter_text *t, const struct store_mail_taken *taken,
                            const char *link);
/* link: to the conversation; off: to the page that ends letters. */
void letter_answer_text(struct letter_text *t, const struct store_mail_taken *taken,
                        const char *link, const char *off);

#endif
