/* Of what a member of staff wants to hear, by which way, and when: their setting "notify". The
 * browser's ways are the console's to follow (web/console/notify_rules.ts); the digest, a letter of
 * what waits, is the server's. Values in, decisions out. */
#ifndef PARLEY_CHAT_NOTIFY_H
#define PARLEY_CHAT_NOTIFY_H

#include "base/base.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/json.h"

#define NOTIFY_TIMES    6    /* digests of a day */
#define NOTIFY_TEXT_MAX 2048 /* bytes of it as it is kept */

enum notify_event {
    NOTIFY_ASSIGNED,   /* given to me by somebody else */
    NOTIFY_UNASSIGNED, /* waits, and nobody has it */
    NOTIFY_REPLY,      /* the person of one of mine wrote */
    NOTIFY_MENTION,
    NOTIFY_ESCALATION, /* nobody answered in time */
    NOTIFY_EVENTS
};

/* A bit each. */
enum notify_way { NOTIFY_BROWSER = 1, NOTIFY_SOUND = 2, NOTIFY_DIGEST = 4 };

struct notify;

/* Of {"events": {EVENT: [WAYS]}, "text": bool, "volume": 0..100, "zone": NAME,
 * "quiet": {"from": "18:00", "to": "08:00", "days": [6, 7]}, "digest": {"times": ["08:00"],
 * "days": [1, 2]}}. EVENT: assigned, unassigned, reply, mention, escalation; without "events" those
 * of the defaults count, and an event that is left out is not heard of. WAYS: browser, sound,
 * digest. Quiet is every day from..to (over midnight where to is not after from; both or neither),
 * and all of these days (1 Monday .. 7 Sunday). The times of digests come one after the other. A
 * zone is needed where a time is said. -1 with the sentence for who typed it. */
int notify_new(const struct json *value, struct notify **n, struct err *err) WARN_UNUSED;
/* NULL does nothing. */
void notify_free(struct notify *n);
/* The same as JSON, as it is kept and printed. */
void notify_print(const struct notify *n, struct buf *to);

/* Is this event one to tell by this way? */
bool notify_wants(const struct notify *n, enum notify_event event, enum notify_way way);
/* The first moment after ms at which a digest is due; 0: none is. What the clock shows twice is due
 * the first time, and what it leaves out at the moment of the jump. */
int64_t notify_next(const struct notify *n, int64_t ms);
/* The last one that is not after ms, and after since; 0: there is none. since is at most a day
 * before ms. */
int64_t notify_due(const struct notify *n, int64_t since_ms, int64_t ms);

#endif
