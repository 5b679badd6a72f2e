/* Webhooks, as a Notification Set sends them: {"text","html","link","attributes"}, without a
 * signature and without the event's name. They wait here until somebody takes them. */
#include <stdio.h>
#include <string.h>

#include "base/str.h"
#include "sandbox/core_private.h"

#define HOOK_MAX (1024 * 1024)

/* The last two have no known name: Syncro's list is longer than what is public. */
static const char *const names[SB_EVENTS] = {
    [SB_EV_CREATED] = "Ticket - created",
    [SB_EV_CREATED_BY_EMAIL] = "Ticket - created from email",
    [SB_EV_STATUS] = "Ticket - Status was changed",
    [SB_EV_RESOLVED] = "Ticket - was resolved",
    [SB_EV_REPLIED] = "Ticket - A customer replied to any Ticket",
    [SB_EV_HIDDEN] = "Ticket - A hidden comment was added to my Ticket",
    [SB_EV_COMMENT] = "Ticket - A comment was added",
    [SB_EV_UPDATED] = "Ticket - was updated",
};

const char *sandbox_event(size_t i)
{
    return i < COUNT_OF(names) ? names[i] : NULL;
}

void sandbox_on_work(struct sandbox *sb, void (*fn)(void *arg), void *arg)
{
    sb->work = fn;
    sb->work_arg = arg;
}

void sb_work(struct sandbox *sb)
{
    if (sb->work != NULL)
        sb->work(sb->work_arg);
}

/* --- the set --- */

/* Only to this machine: the stand-in is no way to send anything to others. */
static bool is_loopback(const char *url)
{
    static const char *const starts[] = {"http://127.0.0.1", "http://[::1]", "http://localhost"};

    for (size_t i = 0; i < COUNT_OF(starts); i++) {
        const char *rest = url + strlen(starts[i]);
        if (str_has_prefix(url, starts[i]) && (*rest == ':' || *rest == '/' || *rest == '\0') &&
            strchr(url, '@') == NULL)
            return true;
    }
    return false;
}

static int events_parse(const char *text, uint32_t *events, struct err *err)
{
    *events = 0;
    while (*text != '\0') {
        const size_t len = strcspn(text, ",");
        const struct slice name = str_trim(text, len);
        size_t i = 0;
        while (i < COUNT_OF(names) &&
               (strlen(names[i]) != name.len || strncmp(names[i], name.ptr, name.len) != 0))
            i++;
        if (i == COUNT_OF(names))
            return err_set(err, "there is no event '%.*s'", (int)name.len, name.ptr);
        *events |= UINT32_C(1) << i;
        text += len + (text[len] == ',');
    }
    return 0;
}

int sandbox_set_webhook(struct sandbox *sb, const char *url, const char *events, struct err *err)
{
    uint32_t wanted = (UINT32_C(1) << SB_EVENTS) - 1;

    if (url == NULL || url[0] == '\0') {
        sb->hook_url[0] = '\0';
        while (sb->hook_count > 0)
            buf_free(&sb->hooks[--sb->hook_count]);
        return 0;
    }
    if (!is_loopback(url) || strlen(url) >= sizeof(sb->hook_url))
        return err_set(err, "url: http to 127.0.0.1, [::1] or localhost, of at most %zu bytes",
                       sizeof(sb->hook_url) - 1);
    if (events != NULL && events_parse(events, &wanted, err) < 0)
        return -1;
    sb->hook_events = wanted;
    return str_copy(sb->hook_url, sizeof(sb->hook_url), url);
}

/* --- one webhook --- */

static void write_entity(const struct sandbox *sb, struct jw *w, const char *key,
                         const struct sb_ticket *t, const struct sb_comment *m)
{
    if (m == NULL) {
        sb_write_ticket(sb, w, key, t, false);
        return;
    }
    jw_object(w, key);
    sb_write_comment(sb, w, m, false);
    jw_object_end(w);
}

static void write_json(const struct sandbox *sb, struct buf *to, const char *text, const char *link,
                       const struct sb_ticket *t, const struct sb_comment *m)
{
    struct buf html;
    struct jw w;

    buf_init(&html, HOOK_MAX);
    buf_printf(&html, "<p>%s</p>", text);
    jw_init(&w, to);
    jw_object(&w, NULL);
    jw_text(&w, "text", text);
    jw_text(&w, "html", buf_ok(&html) ? html.ptr : "");
    jw_text(&w, "link", link);
    write_entity(sb, &w, "attributes", t, m);
    jw_object_end(&w);
    buf_free(&html);
}

