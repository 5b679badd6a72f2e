/* The frame of every page, and small pieces of HTML. */
#include <string.h>

#include "base/clock.h"
#include "base/str.h"
#include "sandbox/site_private.h"

void site_text_to(struct buf *to, const char *text)
{
    for (; *text != '\0'; text++) {
        switch (*text) {
        case '&':
            buf_str(to, "&amp;");
            break;
        case '<':
            buf_str(to, "&lt;");
            break;
        case '>':
            buf_str(to, "&gt;");
            break;
        case '"':
            buf_str(to, "&quot;");
            break;
        case '\'':
            buf_str(to, "&#39;");
            break;
        default:
            buf_char(to, *text);
        }
    }
}

void site_put(struct site_ctx *c, const char *html)
{
    buf_str(&c->r->body, html);
}

void site_text(struct site_ctx *c, const char *text)
{
    site_text_to(&c->r->body, text);
}

static void write_form(struct buf *to, const struct site_session *session, const char *action,
                       const char *classes)
{
    buf_printf(to, "<form class=\"%s\" method=\"post\" action=\"%s\">", classes, action);
    buf_printf(to, "<input type=\"hidden\" name=\"authenticity_token\" value=\"%s\">",
               session->csrf);
}

void site_form(struct site_ctx *c, const char *action, const char *classes)
{
    write_form(&c->r->body, c->session, action, classes);
}

static void write_bar(const struct site_session *session, struct buf *to)
{
    buf_str(to, "<nav class=\"bar\" aria-label=\"Account\"><a href=\"/\">Tickets</a>");
    if (session == NULL || session->user == NULL) {
        buf_str(to, "<a href=\"/users/sign_in\">Sign In</a></nav>\n");
        return;
    }
    buf_str(to, "<details class=\"menu\"><summary>");
    site_text_to(to, session->user->email);
    buf_str(to, "</summary><ul><li><a href=\"/profile\">Profile/Password</a></li>");
    if (session->user->admin)
        buf_str(to, "<li><a href=\"/notification_center\">Notification Center</a></li>");
    buf_str(to, "<li>");
    write_form(to, session, "/users/sign_out", "plain");
    buf_str(to, "<button type=\"submit\">Sign Out</button></form></li></ul></details></nav>\n");
}

void site_write_bar(struct site *s, const char *cookie, int64_t now_ms, struct buf *to)
{
    write_bar(session_find(s, cookie, now_ms), to);
}

void site_open(struct site_ctx *c, int status, const char *title)
{
    site_open_with(c, status, title, "");
}

void site_open_with(struct site_ctx *c, int status, const char *title, const char *action)
{
    c->r->status = status;
    buf_clear(&c->r->body);
    site_put(c, "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                "<meta name=\"color-scheme\" content=\"light dark\">\n<title>");
    site_text(c, title);
    site_put(c, " - a stand-in for Syncro</title>\n"
                "<link rel=\"stylesheet\" href=\"/sandbox/page.css\">\n"
                "<link rel=\"stylesheet\" href=\"/sandbox/site.css\">\n"
                "<script src=\"/sandbox/site.js\" defer></script>\n</head>\n<body>\n"
                "<aside class=\"banner\" aria-label=\"About this site\">This is a stand-in for "
                "Syncro, for demos and "
                "tests. Nothing here\nreaches a real account.</aside>\n");
    write_bar(c->session, &c->r->body);
    site_put(c, "<main>\n");
    if (c->session != NULL && c->session->notice != NULL) {
        site_put(c, "<p class=\"notice\" role=\"status\">");
        site_text(c, c->session->notice);
        site_put(c, "</p>\n");
        c->session->notice = NULL;
    }
    site_put(c, "<div class=\"head\"><h1>");
    site_text(c, title);
    site_put(c, "</h1>");
    site_put(c, action);
    site_put(c, "</div>\n");
}

void site_close(struct site_ctx *c)
{
    site_put(c, "</main>\n</body>\n</html>\n");
}

void site_trouble(struct site_ctx *c, const struct err *err)
{
    if (err == NULL || err->text[0] == '\0')
        return;
    site_put(c, "<p class=\"trouble\" id=\"trouble\" role=\"alert\">");
    site_text(c, err->text);
    site_put(c, "</p>\n");
}

void site_time(struct site_ctx *c, int64_t ms)
{
    char text[CLOCK_TEXT_SIZE];

    clock_format(ms, text);
    buf_printf(&c->r->body, "<time datetime=\"%s\">%.10s %.5s UTC</time>", text, text, text + 11);
}

void site_say(struct site_ctx *c, int status, const char *title, const char *sentence)
{
    site_open(c, status, title);
    site_put(c, "<p>");
    site_text(c, sentence);
    site_put(c, "</p>\n<p><a href=\"");
    site_put(c, c->user != NULL ? "/api_tokens\">API Tokens" : "/users/sign_in\">Sign In");
    site_put(c, "</a></p>\n");
    site_close(c);
}

void site_go(struct site_ctx *c, const char *path)
{
    buf_clear(&c->r->body);
    c->r->status = 303;
    if (str_copy(c->r->location, sizeof(c->r->location), path) != 0)
        site_say(c, 500, "Too long", "That address is too long.");
}
