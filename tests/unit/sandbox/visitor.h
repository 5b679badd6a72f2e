/* Somebody with a browser on the stand-in's pages, as short as a test wants it. */
#ifndef TEST_SANDBOX_VISITOR_H
#define TEST_SANDBOX_VISITOR_H

#include "client.h"
#include "sandbox/site.h"

#define VISITOR_SEVEN                                                                              \
    "&right=Tickets+-+List%2FSearch&right=Tickets+-+View+Details&right=Tickets+-+Create"           \
    "&right=Tickets+-+Edit&right=Ticket+Comments+-+New&right=Customers+-+List%2FSearch"            \
    "&right=Customers+-+View+Detail"

struct visitor {
    struct client *c; /* its sandbox and clock */
    struct site *site;
    char cookie[128]; /* "" without */
    char csrf[65];    /* of the last page with a form */
    struct site_response r;
};

/* A site on the client's sandbox; its chance counts. */
struct site *visitor_site(struct client *c);
void visitor_open(struct visitor *v, struct client *c, struct site *site);
void visitor_close(struct visitor *v);
/* Each returns the status and keeps cookie and CSRF token. */
int visitor_get(struct visitor *v, const char *path);
/* fields: "a=b&c=d", encoded; the CSRF token is added. */
int visitor_post(struct visitor *v, const char *path, const char *fields);
void visitor_sign_in(struct visitor *v, const char *who); /* "admin", "parley", "tomasz" */
/* Make a token by the Custom Permissions form, go to its page and copy its text; and its id. */
void visitor_make(struct visitor *v, const char *fields, char text[64], int64_t *id);
/* Whether the last page has that HTML. */
bool visitor_sees(const struct visitor *v, const char *html);

#endif
