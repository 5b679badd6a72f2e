/* The words of the audit log's actions. */
#ifndef PARLEY_CHAT_AUDIT_H
#define PARLEY_CHAT_AUDIT_H

#include "base/base.h"

#define AUDIT_WORDS(X)                                                                             \
    X(SIGN_IN, "sign_in")                                                                          \
    X(SIGN_IN_FAILED, "sign_in_failed")                                                            \
    X(SIGN_IN_LOCKED, "sign_in_locked")                                                            \
    X(SIGN_OUT, "sign_out")                                                                        \
    X(SIGN_OUT_ALL, "sign_out_all")                                                                \
    X(PASSWORD_CHANGED, "password_changed")                                                        \
    X(TOTP_ON, "totp_on")                                                                          \
    X(TOTP_OFF, "totp_off")                                                                        \
    X(RECOVERY_USED, "recovery_used")                                                              \
    X(STAFF_ADDED, "staff_added")                                                                  \
    X(STAFF_CHANGED, "staff_changed")                                                              \
    X(STAFF_DISABLED, "staff_disabled")                                                            \
    X(STAFF_ENABLED, "staff_enabled")                                                              \
    X(LINK_MADE, "link_made")                                                                      \
    X(LINK_USED, "link_used")                                                                      \
    X(SETUP_DONE, "setup_done")                                                                    \
    X(BRAND_CHANGED, "brand_changed")                                                              \
    X(CONNECTOR_TESTED, "connector_tested")                                                        \
    X(CONNECTOR_SAVED, "connector_saved")                                                          \
    X(CONNECTOR_PAUSED, "connector_paused")                                                        \
    X(CONNECTOR_RESUMED, "connector_resumed")                                                      \
    X(CONNECTOR_REMOVED, "connector_removed")                                                      \
    X(OUTBOX_RETRIED, "outbox_retried")                                                            \
    X(OUTBOX_COMPANY, "outbox_company")                                                            \
    X(OUTBOX_DISCARDED, "outbox_discarded")                                                        \
    X(PERSON_LINKED, "person_linked")                                                              \
    X(PERSON_UNLINKED, "person_unlinked")                                                          \
    X(PERSON_BLOCKED, "person_blocked")                                                            \
    X(PERSON_UNBLOCKED, "person_unblocked")                                                        \
    X(PERSON_MANAGER, "person_manager")                                                            \
    X(PERSON_NO_MANAGER, "person_no_manager")                                                      \
    X(PERSON_SIGNED_OUT, "person_signed_out")                                                      \
    X(PERSON_EXPORTED, "person_exported")                                                          \
    X(PERSON_ERASED, "person_erased")                                                              \
    X(DOMAIN_MAPPED, "domain_mapped")                                                              \
    X(DOMAIN_REMOVED, "domain_removed")                                                            \
    X(STATUSES_CHANGED, "statuses_changed")                                                        \
    X(MAIL_CHANGED, "mail_changed")                                                                \
    X(MAIL_TESTED, "mail_tested")                                                                  \
    X(MAIL_RETRIED, "mail_retried")                                                                \
    X(MAIL_DISCARDED, "mail_discarded")                                                            \
    X(HOOK_RENEWED, "hook_renewed")                                                                \
    X(SITE_ADDED, "site_added")                                                                    \
    X(SITE_SECRET_ADDED, "site_secret_added")                                                      \
    X(SITE_SECRET_REMOVED, "site_secret_removed")                                                  \
    X(SITE_REMOVED, "site_removed")                                                                \
    X(TICKET_DETACHED, "ticket_detached")                                                          \
    X(TICKET_ATTACHED, "ticket_attached")                                                          \
    X(FILES_CHANGED, "files_changed")                                                              \
    X(KEY_ADDED, "key_added")                                                                      \
    X(KEY_REVOKED, "key_revoked")                                                                  \
    X(WEBHOOK_ADDED, "webhook_added")                                                              \
    X(WEBHOOK_CHANGED, "webhook_changed")                                                          \
    X(WEBHOOK_SECRET, "webhook_secret")                                                            \
    X(WEBHOOK_REMOVED, "webhook_removed")                                                          \
    X(WEBHOOK_TESTED, "webhook_tested")                                                            \
    X(WEBHOOK_RETRIED, "webhook_retried")                                                          \
    X(HOURS_CHANGED, "hours_changed")                                                              \
    X(ROUTING_CHANGED, "routing_changed")                                                          \
    X(TARGETS_CHANGED, "targets_changed")                                                          \
    X(VIEWS_CHANGED, "views_changed")                                                              \
    X(CANNED_ADDED, "canned_added")                                                                \
    X(CANNED_CHANGED, "canned_changed")                                                            \
    X(CANNED_REMOVED, "canned_removed")                                                            \
    X(AUDIT_EXPORTED, "audit_exported")

enum audit_action {
#define X(name, word) AUDIT_##name,
    AUDIT_WORDS(X)
#undef X
        AUDIT_COUNT
};

const char *audit_word(enum audit_action action);
bool audit_is_word(const char *text);

#endif
