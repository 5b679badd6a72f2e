/* What an administrator says about the inbox of all: how soon an answer is due, and views that
 * everybody has. The pages draw them; here is only what may be kept. */
#ifndef PARLEY_CHAT_INBOX_H
#define PARLEY_CHAT_INBOX_H

#include "base/base.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/json.h"

#define INBOX_MINUTES_MAX 43200 /* 30 days */
#define INBOX_PRIORITIES  20
#define INBOX_VIEWS       20
#define INBOX_NAME_MAX    60  /* bytes of a view's name */
#define INBOX_WORD_MAX    200 /* bytes of a priority or a company */

/* Of {"first_minutes", "next_minutes", "priorities": [{"priority", "first_minutes",
 * "next_minutes"}]}: so many minutes until the first answer and until each further one, whole
 * numbers up to INBOX_MINUTES_MAX, 0 or missing for none; those of a ticket's priority hold before
 * those of all. Prints it to `to` as it is kept, in full. -1 with the sentence for who typed it. */
int inbox_targets_print(const struct json *value, struct buf *to, struct err *err) WARN_UNUSED;

/* Of {"views": [{"name", "view", "company", "tag", "priority", "staff"}]}: names differ, view is
 * unassigned, mine, open, waiting or closed, the others are "" or missing where anything will do;
 * staff is an id or nobody. As above. */
int inbox_views_print(const struct json *value, struct buf *to, struct err *err) WARN_UNUSED;

#endif
