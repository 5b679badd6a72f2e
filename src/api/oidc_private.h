/* What the files of oidc share. */
#ifndef PARLEY_API_OIDC_PRIVATE_H
#define PARLEY_API_OIDC_PRIVATE_H

#include "api/oidc.h"
#include "base/buf.h"
#include "base/jose.h"

#define OIDC_CODE_MAX   4096 /* bytes of an authorization code */
#define OIDC_LEEWAY_S   60   /* clocks may differ by so much */
#define OIDC_BODY_MAX   (64 * 1024)
#define OIDC_KEYS_BYTES (256 * 1024)
#define OIDC_ACCESS_MAX SECRET_MAX

/* --- reading what others sent (oidc_read.c): no state, no I/O --- */

/* What the discovery document says (Discovery 1.0, 3). */
struct oidc_metadata {
    char authorization[OIDC_TEXT_MAX + 1], token[OIDC_TEXT_MAX + 1], keys[OIDC_TEXT_MAX + 1];
    char userinfo[OIDC_TEXT_MAX + 1]; /* "" when there is none */
    bool post_only; /* client_secret_post, because client_secret_basic is not there */
    bool sends_iss; /* RFC 9207 */
};

/* Exactly the configured issuer's, with addresses that a code and a secret may be sent to.
 * 0, or -1 with err. */
int oidc_read_metadata(const char *text, size_t len, const char *issuer, struct oidc_metadata *m,
                       struct err *err) WARN_UNUSED;

/* What the provider sends the browser back with. Absent members are "". */
struct oidc_back {
    char state[OIDC_COOKIE_LEN + 1];
    char code[OIDC_CODE_MAX + 1];
    char error[64]; /* only letters and _: for people */
    char iss[OIDC_TEXT_MAX + 1];
};
/* 0, or -1 for a query that no provider sends: broken escapes, a member twice, one too long. */
int oidc_read_back(const char *query, struct oidc_back *back) WARN_UNUSED;

/* The token endpoint's answer (Core 1.0, 3.1.3.3). */
struct oidc_tokens {
    char id_token[JOSE_TOKEN_MAX + 1];
    struct secret *access; /* owned; NULL when there is none */
};
int oidc_read_tokens(const char *text, size_t len, struct oidc_tokens *t,
                     struct err *err) WARN_UNUSED;

struct oidc_claims {
    char subject[OIDC_SUBJECT_MAX + 1];
    char email[255];
    bool email_verified;
};
/* The payload of an ID token whose signature is right (Core 1.0, 3.1.3.7). now_ms: wall clock. */
int oidc_read_claims(const char *text, size_t len, const char *issuer, const char *client_id,
                     const char *nonce, int64_t now_ms, struct oidc_claims *c,
                     struct err *err) WARN_UNUSED;
/* The userinfo endpoint's answer, about the same subject (Core 1.0, 5.3): fills in the email. */
int oidc_read_userinfo(const char *text, size_t len, struct oidc_claims *c,
                       struct err *err) WARN_UNUSED;

/* https, or http on this machine; no fragment, no user info, printable ASCII. */
bool oidc_is_url(const char *url, bool is_origin);
bool oidc_is_loopback(const char *url);
/* The text as a value of a form or query: all but letters, digits and -._~ as %XX. */
void oidc_escape(struct buf *to, const char *text);

/* --- documents of the provider, kept for a while (oidc_doc.c) --- */

/* Take what came; 0, or -1 with err: then the old one stays. */
typedef int oidc_take_fn(const char *text, size_t len, void *arg, struct err *err);

enum oidc_need { OIDC_READY, OIDC_WAIT, OIDC_FAILED };

struct oidc_doc {
    struct env *env;
    struct http_client *http;
    const char *url; /* the owner's; set before the first need */
    size_t max;
    oidc_take_fn *take;
    void (*ended)(void *arg); /* a reading is over, well or not */
    void *arg;

