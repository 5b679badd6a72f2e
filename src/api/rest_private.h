/* What the handlers of routes share. A request ends with exactly one answer (rest_done, rest_empty,
 * rest_error...) or rest_end; the struct is freed after the turn of the loop. When the peer leaves
 * earlier, what waits for the pool of slow work is dropped, but what was asked of the store runs to
 * its end, so that what follows from a change is done. */
#ifndef PARLEY_API_REST_PRIVATE_H
#define PARLEY_API_REST_PRIVATE_H

#include "api/api_private.h"
#include "api/oidc.h"
#include "api/pending.h"
#include "api/rest.h"
#include "base/arena.h"
#include "base/json.h"
#include "chat/account.h"
#include "chat/audit.h"
#include "net/work.h"
#include "psa/desk.h"

#define REST_OUT_MAX          ((size_t)1 << 20) /* bytes of an answer */
#define REST_RECOVERY_LETTERS 12                /* of a recovery code: 60 bits */
#define REST_RECOVERY_SIZE    15                /* "XXXX-XXXX-XXXX" and a NUL */

struct rest {
    struct api *api;
    struct rest *next, *prev;
    struct http_exchange *x; /* NULL: the peer has left */
    const struct rest_route *route;
    struct arena *arena; /* lives as long as the request */
    const char *param[REST_PARAMS_MAX];
    const char *address; /* of the peer */
    /* What of the request is read later, too, when the peer may have left: */
    const char *query, *languages; /* "" when there is none */
    bool is_head;
    struct json_doc *doc;
    const struct json *body;         /* of a POST: an object */
    struct store_session me;         /* who asks; me.staff is none when nobody has signed in */
    uint8_t cookie[STORE_HASH_SIZE]; /* of the cookie, when has_cookie */
    bool has_cookie;
    bool shuts;       /* the guard's: if this try is wrong, the door is shut for a while */
    char *set_cookie; /* for the answer; NULL: none */
    void (*guarded)(struct rest *r); /* the guard's: what comes when it is written down */
    struct store_op *op;             /* one at a time */
    struct work *work;
    struct desk_act *act; /* what the desk is asked; given up when the peer leaves */
    struct file_who *who; /* of a file: who asks (api/rest_file.c) */
    struct store_key key; /* REST_KEY: whose it is */
    const char *once;     /* its name of this request, while the answer is not kept */
    int once_status;
    void (*with_key)(struct rest *r);
    const char *cors;        /* another site's page may read the answer: its origin, or NULL */
    struct oidc_call *oidc;  /* what the provider is asked; likewise */
    struct env_timer *ended; /* answered: freed when it fires */
    struct buf out;          /* the answer, written by w */
    struct jw w;
    void (*with_account)(struct rest *r, const char *account); /* rest_account's */
    bool needs_account;
    void *state; /* the handler's; freed by state_free */
    void (*state_free)(void *state);
};

/* --- rest.c --- */

/* Take the request if it is one of ours; false: it is not. */
bool rest_request(struct api *api, struct http_exchange *x);
void rest_cancel_all(struct api *api);
/* The end without an answer: the peer has left, or a stream was started from r->x. */
void rest_end(struct rest *r);
/* Begin the answer's object; write members with r->w. */
struct jw *rest_begin(struct rest *r);
/* The answer of a read that brings rows: begin the object and its array. NULL: it could not be
 * read; answered. */
struct jw *rest_list(struct rest *r, enum store_result result, const char *key);
/* Close it and send it. */
void rest_done(struct rest *r, int status);
void rest_empty(struct rest *r); /* 204 */
void rest_redirect(struct rest *r, const char *url);
/* The HTML in r->out, as a page that loads and runs nothing. */
void rest_page(struct rest *r, int status);
/* What is in r->out, as a file of this name. */
void rest_file(struct rest *r, const char *type, const char *name);
/* One of the tries to come in that an address has: 0, or the ms to wait. */
int64_t rest_knock(struct rest *r) WARN_UNUSED;
/* field may be NULL. text is a sentence that says what to do. */
void rest_error(struct rest *r, int status, const char *code, const char *field, const char *text);
/* 429 */
void rest_error_wait(struct rest *r, const char *code, int64_t retry_ms, const char *text);
/* The store could not (STORE_BUSY, STORE_FAILED): 503. */
void rest_error_busy(struct rest *r);
void rest_error_not_found(struct rest *r);

/* The member of the body, at most max bytes; NULL: it was answered 400. "" only with may_be_empty;
 * a missing one counts as empty. */
