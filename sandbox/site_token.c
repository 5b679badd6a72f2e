/* The list of an account's tokens, a new one's only showing, and the end of one. */
#include <stdio.h>
#include <string.h>

#include "base/secret.h"
#include "base/str.h"
#include "sandbox/site_private.h"

static bool is_expired(const struct site_ctx *c, const struct sb_token *t)
{
    return t->expires_ms != 0 && t->expires_ms <= c->now_ms;
}

static void write_time_or(struct site_ctx *c, const char *what, int64_t ms, const char *otherwise)
{
    site_put(c, "<dt>");
    site_put(c, what);
    site_put(c, "</dt><dd>");
    if (ms != 0)
        site_time(c, ms);
    else
        site_put(c, otherwise);
    site_put(c, "</dd>\n");
}

static void write_rights(struct site_ctx *c, const struct sb_token *t)
{
    const int count = sb_rights_count(t->rights);

    buf_printf(&c->r->body, "<details><summary>%d right%s</summary>\n<ul class=\"rights\">\n",
               count, count == 1 ? "" : "s");
    for (size_t i = 0; i < SB_RIGHTS; i++) {
        if ((t->rights & SB_RIGHT_BIT(i)) == 0)
            continue;
        site_put(c, "<li>");
        site_text(c, sb_right_name((enum sb_right)i));
        site_put(c, "</li>\n");
    }
    site_put(c, "</ul>\n</details>\n");
}

/* The name once more inside a button or link, for those who hear it out of its place. */
static void write_for_whom(struct site_ctx *c, const struct sb_token *t)
{
    site_put(c, " <span class=\"unseen\">");
    site_text(c, t->name);
    site_put(c, "</span>");
}

static void write_actions(struct site_ctx *c, const struct sb_token *t)
{
    char path[64];

    site_put(c, "<div class=\"actions\">\n");
    snprintf(path, sizeof(path), "/api_tokens/%lld/%s", (long long)t->id,
             t->enabled ? "disable" : "enable");
    site_form(c, path, "plain");
    site_put(c, "<button type=\"submit\">");
    site_put(c, t->enabled ? "Disable" : "Enable");
    write_for_whom(c, t);
    buf_printf(&c->r->body,
               "</button></form>\n<a class=\"button danger\" href=\"/api_tokens/%lld/delete\">"
               "Delete",
               (long long)t->id);
    write_for_whom(c, t);
    site_put(c, "</a>\n</div>\n");
}

static void write_token(struct site_ctx *c, const struct sb_token *t)
{
    const char *state = is_expired(c, t) ? "Expired" : t->enabled ? "Active" : "Disabled";

    site_put(c, "<li class=\"sheet\">\n<h2>");
    site_text(c, t->name);
    buf_printf(&c->r->body, " <span class=\"state %s\">%s</span></h2>\n<dl>\n", state, state);
    write_time_or(c, "Created", t->created_ms, "not known");
    write_time_or(c, "Last used", t->used_ms, "never");
    write_time_or(c, "Expiration", t->expires_ms, "never");
    site_put(c, "</dl>\n");
    write_rights(c, t);
    write_actions(c, t);
    site_put(c, "</li>\n");
}

void site_tokens(struct site_ctx *c)
{
    const struct sb_table *const tables[] = {&c->site->sb->tokens, &c->site->sb->given};
    size_t count = 0;

    site_open_with(c, 200, "API Tokens",
                   "<a class=\"button\" href=\"/api_tokens/new\">+ New Token</a>");
    site_put(c, "<ul class=\"tokens\">\n");
    for (size_t k = 0; k < COUNT_OF(tables); k++) {
        for (size_t i = tables[k]->count; i > 0; i--) {
            const struct sb_token *t = tables[k]->rows[i - 1];
            if (t->user_id != c->user->id)
                continue;
            write_token(c, t);
            count++;
        }
    }
    site_put(c, "</ul>\n");
    if (count == 0)
        site_put(c, "<p class=\"empty\">This account has no API tokens yet.</p>\n");
    site_close(c);
}

/* The token of the path; NULL after answering. */
static struct sb_token *token_here(struct site_ctx *c)
{
    struct sb_token *t = sb_token_of_user(c->site->sb, c->user->id, c->id);

    if (t == NULL)
        site_say(c, 404, "Not found", "This account has no such API token; perhaps it is deleted.");
    return t;
}

void site_token_created(struct site_ctx *c)
{
    struct site_session *s = c->session;
    const struct sb_token *t = token_here(c);

    if (t == NULL)
        return;
    if (s->fresh_id != t->id) {
        site_say(c, 410, "Shown once",
                 "This token was shown once, right after it was made, and cannot be shown again. "
                 "If nobody copied it, delete it and make a new one.");
        return;
    }
    site_open(c, 200, "Your new API token");
    site_put(c, "<section class=\"sheet fields\">\n<p>Copy it now: it is shown only this once."
                "</p>\n<p class=\"field\"><label for=\"token\">API Token for ");
    site_text(c, t->name);
    site_put(c, "</label><textarea id=\"token\" class=\"token\" rows=\"2\" readonly "
                "spellcheck=\"false\">");
    site_text(c, s->fresh);
    site_put(c, "</textarea></p>\n<p class=\"actions\"><button type=\"button\" id=\"copy\" "
                "hidden>Copy</button> <a class=\"button\" href=\"/api_tokens\">Done</a> "
                "<span id=\"copied\" role=\"status\"></span></p>\n</section>\n");
    site_close(c);
    s->fresh_id = 0;
    secret_wipe(s->fresh, sizeof(s->fresh));
}

static void set_enabled(struct site_ctx *c, bool enabled)
{
    struct sb_token *t = token_here(c);

    if (t == NULL)
        return;
    sb_token_enable(c->site->sb, t, enabled);
    c->session->notice = enabled ? "The token is enabled; it works at once."
                                 : "The token is disabled; its next call is refused.";
    site_go(c, "/api_tokens");
}

void site_token_disable(struct site_ctx *c)
{
    set_enabled(c, false);
}

void site_token_enable(struct site_ctx *c)
{
    set_enabled(c, true);
}

void site_token_delete_form(struct site_ctx *c)
{
    const struct sb_token *t = token_here(c);
    char path[64];

    if (t == NULL)
        return;
    site_open(c, 200, "Delete this API token?");
    site_put(c, "<p>What uses <b>");
    site_text(c, t->name);
    site_put(c, "</b> is refused from its next call on. This cannot be taken back; a token that "
                "is disabled can be enabled again.</p>\n<div class=\"actions\">\n");
    snprintf(path, sizeof(path), "/api_tokens/%lld/delete", (long long)t->id);
    site_form(c, path, "plain");
    site_put(c, "<button class=\"danger\" type=\"submit\">Delete</button></form>\n"
                "<a class=\"button quiet\" href=\"/api_tokens\">Keep it</a>\n</div>\n");
    site_close(c);
}

void site_token_delete(struct site_ctx *c)
{
    struct sb_token *t = token_here(c);

    if (t == NULL)
        return;
    sb_token_delete(c->site->sb, t);
    c->session->notice = "The token is deleted; its next call is refused.";
    site_go(c, "/api_tokens");
}
