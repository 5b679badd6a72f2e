#include "chat/account.h"

#include <string.h>

#include "base/str.h"

const char *account_role_name(enum store_role role)
{
    return role == STORE_ADMIN ? "admin" : "technician";
}

int account_role_parse(const char *text, enum store_role *role)
{
    if (str_equal(text, "admin"))
        *role = STORE_ADMIN;
    else if (str_equal(text, "technician"))
        *role = STORE_TECHNICIAN;
    else
        return -1;
    return 0;
}

const char *account_link_name(enum store_link_kind kind)
{
    static const char *const names[] = {"?", "setup", "invite", "reset"};

    return (size_t)kind < COUNT_OF(names) ? names[kind] : "?";
}

const char *account_password_wrong(const char *password, const char *email, const char *name)
{
    const size_t len = strlen(password);

    if (len < ACCOUNT_PASSWORD_MIN)
        return "the password needs at least 12 characters";
    if (len > ACCOUNT_PASSWORD_MAX)
        return "the password may have at most 256 bytes";
    if (!str_is_utf8(password, len))
        return "the password is not text";
    if (str_equal_nocase(password, email) || str_equal_nocase(password, name))
        return "the password may not be your email address or your name";
    return NULL;
}

bool account_is_color(const char *text)
{
    if (text[0] == '\0')
        return true;
    return strlen(text) == 7 && text[0] == '#' && strspn(text + 1, "0123456789abcdef") == 6;
}

bool account_is_setting(const char *key)
{
    static const char *const keys[] = {"notify", "views", "language", "routing"};

    for (size_t i = 0; i < COUNT_OF(keys); i++)
        if (str_equal(keys[i], key))
            return true;
    return false;
}

bool account_is_step(const char *text)
{
    static const char *const steps[] = {"brand",  "psa",  "connect", "defaults",
                                        "widget", "test", "done"};

    for (size_t i = 0; i < COUNT_OF(steps); i++)
        if (str_equal(steps[i], text))
            return true;
    return false;
}