const char *rest_text(struct rest *r, const char *key, size_t max, bool may_be_empty);
/* A cleaned name or email of the body, in the arena; NULL: answered. */
const char *rest_name(struct rest *r, const char *key);
const char *rest_email(struct rest *r, const char *key);
/* A password that r's new owner may take; NULL: answered. */
const char *rest_new_password(struct rest *r, const char *key, const char *email, const char *name);
/* 43 characters of base64url; NULL: answered. */
const char *rest_token(struct rest *r, const char *key);
/* The id that is param n; false: answered 404. */
bool rest_id(struct rest *r, int n, struct id *id);
/* The value of a query's member, decoded, in the arena; "" when it is not there. */
const char *rest_query(struct rest *r, const char *name);
/* What r->me does to the object. Texts must outlive the call that takes it. */
struct store_audit rest_audit(struct rest *r, enum audit_action action, const char *object);
/* Zeroed state of this size. */
void *rest_state(struct rest *r, size_t size, void (*state_free)(void *state));
/* The address of a page with a secret behind #, in the arena. */
const char *rest_link(struct rest *r, const char *what, const char *token);

/* --- rest_session.c --- */

/* Is somebody signed in? Calls then(r) with r->me set, or none. */
void rest_check_session(struct rest *r, void (*then)(struct rest *r));
/* A fresh session; its cookie goes out with the answer if that is rest_signed_in. */
struct store_session_new rest_new_session(struct rest *r);
/* Answer with cookie and session. */
void rest_signed_in(struct rest *r, const struct store_session *session);
void rest_clear_cookie(struct rest *r);
/* The answer sets none after all. */
void rest_forget_cookie(struct rest *r);
/* 401; for GET /v1/session with what the page of the door needs. */
void rest_ask_to_sign_in(struct rest *r);

/* --- rest_password.c: the pool --- */

/* Check a password against argon2id text ("": nobody's), then call then(r, good). */
void rest_verify(struct rest *r, const char *password, const char *hash,
                 void (*then)(struct rest *r, bool good));
/* Make the argon2id text, then call then(r, text); the text lives in the arena. */
void rest_hash(struct rest *r, const char *password,
               void (*then)(struct rest *r, const char *hash));

/* --- rest_second.c --- */

/* The password was right: answer with the token of the second step. */
void rest_ask_second(struct rest *r, const struct store_staff *staff, const char *email);
/* A fresh recovery code and what the store keeps of it. */
void rest_recovery_new(const struct id *staff, char code[REST_RECOVERY_SIZE],
                       uint8_t hash[STORE_HASH_SIZE]);

/* --- rest_totp.c --- */

/* NULL: it does not open with this server's key. */
struct secret *rest_totp_open(struct rest *r, const struct id *staff, const char *sealed);

/* --- rest_me.c --- */

/* Ask for r->me's password in this member of the body; if it is right call then(r, its argon2id
 * text, whether there is a second step), else answer. */
void rest_prove(struct rest *r, const char *field,
                void (*then)(struct rest *r, const char *hash, bool totp));

/* --- rest_oidc.c --- */

/* HTTP's word for how a sign-in by a provider ended. */
int rest_oidc_status(enum oidc_outcome outcome);

/* --- guard.c --- */

/* A try to prove who one is, for this email. False: too many; answered. The try counts as wrong
 * until guard_good. */
bool guard_try(struct rest *r, const char *email);
/* It was wrong: write it down, then call then(r), which answers; or answer that it cannot be. */
void guard_bad(struct rest *r, const char *email, void (*then)(struct rest *r));

/* --- rest_people.c --- */

/* The account of the PSA that is connected; then calls then(r, it), which lives in the arena, ""
 * for none. needed: without one it is answered 409. */
void rest_account(struct rest *r, bool needed, void (*then)(struct rest *r, const char *account));

