/* The store's operations on staff: accounts, links, sessions, recovery codes and the audit log.
 * Included through store/store.h, whose rules hold here. Whatever takes a struct store_audit writes
 * it in the same transaction. */
#ifndef PARLEY_STORE_STAFF_H
#define PARLEY_STORE_STAFF_H

#include "store/types.h"

#define STORE_SESSIONS_MAX 20 /* of one member of staff; a further one ends the oldest */
#define STORE_RECOVERY_MAX 10

enum store_role { STORE_ADMIN = 1, STORE_TECHNICIAN };
enum store_link_kind { STORE_LINK_SETUP = 1, STORE_LINK_INVITE, STORE_LINK_RESET };

struct store_staff {
    struct id id;
    const char *name, *email;
    enum store_role role;
    const char *password; /* argon2id as text; "": none */
    const char *totp;     /* sealed; "": no second step */
    int64_t totp_step;    /* the last one that was used up */
    int64_t created_ms;
    int64_t disabled_ms; /* 0: not disabled */
    int64_t seen_ms;     /* 0: never came in */
};

struct store_staff_list {
    const struct store_staff *rows; /* by name */
    size_t count;
    bool more;
};

/* Whom an operation means: by id, or, where that is none, by email (in any case). */
struct store_staff_key {
    struct id id;
    const char *email;
};

/* Somebody as a provider of OpenID Connect names them. */
struct store_oidc {
    const char *issuer, *subject; /* "": not by a provider */
};

struct store_oidc_find {
    struct store_oidc who;
    const char *email; /* "": none that the provider has verified */
};

struct store_link_new {
    uint8_t hash[STORE_HASH_SIZE];
    enum store_link_kind kind;
    int64_t expires_ms;
};

struct store_staff_add {
    struct id id; /* fresh */
    const char *name, *email;
    enum store_role role;
    struct store_link_new link;
    int64_t now_ms;
    struct store_audit audit;
};

struct store_staff_change {
    struct store_staff_key who;
    const char *name;     /* NULL or "": as it is */
    enum store_role role; /* 0: as it is */
    bool set_disabled, disabled;
    int64_t now_ms;
    struct store_audit audit;
};

struct store_staff_reset {
    struct store_staff_key who;
    struct store_link_new link; /* one who never came in gets an invitation, whatever kind says */
    struct store_audit audit;
};

struct store_setup_link {
    struct store_link_new link;
    int64_t now_ms;
};

struct store_link {
    enum store_link_kind kind;
    struct id staff; /* none for STORE_LINK_SETUP */
    const char *name, *email;
};

struct store_session_new {
    uint8_t hash[STORE_HASH_SIZE];
    int64_t now_ms, expires_ms;
    const char *address, *agent;
};

struct store_link_use {
    uint8_t hash[STORE_HASH_SIZE];
    const char *password; /* the new one, as argon2id text */
    struct id id;         /* for STORE_LINK_SETUP: of the new administrator, with name and email */
    const char *name, *email;
    struct store_session_new session;
    struct store_audit audit;
};

/* Coming in: what was checked goes along, so that it still holds when it is used. */
struct store_sign_in {
    struct id staff;
    const char *password; /* the argon2id text that was checked; "": it was not by password */
    int64_t totp_step;    /* to be used up; 0: none */
    bool use_recovery;    /* a code is to be used up */
    uint8_t recovery[STORE_HASH_SIZE];
    struct store_oidc oidc; /* who the provider says it is; theirs from now on */
    struct store_session_new session;
    struct store_audit audit, used; /* used: of the recovery code */
};

struct store_session {
    uint8_t hash[STORE_HASH_SIZE];
    struct id staff;
    const char *name, *email; /* of the member of staff */
    enum store_role role;
    bool totp;
    int64_t created_ms, seen_ms, expires_ms;
    const char *address, *agent; /* store_session_list only; "" otherwise */
};

struct store_sessions {
    const struct store_session *rows; /* newest first */
    size_t count;
};

struct store_session_end {
    struct id staff;               /* none: of whomever */
    uint8_t hash[STORE_HASH_SIZE]; /* the one to end; with `all` the one to keep */
    bool all;                      /* all of this member of staff but that one */
    struct store_audit audit;
};

struct store_password_set {
    struct id staff;
    const char *old, *password;    /* argon2id texts; old is the one that was checked */
    uint8_t keep[STORE_HASH_SIZE]; /* of this session; the others end */
    struct store_audit audit;
};

struct store_totp_set {
    struct id staff;
    const char *totp; /* sealed; "": no second step any more */
    int64_t step;     /* the one that proved it */
    uint8_t recovery[STORE_RECOVERY_MAX][STORE_HASH_SIZE];
    size_t recovery_count; /* these take the place of all there are */
    struct store_audit audit;
};

