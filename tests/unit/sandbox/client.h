/* Calls to the sandbox's core as short as a test wants them. */
#ifndef TEST_SANDBOX_CLIENT_H
#define TEST_SANDBOX_CLIENT_H

#include "base/json.h"
#include "sandbox/sandbox.h"

#define NOW   INT64_C(1795500000000) /* 2026-11-24T06:00:00Z */
#define TOKEN "Tunit"

/* How many the demo's account begins with, and what comes next. */
#define TICKETS     15
#define COMMENTS    35
#define COMPANIES   7
#define NEXT_TICKET INT64_C(80420026)
#define NEXT_NUMBER (1001 + TICKETS)

struct client {
    struct sandbox *sb;
    const char *token; /* of the next calls; NULL: none is sent */
    const char *type;  /* content type of bodies */
    const char *peer;
    int64_t now_ms;            /* of the next call */
    int64_t step_ms;           /* added after each call */
    struct sandbox_response r; /* the last answer */
    struct json_doc *doc;
};

/* A demo account; rights as in struct sandbox_settings. */
void client_open(struct client *c, const char *rights);
void client_close(struct client *c);
/* path without /api/v1 may carry a query. body NULL: none. Returns the status. */
int client_call(struct client *c, const char *method, const char *path, const char *body);
/* The answer's JSON, or a value inside it by names and indexes with dots: "ticket.comments.0.id".
 * The test fails when the answer is no JSON. */
const struct json *client_at(struct client *c, const char *where);
const char *client_text(struct client *c, const char *where);
int64_t client_int(struct client *c, const char *where);
size_t client_count(struct client *c, const char *where);
void client_switch(struct client *c, const char *name, const char *value);

#endif
