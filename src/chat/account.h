/* The rules of accounts: roles, passwords, colours, the steps of the wizard. Values in, values out.
 */
#ifndef PARLEY_CHAT_ACCOUNT_H
#define PARLEY_CHAT_ACCOUNT_H

#include "store/store.h"

#define ACCOUNT_PASSWORD_MIN 12                          /* bytes */
#define ACCOUNT_PASSWORD_MAX 256                         /* bytes */
#define ACCOUNT_SESSION_MS   (12 * 3600 * INT64_C(1000)) /* a session's longest life */
#define ACCOUNT_IDLE_MS      (3600 * INT64_C(1000))      /* and the longest without use */
#define ACCOUNT_SEEN_MS      (60 * INT64_C(1000))        /* use is written down so often */
#define ACCOUNT_SETUP_MS     (24 * 3600 * INT64_C(1000)) /* of the setup link */
#define ACCOUNT_LINK_MS      (48 * 3600 * INT64_C(1000)) /* of the other links */

/* "admin", "technician". */
const char *account_role_name(enum store_role role);
/* 0 and *role, or -1. */
int account_role_parse(const char *text, enum store_role *role) WARN_UNUSED;
/* "setup", "invite", "reset". */
const char *account_link_name(enum store_link_kind kind);

/* NULL when the password may be used by the one with this email and name; else a sentence that says
 * what is wrong with it. */
const char *account_password_wrong(const char *password, const char *email, const char *name);
/* #rrggbb, or "" for none. */
bool account_is_color(const char *text);
/* What a member of staff may keep: notify, views, language, routing. */
bool account_is_setting(const char *key);
/* brand, psa, connect, defaults, widget, test, done. */
bool account_is_step(const char *text);

#endif
