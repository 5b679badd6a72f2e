/* The pages of Syncro on which an account signs in and makes its API tokens: plain HTML and forms.
 * Without I/O, clock and chance, like sandbox.h: a request and the time go in, a page comes out.
 * The labels are Syncro's own, so that a guide for Syncro can be walked here. */
#ifndef SANDBOX_SITE_H
#define SANDBOX_SITE_H

#include "base/buf.h"
#include "sandbox/sandbox.h"

struct site;

struct site_settings {
    struct sandbox *sb; /* must outlive the site */
    void (*random)(void *bytes, size_t len, void *arg);
    void *random_arg;
};

struct site *site_new(const struct site_settings *settings);
/* Everybody is signed out. */
void site_free(struct site *s);

/* Whether the path is one of these pages, or below one. */
bool site_owns(const char *path);

struct site_request {
    const char *method;
    const char *path;         /* decoded, without query */
    const char *cookie;       /* the header; NULL: none */
    const char *content_type; /* the header; NULL: none */
    const char *body;         /* may be NULL when len is 0 */
    size_t len;
    int64_t now_ms; /* wall clock; Syncro's own may be off by a fault */
};
struct site_response {
    int status;
    char location[64];    /* the header; "": none */
    char set_cookie[160]; /* the header; "": none */
    struct buf body;      /* HTML; empty when there is a location */
};

/* Answer one request. The response is overwritten; free it with site_response_free(). */
void site_handle(struct site *s, const struct site_request *request,
                 struct site_response *response);
void site_response_free(struct site_response *response);

/* The strip at the top of every page: who is signed in and the menu, or the way to sign in. */
void site_write_bar(struct site *s, const char *cookie, int64_t now_ms, struct buf *to);

/* How an account of the demo signs in. */
struct site_account {
    const char *email, *password, *name;
    const char *about; /* what it may */
};
/* Account i; -1 past the last. */
int site_account_at(size_t i, struct site_account *account) WARN_UNUSED;

#endif
