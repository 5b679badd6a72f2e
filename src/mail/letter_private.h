/* Between the texts of letters and what carries them. */
#ifndef PARLEY_LETTER_PRIVATE_H
#define PARLEY_LETTER_PRIVATE_H

#include "mail/letter.h"

#define LETTER_PLAIN_MAX ((size_t)48 * 1024)
#define LETTER_HTML_MAX  ((size_t)208 * 1024) /* an escape has up to six bytes */

/* What letters say in one language. {1} and {2} are filled in. */
struct letter_words {
    const char *language;     /* "en" */
    const char *code_subject; /* the code, the brand */
    const char *code_is;      /* the code; in HTML it is strong */
    const char *code_use;     /* the brand, minutes */
    const char *code_use_one; /* the same for one minute; the brand */
    const char *code_other;
    const char *test_subject; /* the brand */
    const char *test, *console;
    const char *wrote;          /* a name */
    const char *file;           /* its name */
    const char *rest, *more;    /* of one answer; of all */
    const char *answer_subject; /* the brand, the subject */
    const char *open;
    const char *not_read; /* the reference */
    const char *no_more;
    const char *said_subject;         /* the brand, the subject */
    const char *said;                 /* the reference, the brand */
    const char *said_zone;            /* a time zone */
    const char *said_left, *said_one; /* how many older ones are left out; one is */
    const char *said_nothing;
    const char *said_open;
    const char *day; /* for a moment: year, month, day, hour, minute */
    const char *digest_subject, *digest_subject_one;                      /* the brand, how many */
    const char *digest_mine, *digest_free, *digest_late, *digest_mention; /* headings */
    const char *digest_row;  /* the name, the subject */
    const char *digest_wait; /* the row, for how long */
    const char *digest_more; /* how many */
    const char *digest_why;
    const char *wait_minutes, *wait_hours, *wait_days,
        *wait_day; /* how many; hours: minutes, too */
};

/* In English, when there are none in this language. */
const struct letter_words *letter_words(const char *language);

/* The same in two forms; both UTF-8 with LF. */
struct letter_text {
    char brand[128];
    const struct letter_words *words;
    struct buf subject, plain, html;
};

/* ---- pieces of a letter, in both forms ---- */

void letter_begin(struct letter_text *t);
void letter_end(struct letter_text *t);
/* {1} and {2} in the text become these. */
void letter_fill(struct buf *to, const char *text, const char *first, const char *second);
/* A paragraph. */
void letter_say(struct letter_text *t, const char *text, size_t len);
void letter_say_filled(struct letter_text *t, const char *text, const char *first,
                       const char *second);
/* Who said what follows, and when. */
void letter_say_who(struct letter_text *t, const char *name, const char *at);
void letter_say_link(struct letter_text *t, const char *words, const char *url);

/* ---- the letters ---- */

void letter_code_text(struct letter_text *t, const struct secret *code, int64_t minutes);
void letter_test_text(struct letter_text *t, const char *url);
/* link: to the conversation in the console. */
void letter_unanswered_text(struct letter_text *t, const struct store_mail_taken *taken,
                            const char *link);
/* link: to the conversation. */
void letter_said_text(struct letter_text *t, const struct store_mail_taken *taken,
                      const char *link);
/* console: the console's address. */
void letter_digest_text(struct letter_text *t, const struct store_digest *digest,
                        const char *console, int64_t now_ms);
/* link: to the conversation; off: to the page that ends letters. */
void letter_answer_text(struct letter_text *t, const struct store_mail_taken *taken,
                        const char *link, const char *off);

#endif
