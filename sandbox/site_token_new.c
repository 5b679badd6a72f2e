/* The New Token page: a tab with sets of rights for known apps, and Custom Permissions. */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/secret.h"
#include "base/str.h"
#include "sandbox/site_private.h"

#define DAY_MS (INT64_C(24) * 3600 * 1000)

/* None of them is enough for Parley, as in Syncro: its guide says Custom Permissions. */
static const struct app {
    const char *key, *name;
    uint32_t rights;
} apps[] = {
    {"documentation", "Documentation app",
     SB_RIGHT_BIT(SB_CUSTOMERS_LIST) | SB_RIGHT_BIT(SB_CUSTOMERS_VIEW) |
         SB_RIGHT_BIT(SB_ASSETS_LIST) | SB_RIGHT_BIT(SB_ASSETS_VIEW)},
    {"billing", "Billing app",
     SB_RIGHT_BIT(SB_CUSTOMERS_LIST) | SB_RIGHT_BIT(SB_CUSTOMERS_VIEW) |
         SB_RIGHT_BIT(SB_INVOICES_LIST) | SB_RIGHT_BIT(SB_INVOICES_VIEW)},
    {"wallboard", "Wallboard", SB_RIGHT_BIT(SB_TICKETS_LIST) | SB_RIGHT_BIT(SB_TICKETS_VIEW)},
};

/* --- what was sent --- */

/* The end of that day, 0 for a blank field. */
static int read_expiration(const struct site_ctx *c, int64_t *expires_ms, struct err *err)
{
    const char *text = form_get(&c->form, "expiration");
    const struct slice day = str_trim(text, strlen(text));
    char room[11];
    int64_t ms;

    *expires_ms = 0;
    if (day.len == 0)
        return 0;
    if (day.len != 10)
        return err_set(err, "Expiration must be a date like 2027-01-31, or blank.");
    memcpy(room, day.ptr, 10);
    room[10] = '\0';
    if (clock_parse(room, &ms) != 0)
        return err_set(err, "Expiration must be a date that there is, like 2027-01-31, or blank.");
    if (ms + DAY_MS <= c->now_ms)
        return err_set(
            err, "Expiration %s is past. Choose today or a later day, or leave it blank.", room);
    *expires_ms = ms + DAY_MS;
    return 0;
}

/* Make the token and show it; the form once more (by again) when something is wrong. */
static void make(struct site_ctx *c, uint32_t rights,
                 void (*again)(struct site_ctx *c, int status, const struct err *err))
{
    struct site_session *s = c->session;
    struct sb_token_wish wish = {.owner = c->user,
                                 .name = form_get(&c->form, "name"),
                                 .rights = rights,
                                 .now_ms = c->now_ms};
    struct err err = {{0}};
    char path[64];

    if (read_expiration(c, &wish.expires_ms, &err) != 0) {
        again(c, 422, &err);
        return;
    }
    c->site->random(wish.random, sizeof(wish.random), c->site->random_arg);
    const struct sb_token *t = sb_token_make(c->site->sb, &wish, s->fresh, &err);
    secret_wipe(wish.random, sizeof(wish.random));
    if (t == NULL) {
        again(c, 422, &err);
        return;
    }
    s->fresh_id = t->id;
    snprintf(path, sizeof(path), "/api_tokens/%lld/created", (long long)t->id);
    site_go(c, path);
}

/* --- the form --- */

static void write_tab(struct site_ctx *c, const char *path, const char *name, bool is_here)
{
    buf_printf(&c->r->body, "<a href=\"%s\"%s>%s</a>\n", path,
               is_here ? " aria-current=\"page\"" : "", name);
}

/* Up to the rights: the tabs, name and Expiration. */
static void open_form(struct site_ctx *c, int status, const struct err *err, bool is_custom)
{
    site_open(c, status, "New Token");
    site_put(c, "<nav class=\"tabs\" aria-label=\"Kinds of permissions\">\n");
    write_tab(c, "/api_tokens/new", "App Permissions", !is_custom);
    write_tab(c, "/api_tokens/new/custom", "Custom Permissions", is_custom);
    site_put(c, "</nav>\n");
    site_trouble(c, err);
    site_form(c, is_custom ? "/api_tokens/new/custom" : "/api_tokens/new", "sheet fields");
    buf_printf(&c->r->body,
               "<p class=\"field\"><label for=\"name\">Name</label><input id=\"name\" "
               "name=\"name\" maxlength=\"%d\" required autofocus autocomplete=\"off\" value=\"",
               SB_TOKEN_NAME_MAX);
    site_text(c, form_get(&c->form, "name"));
    site_put(c, "\"></p>\n<p class=\"field\"><label for=\"expiration\">Expiration</label>"
                "<input id=\"expiration\" name=\"expiration\" type=\"date\" "
                "aria-describedby=\"expiration-hint\" value=\"");
    site_text(c, form_get(&c->form, "expiration"));
    site_put(c, "\"><span class=\"hint\" id=\"expiration-hint\">The last day that it works, in "
                "UTC. Leave it blank and it works indefinitely; it can be disabled later."
                "</span></p>\n");
}

