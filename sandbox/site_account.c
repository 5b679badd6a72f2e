/* Signing in and out, and the page of the account. */
#include <string.h>

#include "base/str.h"
#include "sandbox/site_private.h"

static const char *about(const struct sb_user *u)
{
    if (u->rights == SB_ALL_RIGHTS)
        return "all rights";
    uint32_t seven;
    if (sb_rights_parse("seven", &seven, NULL) != 0)
        return "";
    if (u->rights == seven)
        return "exactly the seven rights that Parley needs";
    return (u->rights & seven) == seven ? "the seven rights that Parley needs, and more"
                                        : "not all of the seven rights that Parley needs";
}

int site_account_at(size_t i, struct site_account *account)
{
    if (i >= sb_user_count)
        return -1;
    *account = (struct site_account){
        .email = sb_users[i].email,
        .password = sb_users[i].password,
        .name = sb_users[i].name,
        .about = about(&sb_users[i]),
    };
    return 0;
}

static void write_accounts(struct site_ctx *c)
{
    struct site_account a;

    site_put(c, "<section class=\"sheet\">\n<h2>Accounts of this demo</h2>\n<dl>\n");
    for (size_t i = 0; site_account_at(i, &a) == 0; i++) {
        site_put(c, "<dt>");
        site_text(c, a.email);
        site_put(c, "</dt><dd>password <code>");
        site_text(c, a.password);
        site_put(c, "</code>; has ");
        site_text(c, a.about);
        site_put(c, "</dd>\n");
    }
    site_put(c, "</dl>\n</section>\n");
}

static void write_sign_in(struct site_ctx *c, int status, const struct err *err)
{
    if (c->session == NULL) {
        c->session = session_new(c->site, c->wall_ms);
        session_cookie(c->session, c->r->set_cookie, sizeof(c->r->set_cookie));
    }
    site_open(c, status, "Sign In");
    site_trouble(c, err);
    site_form(c, "/users/sign_in", "sheet fields");
    site_put(c, "<p class=\"field\"><label for=\"email\">Email</label>"
                "<input id=\"email\" name=\"email\" type=\"email\" maxlength=\"254\" "
                "autocomplete=\"username\" required");
    site_put(c, err == NULL ? " autofocus value=\"" : " value=\"");
    site_text(c, form_get(&c->form, "email"));
    site_put(c, "\"></p>\n<p class=\"field\"><label for=\"password\">Password</label>"
                "<input id=\"password\" name=\"password\" type=\"password\" maxlength=\"200\" "
                "autocomplete=\"current-password\" required");
    site_put(c, err != NULL ? " autofocus aria-describedby=\"trouble\"" : "");
    site_put(c, "></p>\n<p><button type=\"submit\">Sign In</button></p>\n</form>\n");
    write_accounts(c);
    site_close(c);
}

void site_sign_in_form(struct site_ctx *c)
{
    if (c->user != NULL)
        site_go(c, "/");
    else
        write_sign_in(c, 200, NULL);
}

void site_sign_in(struct site_ctx *c)
{
    const char *email = form_get(&c->form, "email");
    const char *password = form_get(&c->form, "password");
    const struct slice trimmed = str_trim(email, strlen(email));
    const struct sb_user *user = NULL;
    struct err err;

    email = arena_strndup(c->arena, trimmed.ptr, trimmed.len);
    for (size_t i = 0; email != NULL && i < sb_user_count; i++)
        if (str_equal_nocase(sb_users[i].email, email) &&
            strcmp(sb_users[i].password, password) == 0)
            user = &sb_users[i];
    if (user == NULL) {
        err_set(&err, "Email or password is wrong. The demo's accounts stand below.");
        write_sign_in(c, 422, &err);
        return;
    }
    session_sign_in(c->site, c->session, user);
    session_cookie(c->session, c->r->set_cookie, sizeof(c->r->set_cookie));
    site_go(c, c->session->back != NULL ? c->session->back : "/");
    c->session->back = NULL;
}

void site_sign_out(struct site_ctx *c)
{
    session_end(c->session);
    session_cookie(NULL, c->r->set_cookie, sizeof(c->r->set_cookie));
    site_go(c, "/users/sign_in");
}

void site_profile(struct site_ctx *c)
{
    site_open(c, 200, "Profile/Password");
    site_put(c, "<section class=\"sheet\">\n<h2>");
    site_text(c, c->user->name);
    site_put(c, "</h2>\n<p>");
    site_text(c, c->user->email);
    site_put(c, "</p>\n<p><a href=\"/api_tokens\">API Tokens</a></p>\n</section>\n"
                "<section class=\"sheet\">\n<h2>Password</h2>\n"
                "<p>The passwords of this demo cannot be changed.</p>\n</section>\n"
                "<section class=\"sheet\">\n<h2>Rights of this account</h2>\n<p>Group: ");
    site_text(c, c->user->group);
    site_put(c, ". A token has at most these rights.</p>\n<ul class=\"rights\">\n");
    for (size_t i = 0; i < SB_RIGHTS; i++) {
        if ((c->user->rights & SB_RIGHT_BIT(i)) == 0)
            continue;
        site_put(c, "<li>");
        site_text(c, sb_right_name((enum sb_right)i));
        site_put(c, "</li>\n");
    }
    site_put(c, "</ul>\n</section>\n");
    site_close(c);
}