struct store_audit_read {
    int64_t before;           /* rows with a smaller id; 0: from the newest */
    const char *action, *who; /* "": any; who: part of the actor or object, in any case */
    size_t limit;
};

struct store_audits {
    const struct store_audit *rows; /* newest first */
    size_t count;
    bool more;
};

/* How many administrators have come in at least once, disabled ones too. */
struct store_staff_counts {
    int64_t admins;
};

/* A new member of staff, without a password, and the invitation. No out. STORE_CONFLICT: the email
 * is taken. */
struct store_op *store_staff_add(struct store *s, const struct store_staff_add *in, store_fn *fn,
                                 void *arg);
/* Name, role, disabled. Disabling ends the sessions and links. out->staff, as it is now.
 * STORE_NOT_FOUND. STORE_CONFLICT: it would leave no administrator who has come in and is not
 * disabled. */
struct store_op *store_staff_change(struct store *s, const struct store_staff_change *in,
                                    store_fn *fn, void *arg);
/* Take away password, second step, sessions and the provider's names; the link gives a new
 * password. out->staff. STORE_NOT_FOUND. */
struct store_op *store_staff_reset(struct store *s, const struct store_staff_reset *in,
                                   store_fn *fn, void *arg);
/* out->staff. STORE_NOT_FOUND. */
struct store_op *store_staff_get(struct store *s, const struct store_staff_key *who, store_fn *fn,
                                 void *arg);
/* Whose name this is at the provider; when it is nobody's, whose email it is. out->staff, disabled
 * or not. STORE_NOT_FOUND. STORE_CONFLICT: the one with this email has another name there. */
struct store_op *store_oidc_find(struct store *s, const struct store_oidc_find *in, store_fn *fn,
                                 void *arg);
/* The first STORE_READ_MAX. out->staff_list. */
struct store_op *store_staff_list(struct store *s, store_fn *fn, void *arg);
/* out->staff_counts. */
struct store_op *store_staff_counts(struct store *s, store_fn *fn, void *arg);

/* The link that makes the first administrator, in the place of the one before. No out.
 * STORE_CONFLICT: there is an administrator. */
struct store_op *store_setup_link(struct store *s, const struct store_setup_link *in, store_fn *fn,
                                  void *arg);
/* out->link. STORE_NOT_FOUND: unknown, used, expired, of one who is disabled. */
struct store_op *store_link_read(struct store *s, const uint8_t hash[STORE_HASH_SIZE],
                                 int64_t now_ms, store_fn *fn, void *arg);
/* Use it up: set the password, for STORE_LINK_SETUP make the administrator and begin the wizard
 * (STORE_VALUE_SETUP), and come in. out->session. STORE_NOT_FOUND as above. STORE_CONFLICT: the
 * email is taken. */
struct store_op *store_link_use(struct store *s, const struct store_link_use *in, store_fn *fn,
                                void *arg);

/* out->session. STORE_NOT_FOUND: no such member of staff, or disabled. STORE_CONFLICT: the password
 * is another one by now, the step or the recovery code was used before, the provider's name is
 * another's or theirs is another one. */
struct store_op *store_sign_in(struct store *s, const struct store_sign_in *in, store_fn *fn,
                               void *arg);
/* A session that runs: not past its end, and seen within idle_ms. out->session. STORE_NOT_FOUND. */
struct store_op *store_session_check(struct store *s, const uint8_t hash[STORE_HASH_SIZE],
                                     int64_t now_ms, int64_t idle_ms, store_fn *fn, void *arg);
/* It is in use at now_ms. No out. STORE_NOT_FOUND. */
struct store_op *store_session_seen(struct store *s, const uint8_t hash[STORE_HASH_SIZE],
                                    int64_t now_ms, store_fn *fn, void *arg);
/* No out. STORE_NOT_FOUND: there was none to end (never for `all`). */
struct store_op *store_session_end(struct store *s, const struct store_session_end *in,
                                   store_fn *fn, void *arg);
/* out->sessions; those that run. */
struct store_op *store_session_list(struct store *s, const struct id *staff, int64_t now_ms,
                                    int64_t idle_ms, store_fn *fn, void *arg);

/* No out. STORE_NOT_FOUND. STORE_CONFLICT: the old password is another one by now. */
struct store_op *store_password_set(struct store *s, const struct store_password_set *in,
                                    store_fn *fn, void *arg);
/* No out. STORE_NOT_FOUND. */
struct store_op *store_totp_set(struct store *s, const struct store_totp_set *in, store_fn *fn,
                                void *arg);

/* A row by itself, for what changes nothing else in the store. No out. */
struct store_op *store_audit_add(struct store *s, const struct store_audit *in, store_fn *fn,
                                 void *arg);
/* out->audits. */
struct store_op *store_audit_read(struct store *s, const struct store_audit_read *in, store_fn *fn,
                                  void *arg);

#endif
