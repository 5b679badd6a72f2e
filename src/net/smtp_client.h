/* What hands letters to a mail server, as its users see it: one letter, one callback, one cancel.
 * The real one is made by smtp_client_curl.h; a simulation makes its own from the same ops. */
#ifndef PARLEY_SMTP_CLIENT_H
#define PARLEY_SMTP_CLIENT_H

#include "base/base.h"
#include "net/smtp_talk.h"

#define SMTP_AT_ONCE     2
#define SMTP_LETTER_MAX  (256 * 1024)
#define SMTP_TROUBLE_MAX 512

struct smtp_client;
struct smtp_call; /* a letter on its way */

struct smtp_answer {
    enum smtp_result result;
    const char *trouble; /* for an administrator: what is wrong and what to do; "" for TAKEN */
};

/* The answer is borrowed for the time of the callback. */
typedef void smtp_done_fn(const struct smtp_answer *answer, void *arg);

struct smtp_ops {
    struct smtp_call *(*send)(struct smtp_client *c, const char *to, const char *text, size_t len,
                              smtp_done_fn *done, void *arg);
    void (*cancel)(struct smtp_client *c, struct smtp_call *call);
};

struct smtp_client {
    const struct smtp_ops *ops;
    const char *url; /* of the server, for people to read */
};

/* One letter to one address, which the caller has checked: ASCII, no white space, no <>. text:
 * at most SMTP_LETTER_MAX bytes, lines end with CRLF; copied, and wiped after. At most
 * SMTP_AT_ONCE at a time. done is called once, from the loop, never from inside this call; the
 * handle is dead from then on. */
static inline struct smtp_call *smtp_send(struct smtp_client *c, const char *to, const char *text,
                                          size_t len, smtp_done_fn *done, void *arg)
{
    return c->ops->send(c, to, text, len, done, arg);
}

/* Give up: done is never called; whether the letter was taken is unknown. Sets *call to NULL;
 * *call may be NULL already. */
static inline void smtp_cancel(struct smtp_client *c, struct smtp_call **call)
{
    if (*call != NULL)
        c->ops->cancel(c, *call);
    *call = NULL;
}

#endif
