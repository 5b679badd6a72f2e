#include "app/settings.h"

#include <ctype.h>
#include <ini.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "chat/limits.h"

enum kind { TEXT, NUMBER, LIST, LEVEL, ORIGIN, CHOICE };

static const struct option {
    const char *name;
    enum kind kind;
    size_t offset, size;
    int64_t min, max;
    const char *meaning;
} options[] = {
    {"data", TEXT, offsetof(struct settings, data), 512, 0, 0,
     "folder of the database and the key [./parley-data]"},
    {"listen", TEXT, offsetof(struct settings, listen), 128, 0, 0,
     "address and port [127.0.0.1:8080]"},
    {"origins", LIST, offsetof(struct settings, origins), 0, 0, 0,
     "pages that may chat, with commas: https://intranet.example"},
    {"proxies", LIST, offsetof(struct settings, proxies), 0, 0, 0,
     "addresses whose X-Forwarded-For is believed, with commas"},
    {"url", ORIGIN, offsetof(struct settings, url), 256, 0, 0,
     "where people reach the server, for links: https://chat.example [as it listens]"},
    {"oidc_issuer", TEXT, offsetof(struct settings, oidc_issuer), 512, 0, 0,
     "staff may sign in by this provider of OpenID Connect: https://id.example"},
    {"oidc_client_id", TEXT, offsetof(struct settings, oidc_client_id), 512, 0, 0,
     "what the provider calls this server"},
    {"oidc_client_secret_file", TEXT, offsetof(struct settings, oidc_client_secret_file), 512, 0, 0,
     "file of the secret that the provider gave it [none]"},
    {"oidc_name", TEXT, offsetof(struct settings, oidc_name), 64, 0, 0,
     "what staff call the provider [single sign-on]"},
    {"people_oidc_issuer", TEXT, offsetof(struct settings, people_oidc_issuer), 512, 0, 0,
     "people who chat may sign in by this provider of OpenID Connect: https://id.example"},
    {"people_oidc_client_id", TEXT, offsetof(struct settings, people_oidc_client_id), 512, 0, 0,
     "what that provider calls this server"},
    {"people_oidc_client_secret_file", TEXT, offsetof(struct settings, people_secret_file), 512, 0,
     0, "file of the secret that it gave [none]"},
    {"people_oidc_name", TEXT, offsetof(struct settings, people_oidc_name), 64, 0, 0,
     "what people call that provider [your company's sign-in]"},
    {"people_oidc_trust_email", NUMBER, offsetof(struct settings, people_oidc_trust_email), 0, 0, 1,
     "1: its email addresses count, although it does not say that it verified them [0]"},
    {"smtp_url", TEXT, offsetof(struct settings, smtp_url), 256, 0, 0,
     "mail server for letters to people: smtp://mail.example:587 or smtps://mail.example [none]"},
    {"smtp_user", TEXT, offsetof(struct settings, smtp_user), 256, 0, 0,
     "who signs in to it [nobody]"},
    {"smtp_password_file", TEXT, offsetof(struct settings, smtp_password_file), 512, 0, 0,
     "file of the password for that [none]"},
    {"smtp_ca_file", TEXT, offsetof(struct settings, smtp_ca_file), 512, 0, 0,
     "file of the authorities that may vouch for it [the system's]"},
    {"mail_from", TEXT, offsetof(struct settings, mail_from), 256, 0, 0,
     "address that letters come from: help@msp.example"},
    {"mail_after_ms", NUMBER, offsetof(struct settings, mail_after_ms), 0, 100, 600000,
     "an answer waits so long for being read before a letter tells of it [120000]"},
    {"mail_most_ms", NUMBER, offsetof(struct settings, mail_most_ms), 0, 100, 1000000,
     "and at most so long while more is said [600000]"},
    {"files_public", CHOICE, offsetof(struct settings, files_public), 0, 0, 0,
     "yes: the PSA fetches files from url; no: its tickets only tell of them [no]"},
    {"webhooks_private", CHOICE, offsetof(struct settings, webhooks_private), 0, 0, 0,
     "yes: webhooks may go to addresses of the house's own network, and by http [no]"},
    {"log_level", LEVEL, offsetof(struct settings, log_level), 0, 0, 0,
     "debug, info, warn or error [info]"},
    {"connections_max", NUMBER, offsetof(struct settings, connections_max), 0, 10, 1000000,
     "connections at once [12000]"},
    {"connections_per_address", NUMBER, offsetof(struct settings, connections_per_address), 0, 1,
     1000000, "of them from one address that is no proxy's, but for WebSockets [1000]"},
    {"sockets_per_address", NUMBER, offsetof(struct settings, sockets_per_address), 0, 1, 1000000,
     "chats and consoles from one address [100]"},
    {"messages_per_minute", NUMBER, offsetof(struct settings, messages_per_minute), 0, 1, 1000000,
     "of one person [30]"},
    {"message_burst", NUMBER, offsetof(struct settings, message_burst), 0, 1, 1000000,
     "of them at once [10]"},
    {"starts_per_minute", NUMBER, offsetof(struct settings, starts_per_minute), 0, 1, 1000000,
     "new conversations from one address [30]"},
    {"start_burst", NUMBER, offsetof(struct settings, start_burst), 0, 1, 1000000,
     "of them at once [60]"},
    {"newcomers_per_minute", NUMBER, offsetof(struct settings, newcomers_per_minute), 0, 1, 1000000,
     "hellos of browsers without a conversation, from one address [60]"},
    {"newcomer_burst", NUMBER, offsetof(struct settings, newcomer_burst), 0, 1, 1000000,
     "of them at once [120]"},
    {"heartbeat_ms", NUMBER, offsetof(struct settings, heartbeat_ms), 0, 1000, 3600000,
     "a silent connection is pinged after so long [30000]"},
};

