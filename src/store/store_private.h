/* What the public face (store.c) and the backends share: an operation, from the call to its
 * callback. Private to src/store. */
#ifndef PARLEY_STORE_PRIVATE_H
#define PARLEY_STORE_PRIVATE_H

#include <stdatomic.h>

#include "base/arena.h"
#include "store/store.h"

/* name, is it a write, its input. The backends have one function for each. */
#define STORE_OPS(X)                                                                               \
    X(CONVERSATION_START, conversation_start, true, struct store_conversation_start)               \
    X(MESSAGE_ADD, message_add, true, struct store_message_add)                                    \
    X(TICKET_UPDATE, ticket_update, true, struct store_ticket_update)                              \
    X(VISITOR_OPEN, visitor_open, false, struct store_in_hash)                                     \
    X(MESSAGES_READ, messages_read, false, struct store_messages_read)                             \
    X(INBOX_READ, inbox_read, false, struct store_in_limit)                                        \
    X(CONVERSATION_SUMMARY, conversation_summary, false, struct store_in_summary)                  \
    X(CONVERSATION_BY_TICKET, conversation_by_ticket, false, struct store_in_ticket)               \
    X(TICKET_SET, ticket_set, true, struct store_ticket_set)                                       \
    X(PERSON_LINK, person_link, true, struct store_person_link)                                    \
    X(RECOVER, recover, true, struct store_in_none)                                                \
    X(OUTBOX_DUE, outbox_due, false, struct store_in_limit)                                        \
    X(OUTBOX_TAKE, outbox_take, true, struct store_outbox_take)                                    \
    X(OUTBOX_FINISH, outbox_finish, true, struct store_outbox_finish)                              \
    X(OUTBOX_RETRY, outbox_retry, true, struct store_in_retry)                                     \
    X(OUTBOX_OF, outbox_of, false, struct store_in_id)                                             \
    X(PSA_MATCH_GET, psa_match_get, false, struct store_psa_match)                                 \
    X(PSA_MATCH_PUT, psa_match_put, true, struct store_psa_match)                                  \
    X(CONNECTOR_GET, connector_get, false, struct store_in_none)                                   \
    X(CONNECTOR_SET, connector_set, true, struct store_connector)                                  \
    X(CONNECTOR_STATE, connector_state, true, struct store_connector)                              \
    X(VALUE_GET, value_get, false, struct store_value)                                             \
    X(VALUE_PUT, value_put, true, struct store_value)                                              \
    X(LEASE_TAKE, lease_take, true, struct store_lease_take)                                       \
    X(LEASE_RETURN, lease_return, true, struct store_lease)                                        \
    X(LEASE_SUM, lease_sum, false, struct store_lease_take)                                        \
    X(STAFF_ADD, staff_add, true, struct store_staff_add)                                          \
    X(STAFF_CHANGE, staff_change, true, struct store_staff_change)                                 \
    X(STAFF_RESET, staff_reset, true, struct store_staff_reset)                                    \
    X(STAFF_GET, staff_get, false, struct store_staff_key)                                         \
    X(STAFF_LIST, staff_list, false, struct store_in_none)                                         \
    X(STAFF_COUNTS, staff_counts, false, struct store_in_none)                                     \
    X(SETUP_LINK, setup_link, true, struct store_setup_link)                                       \
    X(LINK_READ, link_read, false, struct store_in_hash)                                           \
    X(LINK_USE, link_use, true, struct store_link_use)                                             \
    X(OIDC_FIND, oidc_find, false, struct store_oidc_find)                                         \
    X(SIGN_IN, sign_in, true, struct store_sign_in)                                                \
    X(SESSION_CHECK, session_check, false, struct store_in_session)                                \
    X(SESSION_SEEN, session_seen, true, struct store_in_hash)                                      \
    X(SESSION_END, session_end, true, struct store_session_end)                                    \
    X(SESSION_LIST, session_list, false, struct store_in_session)                                  \
    X(PASSWORD_SET, password_set, true, struct store_password_set)                                 \
    X(TOTP_SET, totp_set, true, struct store_totp_set)                                             \
    X(AUDIT_ADD, audit_add, true, struct store_audit)                                              \
    X(AUDIT_READ, audit_read, false, struct store_audit_read)                                      \
    X(COUNTS, counts, false, struct store_in_none)                                                 \
    X(CONNECTOR_PAUSE, connector_pause, true, struct store_connector_pause)                        \
    X(CONNECTOR_REMOVE, connector_remove, true, struct store_connector_pause)                      \
    X(CALLS_ADD, calls_add, true, struct store_calls_add)                                          \
    X(CALLS_READ, calls_read, false, struct store_in_since)                                        \
    X(PARKED_READ, parked_read, false, struct store_parked_read)                                   \
    X(BACKLOG_READ, backlog_read, false, struct store_in_none)                                     \
    X(OUTBOX_COMPANY, outbox_company, true, struct store_outbox_company)                           \
    X(OUTBOX_GIVE_UP, outbox_give_up, true, struct store_outbox_give_up)                           \
    X(CONVERSATION_OPEN, conversation_open, true, struct store_conversation_open)                  \
    X(TICKET_LIST, ticket_list, false, struct store_ticket_list)                                   \
    X(READ_MARK, read_mark, true, struct store_read_mark)                                          \
    X(SYNC_TICKETS, sync_tickets, true, struct store_sync_tickets)                                 \
    X(SYNC_DUE, sync_due, false, struct store_in_due)                                              \
    X(SYNC_HINT, sync_hint, true, struct store_in_hint)                                            \
    X(SYNC_STALE, sync_stale, true, struct store_in_stale)                                         \
    X(SYNC_COMMENTS, sync_comments, true, struct store_sync_comments)                              \
    X(SYNC_GONE, sync_gone, true, struct store_sync_gone)                                          \
    X(TICKET_ADOPT, ticket_adopt, true, struct store_ticket_adopt)                                 \
    X(HISTORY, history, true, struct store_history)                                                \
    /* ticket */                                                                                   \
    X(CONFLICT_SETTLE, conflict_settle, true, struct store_conflict_settle)                        \
    X(PSA_USERS, psa_users, false, struct store_in_due)                                            \
    X(TICKET_DETACH, ticket_detach, true, struct store_ticket_detach)                              \
    X(TICKET_ATTACH, ticket_attach, true, struct store_ticket_attach)                              \
    /* tickets */                                                                                  \
    X(UNREAD, unread, false, struct store_unread_read)                                             \
    X(TICKET_DECIDE, ticket_decide, true, struct store_ticket_decide)                              \
    /* mail */                                                                                     \
    X(MAIL_ADD, mail_add, true, struct store_mail_add)                                             \
    X(MAIL_BEGIN, mail_begin, true, struct store_mail_begin)                                       \
    X(MAIL_DUE, mail_due, false, struct store_in_limit)                                            \
    X(MAIL_TAKE, mail_take, true, struct store_in_mail)                                            \
    X(MAIL_FINISH, mail_finish, true, struct store_mail_finish)                                    \
    X(MAIL_OVERVIEW, mail_overview, false, struct store_in_mail)                                   \
    X(MAIL_DECIDE, mail_decide, true, struct store_mail_decide)                                    \
    X(MAIL_OFF, mail_off, true, struct store_mail_off)                                             \
    /* people: store/person.h */                                                                   \
    X(PERSON_MATCHED, person_matched, true, struct store_person_matched)                           \
    X(PERSON_LOOK, person_look, false, struct store_person_key)                                    \
    X(PERSON_DOUBT, person_doubt, true, struct store_person_key)                                   \
    X(PERSON_CHOOSE, person_choose, true, struct store_person_choose)                              \
    X(PERSON_CHANGE, person_change, true, struct store_person_change)                              \
    X(PERSON_ERASE, person_erase, true, struct store_person_erase)                                 \
    X(PEOPLE_READ, people_read, false, struct store_people_read)                                   \
    X(PERSON_READ, person_read, false, struct store_in_person)                                     \
    X(PERSON_SAID, person_said, false, struct store_person_said)                                   \
    X(ATTENTION_READ, attention_read, false, struct store_attention_read)                          \
    X(DOMAIN_LIST, domain_list, false, struct store_domain)                                        \
    X(DOMAIN_PUT, domain_put, true, struct store_domain)                                           \
    X(DOMAIN_REMOVE, domain_remove, true, struct store_domain)                                     \
    /* identity */                                                                                 \
    X(SITE_LIST, site_list, false, struct store_in_none)                                           \
    X(SITE_ADD, site_add, true, struct store_site_add)                                             \
    X(SITE_REMOVE, site_remove, true, struct store_site_remove)                                    \
    X(CODE_ASK, code_ask, true, struct store_code_ask)                                             \
    X(PERSON_VERIFY, person_verify, true, struct store_person_verify)                              \
    X(VISITOR_SEEN, visitor_seen, true, struct store_visitor_seen)                                 \
    X(PERSON_LANGUAGE, person_language, true, struct store_person_language)                        \
    X(VISITOR_CHECK, visitor_check, false, struct store_in_hash)                                   \
    X(VISITOR_END, visitor_end, true, struct store_visitor_end)                                    \
    /* files */                                                                                    \
    X(FILE_BEGIN, file_begin, true, struct store_file_begin)                                       \
    X(FILE_GET, file_get, false, struct store_file_key)                                            \
    X(FILE_APPEND, file_append, true, struct store_file_append)                                    \
    X(FILE_DROP, file_drop, true, struct store_file_key)                                           \
    X(FILE_SWEEP, file_sweep, true, struct store_in_limit)                                         \
    X(FILE_SWEPT, file_swept, true, struct store_paths)                                            \
    X(FILE_UNKNOWN, file_unknown, false, struct store_paths)                                       \
    /* what staff do */                                                                            \
    X(CONVERSATION_ACT, conversation_act, true, struct store_act)                                  \
    X(STAFF_SETTING_GET, staff_setting_get, false, struct store_staff_setting)                     \
    X(STAFF_SETTING_PUT, staff_setting_put, true, struct store_staff_setting)                      \
    X(DRAFT_PUT, draft_put, true, struct store_draft)                                              \
    X(TALK_READ, talk_read, false, struct store_talk_read)                                         \
    X(STAFF_READ, staff_read, true, struct store_talk_read)                                        \
    X(STAFF_MARKS, staff_marks, false, struct store_in_staff)                                      \
    /* webhooks */                                                                                 \
    X(HOOK_LIST, hook_list, false, struct store_in_none)                                           \
    X(HOOK_PUT, hook_put, true, struct store_hook_put)                                             \
    X(HOOK_REMOVE, hook_remove, true, struct store_hook_do)                                        \
    X(HOOK_TRY, hook_try, true, struct store_hook_do)                                              \
    X(HOOK_BEGIN, hook_begin, true, struct store_in_none)                                          \
    X(HOOK_DUE, hook_due, false, struct store_in_limit)                                            \
    X(DELIVERY_TAKE, delivery_take, true, struct store_hook_do)                                    \
    X(DELIVERY_FINISH, delivery_finish, true, struct store_delivery_finish)                        \
    X(DELIVERY_LIST, delivery_list, false, struct store_delivery_read)                             \
    /* keys for REST */                                                                            \
    X(KEY_LIST, key_list, false, struct store_in_none)                                             \
    X(KEY_ADD, key_add, true, struct store_key)                                                    \
    X(KEY_REVOKE, key_revoke, true, struct store_key)                                              \
    X(KEY_CHECK, key_check, false, struct store_in_hash)                                           \
    X(KEY_USED, key_used, true, struct store_api_ask)                                              \
    X(API_ASK, api_ask, true, struct store_api_ask)                                                \
    X(API_ANSWER, api_answer, true, struct store_api_ask)                                          \
    X(TALKS_READ, talks_read, false, struct store_talks_read)                                      \
    /* canned replies */                                                                           \
    X(CANNED_LIST, canned_list, false, struct store_canned_read)                                   \
    X(CANNED_PUT, canned_put, true, struct store_canned_put)                                       \
    X(CANNED_REMOVE, canned_remove, true, struct store_canned_remove)                              \
    /* by itself */                                                                                \
    X(DUTY_LOOK, duty_look, false, struct store_in_limit)                                          \
    X(DUTY_SAMPLES, duty_samples, false, struct store_in_limit)                                    \
    X(DUTY_TELL, duty_tell, true, struct store_duty_tell)                                          \
    /* reports */                                                                                  \
    X(REPORT, report, false, struct store_report_read)                                             \
    /* after */                                                                                    \
    X(RATE, rate, true, struct store_after)                                                        \
    X(TRANSCRIPT, transcript, true, struct store_after)                                            \
    X(DIGEST_LIST, digest_list, false, struct store_in_none)                                       \
    X(DIGEST_SEND, digest_send, true, struct store_digest_send)                                    \
    /* search */                                                                                   \
    X(INBOX_LIST, inbox_list, false, struct store_inbox_list)                                      \
    X(SEARCH, search, false, struct store_search)                                                  \
    X(SEARCH_DUE, search_due, false, struct store_in_none)                                         \
    X(SEARCH_INDEX, search_index, true, struct store_in_none)