    struct http_call *call;
    int64_t read_ms; /* when it was last read well, mono; -1: never */
    int64_t next_ms; /* not read again before; mono */
    int failures;    /* since then */
    bool is_stale;   /* read again when there is need */
    struct err trouble;
};

void oidc_doc_init(struct oidc_doc *d);
/* Begins a reading if that is due. READY: the document may be used. WAIT: ended() comes. FAILED:
 * d->trouble says why, and it is not tried again yet. */
enum oidc_need oidc_doc_need(struct oidc_doc *d);
/* What it says no longer fits: read again at the next need, but not too soon after the last time.
 */
void oidc_doc_distrust(struct oidc_doc *d);
void oidc_doc_cancel(struct oidc_doc *d);

/* --- sign-ins begun (oidc_flight.c) --- */

struct oidc_flight {
    uint8_t state[SECRET_HASH_SIZE], cookie[SECRET_HASH_SIZE];
    char nonce[OIDC_COOKIE_LEN + 1], verifier[OIDC_COOKIE_LEN + 1];
    int64_t ends_ms; /* mono; 0: free */
};
struct oidc_flights;
struct oidc_flights *oidc_flights_new(void);
void oidc_flights_free(struct oidc_flights *f);
/* Begin one; state is made here. */
const struct oidc_flight *oidc_flight_add(struct oidc_flights *f, const char *cookie,
                                          int64_t mono_ms, char state[OIDC_COOKIE_LEN + 1]);
/* Take it out: the second time it is not there any more. 0, or -1 when it is not there, too old,
 * or another browser's (then it is used up as well). */
int oidc_flight_take(struct oidc_flights *f, const char *state, const char *cookie, int64_t mono_ms,
                     struct oidc_flight *flight) WARN_UNUSED;

/* --- a begin or finish under way (oidc_call.c) --- */

/* Each step says what is awaited. */
enum oidc_step {
    OIDC_BEGIN,    /* the metadata, to send the browser off with */
    OIDC_EXCHANGE, /* the metadata, to exchange the code */
    OIDC_TOKEN,    /* the token endpoint */
    OIDC_KEYS,     /* the keys, to check the ID token */
    OIDC_USERINFO, /* the userinfo endpoint */
    OIDC_ENDED,    /* only the turn of the loop in which done may be called */
};

struct oidc_call {
    struct oidc *o;
    struct oidc_call *next, **link;
    enum oidc_step step;
    struct env_timer *soon;
    struct http_call *http;
    oidc_done_fn *done;
    void *arg;

    char cookie[OIDC_COOKIE_LEN + 1];
    char redirect[OIDC_TEXT_MAX + sizeof(OIDC_PEOPLE_CALLBACK)];
    struct oidc_flight flight;
    struct oidc_back back;
    struct oidc_tokens tokens;
    struct oidc_claims claims;
    bool reread; /* the keys were read again for this token */

    struct oidc_answer answer;
    char sentence[256];
    struct err detail;
};

struct oidc {
    struct oidc_settings set; /* its texts are the arrays below */
    char issuer[OIDC_TEXT_MAX + 1], client_id[OIDC_TEXT_MAX + 1];
    char origin[OIDC_TEXT_MAX + 1];
    char discovery[OIDC_TEXT_MAX + 64];
    struct secret *secret; /* NULL: none */
    struct oidc_doc about, published;
    struct oidc_metadata metadata;
    struct jose_keys *keys;
    struct oidc_flights *flights;
    struct oidc_call *calls;
    size_t call_count;
};

struct oidc_call *oidc_call_new(struct oidc *o, enum oidc_step step, oidc_done_fn *done, void *arg);
/* What will be answered in the next turn. detail may be NULL. */
void oidc_call_fail(struct oidc_call *c, enum oidc_outcome outcome, const char *sentence,
                    const char *detail);
/* Look in the next turn whether what is awaited is there. */
void oidc_call_wake(struct oidc_call *c);

#endif
