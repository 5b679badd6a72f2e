/* What follows from something said: who is the author, does it go into the ticket, does somebody
 * wait for us now; and the words for how far a ticket is. */
#ifndef PARLEY_CHAT_RULES_H
#define PARLEY_CHAT_RULES_H

#include "store/store.h"

/* Later messages of one side within this time travel to the PSA as one comment. */
#define RULES_PERSON_BURST_MS 4000
#define RULES_STAFF_BURST_MS  2000

enum rules_act {
    RULES_START,   /* a person's first message: makes the ticket */
    RULES_MESSAGE, /* a person says more */
    RULES_REPLY,   /* staff answer: a public comment */
    RULES_NOTE,    /* staff to staff: a hidden comment, which the person never sees */
};

struct rules_effect {
    enum store_author author;
    enum store_waiting waiting;
    bool interactive; /* goes before other work of the outbox */
    int64_t after_ms; /* the outbox entry is due so long after the message */
};

struct rules_effect rules_effect_of(enum rules_act act);

/* Does it tell staff what one of them did with the conversation? Its body is a JSON object then. */
bool rules_is_act(const struct store_message *m);

/* May a person see this message? Notes are for staff. What the person themselves wrote in the PSA,
 * as by email, is for a browser that has proved to be theirs: others only typed the address. */
bool rules_person_sees(const struct store_message *m, bool is_verified);

/* "waiting", "filed", "delayed" or "none": what a person is told of the ticket. It is delayed when
 * its making has stopped or failed at least once, none when none is being made. */
const char *rules_ticket_word(const struct store_ticket *ticket);

/* "waiting", "sending", "in_doubt", "filed" or "parked": what staff are told of an entry. reason
 * is that of the entry; one in doubt that nothing is known against is being sent. */
const char *rules_entry_word(enum store_outbox_state state, const char *reason);

#endif