/* --- the handlers --- */
void rest_search(struct rest *r);
void rest_report(struct rest *r);
void rest_report_csv(struct rest *r);
void rest_inbox(struct rest *r);
void rest_people(struct rest *r);
void rest_person(struct rest *r);
void rest_person_link(struct rest *r);
void rest_person_unlink(struct rest *r);
void rest_person_block(struct rest *r);
void rest_person_unblock(struct rest *r);
void rest_person_sign_out(struct rest *r);
void rest_person_manager(struct rest *r);
void rest_person_export(struct rest *r);
void rest_person_erase(struct rest *r);
void rest_attention(struct rest *r);
void rest_psa_companies(struct rest *r);
void rest_psa_contacts(struct rest *r);
void rest_domains(struct rest *r);
void rest_domain_put(struct rest *r);
void rest_domain_remove(struct rest *r);
void rest_get_statuses(struct rest *r);
void rest_set_statuses(struct rest *r);
void rest_file_begin(struct rest *r);
void rest_file_offset(struct rest *r);
void rest_file_put(struct rest *r);
void rest_file_remove(struct rest *r);
void rest_file_get(struct rest *r);
void rest_file_signed(struct rest *r);
void rest_files(struct rest *r);
void rest_set_files(struct rest *r);
void rest_mail(struct rest *r);
void rest_set_mail(struct rest *r);
void rest_mail_test(struct rest *r);
void rest_mail_retry(struct rest *r);
void rest_mail_discard(struct rest *r);
void rest_mail_off_page(struct rest *r);
void rest_mail_off(struct rest *r);
void rest_keys(struct rest *r);
void rest_key_add(struct rest *r);
void rest_key_revoke(struct rest *r);
void rest_openapi(struct rest *r);
void rest_api_talks(struct rest *r);
void rest_api_talk(struct rest *r);
void rest_api_messages(struct rest *r);
void rest_api_reply(struct rest *r);
void rest_api_note(struct rest *r);
void rest_api_assign(struct rest *r);
void rest_api_tags(struct rest *r);
void rest_api_close(struct rest *r);
void rest_api_reopen(struct rest *r);
void rest_api_snooze(struct rest *r);
void rest_api_start(struct rest *r);
void rest_canned_list(struct rest *r);
void rest_canned_add(struct rest *r);
void rest_canned_change(struct rest *r);
void rest_canned_remove(struct rest *r);
void rest_webhooks(struct rest *r);
void rest_webhook_add(struct rest *r);
void rest_webhook_change(struct rest *r);
void rest_webhook_secret(struct rest *r);
void rest_webhook_remove(struct rest *r);
void rest_webhook_test(struct rest *r);
void rest_webhook_deliveries(struct rest *r);
void rest_webhook_retry(struct rest *r);
void rest_targets(struct rest *r);
void rest_set_targets(struct rest *r);
void rest_views(struct rest *r);
void rest_set_views(struct rest *r);
void rest_hours(struct rest *r);
void rest_set_hours(struct rest *r);
void rest_routing(struct rest *r);
void rest_set_routing(struct rest *r);
void rest_sites(struct rest *r);
void rest_site_add(struct rest *r);
void rest_site_secret(struct rest *r);
void rest_site_secret_remove(struct rest *r);
void rest_site_remove(struct rest *r);
void rest_people_oidc_start(struct rest *r);
void rest_people_oidc_callback(struct rest *r);
void rest_psas(struct rest *r);
void rest_connectors(struct rest *r);
void rest_connector_understand(struct rest *r);
void rest_connector_test(struct rest *r);
void rest_connector_save(struct rest *r);
void rest_connector_companies(struct rest *r);
void rest_connector_options(struct rest *r);
void rest_connector_pause(struct rest *r);
void rest_connector_resume(struct rest *r);
void rest_connector_remove(struct rest *r);
void rest_connector_consequences(struct rest *r);
void rest_hook_look(struct rest *r);
void rest_hook_renew(struct rest *r);
void rest_hook(struct rest *r);
void rest_parked(struct rest *r);
void rest_outbox_retry(struct rest *r);
void rest_outbox_company(struct rest *r);
void rest_outbox_discard(struct rest *r);
void rest_get_session(struct rest *r);
void rest_sign_in(struct rest *r);
void rest_sign_in_second(struct rest *r);
void rest_sign_out(struct rest *r);
void rest_oidc_start(struct rest *r);
void rest_oidc_callback(struct rest *r);
void rest_link_read(struct rest *r);
void rest_link_use(struct rest *r);
void rest_get_brand(struct rest *r);
void rest_set_brand(struct rest *r);
void rest_set_step(struct rest *r);
void rest_me_password(struct rest *r);
void rest_my_setting(struct rest *r);
void rest_set_my_setting(struct rest *r);
void rest_me_sessions(struct rest *r);
void rest_me_sign_out_everywhere(struct rest *r);
void rest_totp_begin(struct rest *r);
void rest_totp_confirm(struct rest *r);
void rest_totp_off(struct rest *r);
void rest_psa_tickets(struct rest *r);
void rest_ticket_detach(struct rest *r);
void rest_ticket_attach(struct rest *r);
void rest_staff_list(struct rest *r);
void rest_api_staff(struct rest *r);
void rest_staff_add(struct rest *r);
void rest_staff_change(struct rest *r);
void rest_staff_reset(struct rest *r);
void rest_audit_page(struct rest *r);
void rest_audit_csv(struct rest *r);

#endif
