/* The endpoints, which right each needs, and the way of a request to its handler. */
#include <stdio.h>
#include <string.h>

#include "base/str.h"
#include "sandbox/core_private.h"

enum open_to { /* the endpoints whose right nobody documents (question 2) */
               BY_RIGHT,
               UNSTATED,
               UNSTATED_ME,
};

static const struct route {
    const char *method, *path; /* ":id" is a number */
    enum sb_right right;       /* SB_NO_RIGHT: none, or the handler looks itself */
    enum open_to open_to;
    sb_handler_fn *handler;
} routes[] = {
    {"GET", "/me", SB_NO_RIGHT, UNSTATED_ME, sb_me},
    {"GET", "/tickets", SB_TICKETS_LIST, BY_RIGHT, sb_tickets_list},
    {"POST", "/tickets", SB_TICKETS_CREATE, BY_RIGHT, sb_ticket_create},
    {"GET", "/tickets/settings", SB_NO_RIGHT, UNSTATED, sb_ticket_settings},
    {"GET", "/tickets/:id", SB_NO_RIGHT, BY_RIGHT, sb_ticket_get},
    {"PUT", "/tickets/:id", SB_TICKETS_EDIT, BY_RIGHT, sb_ticket_update},
    {"PATCH", "/tickets/:id", SB_TICKETS_EDIT, BY_RIGHT, sb_ticket_update},
    {"DELETE", "/tickets/:id", SB_TICKETS_DELETE, BY_RIGHT, sb_ticket_delete},
    {"GET", "/tickets/:id/comments", SB_NO_RIGHT, BY_RIGHT, sb_comments_list},
    {"POST", "/tickets/:id/comment", SB_TICKETS_EDIT, BY_RIGHT, sb_comment_create},
    {"POST", "/tickets/:id/attach_file_url", SB_TICKETS_EDIT, BY_RIGHT, sb_ticket_attach},
    {"POST", "/tickets/:id/delete_attachment", SB_TICKETS_EDIT, BY_RIGHT, sb_attachment_delete},
    {"GET", "/ticket_comments", SB_TICKETS_VIEW, BY_RIGHT, sb_ticket_comments_list},
    {"GET", "/customers", SB_CUSTOMERS_LIST, BY_RIGHT, sb_customers_list},
    {"POST", "/customers", SB_CUSTOMERS_CREATE, BY_RIGHT, sb_customer_create},
    {"GET", "/customers/autocomplete", SB_CUSTOMERS_LIST, UNSTATED, sb_customers_autocomplete},
    {"GET", "/customers/latest", SB_CUSTOMERS_EDIT, BY_RIGHT, sb_customer_latest},
    {"GET", "/customers/:id", SB_CUSTOMERS_VIEW, BY_RIGHT, sb_customer_get},
    {"PUT", "/customers/:id", SB_CUSTOMERS_EDIT, BY_RIGHT, sb_customer_update},
    {"DELETE", "/customers/:id", SB_CUSTOMERS_DELETE, BY_RIGHT, sb_customer_delete},
    {"GET", "/customers/:id/phones", SB_CUSTOMERS_VIEW, BY_RIGHT, sb_customer_phones},
    {"GET", "/contacts", SB_CUSTOMERS_VIEW, BY_RIGHT, sb_contacts_list},
    {"POST", "/contacts", SB_CUSTOMERS_EDIT, BY_RIGHT, sb_contact_create},
    {"GET", "/contacts/:id", SB_CUSTOMERS_VIEW, BY_RIGHT, sb_contact_get},
    {"PUT", "/contacts/:id", SB_CUSTOMERS_EDIT, BY_RIGHT, sb_contact_update},
    {"DELETE", "/contacts/:id", SB_CUSTOMERS_EDIT, BY_RIGHT, sb_contact_delete},
    {"GET", "/users", SB_NO_RIGHT, UNSTATED, sb_users_list},
    {"GET", "/users/:id", SB_NO_RIGHT, UNSTATED, sb_user_get},
    {"GET", "/settings", SB_NO_RIGHT, UNSTATED, sb_settings_get},
    {"GET", "/search", SB_NO_RIGHT, BY_RIGHT, sb_search},
};
_Static_assert(COUNT_OF(routes) <= SB_ROUTES_MAX, "count of requests by route");

