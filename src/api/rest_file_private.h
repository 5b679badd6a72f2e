/* What the routes of files share. */
#ifndef PARLEY_API_REST_FILE_PRIVATE_H
#define PARLEY_API_REST_FILE_PRIVATE_H

#include "api/files.h"
#include "api/rest_private.h"

/* Who asks for a file: a person's browser by its token, or staff by the cookie. */
struct file_who {
    struct store_asker asker;
    const char *sender; /* as sender_of */
    void (*then)(struct rest *r);
};

/* Call then(r) with r->who set, or answer. */
void rest_file_who(struct rest *r, void (*then)(struct rest *r));

#endif
