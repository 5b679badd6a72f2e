/* The JSON routes under /v1: one table tells who may call what. Everything about a request that
 * does not need its handler is decided from the row, before the handler runs: page, body, role. */
#ifndef PARLEY_API_REST_H
#define PARLEY_API_REST_H

#include "base/base.h"

#define REST_PARAMS_MAX  3
#define REST_BODY_MAX    4096  /* bytes, for most routes */
#define REST_SAY_MAX     49152 /* something said; its text is cleaned before it is counted */
#define REST_SETTING_MAX 20480 /* what one member of staff chose, hours, routing */
#define REST_SITE_MAX    16384 /* with a public key */

struct rest; /* one request; api/rest_private.h */

enum rest_who {
    REST_PUBLIC = 1, /* nobody needs to have signed in */
    REST_STAFF,      /* anybody who has */
    REST_ADMIN,      /* administrators */
    REST_KEY,        /* programs, with a key that has the right */
};

enum rest_right { REST_READ = 1, REST_WRITE, REST_PEOPLE };

struct rest_route {
    const char *method; /* GET (HEAD comes with it) or POST */
    const char *path;   /* a part {name} stands for one part of the address */
    enum rest_who who;
    size_t body_max; /* of a POST: a JSON object of at most so many bytes */
    void (*handler)(struct rest *r);
    bool open; /* a POST from any page or program, whose body is the handler's to read */
    enum rest_right right; /* REST_KEY: which the key needs */
    bool free;             /* a public POST that is not counted among the tries of its address */
};

extern const struct rest_route rest_routes[];
extern const size_t rest_route_count;

/* "public", "staff", "admin", "key". */
const char *rest_who_name(enum rest_who who);
/* "read", "write", "people"; "" for none. */
const char *rest_right_name(enum rest_right right);

/* The largest body of any route that the path fits; 0: there is none. */
size_t rest_body_max(const char *method, const char *path);
/* Does the path fit? Then params are what stands in the place of the {name}s, in order; such a part
 * is never empty. */
bool rest_match(const char *pattern, const char *path, struct slice params[REST_PARAMS_MAX]);

#endif
