#include "chat/rules.h"

#include <assert.h>
#include <string.h>

#include "base/str.h"

struct rules_effect rules_effect_of(enum rules_act act)
{
    static const struct rules_effect effects[] = {
        [RULES_START] = {STORE_PERSON, STORE_WAITING_BEGIN, true, 0},
        [RULES_MESSAGE] = {STORE_PERSON, STORE_WAITING_BEGIN, false, RULES_PERSON_BURST_MS},
        [RULES_REPLY] = {STORE_STAFF, STORE_WAITING_END, true, RULES_STAFF_BURST_MS},
        [RULES_NOTE] = {STORE_NOTE, STORE_WAITING_KEEP, false, RULES_STAFF_BURST_MS},
    };

    assert((size_t)act < COUNT_OF(effects));
    return effects[act];
}

bool rules_is_act(const struct store_message *m)
{
    return m->author == STORE_NOTE && str_has_prefix(m->sender, STORE_ACT_SENDER);
}

bool rules_person_sees(const struct store_message *m, bool is_verified)
{
    if (m->author == STORE_NOTE)
        return false;
    return is_verified || m->author != STORE_PERSON || !str_has_prefix(m->sender, "psa:");
}

const char *rules_ticket_word(const struct store_ticket *ticket)
{
    if (ticket->id != 0)
        return "filed";
    if (ticket->state == STORE_PARKED || ticket->reason[0] != '\0')
        return "delayed";
    return ticket->state == STORE_DONE ? "none" : "waiting";
}

const char *rules_entry_word(enum store_outbox_state state, const char *reason)
{
    switch (state) {
    case STORE_WAITING:
        return "waiting";
    case STORE_IN_DOUBT:
        return reason[0] == '\0' ? "sending" : "in_doubt";
    case STORE_PARKED:
        return "parked";
    case STORE_GIVEN_UP:
        return "given_up";
    case STORE_DONE:
        break;
    }
    return "filed";
}
