/* What others can ask to be told: the names of events. */
#ifndef PARLEY_CHAT_EVENT_H
#define PARLEY_CHAT_EVENT_H

#include "base/base.h"

#define EVENT_NAMES(X)                                                                             \
    X("conversation.created")                                                                      \
    X("message.created")                                                                           \
    X("note.created")                                                                              \
    X("conversation.assigned")                                                                     \
    X("conversation.closed")                                                                       \
    X("conversation.reopened")                                                                     \
    X("conversation.unanswered")                                                                   \
    X("ticket.filed")                                                                              \
    X("rating.given")

#define EVENT_SECRET_PREFIX "whsec_"

/* NULL past the last. */
const char *event_name(size_t i);
bool event_is_name(const char *text);

/* May this be the address of an endpoint? NULL: yes; else a sentence that says what is wrong.
 * Only its form: where its name leads is looked at when it is asked. */
const char *event_url_wrong(const char *url, bool may_be_http);

#endif
