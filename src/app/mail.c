/* The way to the mail server, from the settings. */
#include <stdio.h>
#include <string.h>

#include "app/app.h"
#include "base/secret.h"
#include "mail/mime.h"

#define NAME_LETTERS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-"
#define CONNECT_MS   15000
#define LETTER_MS    60000

/* The name under which people reach us is the one that a mail server can look up; an address is no
 * name. */
static void own_name(const char *url, char name[256])
{
    const char *host = strstr(url, "://") + 3;
    const size_t len = strcspn(host, ":");

    name[0] = '\0';
    if (strspn(host, NAME_LETTERS) >= len && strspn(host, "0123456789.") < len)
        snprintf(name, 256, "%.*s", (int)len, host);
}

int app_smtp(const struct settings *set, struct loop *loop, struct smtp_client **smtp,
             struct err *err)
{
    char name[256] = "";
    struct smtp_settings in = {.url = set->smtp_url,
                               .user = set->smtp_user,
                               .from = set->mail_from,
                               .name = name,
                               .ca_file = set->smtp_ca_file,
                               .connect_timeout_ms = CONNECT_MS,
                               .timeout_ms = LETTER_MS};
    struct secret *password = NULL;

    *smtp = NULL;
    if (set->smtp_url[0] == '\0' && set->smtp_user[0] == '\0' && set->mail_from[0] == '\0' &&
        set->smtp_password_file[0] == '\0')
        return 0;
    if (set->smtp_url[0] == '\0' || set->mail_from[0] == '\0')
        return err_set(err, "email needs both smtp_url and mail_from");
    if (set->url[0] == '\0')
        return err_set(err, "smtp_url needs url: letters hold links to it");
    own_name(set->url, name);
    if (!mime_is_address(set->mail_from))
        return err_set(err, "mail_from: an address like help@msp.example, not \"%.100s\"",
                       set->mail_from);
    if (set->smtp_password_file[0] != '\0') {
        struct err why = {""};

        password = app_secret(set->smtp_password_file, &why);
        if (password == NULL)
            return err_set(err, "smtp_password_file: %s", why.text);
    }
    in.password = password;
    *smtp = smtp_client_curl_new(loop, &in, err);
    secret_free(password);
    return *smtp == NULL ? -1 : 0;
}
