/* The rights, by Syncro's names. Those that no call of the API here needs are on its list all the
 * same, so that ticking the right ones is as much of a choice as it is there. */
#include <string.h>
#include <strings.h>

#include "base/str.h"
#include "sandbox/core_private.h"

static const char *const rights[SB_RIGHTS] = {
    [SB_TICKETS_LIST] = "Tickets - List/Search",
    [SB_TICKETS_VIEW] = "Tickets - View Details",
    [SB_TICKETS_VIEW_THEIRS] = "Tickets - View 'Their Ticket' Details (assigned to them)",
    [SB_TICKETS_CREATE] = "Tickets - Create",
    [SB_TICKETS_EDIT] = "Tickets - Edit",
    [SB_TICKETS_DELETE] = "Tickets - Delete",
    [SB_COMMENTS_NEW] = "Ticket Comments - New",
    [SB_TIMERS_OVERVIEW] = "Ticket Timers - Overview",
    [SB_CANNED_MANAGE] = "Ticket Canned Responses - Manage",
    [SB_WORKFLOWS_MANAGE] = "Ticket Workflows - Manage",
    [SB_CUSTOMERS_LIST] = "Customers - List/Search",
    [SB_CUSTOMERS_VIEW] = "Customers - View Detail",
    [SB_CUSTOMERS_CREATE] = "Customers - Create",
    [SB_CUSTOMERS_EDIT] = "Customers - Edit",
    [SB_CUSTOMERS_DELETE] = "Customers - Delete",
    [SB_CONTACTS_IMPORT] = "Contacts - Import",
    [SB_ASSETS_LIST] = "Assets - List/Search",
    [SB_ASSETS_VIEW] = "Assets - View Details",
    [SB_INVOICES_LIST] = "Invoices - List/Search",
    [SB_INVOICES_VIEW] = "Invoices - View Details",
    [SB_GLOBAL_ADMIN] = "Global Admin",
};
_Static_assert(SB_RIGHTS < 32, "a token's rights are the bits of an uint32_t");

const char *sb_right_name(enum sb_right right)
{
    return rights[right];
}

static int right_parse(struct slice name, uint32_t *bits, struct err *err)
{
    for (size_t i = 0; i < SB_RIGHTS; i++) {
        if (strlen(rights[i]) == name.len && strncasecmp(rights[i], name.ptr, name.len) == 0) {
            *bits |= SB_RIGHT_BIT(i);
            return 0;
        }
    }
    return err_set(err, "there is no right '%.*s' here", (int)(name.len < 80 ? name.len : 80),
                   name.ptr);
}

int sb_rights_parse(const char *text, uint32_t *result, struct err *err)
{
    uint32_t bits = 0;

    if (strcmp(text, "all") == 0) {
        *result = SB_ALL_RIGHTS;
        return 0;
    }
    if (strcmp(text, "seven") == 0)
        text = SANDBOX_SEVEN_RIGHTS;
    while (*text != '\0') {
        const size_t len = strcspn(text, ",");
        const struct slice name = str_trim(text, len);
        if (name.len > 0 && right_parse(name, &bits, err) != 0)
            return -1;
        text += text[len] == ',' ? len + 1 : len;
    }
    *result = bits;
    return 0;
}

void sb_rights_write(uint32_t bits, struct buf *to)
{
    const char *comma = "";

    for (size_t i = 0; i < SB_RIGHTS; i++) {
        if ((bits & SB_RIGHT_BIT(i)) == 0)
            continue;
        buf_printf(to, "%s%s", comma, rights[i]);
        comma = ",";
    }
}

int sb_rights_count(uint32_t bits)
{
    return __builtin_popcount(bits);
}
