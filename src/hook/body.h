/* Conversations and messages as programs of others read them: in webhooks and over REST. */
#ifndef PARLEY_HOOK_BODY_H
#define PARLEY_HOOK_BODY_H

#include "base/jw.h"
#include "store/store.h"

#define HOOK_BODY_MAX 131072

/* Members of an array (key NULL) or an object. */
void hook_body_conversation(struct jw *w, const char *key, const struct store_summary *s);
/* The rating, or null. */
void hook_body_rating(struct jw *w, const char *key, const struct store_rating *r);
void hook_body_message(struct jw *w, const char *key, const struct store_message *m);

/* The body of a delivery. */
void hook_body(struct buf *to, const struct store_delivery_taken *taken);

#endif
