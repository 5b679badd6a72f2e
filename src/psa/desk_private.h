/* Shared by the files of the desk. */
#ifndef PARLEY_DESK_PRIVATE_H
#define PARLEY_DESK_PRIVATE_H

#include "psa/desk.h"

/* A test that has ended. */
struct desk_kept {
    char id[DESK_TEST_ID_LEN + 1]; /* "": this place is free */
    const struct psa_kind *kind;
    struct psa_account account;
    struct secret *token;
    bool good;
    int64_t until_ms; /* of the clock that does not step */
};

struct desk {
    struct desk_settings set;
    char origin[PSA_ORIGIN_SIZE]; /* override; "": none */
    struct desk_kept kept[DESK_KEPT_MAX];
    int testing;
    struct desk_act *acts;
};

/* The pending handles are the state. */
struct desk_act {
    struct desk *desk;
    struct desk_act *next, **link;
    desk_fn *done; /* NULL: nobody wants to know any more */
    void *arg;
    const struct psa_kind *kind;
    struct psa_account account;
    struct secret *token; /* given or opened; owned; NULL: none yet */
    bool is_test, is_write, begun;
    struct store_op *op;
    struct env_timer *timer; /* for an answer that is known at once */
    struct psa_connector *connector;
    struct psa_call *call;
    struct desk_answer answer;
    char text[512];
    void (*go)(struct desk_act *a); /* what comes when the credentials are there */
    struct desk_test test;          /* its texts are not kept */
    char query[PSA_QUERY_MAX + 1];
    int64_t customer, ticket;
    struct store_connector save; /* its texts lie in `saved` */
    struct saved {
        char fallback_name[STORE_TEXT_MAX + 1];
        char status[128], priority[128], problem_type[128];
    } saved;
    enum desk_switch to;
    struct desk_health health;
};

struct desk_act *desk_act_new(struct desk *d, desk_fn *done, void *arg);
/* Free and tell. The answer's texts may be in the act: they live until done returns. */
void desk_act_end(struct desk_act *a, const struct desk_answer *answer);
/* End it, but not from inside the start. text is copied. */
struct desk_act *desk_act_refuse(struct desk_act *a, enum desk_result result, const char *code,
                                 const char *field, const char *text);
/* End it now. */
void desk_act_fail(struct desk_act *a, enum desk_result result, const char *code, const char *field,
                   const char *text);
void desk_act_busy(struct desk_act *a);
/* Kind and account of the input. False: it was refused. */
bool desk_act_account(struct desk_act *a, const char *kind, const char *account);
/* The token of the input, when one was given. False: it was refused. */
bool desk_act_token(struct desk_act *a, const char *token);
/* Read the token that is stored, for a->account, or, with account "", for whichever it is; then
 * a->go. */
void desk_act_stored(struct desk_act *a);
/* A connector of these credentials in a->connector. */
void desk_act_connect(struct desk_act *a);
/* The remembered test; NULL when it is unknown or too old. */
struct desk_kept *desk_kept_find(struct desk *d, const char *id);
/* The address that is spoken to. */
const char *desk_origin(struct desk *d, const struct psa_account *account);

#endif
