/* The real way to a mail server. On libcurl, which waits in place for the answer to a letter and to
 * its goodbye: so each letter goes on a thread of a small pool, not on the loop. */
#ifndef PARLEY_SMTP_CLIENT_CURL_H
#define PARLEY_SMTP_CLIENT_CURL_H

#include "base/err.h"
#include "base/secret.h"
#include "net/loop.h"
#include "net/smtp_client.h"

struct smtp_settings {
    const char *url;               /* smtp://HOST[:PORT] or smtps://HOST[:PORT] */
    const char *user;              /* "": without signing in */
    const struct secret *password; /* NULL: none */
    const char *from;              /* the sender's address */
    const char *name;              /* as we introduce ourselves (EHLO); "": as the machine does */
    const char *ca_file;           /* trusted instead of the system's authorities; "": those */
    int64_t connect_timeout_ms, timeout_ms;
};

/* smtps:// is TLS from the first byte; smtp:// must become TLS by STARTTLS, but for a server on
 * this machine (127.0.0.1, [::1], localhost) without a user. Everything is copied. NULL with err,
 * which tells what is wrong with which setting. */
struct smtp_client *smtp_client_curl_new(struct loop *loop, const struct smtp_settings *settings,
                                         struct err *err) WARN_UNUSED;
/* Ends what is under way, within a second or so; its callbacks never run. NULL does nothing. */
void smtp_client_curl_free(struct smtp_client *c);

#endif
