/* The switches: one for each thing about Syncro that nobody public knows for sure. */
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "sandbox/core_private.h"

static const struct sandbox_switch table[SB_SWITCHES] = {
    [SB_SW_BAD_TOKEN_BODY] = {"bad-token-body", "json|html|empty", "json",
                              "body of the 401 for a bad token (question 1)"},
    [SB_SW_LIMIT_BODY] = {"limit-body", "text|json|empty", "text", "body of a 429 (question 1)"},
    [SB_SW_LIMIT] = {"limit", "0..100000", "180",
                     "requests of one address in any 60 seconds; 0: no limit"},
    [SB_SW_UNKNOWN_SUBDOMAIN] = {"unknown-subdomain", "off|404|redirect|html|401", "off",
                                 "answer as an account that does not exist (question 1)"},
    [SB_SW_SEVEN_RIGHTS_ME] =
        {"seven-rights-me", "yes|no|me-only", "yes",
         "whether /me, /users, /settings, /tickets/settings and /customers/autocomplete answer to "
         "a token that has not all rights (question 2)"},
    [SB_SW_COMMENT_RIGHT] = {"comment-right", "edit|both", "edit",
                             "public comments need Tickets - Edit only, or Ticket Comments - New "
                             "too (question 3)"},
    [SB_SW_TICKETS_PAGE] = {"tickets-page", "1..100", "25",
                            "tickets a page without per_page: documented 25, seen 50 (question "
                            "4)"},
    [SB_SW_TICKETS_PER_PAGE] = {"tickets-per-page", "honoured|ignored", "honoured",
                                "whether /tickets obeys per_page (question 4)"},
    [SB_SW_PER_PAGE_MAX] = {"per-page-max", "1..1000", "100", "largest per_page (question 4)"},
    [SB_SW_TICKETS_ORDER] = {"tickets-order", "newest|oldest|updated", "newest",
                             "order of /tickets (question 5)"},
    [SB_SW_EMBEDDED_ORDER] = {"embedded-comments-order", "newest|oldest", "newest",
                              "order of comments inside a ticket (question 5)"},
    [SB_SW_API_AUTHOR] = {"api-comment-author", "example|null|owner", "example",
                          "user_id and tech of comments made by the API; example: null when made "
                          "with the ticket, the token's owner otherwise (question 6)"},
    [SB_SW_SUBJECT_MAX] = {"subject-max", "none|255", "none",
                           "whether a longer subject is refused (question 7)"},
    [SB_SW_UNKNOWN_PROBLEM_TYPE] = {"unknown-problem-type", "store|422", "store",
                                    "a problem type that the account has not (question 7)"},
    [SB_SW_UNKNOWN_CUSTOMER] = {"unknown-customer", "422|404|store", "422",
                                "POST /tickets for a customer that is not there (question 7)"},
    [SB_SW_UNKNOWN_CONTACT] = {"unknown-contact", "store|422|null", "store",
                               "POST /tickets for a contact that is not there (question 7)"},
    [SB_SW_UNKNOWN_USER] = {"unknown-user", "store|422|null", "store",
                            "a ticket for a user that is not there (question 7)"},
    [SB_SW_DUE_DATE] = {"due-date", "time|day", "time",
                        "what is kept of a due_date: documented as a date, answered with a time"},
    [SB_SW_DUE_CLEAR] = {"due-clear", "clear|keep", "clear",
                         "what a due_date of null does: documented nowhere"},
    [SB_SW_LIST_COMMENTS] = {"list-comments", "initial|all|none", "initial",
                             "comments that a ticket in a list carries"},
    [SB_SW_EMBEDDED_CONTACTS] = {"embedded-contacts", "full|empty", "full",
                                 "contacts inside a customer"},
    [SB_SW_DATE_FORM] = {"date-form", "z|offset", "z", "2026-01-31T20:00:00.000Z, or -08:00"},
    [SB_SW_COMMENT_TOUCHES] = {"comment-touches-ticket", "yes|no", "yes",
                               "whether a comment moves the ticket's updated_at"},
    [SB_SW_TICKET_COMMENTS] = {"ticket-comments", "off|on", "off",
                               "whether GET /ticket_comments is there (later versions)"},
    [SB_SW_QUERY_SEARCHES] = {"query-searches", "subject|all", "subject",
                              "whether query= on /tickets looks into comments too"},
    [SB_SW_SINCE_BOUND] =
        {"since-bound", "after|from", "after",
         "whether since_updated_at and the filters whose names end in _after leave "
         "out that very moment"},
    [SB_SW_CUSTOMERS_PAGE] = {"customers-page", "1..100", "100",
                              "customers a page: documented 25, in its example 100"},
    [SB_SW_CONTACTS_PAGE] = {"contacts-page", "1..100", "50",
                             "contacts a page: documented 25, in its example 50"},
    [SB_SW_RECORD_FIRST] = {"record-first", "no|yes", "no",
                            "whether a ticket is looked for before the right is looked at"},
    [SB_SW_HIDDEN_TOUCHES] = {"hidden-touches-ticket", "yes|no", "yes",
                              "whether a hidden comment moves the ticket's updated_at"},
    [SB_SW_EDIT_TOUCHES] = {"edit-touches-ticket", "yes|no", "yes",
                            "whether a comment that is edited, hidden, shown or deleted moves the "
                            "ticket's updated_at"},
    [SB_SW_MOVE_TOUCHES] = {"move-touches-ticket", "no|yes", "no",
                            "whether a ticket's updated_at moves when its customer is merged or "
                            "its contact deleted"},
    [SB_SW_REPLY_TECH] = {"reply-tech", "null|empty|name", "null",
                          "tech of a customer's reply by email: null, empty, or their name"},
    [SB_SW_MERGE] = {"merge", "delete|resolve", "delete",
                     "what becomes of a ticket that is merged into another: gone, or resolved with "
                     "a comment that names the other"},
    [SB_SW_MERGE_COMMENTS] = {"merge-comments", "move|copy", "move",
                              "whether its comments come with their ids or as new ones"},
    [SB_SW_CUSTOMER_DELETE] = {"customer-delete", "keep|cascade", "keep",
                               "what becomes of contacts and tickets of a deleted customer"},
    [SB_SW_CONTACT_DELETE] = {"contact-delete", "null|keep", "null",
                              "what the tickets of a deleted contact name"},
    [SB_SW_ATTACH] = {"attach", "fetch|never|refuse", "fetch",
                      "whether the files of attach_file_url come, never come, or are refused 422"},
    [SB_SW_SINCE_LAG] = {"since-lag", "0..600000", "0",
                         "ms after which a change of a ticket shows in since_updated_at"},
    [SB_SW_HOOK_TYPE] = {"webhook-type", "json|form", "json",
                         "content type of webhooks (question 8)"},
    [SB_SW_HOOK_RETRIES] = {"webhook-retries", "0..3", "0",
                            "how often a webhook that failed is sent again (question 8)"},
    [SB_SW_HOOK_ORDER] = {"webhook-order", "oldest|newest", "oldest",
                          "which of the webhooks that wait goes first (question 8)"},
};