void settings_init(struct settings *s)
{
    *s = (struct settings){
        .data = "./parley-data",
        .listen = "127.0.0.1:8080",
        .oidc_name = "single sign-on",
        .people_oidc_name = "your company's sign-in",
        .mail_after_ms = 120000,
        .mail_most_ms = 600000,
        .log_level = LOG_INFO,
        .connections_max = 12000,
        .connections_per_address = 1000,
        .sockets_per_address = 100,
        .messages_per_minute = CHAT_PER_MINUTE,
        .message_burst = CHAT_BURST,
        .starts_per_minute = CHAT_STARTS_PER_MINUTE,
        .start_burst = CHAT_START_BURST,
        .newcomers_per_minute = CHAT_NEWCOMERS_PER_MINUTE,
        .newcomer_burst = CHAT_NEWCOMER_BURST,
        .heartbeat_ms = 30000,
    };
}

static void free_list(char **list)
{
    for (size_t i = 0; i < SETTINGS_LIST_MAX; i++) {
        free(list[i]);
        list[i] = NULL;
    }
}

void settings_free(struct settings *s)
{
    free_list(s->origins);
    free_list(s->proxies);
}

/* Adds to what is in the list. */
static int add_to_list(char **list, const char *name, const char *value, struct err *err)
{
    size_t count = 0;

    while (list[count] != NULL)
        count++;
    while (*value != '\0') {
        const size_t len = strcspn(value, ",");
        const struct slice one = str_trim(value, len);

        if (one.len > 0 && count == SETTINGS_LIST_MAX)
            return err_set(err, "%s: at most %d entries", name, SETTINGS_LIST_MAX);
        if (one.len > 0 && (list[count++] = strndup(one.ptr, one.len)) == NULL)
            abort();
        value += len + (value[len] == ',');
    }
    return 0;
}

/* SCHEME://HOST without a path. */
static int set_origin(char *at, size_t size, const char *name, const char *value, struct err *err)
{
    const char *host = strstr(value, "://");
    const bool known = str_has_prefix(value, "https://") || str_has_prefix(value, "http://");

    if (!known || host[3] == '\0' || strpbrk(host + 3, "/?# ") != NULL ||
        str_copy(at, size, value) < 0)
        return err_set(err, "%s: https://HOST, without a path, not \"%.100s\"", name, value);
    return 0;
}

static const struct option *find(const char *name)
{
    for (size_t i = 0; i < COUNT_OF(options); i++)
        if (strcmp(options[i].name, name) == 0)
            return &options[i];
    return NULL;
}

