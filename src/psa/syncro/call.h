/* Every call that Parley makes to Syncro: its path, the right it needs, and how its answer is
 * read. The one table of these things (syncro-api.md, sections 2 and 3). */
#ifndef PARLEY_SYNCRO_CALL_H
#define PARLEY_SYNCRO_CALL_H

#include "base/json.h"
#include "net/http_client.h"
#include "psa/psa.h"

enum syncro_call {
    SYNCRO_ME,
    SYNCRO_SETTINGS,
    SYNCRO_TICKET_SETTINGS,
    SYNCRO_USERS,
    SYNCRO_TICKETS_LIST,
    SYNCRO_TICKET_CREATE,
    SYNCRO_TICKET_GET,
    SYNCRO_TICKET_UPDATE,
    SYNCRO_TICKET_DELETE,
    SYNCRO_FILES_ATTACH,
    SYNCRO_COMMENTS_LIST,
    SYNCRO_NEW_COMMENTS,
    SYNCRO_COMMENT_ADD,
    SYNCRO_CUSTOMERS_LIST,
    SYNCRO_CUSTOMER_GET,
    SYNCRO_CONTACTS_LIST,
    SYNCRO_CONTACT_GET,
    SYNCRO_CALL_COUNT
};

struct syncro_call_info {
    const char *name;   /* for the log */
    const char *method; /* "GET", ... */
    const char *path;   /* below /api/v1; %ID% stands for the id */
    const char *right;  /* as Syncro's page names it; NULL: none is documented */
    const char *key;    /* the member that a good answer holds; NULL: the answer itself */
    bool is_array;      /* that member is an array, otherwise an object */
    bool acts;          /* changes something: an unknown outcome is a doubt */
};

const struct syncro_call_info *syncro_call_info(enum syncro_call call);

/* Judge an answer. For PSA_DONE *doc is the document (the caller's to free) and *root the member
 * `key`; otherwise both are NULL. Never looks at more than the answer says: 200 counts only as
 * JSON of the right shape. */
void syncro_call_judge(enum syncro_call call, const struct http_answer *answer,
                       struct psa_verdict *verdict, struct json_doc **doc,
                       const struct json **root);

#endif