static void close_form(struct site_ctx *c)
{
    site_put(c, "<p><button type=\"submit\">Create API Token</button></p>\n</form>\n");
    site_close(c);
}

/* --- App Permissions --- */

static void write_missing(struct site_ctx *c, uint32_t missing)
{
    const char *comma = "";

    site_put(c, "This account itself lacks ");
    for (size_t i = 0; i < SB_RIGHTS; i++) {
        if ((missing & SB_RIGHT_BIT(i)) == 0)
            continue;
        site_put(c, comma);
        site_text(c, sb_right_name((enum sb_right)i));
        comma = ", ";
    }
    site_put(c, ".");
}

static void write_app(struct site_ctx *c, const struct app *app)
{
    const uint32_t missing = app->rights & ~c->user->rights;
    const char *comma = "";

    buf_printf(&c->r->body,
               "<div class=\"choice\"><input type=\"radio\" id=\"app-%s\" name=\"app\" "
               "value=\"%s\" aria-describedby=\"about-%s\"%s%s><label for=\"app-%s\">%s</label>"
               "<span class=\"hint\" id=\"about-%s\">",
               app->key, app->key, app->key, missing != 0 ? " disabled" : "",
               form_has(&c->form, "app", app->key) ? " checked" : "", app->key, app->name,
               app->key);
    if (missing != 0)
        write_missing(c, missing);
    for (size_t i = 0; missing == 0 && i < SB_RIGHTS; i++) {
        if ((app->rights & SB_RIGHT_BIT(i)) == 0)
            continue;
        site_put(c, comma);
        site_text(c, sb_right_name((enum sb_right)i));
        comma = ", ";
    }
    site_put(c, "</span></div>\n");
}

static void write_apps(struct site_ctx *c, int status, const struct err *err)
{
    open_form(c, status, err, false);
    site_put(c, "<fieldset><legend>App</legend>\n");
    for (size_t i = 0; i < COUNT_OF(apps); i++)
        write_app(c, &apps[i]);
    site_put(c, "</fieldset>\n");
    close_form(c);
}

void site_token_app_form(struct site_ctx *c)
{
    write_apps(c, 200, NULL);
}

void site_token_app(struct site_ctx *c)
{
    struct err err;

    for (size_t i = 0; i < COUNT_OF(apps); i++) {
        if (form_has(&c->form, "app", apps[i].key)) {
            make(c, apps[i].rights, write_apps);
            return;
        }
    }
    err_set(&err, "Choose an app, or tick rights under Custom Permissions.");
    write_apps(c, 422, &err);
}

/* --- Custom Permissions --- */

/* "Tickets" of "Tickets - Create"; a name without it is a group of its own. */
static struct slice group_of(size_t right)
{
    const char *name = sb_right_name((enum sb_right)right), *end = strstr(name, " - ");

    return (struct slice){name, end != NULL ? (size_t)(end - name) : strlen(name)};
}

static bool begins_group(size_t right)
{
    if (right == 0)
        return true;
    const struct slice a = group_of(right - 1), b = group_of(right);
    return a.len != b.len || memcmp(a.ptr, b.ptr, a.len) != 0;
}

static void write_right(struct site_ctx *c, size_t i)
{
    const char *name = sb_right_name((enum sb_right)i);
    const bool capped = (c->user->rights & SB_RIGHT_BIT(i)) == 0;

    buf_printf(&c->r->body, "<div class=\"choice\"><input type=\"checkbox\" id=\"right-%zu\" ", i);
    site_put(c, "name=\"right\" value=\"");
    site_text(c, name);
    site_put(c, "\"");
    if (capped)
        buf_printf(&c->r->body, " disabled aria-describedby=\"capped-%zu\"", i);
    else if (form_has(&c->form, "right", name))
        site_put(c, " checked");
    buf_printf(&c->r->body, "><label for=\"right-%zu\">", i);
    site_text(c, name);
    site_put(c, "</label>");
    if (capped)
        buf_printf(&c->r->body,
                   "<span class=\"hint\" id=\"capped-%zu\">This account itself lacks it.</span>",
                   i);
    site_put(c, "</div>\n");
}

static void write_custom(struct site_ctx *c, int status, const struct err *err)
{
    char group[64];

    open_form(c, status, err, true);
    for (size_t i = 0; i < SB_RIGHTS; i++) {
        if (begins_group(i)) {
            const struct slice g = group_of(i);
            snprintf(group, sizeof(group), "%.*s", (int)g.len, g.ptr);
            site_put(c, i == 0 ? "<fieldset><legend>" : "</fieldset>\n<fieldset><legend>");
            site_text(c, group);
            site_put(c, "</legend>\n");
        }
        write_right(c, i);
    }
    site_put(c, "</fieldset>\n");
    close_form(c);
}

void site_token_custom_form(struct site_ctx *c)
{
    write_custom(c, 200, NULL);
}

void site_token_custom(struct site_ctx *c)
{
    uint32_t rights = 0;

    for (size_t i = 0; i < SB_RIGHTS; i++)
        if (form_has(&c->form, "right", sb_right_name((enum sb_right)i)))
            rights |= SB_RIGHT_BIT(i);
    make(c, rights, write_custom);
}
