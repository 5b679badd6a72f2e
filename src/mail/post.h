/* The post: takes the letters that are due from the store and hands them to the mail server. What
 * concerns one letter (refused, later) is written on that letter; what concerns all (connection,
 * TLS, sign-in) holds all of them, and is tried again on its own. */
#ifndef PARLEY_POST_H
#define PARLEY_POST_H

#include "base/env.h"
#include "base/secret.h"
#include "net/smtp_client.h"
#include "store/store.h"

struct post;

struct post_settings {
    struct env *env;
    struct store *store;
    struct smtp_client *smtp;   /* NULL: there is no mail server, and nothing is sent */
    const struct secret_key *k; /* opens codes, signs addresses */
    const char *from;           /* the sender's address, checked (mime_is_address) */
    const char *url;            /* where people reach the server */
    int64_t after_ms, most_ms;  /* see struct store_mail_begin */
};

struct post *post_new(const struct post_settings *settings) WARN_UNUSED;
/* Letters on their way may be sent once more after the next start. NULL does nothing. */
void post_free(struct post *p);

/* A letter was written down that somebody waits for: look now. */
void post_wake(struct post *p);
/* Look now although all are held: an administrator has mended something, or wants to know. */
void post_try(struct post *p);
/* Begin nothing more. */
void post_stop(struct post *p);
/* True when nothing is on its way. */
bool post_is_idle(const struct post *p);

/* How it does. Texts live until the loop goes on. */
struct post_state {
    bool is_set;         /* there is a mail server */
    const char *url;     /* of it; "" without one */
    const char *from;    /* likewise */
    bool held;           /* nothing can be sent, for this reason */
    const char *reason;  /* "" when it is not held */
    int64_t held_ms;     /* since; 0: not */
    int64_t next_try_ms; /* wall clock; 0: not held */
};
struct post_state post_state(const struct post *p);

#endif
