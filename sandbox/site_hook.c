/* Notification Center: where Syncro's webhook is set up by hand, for there is no API for it. The
 * stand-in has one set. */
#include <string.h>

#include "base/str.h"
#include "sandbox/site_private.h"

static bool refuse_others(struct site_ctx *c)
{
    if (c->user->admin)
        return false;
    site_say(c, 403, "Not allowed", "Only an administrator sets up notifications.");
    return true;
}

static bool is_ticked(const struct site_ctx *c, size_t event, bool from_form)
{
    const struct sandbox *sb = c->site->sb;

    if (from_form)
        return form_has(&c->form, "webhook", sandbox_event(event));
    return sb->hook_url[0] != '\0' && (sb->hook_events & UINT32_C(1) << event) != 0;
}

static void write_page(struct site_ctx *c, int status, const struct err *err)
{
    const bool from_form = err != NULL;
    const char *name;

    site_open(c, status, "Notification Center");
    site_trouble(c, err);
    site_form(c, "/notification_center", "sheet fields");
    site_put(c, "<h2>Notification Set</h2>\n<p class=\"field\"><label for=\"url\">Webhook URL"
                "</label><input id=\"url\" name=\"url\" maxlength=\"511\" autocomplete=\"off\" "
                "aria-describedby=\"url-hint\" value=\"");
    site_text(c, from_form ? form_get(&c->form, "url") : c->site->sb->hook_url);
    site_put(c, "\"><span class=\"hint\" id=\"url-hint\">The stand-in sends only to this machine. "
                "Blank: nothing is sent.</span></p>\n<fieldset><legend>Webhook</legend>\n");
    for (size_t i = 0; (name = sandbox_event(i)) != NULL; i++) {
        buf_printf(&c->r->body,
                   "<div class=\"choice\"><input type=\"checkbox\" id=\"event-%zu\" "
                   "name=\"webhook\" value=\"",
                   i);
        site_text(c, name);
        buf_printf(&c->r->body, "\"%s><label for=\"event-%zu\">",
                   is_ticked(c, i, from_form) ? " checked" : "", i);
        site_text(c, name);
        site_put(c, "</label></div>\n");
    }
    site_put(c, "</fieldset>\n<p><button type=\"submit\">Save</button></p>\n</form>\n");
    site_close(c);
}

void site_hooks_form(struct site_ctx *c)
{
    if (!refuse_others(c))
        write_page(c, 200, NULL);
}

void site_hooks(struct site_ctx *c)
{
    const char *url = form_get(&c->form, "url"), *name;
    const struct slice trimmed = str_trim(url, strlen(url));
    struct err err = {""};
    struct buf events;

    if (refuse_others(c))
        return;
    buf_init(&events, 4096);
    buf_str(&events, "");
    for (size_t i = 0; (name = sandbox_event(i)) != NULL; i++)
        if (is_ticked(c, i, true))
            buf_printf(&events, "%s%s", events.len > 0 ? "," : "", name);
    url = arena_strndup(c->arena, trimmed.ptr, trimmed.len);
    if (url == NULL || !buf_ok(&events))
        err_set(&err, "The form is too large.");
    else if (url[0] != '\0' && events.len == 0)
        err_set(&err, "Tick at least one event.");
    else
        (void)!sandbox_set_webhook(c->site->sb, url, events.ptr, &err);
    buf_free(&events);
    if (err.text[0] != '\0') {
        write_page(c, 422, &err);
        return;
    }
    c->session->notice = "Saved.";
    site_go(c, "/notification_center");
}