struct store_in_none {
    char unused;
};

struct store_in_hash {
    uint8_t hash[STORE_HASH_SIZE];
    int64_t now_ms;
};

struct store_in_session {
    uint8_t hash[STORE_HASH_SIZE];
    struct id staff;
    int64_t now_ms, idle_ms;
};

struct store_in_mail {
    int64_t id;
    const char *to;
    int64_t now_ms;
    size_t limit;
};

struct store_in_limit {
    size_t limit;
    int64_t now_ms;
    size_t skip; /* so many before the first */
};

struct store_in_summary {
    struct id conversation;
    struct store_asker asker;
};

struct store_in_ticket {
    const char *account;
    int64_t ticket_id;
};

struct store_in_due {
    const char *account;
    size_t limit;
};

struct store_in_stale {
    const char *account;
    int64_t before_ms, now_ms;
};

struct store_in_hint {
    const char *account;
    int64_t ticket, comment;
};

struct store_in_staff {
    struct id staff;
    size_t limit;
};

struct store_in_id {
    struct id conversation;
};

struct store_in_person {
    struct id person;
    const char *account;
    int64_t now_ms;
};

struct store_in_since {
    const char *kind;
    int64_t since_ms;
};

struct store_in_retry {
    struct id conversation;
    bool all;
    int64_t now_ms;
    struct store_audit audit;
};

enum store_op_kind {
#define X(name, member, write, type) STORE_OP_##name,
    STORE_OPS(X)
#undef X
        STORE_OP_COUNT
};

union store_in {
#define X(name, member, write, type) type member;
    STORE_OPS(X)
#undef X
};

struct store_op {
    struct store_op *next; /* in a queue of the backend */
    enum store_op_kind kind;
    store_fn *fn; /* NULL: nobody is told (any more); the loop's thread only */
    void *arg;
    struct arena *arena; /* holds the texts of in and out */
    enum store_result result;
    bool too_large; /* a text of out did not fit in the arena */
    union store_in in;
    union store_out out;
};

struct store_ops {
    /* Takes the operation over; answers it later through store_op_finish. */
    void (*submit)(struct store *s, struct store_op *op);
    void (*free)(struct store *s);
};

struct store {
    const struct store_ops *ops; /* first member of every backend */
    atomic_bool is_failing;      /* the last commit was lost */
};

bool store_op_is_write(enum store_op_kind kind);
const char *store_op_name(enum store_op_kind kind);
/* Call the callback, unless cancelled, and free the operation. On the loop. */
void store_op_finish(struct store_op *op);
/* Free it unanswered. */
void store_op_free(struct store_op *op);

#endif
