/* How people prove who they are: the sites that sign tokens, codes, and what follows from a proof.
 * Included through store/store.h; the same rules as there. */
#ifndef PARLEY_STORE_IDENTITY_H
#define PARLEY_STORE_IDENTITY_H

#include "store/mail.h"
#include "store/types.h"

#define STORE_SITES_MAX    100
#define STORE_SECRETS_MAX  2    /* of one site */
#define STORE_KEPT_MAX     8192 /* bytes of a sealed secret, or of a public key */
#define STORE_SITE_KEY_LEN 16   /* characters */

/* What proves: kinds of person_identity. */
enum store_proof_kind { STORE_PROOF_EMAIL = 1, STORE_PROOF_SITE, STORE_PROOF_OIDC };

/* ---- sites ---- */

struct store_site_secret {
    struct id id;
    const char *kept; /* sealed, or the public key as a JWK */
    const char *hint; /* what may be shown of it */
    int64_t created_ms, used_ms;
};

struct store_site {
    const char *key;
    const char *name;
    const char *algorithm; /* HS256, ES256, RS256; fixed when it is added */
    int64_t created_ms;
    struct store_site_secret secrets[STORE_SECRETS_MAX]; /* the oldest first */
    size_t secret_count;
};

struct store_sites {
    const struct store_site *rows; /* by name */
    size_t count;
};

/* Add a site (name not ""), with its first secret if there is one (kept not ""); or a secret. */
struct store_site_add {
    const char *key, *name, *algorithm;
    struct store_site_secret secret; /* used_ms is not looked at */
    int64_t now_ms;
    struct store_audit audit;
};

/* Remove one secret, or (secret none) the site with all. What began by them ends. */
struct store_site_remove {
    const char *key;
    struct id secret;
    struct store_audit audit; /* object "": the site's name is written there */
};

/* ---- codes ---- */

/* A browser is asked for a code. */
struct store_code_ask {
    uint8_t token_hash[STORE_HASH_SIZE];
    enum store_proof_kind kind; /* STORE_PROOF_EMAIL, STORE_PROOF_OIDC */
    const char *issuer, *subject, *email;
    uint8_t mac[STORE_HASH_SIZE]; /* of the code */
    int64_t now_ms, expires_ms;
    int64_t since_ms;       /* asked so often since: */
    int64_t most;           /* then there is no code, and nothing says so; 0: no limit */
    struct store_mail mail; /* with the code; kind 0: it is shown elsewhere */
};

/* ---- what follows ---- */

struct store_person_verify {
    uint8_t token_hash[STORE_HASH_SIZE]; /* the browser */
    struct id person;                    /* fresh, for somebody new */
    /* By a code: what it proves was written when it was asked for. */
    bool by_code;
    const char *code_email;            /* it was asked for this address; "": by a provider */
    uint8_t code_mac[STORE_HASH_SIZE]; /* of what was typed */
    int64_t tries_max;
    /* Otherwise: who they are. */
    enum store_proof_kind kind;
    const char *issuer, *subject;
    const char *email; /* proved, in the spelling of chat/address.h; "": none */
    const char *name;  /* "": not told */
    struct id secret;  /* of the site, by which the token was checked; none: no token */

    const char *via; /* "token", "code", "oidc"; by a code: as it was asked for */
    const char *agent;
    int64_t now_ms, expires_ms;
};

struct store_verified {
    bool wrong_code; /* nothing has happened, but the try counts */
    struct id person;
    bool is_new;
    bool changed;     /* their address is another now: to be matched anew */
    int64_t moved;    /* conversations that this browser had begun and that are theirs now */
    bool is_blocked;  /* and so sees nothing */
    const char *name; /* as staff see it */
};

/* A browser's session in a moment: may it go on? */
struct store_visitor_seen {
    uint8_t token_hash[STORE_HASH_SIZE];
    int64_t now_ms;
    int64_t expires_ms; /* sliding: from now on until then; 0: as it is */
};

/* The language that a person's chat speaks. */
struct store_person_language {
    struct id person;
    char language[STORE_LANGUAGE_SIZE];
};

/* End sessions of people who have proved who they are. */
struct store_visitor_end {
    uint8_t token_hash[STORE_HASH_SIZE]; /* of this browser, if person is none */
    struct id person;                    /* all of theirs */
    struct store_audit audit;            /* with object "": their address is written there */
};

struct store_ended {
    int64_t count; /* of sessions */
};

#endif
