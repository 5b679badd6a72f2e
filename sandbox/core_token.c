/* Tokens and their rights, and the limit of requests a minute. */
#include <stdlib.h>
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
    [SB_CUSTOMERS_LIST] = "Customers - List/Search",
    [SB_CUSTOMERS_VIEW] = "Customers - View Detail",
    [SB_CUSTOMERS_CREATE] = "Customers - Create",
    [SB_CUSTOMERS_EDIT] = "Customers - Edit",
    [SB_CUSTOMERS_DELETE] = "Customers - Delete",
};

static int right_parse(struct slice name, uint32_t *bits, struct err *err)
{
    for (size_t i = 0; i < SB_RIGHTS; i++) {
        if (strlen(rights[i]) == name.len && strncasecmp(rights[i], name.ptr, name.len) == 0) {
            *bits |= UINT32_C(1) << i;
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

static struct sb_token *token_find(struct sandbox *sb, const char *text)
{
    for (size_t i = 0; i < sb->token_count; i++)
        if (strcmp(sb->tokens[i].text, text) == 0)
            return &sb->tokens[i];
    return NULL;
}

int sandbox_set_token(struct sandbox *sb, const char *text, const char *names, bool enabled,
                      struct err *err)
{
    struct sb_token *token = token_find(sb, text);
    uint32_t bits = token != NULL ? token->rights : 0;

    if (names == NULL && token == NULL)
        names = "seven";
    if (names != NULL && sb_rights_parse(names, &bits, err) != 0)
        return -1;
    if (token == NULL) {
        if (sb->token_count == SB_TOKENS_MAX)
            return err_set(err, "at most %d tokens", SB_TOKENS_MAX);
        token = &sb->tokens[sb->token_count];
        if (text[0] == '\0' || str_copy(token->text, sizeof(token->text), text) != 0)
            return err_set(err, "a token has 1 to %zu characters", sizeof(token->text) - 1);
        token->user_id = sb_users[0].id;
        sb->token_count++;
    }
    token->rights = bits;
    token->enabled = enabled;
    return 0;
}

const struct sb_token *sb_token_of(const struct sandbox *sb, const char *authorization,
                                   const char *api_key)
{
    struct slice text = {api_key, api_key == NULL ? 0 : strlen(api_key)};

    if (authorization != NULL && authorization[0] != '\0') {
        text = str_trim(authorization, strlen(authorization));
        if (text.len > 7 && strncasecmp(text.ptr, "Bearer ", 7) == 0)
            text = str_trim(text.ptr + 7, text.len - 7);
    }
    for (size_t i = 0; i < sb->token_count; i++) {
        const struct sb_token *t = &sb->tokens[i];
        if (t->enabled && strlen(t->text) == text.len && memcmp(t->text, text.ptr, text.len) == 0)
            return t;
    }
    return NULL;
}

/* --- the limit --- */

/* The peer of that name, or the place of the one that was silent longest. */
static struct sb_peer *peer_of(struct sandbox *sb, const char *name)
{
    struct sb_peer *oldest = NULL;

    for (size_t i = 0; i < sb->peer_count; i++) {
        if (strcmp(sb->peers[i]->name, name) == 0)
            return sb->peers[i];
        if (oldest == NULL || sb->peers[i]->last_ms < oldest->last_ms)
            oldest = sb->peers[i];
    }
    if (sb->peer_count < SB_PEERS_MAX) {
        oldest = malloc(sizeof(*oldest));
        if (oldest == NULL)
            abort();
        sb->peers[sb->peer_count++] = oldest;
    }
    oldest->last_ms = INT64_MIN;
    oldest->head = oldest->count = oldest->passed_count = 0;
    if (str_copy(oldest->name, sizeof(oldest->name), name) != 0)
        oldest->name[0] = '\0';
    return oldest;
}

static void drop_oldest(struct sb_peer *p)
{
    if (p->passed[p->head])
        p->passed_count--;
    p->head = (p->head + 1) % SB_WINDOW_MAX;
    p->count--;
}

bool sb_limit_pass(struct sandbox *sb, const char *name, int64_t now_ms, int64_t limit)
{
    struct sb_peer *p = peer_of(sb, strlen(name) < sizeof(p->name) ? name : "");

    if (now_ms < p->last_ms)
        now_ms = p->last_ms; /* a clock that was set back does not open a new minute */
    p->last_ms = now_ms;
    while (p->count > 0 && (p->count == SB_WINDOW_MAX || p->at_ms[p->head] <= now_ms - 60000))
        drop_oldest(p);
    const bool pass = limit == 0 || p->passed_count < (size_t)limit;
    const size_t tail = (p->head + p->count) % SB_WINDOW_MAX;
    p->at_ms[tail] = now_ms;
    p->passed[tail] = pass;
    p->count++;
    if (pass)
        p->passed_count++;
    if (p->count > sb->max_minute)
        sb->max_minute = p->count;
    return pass;
}