/* go_on: a list keeps what is in it. */
static int set(struct settings *s, const char *name, const char *value, bool go_on, struct err *err)
{
    const struct option *o = find(name);

    if (o == NULL)
        return err_set(err, "there is no setting \"%.100s\"; see parley serve --help", name);
    char *at = (char *)s + o->offset;
    switch (o->kind) {
    case TEXT:
        if (value[0] == '\0' || str_copy(at, o->size, value) < 0)
            return err_set(err, "%s: empty or too long", name);
        return 0;
    case NUMBER:
        if (str_to_int(value, o->min, o->max, (int64_t *)(void *)at) < 0)
            return err_set(err, "%s: a number from %lld to %lld, not \"%.100s\"", name,
                           (long long)o->min, (long long)o->max, value);
        return 0;
    case ORIGIN:
        return set_origin(at, o->size, name, value, err);
    case LIST:
        if (!go_on)
            free_list((char **)(void *)at);
        return add_to_list((char **)(void *)at, name, value, err);
    case CHOICE:
        if (strcmp(value, "yes") != 0 && strcmp(value, "no") != 0)
            return err_set(err, "%s: yes or no, not \"%.100s\"", name, value);
        *(bool *)at = value[0] == 'y';
        return 0;
    case LEVEL:
        if (log_level_parse(value, (enum log_level *)(void *)at) < 0)
            return err_set(err, "%s: debug, info, warn or error, not \"%.100s\"", name, value);
        return 0;
    }
    return -1;
}

int settings_set(struct settings *s, const char *name, const char *value, struct err *err)
{
    return set(s, name, value, false, err);
}

struct reading {
    FILE *file;
    int lines; /* read so far */
    struct settings *settings;
    bool seen[COUNT_OF(options)];
    struct err err; /* the first counts */
};

static int on_line(void *arg, const char *section, const char *name, const char *value)
{
    struct reading *r = arg;
    const struct option *o = find(name);

    if (r->err.text[0] != '\0')
        return 0;
    if (section[0] != '\0') {
        err_set(&r->err, "there are no sections: take [%.100s] out", section);
        return 0;
    }
    /* inih tells a line that begins with a space as the name before it once more. */
    const bool again = o != NULL && r->seen[o - options];
    if (again && o->kind != LIST) {
        err_set(&r->err, "%s is set already; a line that begins with a space goes on with it",
                name);
        return 0;
    }
    if (set(r->settings, name, value, again, &r->err) != 0)
        return 0;
    r->seen[o - options] = true;
    return 1;
}

static bool at_end(FILE *file)
{
    const int c = getc(file);

    return c == EOF || ungetc(c, file) == EOF;
}

/* fgets, for inih, which would take the rest of a long line for a line. */
static char *next_line(char *line, int size, void *arg)
{
    struct reading *r = arg;

    if (r->err.text[0] != '\0' || fgets(line, size, r->file) == NULL)
        return NULL;
    r->lines++;
    if (strchr(line, '\n') != NULL || at_end(r->file))
        return line;
    err_set(&r->err,
            "a line has at most %d bytes; a list may go on in lines that begin with a space",
            size - 2);
    return NULL;
}

int settings_read_file(struct settings *s, const char *path, struct err *err)
{
    struct reading r = {.settings = s, .file = fopen(path, "r")};

    if (r.file == NULL)
        return err_set(err, "cannot read %s", path);
    const int line = ini_parse_stream(next_line, &r, on_line, &r);
    const bool bad = ferror(r.file) != 0;
    fclose(r.file);
    if (bad || line < 0)
        return err_set(err, "cannot read %s", path);
    if (line > 0 || r.err.text[0] != '\0')
        return err_set(err, "%s:%d: %s", path, line > 0 ? line : r.lines,
                       r.err.text[0] != '\0' ? r.err.text : "not of the form name = value");
    return 0;
}

int settings_read_environment(struct settings *s, char **environment, struct err *err)
{
    static const char prefix[] = "PARLEY_";

    for (char **e = environment; *e != NULL; e++) {
        const char *equals = strchr(*e, '=');
        struct err why;
        char name[64];

        if (!str_has_prefix(*e, prefix) || equals == NULL)
            continue;
        const size_t len = (size_t)(equals - *e) - (sizeof(prefix) - 1);
        snprintf(name, sizeof(name), "%.*s", (int)(len < 60 ? len : 60), *e + sizeof(prefix) - 1);
        for (char *p = name; *p != '\0'; p++)
            *p = isupper((unsigned char)*p) ? (char)tolower((unsigned char)*p) : *p;
        if (settings_set(s, name, equals + 1, &why) < 0)
            return err_set(err, "environment %.*s: %s", (int)(equals - *e), *e, why.text);
    }
    return 0;
}

void settings_print(void)
{
    for (size_t i = 0; i < COUNT_OF(options); i++)
        printf("  %-23s %s\n", options[i].name, options[i].meaning);
}
