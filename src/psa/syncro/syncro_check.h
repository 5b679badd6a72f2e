/* The test of credentials: its lines, and what they can say. */
#ifndef PARLEY_SYNCRO_CHECK_H
#define PARLEY_SYNCRO_CHECK_H

#include "base/base.h"

/* The seven rights, in the guide's order. */
enum syncro_right {
    SYNCRO_RIGHT_TICKETS_LIST,
    SYNCRO_RIGHT_TICKETS_VIEW,
    SYNCRO_RIGHT_TICKETS_CREATE,
    SYNCRO_RIGHT_TICKETS_EDIT,
    SYNCRO_RIGHT_COMMENTS_NEW,
    SYNCRO_RIGHT_CUSTOMERS_LIST,
    SYNCRO_RIGHT_CUSTOMERS_VIEW,
    SYNCRO_RIGHTS
};

enum {
    SYNCRO_STEP_HOST,
    SYNCRO_STEP_TLS,
    SYNCRO_STEP_TOKEN,
    SYNCRO_STEP_RIGHTS, /* the first of them */
    SYNCRO_STEPS = SYNCRO_STEP_RIGHTS + SYNCRO_RIGHTS
};

/* Every sentence of the test. {1} is the origin or the right, {2} what went wrong in detail. */
#define SYNCRO_SENTENCES(X)                                                                        \
    X(HOST_OK, "Syncro answers at {1}")                                                            \
    X(NO_NAME, "There is no {1}: that name is not known. Check the subdomain. If it is right, "    \
               "this server cannot look names up")                                                 \
    X(NOT_CONNECTED, "{1} cannot be reached ({2}). Check this server's network and firewall")      \
    X(NOT_PUBLIC, "{1} leads to an address inside a private network, and Parley sends no API key " \
                  "there. Check how this server looks names up")                                   \
    X(TIMED_OUT, "Syncro did not answer within 10 seconds. Check this server's network and "       \
                 "firewall, then test again")                                                      \
    X(BROKEN, "The connection to {1} broke ({2}). A firewall or proxy may have cut it; test "      \
              "again")                                                                             \
    X(REDIRECT, "Syncro sends us elsewhere ({2}), as it does for an account that is not there. "   \
                "Check the subdomain")                                                             \
    X(NO_ACCOUNT, "No Syncro account answers at {1} (404). Check the subdomain")                   \
    X(PAGE, "A web page came in the place of Syncro's data. A proxy or sign-in page stands "       \
            "between this server and Syncro, or the subdomain is wrong")                           \
    X(UNREADABLE, "What {1} answers is not what Syncro answers ({2}). Check the subdomain, and "   \
                  "that no proxy changes it")                                                      \
    X(TLS_OK, "The certificate is valid for {1}")                                                  \
    X(TLS_NONE, "Not used: {1} is a stand-in, spoken to without encryption")                       \
    X(TLS_FAILED, "There is no safe connection to {1} ({2}). A proxy that opens encrypted "        \
                  "connections does this: take Parley out of it. Check this server's clock too")   \
    X(TOKEN_OK, "Syncro lets this API key in")                                                     \
    X(TOKEN_WRONG, "Syncro does not let this API key in. Copy it again as a whole; the key of "    \
                   "another account does not open {1}. If it is the right one, it was disabled "   \
                   "or deleted, has expired, or has none of the seven rights: make a new one")     \
    X(TOKEN_ENDED, "Syncro let this API key in before, and does not now: it was disabled or "      \
                   "deleted, or has expired. Enable it in Syncro under API Tokens, or make a new " \
                   "one there and enter it here")                                                  \
    X(SLOW_DOWN, "Syncro gets too many requests from this address (429). Wait a minute, then "     \
                 "test again; another program here may use the limit up")                          \
    X(NO_BUDGET, "The test took longer than a minute, for Syncro's limit of requests is used up "  \
                 "by what waits. Test again in a minute")                                          \
    X(OWN_TROUBLE, "Syncro has trouble of its own ({2}). Test again later")                        \
    X(ODD, "Syncro answered in a way that nobody documents ({2}), so this cannot be told")         \
    X(RIGHT_OK, "Allowed")                                                                         \
    X(RIGHT_MISSING, "The right \"{1}\" is missing. In Syncro, click your username, "              \
                     "Profile/Password, API Tokens; on the tab Custom Permissions tick "           \
                     "\"{1}\", for this token or for a new one")                                   \
    X(NO_TICKET, "Could not be proved: there is no ticket yet that could be read")                 \
    X(OWN_TICKETS, "Could not be proved: every ticket that could be read is, or may be, "          \
                   "assigned to the token's own account, for which a smaller right is enough")     \
    X(NO_LIST, "Could not be proved while \"Tickets - List/Search\" is missing: no ticket was "    \
               "found that could be read")                                                         \
    X(GONE, "Could not be proved: what was read had just been deleted. Test again")                \
    X(BEFORE_RIGHTS, "Could not be proved: Syncro looked for the ticket before it looked at the "  \
                     "right, or the token has more than the seven rights. Parley will tell if it " \
                     "is missing when it is first used")                                           \
    X(AS_EDIT, "Could not be proved: Syncro allows adding comments to this token, but that may "   \
               "be by the right \"Tickets - Edit\" alone. Make sure that it is ticked")            \
    X(BEHIND_EDIT, "Could not be proved while \"Tickets - Edit\" is missing: Syncro asks for "     \
                   "both. Tick both, then test again")                                             \
    X(EITHER_MISSING, "Adding comments is refused: \"Ticket Comments - New\" or \"Tickets - "      \
                      "Edit\" is missing. In Syncro, click your username, Profile/Password, API "  \
                      "Tokens; on the tab Custom Permissions tick both")                           \
    X(MADE, "This should have been refused, and was done: Syncro made or changed ticket {2}. "     \
            "Look at it in Syncro, and delete it if it is new")                                    \
    X(SKIPPED, "Not tried, because of the line above")                                             \
    X(SKIPPED_TOKEN, "Not known: the API key is not let in")

enum syncro_sentence {
#define X(name, text) SYNCRO_SAY_##name,
    SYNCRO_SENTENCES(X)
#undef X
        SYNCRO_SENTENCE_COUNT
};

/* first, second: for {1} and {2}. Cut off at the end of the room; always UTF-8. */
void syncro_say(enum syncro_sentence sentence, const char *first, const char *second, char *to,
                size_t size);

#endif