static void write_escaped(struct buf *to, const char *text)
{
    for (; *text != '\0'; text++) {
        const char c = *text;
        if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-')
            buf_char(to, c);
        else
            buf_printf(to, "%%%02X", (unsigned char)c);
    }
}

/* attributes as JSON in a field of its own; how Rails would nest it nobody says. */
static void write_form(const struct sandbox *sb, struct buf *to, const char *text, const char *link,
                       const struct sb_ticket *t, const struct sb_comment *m)
{
    struct buf json;
    struct jw w;

    buf_init(&json, HOOK_MAX);
    jw_init(&w, &json);
    write_entity(sb, &w, NULL, t, m);
    buf_str(to, "text=");
    write_escaped(to, text);
    buf_str(to, "&link=");
    write_escaped(to, link);
    buf_str(to, "&attributes=");
    write_escaped(to, buf_ok(&json) ? json.ptr : "");
    buf_free(&json);
}

static void queue(struct sandbox *sb, enum sb_event event, const struct sb_ticket *t,
                  const struct sb_comment *m)
{
    struct buf text;
    char link[256];

    if (sb->hook_url[0] == '\0' || (sb->hook_events & UINT32_C(1) << event) == 0)
        return;
    if (sb->hook_count == SB_HOOKS_MAX) { /* nobody takes them: the oldest is lost */
        buf_free(&sb->hooks[0]);
        memmove(sb->hooks, sb->hooks + 1, (SB_HOOKS_MAX - 1) * sizeof(sb->hooks[0]));
        sb->hook_count--;
        sb->hooks_lost++;
    }
    struct buf *body = &sb->hooks[sb->hook_count];
    buf_init(&text, 4096);
    buf_printf(&text, "Ticket #%lld: %s", (long long)t->number, names[event]);
    snprintf(link, sizeof(link), "https://%s.syncromsp.com/tickets/%lld", sb->subdomain,
             (long long)t->id);
    buf_init(body, HOOK_MAX);
    if (sb_is(sb, SB_SW_HOOK_TYPE, "form"))
        write_form(sb, body, text.ptr, link, t, m);
    else
        write_json(sb, body, text.ptr, link, t, m);
    buf_free(&text);
    sb->hooks_made++;
    if (buf_ok(body)) {
        sb->hook_count++;
        sb_work(sb);
    } else {
        buf_free(body);
        sb->hooks_lost++;
    }
}

void sb_hook_ticket(struct sandbox *sb, enum sb_event event, const struct sb_ticket *t)
{
    queue(sb, event, t, NULL);
}

void sb_hook_comment(struct sandbox *sb, enum sb_event event, const struct sb_ticket *t,
                     const struct sb_comment *m)
{
    queue(sb, event, t, m);
}

void sb_hook_changed(struct sandbox *sb, const struct sb_ticket *t, const char *status_before)
{
    if (str_equal(t->status, status_before)) {
        sb_hook_ticket(sb, SB_EV_UPDATED, t);
        return;
    }
    sb_hook_ticket(sb, SB_EV_STATUS, t);
    if (str_equal(t->status, "Resolved"))
        sb_hook_ticket(sb, SB_EV_RESOLVED, t);
}

/* --- taking them --- */

bool sandbox_hook_take(struct sandbox *sb, struct sandbox_hook *hook)
{
    const size_t at = sb_is(sb, SB_SW_HOOK_ORDER, "newest") ? sb->hook_count - 1 : 0;

    if (sb->hook_count == 0)
        return false;
    *hook = (struct sandbox_hook){
        .content_type =
            sb->hooks[at].ptr[0] == '{' ? "application/json" : "application/x-www-form-urlencoded",
        .retries = sb_number(sb, SB_SW_HOOK_RETRIES),
        .body = sb->hooks[at],
    };
    memcpy(hook->url, sb->hook_url, sizeof(hook->url));
    sb->hook_count--;
    memmove(sb->hooks + at, sb->hooks + at + 1, (sb->hook_count - at) * sizeof(sb->hooks[0]));
    return true;
}

void sandbox_hook_release(struct sandbox_hook *hook)
{
    buf_free(&hook->body);
}

void sandbox_hook_done(struct sandbox *sb, bool arrived)
{
    if (arrived)
        sb->hooks_arrived++;
    else
        sb->hooks_failed++;
}
