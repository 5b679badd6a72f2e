/* Syncro as a row of the table: what is asked for, the rights, the guide (its labels are those of
 * Syncro's own pages). */
#include <inttypes.h>
#include <stdio.h>

#include "psa/syncro/syncro.h"
#include "psa/syncro/syncro_check.h"

static const struct psa_field fields[] = {
    {"account", "Your Syncro Subdomain",
     "For https://yourcompany.syncromsp.com only yourcompany; the whole address may be pasted.",
     PSA_TEXT_MAX, false},
    {"token", "API Key", "The API token that Syncro shows once, when it is made.", 1024, true},
};

static const struct psa_right rights[SYNCRO_RIGHTS] = {
    [SYNCRO_RIGHT_TICKETS_LIST] = {"Tickets - List/Search", "find and list tickets"},
    [SYNCRO_RIGHT_TICKETS_VIEW] = {"Tickets - View Details", "read a ticket"},
    [SYNCRO_RIGHT_TICKETS_CREATE] = {"Tickets - Create", "make tickets from chats"},
    [SYNCRO_RIGHT_TICKETS_EDIT] = {"Tickets - Edit", "change status and priority"},
    [SYNCRO_RIGHT_COMMENTS_NEW] = {"Ticket Comments - New", "add notes and comments from chats"},
    [SYNCRO_RIGHT_CUSTOMERS_LIST] = {"Customers - List/Search", "look companies up"},
    [SYNCRO_RIGHT_CUSTOMERS_VIEW] = {"Customers - View Detail", "read a company and its contacts"},
};

static const char *const guide[] = {
    "In Syncro, sign in. The token has at most the rights of the account that makes it: an account "
    "with few rights is the safe choice.",
    "Click your username at the top right.",
    "Click \"Profile/Password\".",
    "Click \"API Tokens\" under your name.",
    "Click \"+ New Token\".",
    "Choose the tab \"Custom Permissions\".",
    "Name it \"Parley\", or similar.",
    "Leave \"Expiration\" blank, so that it works indefinitely. It can be disabled later.",
    "Tick the seven rights.",
    "Click \"Create API Token\" at the bottom.",
    "Copy the token: it is shown once.",
    "Click \"Done\".",
    "In Parley, enter the subdomain and the token, click \"Test Credentials\", then \"Save\".",
};

static const char *const hook_guide[] = {
    "In Syncro, open Admin, then \"Notification Center\".",
    "Make a new notification set, and name it \"Parley\".",
    "Paste the address above into \"Webhook URL\".",
    "Tick \"Webhook\" for each event that begins with \"Ticket\".",
    "Save. Then change a ticket: this page says when it was heard.",
};

static const struct psa_step steps[SYNCRO_STEPS] = {
    {"host", "Syncro can be reached"},
    {"tls", "The connection is safe"},
    {"token", "The API key is accepted"},
    {"right:Tickets - List/Search", "Tickets - List/Search"},
    {"right:Tickets - View Details", "Tickets - View Details"},
    {"right:Tickets - Create", "Tickets - Create"},
    {"right:Tickets - Edit", "Tickets - Edit"},
    {"right:Ticket Comments - New", "Ticket Comments - New"},
    {"right:Customers - List/Search", "Customers - List/Search"},
    {"right:Customers - View Detail", "Customers - View Detail"},
};

static void ticket_url(const char *account, const char *origin, int64_t id, char *url, size_t size)
{
    if (origin != NULL)
        snprintf(url, size, "%s/tickets/%" PRId64, origin, id);
    else
        snprintf(url, size, "https://%s.syncromsp.com/tickets/%" PRId64, account, id);
}

const struct psa_kind syncro_kind = {
    .kind = "syncro",
    .title = "Syncro",
    .seal_context = "connector/syncro",
    .limit = SYNCRO_LIMIT,
    .fields = fields,
    .field_count = COUNT_OF(fields),
    .rights = rights,
    .right_count = COUNT_OF(rights),
    .guide = guide,
    .guide_count = COUNT_OF(guide),
    .steps = steps,
    .step_count = COUNT_OF(steps),
    .understand = syncro_understand,
    .make = syncro_new,
    .hinted = syncro_hinted,
    .hook_guide = hook_guide,
    .hook_guide_count = COUNT_OF(hook_guide),
    .ticket_url = ticket_url,
};