const struct sandbox_switch *sandbox_switches(size_t *count)
{
    *count = COUNT_OF(table);
    return table;
}

void sb_switch_init(struct sandbox *sb)
{
    for (size_t i = 0; i < COUNT_OF(table); i++)
        if (str_copy(sb->switches[i], sizeof(sb->switches[i]), table[i].otherwise) != 0)
            abort();
}

bool sb_is(const struct sandbox *sb, enum sb_switch which, const char *value)
{
    return strcmp(sb->switches[which], value) == 0;
}

int64_t sb_number(const struct sandbox *sb, enum sb_switch which)
{
    int64_t value;

    return str_to_int(sb->switches[which], 0, INT64_MAX, &value) == 0 ? value : 0;
}

static bool in_range(const char *allowed, const char *dots, const char *value)
{
    char low[16];
    int64_t from, to, number;
    const size_t len = (size_t)(dots - allowed);

    if (len >= sizeof(low))
        return false;
    memcpy(low, allowed, len);
    low[len] = '\0';
    return str_to_int(low, 0, INT64_MAX, &from) == 0 &&
           str_to_int(dots + 2, 0, INT64_MAX, &to) == 0 &&
           str_to_int(value, from, to, &number) == 0;
}

static bool is_allowed(const char *allowed, const char *value)
{
    const char *dots = strstr(allowed, "..");
    const size_t len = strlen(value);

    if (dots != NULL)
        return in_range(allowed, dots, value);
    if (len == 0 || strchr(value, '|') != NULL)
        return false;
    for (const char *p = allowed;; p++) {
        if (strncmp(p, value, len) == 0 && (p[len] == '|' || p[len] == '\0'))
            return true;
        p = strchr(p, '|');
        if (p == NULL)
            break;
    }
    return false;
}

static size_t find(const char *name)
{
    size_t i = 0;

    while (i < COUNT_OF(table) && strcmp(table[i].name, name) != 0)
        i++;
    return i;
}

int sandbox_set_switch(struct sandbox *sb, const char *name, const char *value, struct err *err)
{
    const size_t i = find(name);

    if (i == COUNT_OF(table))
        return err_set(err, "there is no switch '%s'; --help lists them", name);
    if (!is_allowed(table[i].allowed, value) ||
        str_copy(sb->switches[i], sizeof(sb->switches[i]), value) != 0)
        return err_set(err, "switch %s takes %s, not '%s'", name, table[i].allowed, value);
    return 0;
}

const char *sandbox_get_switch(const struct sandbox *sb, const char *name)
{
    const size_t i = find(name);

    return i == COUNT_OF(table) ? NULL : sb->switches[i];
}
