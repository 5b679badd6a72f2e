/* The command line. */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "app/app.h"
#include "base/secret.h"

static const struct command {
    const char *name;
    int (*run)(int argc, char **argv);
    const char *meaning;
} commands[] = {
    {"serve", app_serve, "run the server"},
    {"connector", app_connector, "connect to Syncro"},
    {"staff", app_staff, "add, reset or disable somebody who works here"},
};

const char *app_option(int argc, char **argv, int *i, const char *name)
{
    const size_t len = strlen(name);

    if (strncmp(argv[*i], name, len) != 0)
        return NULL;
    if (argv[*i][len] == '=')
        return argv[*i] + len + 1;
    if (argv[*i][len] != '\0')
        return NULL;
    if (*i + 1 >= argc) {
        *i = argc + 1;
        return NULL;
    }
    return argv[++*i];
}

int app_fail(int code, const char *text)
{
    fprintf(stderr, "parley: %s\n", text);
    return code;
}

struct secret_key *app_key(const char *data, struct err *err)
{
    char path[600];

    mkdir(data, 0700); /* there already, or the key's error tells */
    snprintf(path, sizeof(path), "%s/key", data);
    return secret_key_load(path, err);
}

static void help(void)
{
    printf(
        "Parley: a service-desk chat that makes tickets.\n\nusage: parley COMMAND [OPTION]...\n\n");
    for (size_t i = 0; i < COUNT_OF(commands); i++)
        printf("  %-14s %s\n", commands[i].name, commands[i].meaning);
    printf(
        "  %-14s print the version\n\n"
        "parley COMMAND --help tells the options. Exit codes: 0 done, 1 failed, 2 wrong usage.\n",
        "version");
}

int main(int argc, char **argv)
{
    umask(077);
    if (argc < 2)
        return app_fail(APP_USAGE, "which command? see parley --help");
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "help") == 0) {
        help();
        return APP_OK;
    }
    if (strcmp(argv[1], "version") == 0 || strcmp(argv[1], "--version") == 0) {
        printf("parley %s\n", PARLEY_VERSION);
        return APP_OK;
    }
    for (size_t i = 0; i < COUNT_OF(commands); i++)
        if (strcmp(argv[1], commands[i].name) == 0)
            return commands[i].run(argc - 2, argv + 2);
    return app_fail(APP_USAGE, "no such command; see parley --help");
}