const char *sb_route_name(size_t i, char *room, size_t size)
{
    if (i >= COUNT_OF(routes))
        return NULL;
    snprintf(room, size, "%s %s", routes[i].method, routes[i].path);
    return room;
}

bool sb_path_fits(const char *pattern, const char *path, int64_t *id)
{
    char text[24];

    *id = 0;
    while (*pattern != '\0') {
        if (str_has_prefix(pattern, ":id")) {
            const size_t len = strcspn(path, "/");
            if (len == 0 || len >= sizeof(text))
                return false;
            memcpy(text, path, len);
            text[len] = '\0';
            if (str_to_int(text, 0, INT64_MAX, id) != 0)
                return false;
            path += len;
            pattern += 3;
        } else if (*pattern++ != *path++) {
            return false;
        }
    }
    return *path == '\0';
}

bool sb_has_right(const struct sb_ctx *c, enum sb_right right)
{
    return right == SB_NO_RIGHT || (c->token->rights & SB_RIGHT_BIT(right)) != 0;
}

static bool is_open(const struct sb_ctx *c, const struct route *route)
{
    if (route->open_to != BY_RIGHT && c->token->rights != SB_ALL_RIGHTS) {
        const bool only_me = sb_is(c->sb, SB_SW_SEVEN_RIGHTS_ME, "me-only");
        if (sb_is(c->sb, SB_SW_SEVEN_RIGHTS_ME, "no") || (only_me && route->open_to != UNSTATED_ME))
            return false;
    }
    return sb_has_right(c, route->right);
}

static bool is_missing_first(const struct sb_ctx *c, const char *path)
{
    return sb_is(c->sb, SB_SW_RECORD_FIRST, "yes") && str_has_prefix(path, "/tickets/") &&
           path[9] >= '0' && path[9] <= '9' && sb_table_find(&c->sb->tickets, c->id) == NULL;
}

static void refuse_token(struct sb_ctx *c)
{
    if (sb_is(c->sb, SB_SW_BAD_TOKEN_BODY, "json"))
        sb_json(c, 401, "{\"error\":\"Not authorized\"}");
    else if (sb_is(c->sb, SB_SW_BAD_TOKEN_BODY, "html"))
        sb_html(c->r, 401, "Sign in");
    else
        sb_empty(c->r, 401);
}

static bool is_json_type(const char *type)
{
    static const char json[] = "application/json";

    return type != NULL && strncasecmp(type, json, sizeof(json) - 1) == 0 &&
           (type[sizeof(json) - 1] == '\0' || type[sizeof(json) - 1] == ';' ||
            type[sizeof(json) - 1] == ' ');
}

/* Read the body of a writing request. False when it was answered 400. */
static bool read_body(struct sb_ctx *c, const struct sandbox_request *q, struct json_doc **doc)
{
    if (q->len == 0)
        return true;
    if (is_json_type(q->content_type))
        *doc = json_parse(q->body, q->len, NULL);
    if (*doc == NULL) {
        sb_html(c->r, 400, "Bad Request");
        return false;
    }
    if (json_kind(json_root(*doc)) == JSON_KIND_OBJECT)
        c->body = json_root(*doc);
    return true;
}

void sb_dispatch(struct sb_ctx *c, const char *method, const char *path,
                 const struct sandbox_request *q)
{
    const struct route *route = NULL;
    struct json_doc *doc = NULL;

    for (size_t i = 0; i < COUNT_OF(routes) && route == NULL; i++)
        if (strcmp(routes[i].method, method) == 0 && sb_path_fits(routes[i].path, path, &c->id))
            route = &routes[i];
    if (!q->held)
        c->sb->route_counts[route == NULL ? SB_ROUTES_MAX : (size_t)(route - routes)]++;
    sb_params_parse(c, q->query);
    c->token = sb_token_of(c->sb, q->authorization, sb_param(c, "api_key"), c->now_ms);
    if (c->token == NULL)
        refuse_token(c);
    else if (route == NULL || (route->handler == sb_ticket_comments_list &&
                               sb_is(c->sb, SB_SW_TICKET_COMMENTS, "off")))
        sb_html(c->r, 404, "The page you were looking for doesn't exist");
    else if (strcmp(method, "GET") != 0 && !read_body(c, q, &doc))
        ;
    else if (is_missing_first(c, path))
        sb_not_found(c);
    else if (!is_open(c, route))
        sb_no_right(c);
    else
        route->handler(c);
    json_free(doc);
}
