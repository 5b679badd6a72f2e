/* What the files of the pages share. */
#ifndef SANDBOX_SITE_PRIVATE_H
#define SANDBOX_SITE_PRIVATE_H

#include "base/arena.h"
#include "sandbox/core_private.h"
#include "sandbox/form.h"
#include "sandbox/site.h"

/* --- sessions --- */
#define SITE_SESSIONS_MAX 64
#define SITE_KEY_SIZE     65 /* 64 digits, NUL */
#define SITE_IDLE_MS      (INT64_C(12) * 3600 * 1000)
struct site_session {
    char key[SITE_KEY_SIZE];    /* the cookie; "": a free place */
    char csrf[SITE_KEY_SIZE];   /* in every form */
    const struct sb_user *user; /* NULL: not signed in */
    int64_t seen_ms;
    const char *back;   /* where to go once signed in; NULL: to the tickets */
    const char *notice; /* said on the next page */
    /* A token that was just made, until its page was shown. */
    int64_t fresh_id;
    char fresh[SB_TOKEN_TEXT_SIZE];
};
struct site {
    struct sandbox *sb;
    void (*random)(void *bytes, size_t len, void *arg);
    void *random_arg;
    struct site_session sessions[SITE_SESSIONS_MAX];
};

/* The session of the Cookie header; NULL if there is none or it is too old. */
struct site_session *session_find(struct site *s, const char *cookie, int64_t now_ms);
/* A new one. When all places are taken the longest unseen is ended, those not signed in first. */
struct site_session *session_new(struct site *s, int64_t now_ms);
/* Sign in under a new key. */
void session_sign_in(struct site *s, struct site_session *session, const struct sb_user *user);
/* Wipe it. */
void session_end(struct site_session *session);
/* The Set-Cookie header of this session; NULL: takes the cookie away. */
void session_cookie(const struct site_session *session, char *room, size_t size);

/* --- one request --- */
struct site_ctx {
    struct site *site;
    struct site_session *session; /* NULL: none yet */
    const struct sb_user *user;   /* NULL: not signed in */
    struct arena *arena;
    struct form form; /* of a POST */
    int64_t id;       /* from the path */
    int64_t now_ms;   /* Syncro's clock */
    int64_t wall_ms;  /* of sessions */
    struct site_response *r;
};
typedef void site_handler_fn(struct site_ctx *c);
site_handler_fn site_sign_in_form, site_sign_in, site_sign_out, site_profile;
site_handler_fn site_tokens, site_token_created, site_token_disable, site_token_enable,
    site_token_delete_form, site_token_delete;
site_handler_fn site_token_app_form, site_token_app, site_token_custom_form, site_token_custom;
site_handler_fn site_hooks_form, site_hooks;

/* Answer 303 to a path of this site. */
void site_go(struct site_ctx *c, const char *path);
/* Answer with a page that says one sentence. */
void site_say(struct site_ctx *c, int status, const char *title, const char *sentence);

/* --- writing HTML into the response --- */
void site_put(struct site_ctx *c, const char *html);
void site_text(struct site_ctx *c, const char *text); /* escaped, for content and attributes */
void site_text_to(struct buf *to, const char *text);
/* The page's frame. title is its heading, too. */
void site_open(struct site_ctx *c, int status, const char *title);
/* With HTML to the right of the heading. */
void site_open_with(struct site_ctx *c, int status, const char *title, const char *action);
void site_close(struct site_ctx *c);
/* An alert with what is wrong; err NULL or empty: nothing. */
void site_trouble(struct site_ctx *c, const struct err *err);
/* <form method=post> with its CSRF token; closed by the caller. */
void site_form(struct site_ctx *c, const char *action, const char *classes);
/* "2026-11-24 06:00 UTC" in a <time>. */
void site_time(struct site_ctx *c, int64_t ms);

#endif
