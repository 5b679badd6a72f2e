/* The sign-in alone, behind a server of its own: what it says is printed as JSON.
 *
 *   oidc-desk PORT ISSUER CLIENT_ID SECRET_FILE|- ORIGIN|- */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "api/oidc.h"
#include "base/buf.h"
#include "base/jw.h"
#include "base/log.h"
#include "net/http_client_curl.h"
#include "net/http_server.h"

static struct oidc *oidc;
static struct loop *loop;

static void began(const struct oidc_answer *a, void *arg)
{
    char cookie[256];
    const struct http_field fields[] = {{"location", a->url}, {"set-cookie", cookie}, {NULL, NULL}};

    snprintf(cookie, sizeof(cookie),
             "__Host-parley_oidc=%s; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=600",
             a->cookie);
    if (a->outcome == OIDC_OK)
        http_reply(arg, 302, NULL, fields, NULL, 0);
    else
        http_reply(arg, 502, "text/plain", NULL, a->detail, strlen(a->detail));
}

static void finished(const struct oidc_answer *a, void *arg)
{
    struct buf b;
    struct jw w;

    buf_init(&b, 4096);
    jw_init(&w, &b);
    jw_object(&w, NULL);
    jw_int(&w, "outcome", a->outcome);
    jw_text(&w, "sentence", a->sentence);
    jw_text(&w, "detail", a->detail);
    jw_text(&w, "issuer", a->issuer);
    jw_text(&w, "subject", a->subject);
    jw_text(&w, "email", a->email);
    jw_bool(&w, "verified", a->email_verified);
    jw_object_end(&w);
    http_reply(arg, a->outcome == OIDC_OK ? 200 : 403, "application/json", NULL, b.ptr, b.len);
    buf_free(&b);
}

static void request(struct http_exchange *x, void *arg)
{
    static const char name[] = "__Host-parley_oidc=";
    const char *header = http_header(x, "cookie");
    const char *at = header == NULL ? NULL : strstr(header, name);
    char cookie[OIDC_COOKIE_LEN + 1];

    (void)arg;
    if (at != NULL)
        snprintf(cookie, sizeof(cookie), "%s", at + strlen(name));
    const struct oidc_browser browser = {http_header(x, "host"), at != NULL ? cookie : NULL};
    if (strcmp(http_path(x), OIDC_CALLBACK) == 0)
        oidc_finish(oidc, http_query(x), &browser, finished, x);
    else
        oidc_begin(oidc, &browser, began, x);
}

static void stop(void *arg)
{
    (void)arg;
    loop_stop(loop);
}

int main(int argc, char **argv)
{
    const struct http_handlers handlers = {.request = request};
    char listen[64], secret[256] = "";
    struct err err = {""};

    if (argc != 6)
        return 2;
    snprintf(listen, sizeof(listen), "127.0.0.1:%s", argv[1]);
    if (strcmp(argv[4], "-") != 0) {
        FILE *f = fopen(argv[4], "r");

        if (f == NULL || fgets(secret, sizeof(secret), f) == NULL)
            return 2;
        fclose(f);
    }
    loop = loop_new(&err);
    struct secret *s = secret[0] != '\0' ? secret_new(secret, strlen(secret)) : NULL;
    struct http_client *client = http_client_curl_new(loop, "desk", 4, &err);
    oidc = oidc_new(&(struct oidc_settings){.env = loop_env(loop),
                                            .http = client,
                                            .issuer = argv[2],
                                            .origin = strcmp(argv[5], "-") != 0 ? argv[5] : NULL,
                                            .client_id = argv[3],
                                            .client_secret = s},
                    &err);
    secret_free(s);
    if (oidc == NULL) {
        fprintf(stderr, "%s\n", err.text);
        return 1;
    }
    struct http_server *server =
        http_server_new(loop,
                        &(struct http_server_settings){.listen = listen,
                                                       .body_max = 1024,
                                                       .connections_max = 50,
                                                       .idle_ms = 60000,
                                                       .queue_max = 65536},
                        &handlers, NULL, &err);
    if (server == NULL) {
        fprintf(stderr, "%s\n", err.text);
        return 1;
    }
    loop_on_stop_signal(loop, stop, NULL);
    printf("listening\n");
    fflush(stdout);
    loop_run(loop);
    loop_on_stop_signal(loop, NULL, NULL);
    http_server_free(server);
    oidc_free(oidc);
    http_client_curl_free(client);
    loop_turn(loop, 0);
    loop_free(loop);
    return 0;
}
