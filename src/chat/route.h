/* Who gets a conversation that nobody has, when one goes back, when somebody else must hear that
 * nobody answers, and what a person may honestly be promised. Values in, decisions out. */
#ifndef PARLEY_CHAT_ROUTE_H
#define PARLEY_CHAT_ROUTE_H

#include "base/base.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/id.h"
#include "base/json.h"
#include "chat/hours.h"
#include "chat/limits.h"
#include "store/act.h"

#define ROUTE_MEMBERS     200  /* that something is said of */
#define ROUTE_SKILLS      20   /* of one of them */
#define ROUTE_OPEN_MAX    100  /* chats that one can have at once */
#define ROUTE_MINUTES_MAX 1440 /* of waiting, in open hours */
#define ROUTE_EMAILS      5
#define ROUTE_SAMPLES     500 /* first answers that a promise is made of, at most */
#define ROUTE_SAMPLES_MIN 5   /* with fewer nothing is promised */
#define ROUTE_DAYS        14  /* the days behind that they are of */
#define ROUTE_NOBODY      SIZE_MAX

/* What the administrator says; all zero: everything by hand, and nothing by itself. */
struct route;

/* Of {"mode": "manual" or "round_robin", "limit", "back_minutes", "unanswered_minutes",
 * "escalate_to": [emails], "promise": bool, "members": [{"staff": ID, "skills": [tags], "limit",
 * "takes": bool}]}; a limit of 0 is none, minutes of 0 are never, a member's limit of null is that
 * of all. -1 with the sentence for who typed it. */
int route_new(const struct json *value, struct route **r, struct err *err) WARN_UNUSED;
void route_free(struct route *r);
/* The same as JSON, as it is kept and printed; the defaults for NULL. */
void route_print(const struct route *r, struct buf *to);

/* One of staff, as things are. */
struct route_member {
    struct id id;
    bool is_present;  /* at the console, and not away */
    int64_t open;     /* conversations that they have, open and awake */
    int64_t given_ms; /* when they were given one last; 0: never */
};

/* To whom a conversation with these tags (commas between) goes, as an index, or ROUTE_NOBODY: by
 * hand, or nobody of those who could take it is there. Of the tags those count that are a skill of
 * one of these members (all who can come in, here or not): then who has the most of them comes
 * first, and who has none is never given it. Among equals it goes to who was given one longest ago,
 * then to who has the fewest, then by id. */
size_t route_pick(const struct route *r, const struct route_member *members, size_t count,
                  const char *tags);

/* When a conversation that its owner left (at gone_ms) goes back to all, while its person waits
 * (since waiting_ms): so many minutes of open time after the later of both. 0: never. */
int64_t route_back_at(const struct route *r, const struct hours *h, int64_t gone_ms,
                      int64_t waiting_ms);
/* When others are told that nobody has answered. 0: never. */
int64_t route_unanswered_at(const struct route *r, const struct hours *h, int64_t waiting_ms);
/* Whom of ROUTE_EMAILS; NULL past the last. */
const char *route_email(const struct route *r, size_t i);
int64_t route_unanswered_minutes(const struct route *r);

/* How long a first answer took, of the last days. answered_ms 0: there is none yet. */
struct route_sample {
    int64_t created_ms, answered_ms;
};

/* What a person may be told: half of all first answers came within this much open time, rounded up
 * to whole minutes. Who still waits longer than that counts as a long answer, so that a bad day
 * shows. 0: nothing is promised, for too few know (ROUTE_SAMPLES_MIN) or the administrator does not
 * want it, or most who asked still wait. */
int64_t route_promise_ms(const struct route *r, const struct hours *h,
                         const struct route_sample *samples, size_t count, int64_t now_ms);

#endif
