/* The commands of the program. Each gets the arguments after its name and returns the exit code:
 * 0 done, 1 failed, 2 wrong usage. */
#ifndef PARLEY_APP_APP_H
#define PARLEY_APP_APP_H

#include "app/settings.h"
#include "net/smtp_client_curl.h"

#define APP_OK     0
#define APP_FAILED 1
#define APP_USAGE  2

int app_serve(int argc, char **argv);
int app_connector(int argc, char **argv);
int app_staff(int argc, char **argv);

/* The value of argv[*i], which is named `name` as "--name VALUE" or "--name=VALUE"; moves *i. NULL
 * when argv[*i] is another one, or when the value is missing (then *i is argc + 1). */
const char *app_option(int argc, char **argv, int *i, const char *name);
/* Say what is wrong on stderr; returns code. */
int app_fail(int code, const char *text);
/* The secret in the file (-: the standard input), without the white space around it. It travels in
 * a header's line, so that it has neither white space nor control characters within. NULL with err.
 */
struct secret *app_secret(const char *path, struct err *err) WARN_UNUSED;
/* The key that seals secrets, DIR/key; DIR is made when it is not there. NULL with err. */
struct secret_key *app_key(const char *data, struct err *err) WARN_UNUSED;

/* The way to the mail server that the settings name; *smtp NULL: they name none. 0, or -1 with err.
 */
int app_smtp(const struct settings *set, struct loop *loop, struct smtp_client **smtp,
             struct err *err) WARN_UNUSED;

#endif
