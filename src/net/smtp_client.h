/* Hands letters to a mail server. On libcurl, which waits in place for the answer to a letter and
 * to its goodbye: so each letter goes on a thread of a small pool, not on the loop. */
#ifndef PARLEY_SMTP_CLIENT_H
#define PARLEY_SMTP_CLIENT_H

#include "base/err.h"
#include "base/secret.h"
#include "net/loop.h"
#include "net/smtp_talk.h"

#define SMTP_AT_ONCE     2
#define SMTP_LETTER_MAX  (256 * 1024)
#define SMTP_TROUBLE_MAX 512

struct smtp_client;
struct smtp_call; /* a letter on its way */

struct smtp_settings {
    const char *url;               /* smtp://HOST[:PORT] or smtps://HOST[:PORT] */
    const char *user;              /* "": without signing in */
    const struct secret *password; /* NULL: none */
    const char *from;              /* the sender's address */
    const char *name;              /* as we introduce ourselves (EHLO); "": as the machine does */
    const char *ca_file;           /* trusted instead of the system's authorities; "": those */
    int64_t connect_timeout_ms, timeout_ms;
};

struct smtp_answer {
    enum smtp_result result;
    const char *trouble; /* for an administrator: what is wrong and what to do; "" for TAKEN */
};

/* The answer is borrowed for the time of the callback. */
typedef void smtp_done_fn(const struct smtp_answer *answer, void *arg);

/* smtps:// is TLS from the first byte; smtp:// must become TLS by STARTTLS, but for a server on
 * this machine (127.0.0.1, [::1], localhost) without a user. Everything is copied. NULL with err,
 * which tells what is wrong with which setting. */
struct smtp_client *smtp_client_new(struct loop *loop, const struct smtp_settings *settings,
                                    struct err *err) WARN_UNUSED;
/* Ends what is under way, within a second or so; its callbacks never run. NULL does nothing. */
void smtp_client_free(struct smtp_client *c);
/* "smtp://host:587", as it was set. */
const char *smtp_client_url(const struct smtp_client *c);

/* One letter to one address, which the caller has checked: ASCII, no white space, no <>. text:
 * at most SMTP_LETTER_MAX bytes, lines end with CRLF; copied, and wiped after. At most
 * SMTP_AT_ONCE at a time (asserted). done is called once, from the loop, never from inside this
 * call; the handle is dead from then on. */
struct smtp_call *smtp_send(struct smtp_client *c, const char *to, const char *text, size_t len,
                            smtp_done_fn *done, void *arg);
/* Give up: done is never called; whether the letter was taken is unknown. Sets *call to NULL. */
void smtp_cancel(struct smtp_call **call);

#endif
