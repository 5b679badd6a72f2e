/* Who is signed in, in memory only: a restart signs everybody out. */
#include <stdio.h>
#include <string.h>

#include "base/secret.h"
#include "base/str.h"
#include "sandbox/site_private.h"

static const char cookie_name[] = "sandbox_session";

static void make_key(struct site *s, char key[SITE_KEY_SIZE])
{
    uint8_t bytes[(SITE_KEY_SIZE - 1) / 2];

    s->random(bytes, sizeof(bytes), s->random_arg);
    str_hex(bytes, sizeof(bytes), key);
}

/* The value of our cookie (RFC 6265, 4.2.1), if it is as long as a key. */
static const char *cookie_value(const char *cookie)
{
    const size_t name_len = sizeof(cookie_name) - 1;

    while (cookie != NULL && *cookie != '\0') {
        const size_t len = strcspn(cookie, ";");
        if (len == name_len + SITE_KEY_SIZE && strncmp(cookie, cookie_name, name_len) == 0 &&
            cookie[name_len] == '=')
            return cookie + name_len + 1;
        cookie += len;
        cookie += strspn(cookie, "; ");
    }
    return NULL;
}

struct site_session *session_find(struct site *s, const char *cookie, int64_t now_ms)
{
    const char *key = cookie_value(cookie);

    for (size_t i = 0; key != NULL && i < SITE_SESSIONS_MAX; i++) {
        struct site_session *session = &s->sessions[i];
        if (session->key[0] == '\0' || !secret_same(session->key, key, SITE_KEY_SIZE - 1))
            continue;
        if (now_ms - session->seen_ms > SITE_IDLE_MS) {
            session_end(session);
            return NULL;
        }
        session->seen_ms = now_ms;
        return session;
    }
    return NULL;
}

/* Whether a is to go before b. */
static bool goes_first(const struct site_session *a, const struct site_session *b)
{
    if ((a->key[0] == '\0') != (b->key[0] == '\0'))
        return a->key[0] == '\0';
    if ((a->user == NULL) != (b->user == NULL))
        return a->user == NULL;
    return a->seen_ms < b->seen_ms;
}

struct site_session *session_new(struct site *s, int64_t now_ms)
{
    struct site_session *session = &s->sessions[0];

    for (size_t i = 1; i < SITE_SESSIONS_MAX; i++)
        if (goes_first(&s->sessions[i], session))
            session = &s->sessions[i];
    session_end(session);
    make_key(s, session->key);
    make_key(s, session->csrf);
    session->seen_ms = now_ms;
    return session;
}

void session_sign_in(struct site *s, struct site_session *session, const struct sb_user *user)
{
    make_key(s, session->key);
    make_key(s, session->csrf);
    session->user = user;
}

void session_end(struct site_session *session)
{
    secret_wipe(session, sizeof(*session));
}

void session_cookie(const struct site_session *session, char *room, size_t size)
{
    snprintf(room, size, "%s=%s; Path=/; HttpOnly; SameSite=Lax%s", cookie_name,
             session != NULL ? session->key : "", session != NULL ? "" : "; Max-Age=0");
}
