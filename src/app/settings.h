/* What an administrator can set: in a file, by the environment, on the command line; the later one
 * wins. An unknown name is an error, not a riddle. */
#ifndef PARLEY_APP_SETTINGS_H
#define PARLEY_APP_SETTINGS_H

#include "base/err.h"
#include "base/log.h"

#define SETTINGS_LIST_MAX 32

struct settings {
    char data[512], listen[128];
    char *origins[SETTINGS_LIST_MAX + 1]; /* end with NULL; owned */
    char *proxies[SETTINGS_LIST_MAX + 1]; /* likewise */
    char url[256];                        /* "": as it listens */
    char oidc_issuer[512], oidc_client_id[512], oidc_client_secret_file[512]; /* "": none */
    char oidc_name[64];
    char people_oidc_issuer[512], people_oidc_client_id[512];
    char people_secret_file[512];
    char people_oidc_name[64];
    int64_t people_oidc_trust_email;                                                /* 1: yes */
    char smtp_url[256], smtp_user[256], smtp_password_file[512], smtp_ca_file[512]; /* likewise */
    char mail_from[256];                                                            /* likewise */
    int64_t mail_after_ms, mail_most_ms;
    bool files_public, webhooks_private;
    enum log_level log_level;
    int64_t connections_max, connections_per_address, sockets_per_address;
    int64_t messages_per_minute, message_burst, starts_per_minute, start_burst;
    int64_t newcomers_per_minute, newcomer_burst;
    int64_t heartbeat_ms;
};

void settings_init(struct settings *s);
void settings_free(struct settings *s);
/* "name = value" lines, # and ; for comments; only a list may be set again, or go on in lines that
 * begin with a space. 0, or -1 with err that names file and line. */
int settings_read_file(struct settings *s, const char *path, struct err *err) WARN_UNUSED;
/* PARLEY_NAME for each name; another PARLEY_... is refused. environment as environ. */
int settings_read_environment(struct settings *s, char **environment, struct err *err) WARN_UNUSED;
int settings_set(struct settings *s, const char *name, const char *value,
                 struct err *err) WARN_UNUSED;
/* One line a setting, with its meaning, on stdout. */
void settings_print(void);

#endif
