/* A conversation and two of staff, for the tests of what they do with it. */
#ifndef TEST_ACT_BED_H
#define TEST_ACT_BED_H

#include "bed.h"

/* Conversation 1, and staff 1 and 2. */
void act_begin(struct bed *b);
/* What staff `by` does with it; each time with new messages. */
struct store_act act_of(enum store_act_kind kind, int by, const char *client_id, int64_t now_ms);
enum store_result act_do(struct bed *b, const struct store_act *in);
/* It as it is now, in b->out too. */
const struct store_summary *act_summary(struct bed *b);
/* Its last message, as whoever asks sees it. */
const struct store_message *act_last(struct bed *b, struct store_asker asker);

/* What the PSA says of its ticket at updated_ms. */
enum store_result act_hear(struct bed *b, bool open, int64_t updated_ms);
/* The same where the PSA's clock is this much ahead; resolved_ms (by our clock) 0: it does not
 * say. */
enum store_result act_hear_when(struct bed *b, bool open, int64_t updated_ms, int64_t resolved_ms,
                                int64_t ahead_ms);
/* act_begin(), and its ticket is made and was seen open. */
void act_begin_seen(struct bed *b);
/* Its person says something more. */
enum store_result act_say_again(struct bed *b, int64_t now_ms);

#endif
