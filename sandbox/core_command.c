/* The commands of the control port and of the live page, by name, with bodies of JSON. */
#include <string.h>

#include "base/json.h"
#include "sandbox/core_private.h"

struct command { /* one that is being done */
    struct sandbox *sb;
    const struct json *body;
    int64_t now_ms;
    int64_t made; /* the id of what was made; 0: nothing */
    struct err *err;
};

static int64_t int_of(const struct command *c, const char *key)
{
    int64_t value;

    return json_get_int(c->body, key, &value) == 0 ? value : 0;
}

static const char *text_of(const struct command *c, const char *key)
{
    return json_get_text(c->body, key);
}

/* For a change: null takes it away. */
static int64_t id_or_nobody(const struct command *c, const char *key)
{
    const bool is_null = json_kind(json_get(c->body, key)) == JSON_KIND_NULL;

    return is_null ? SANDBOX_NOBODY : int_of(c, key);
}

/* --- faults, tokens, switches --- */

static int do_fault(struct command *c)
{
    const char *kind = text_of(c, "kind");
    struct sandbox_fault fault = {
        .method = text_of(c, "method"),
        .path_prefix = text_of(c, "path_prefix"),
        .status = (int)int_of(c, "status"),
        .effect = json_get_bool(c->body, "effect", false),
        .ms = int_of(c, "ms"),
        .times = int_of(c, "times"),
        .every = int_of(c, "every"),
    };

    if (kind == NULL || sandbox_fault_kind(kind, &fault.kind) < 0)
        return err_set(c->err, "kind: delay, reset_before, reset_after, status, html, "
                               "content_type or clock_skew");
    return sandbox_add_fault(c->sb, &fault, c->err);
}

static int do_clear(struct command *c)
{
    sandbox_clear_faults(c->sb);
    return 0;
}

static int do_token(struct command *c)
{
    const char *token = text_of(c, "token");

    if (token == NULL)
        return err_set(c->err, "token is missing");
    return sandbox_set_token(c->sb, token, text_of(c, "rights"),
                             json_get_bool(c->body, "enabled", true), c->err);
}

static int do_set(struct command *c)
{
    const char *name = text_of(c, "name"), *value = text_of(c, "value");

    if (name == NULL || value == NULL)
        return err_set(c->err, "name or value is missing");
    return sandbox_set_switch(c->sb, name, value, c->err);
}

static int do_webhook(struct command *c)
{
    return sandbox_set_webhook(c->sb, text_of(c, "url"), text_of(c, "events"), c->err);
}

/* --- comments --- */

static int say(struct command *c, int64_t user_id)
{
    const struct sandbox_said said = {
        .ticket_id = int_of(c, "ticket_id"),
        .user_id = user_id,
        .subject = text_of(c, "subject"),
        .body = text_of(c, "body"),
        .hidden = json_get_bool(c->body, "hidden", false),
        .no_email = json_get_bool(c->body, "do_not_email", false),
    };

    return sandbox_say(c->sb, &said, c->now_ms, &c->made, c->err);
}

static int do_comment(struct command *c)
{
    const int64_t user_id = int_of(c, "user_id");

    return say(c, user_id == 0 ? -1 : user_id); /* to be the customer there is /reply */
}

static int do_reply(struct command *c)
{
    return say(c, 0);
}

static int do_comment_edit(struct command *c)
{
    return sandbox_comment_edit(c->sb, int_of(c, "comment_id"), text_of(c, "subject"),
                                text_of(c, "body"), c->now_ms, c->err);
}

static int do_comment_hide(struct command *c)
{
    return sandbox_comment_hide(c->sb, int_of(c, "comment_id"),
                                json_get_bool(c->body, "hidden", true), c->now_ms, c->err);
}

static int do_comment_delete(struct command *c)
{
    return sandbox_comment_delete(c->sb, int_of(c, "comment_id"), c->now_ms, c->err);
}

/* --- tickets --- */

static int do_change(struct command *c)
{
    const struct sandbox_change change = {
        .subject = text_of(c, "subject"),
        .status = text_of(c, "status"),
        .priority = text_of(c, "priority"),
        .problem_type = text_of(c, "problem_type"),
        .customer_id = int_of(c, "customer_id"),
        .contact_id = id_or_nobody(c, "contact_id"),
        .user_id = id_or_nobody(c, "user_id"),
    };

    return sandbox_ticket_change(c->sb, int_of(c, "ticket_id"), &change, c->now_ms, c->err);
}

static int do_ticket_new(struct command *c)
{
    const struct sandbox_new_ticket ticket = {
        .customer_id = int_of(c, "customer_id"),
        .contact_id = int_of(c, "contact_id"),
        .user_id = int_of(c, "user_id"),
        .subject = text_of(c, "subject"),
        .status = text_of(c, "status"),
        .priority = text_of(c, "priority"),
        .problem_type = text_of(c, "problem_type"),
        .body = text_of(c, "body"),
        .by_email = json_get_bool(c->body, "by_email", false),
        .answer = text_of(c, "answer"),
        .note = text_of(c, "note"),
    };

    return sandbox_ticket_new(c->sb, &ticket, c->now_ms, &c->made, c->err);
}

static int do_ticket_delete(struct command *c)
{
    return sandbox_ticket_delete(c->sb, int_of(c, "ticket_id"), c->err);
}

static int do_ticket_merge(struct command *c)
{
    return sandbox_ticket_merge(c->sb, int_of(c, "from"), int_of(c, "into"), int_of(c, "user_id"),
                                c->now_ms, c->err);
}

/* --- customers and contacts --- */

static int do_customer_new(struct command *c)
{
    return sandbox_customer_new(c->sb, text_of(c, "business_name"), text_of(c, "email"), c->now_ms,
                                &c->made, c->err);
}

static int do_customer_delete(struct command *c)
{
    return sandbox_customer_delete(c->sb, int_of(c, "customer_id"), c->err);
}

static int do_customer_merge(struct command *c)
{
    return sandbox_customer_merge(c->sb, int_of(c, "from"), int_of(c, "into"), c->now_ms, c->err);
}

static int do_customer_disable(struct command *c)
{
    return sandbox_customer_disable(c->sb, int_of(c, "customer_id"),
                                    json_get_bool(c->body, "disabled", true), c->now_ms, c->err);
}

static int do_contact_new(struct command *c)
{
    return sandbox_contact_new(c->sb, int_of(c, "customer_id"), text_of(c, "name"),
                               text_of(c, "email"), c->now_ms, &c->made, c->err);
}

static int do_contact_move(struct command *c)
{
    return sandbox_contact_move(c->sb, int_of(c, "contact_id"), int_of(c, "customer_id"), c->now_ms,
                                c->err);
}

static int do_contact_email(struct command *c)
{
    return sandbox_contact_email(c->sb, int_of(c, "contact_id"), text_of(c, "email"), c->now_ms,
                                 c->err);
}

static int do_contact_delete(struct command *c)
{
    return sandbox_contact_delete(c->sb, int_of(c, "contact_id"), c->now_ms, c->err);
}

static const struct {
    const char *name;
    const char *members; /* of its body */
    int (*run)(struct command *c);
    bool inside; /* what happens inside Syncro: for the live page, too */
} commands[] = {
    {"fault", "kind, method, path_prefix, status, effect, ms, times, every", do_fault, false},
    {"clear", "", do_clear, false},
    {"token", "token, rights, enabled", do_token, false},
    {"set", "name, value", do_set, false},
    {"webhook", "url, events", do_webhook, false},
    {"comment", "ticket_id, user_id, subject, body, hidden, do_not_email", do_comment, true},
    {"reply", "ticket_id, body, subject", do_reply, true},
    {"comment_edit", "comment_id, body, subject", do_comment_edit, true},
    {"comment_hide", "comment_id, hidden", do_comment_hide, true},
    {"comment_delete", "comment_id", do_comment_delete, true},
    {"change",
     "ticket_id, subject, status, priority, problem_type, customer_id, contact_id, user_id",
     do_change, true},
    {"ticket_new",
     "contact_id, customer_id, user_id, subject, body, answer, note, status, priority, "
     "problem_type, by_email",
     do_ticket_new, true},
    {"ticket_delete", "ticket_id", do_ticket_delete, true},
    {"ticket_merge", "from, into, user_id", do_ticket_merge, true},
    {"customer_new", "business_name, email", do_customer_new, true},
    {"customer_delete", "customer_id", do_customer_delete, true},
    {"customer_merge", "from, into", do_customer_merge, true},
    {"customer_disable", "customer_id, disabled", do_customer_disable, true},
    {"contact_new", "customer_id, name, email", do_contact_new, true},
    {"contact_move", "contact_id, customer_id", do_contact_move, true},
    {"contact_email", "contact_id, email", do_contact_email, true},
    {"contact_delete", "contact_id", do_contact_delete, true},
};

const char *sandbox_command_at(size_t i, const char **members)
{
    if (i >= COUNT_OF(commands))
        return NULL;
    *members = commands[i].members;
    return commands[i].name;
}

bool sandbox_command_is_inside(const char *name)
{
    for (size_t i = 0; i < COUNT_OF(commands); i++)
        if (strcmp(commands[i].name, name) == 0)
            return commands[i].inside;
    return false;
}

int sandbox_command(struct sandbox *sb, const char *name, const struct json *body, int64_t now_ms,
                    struct buf *answer, struct err *err)
{
    struct command c = {.sb = sb, .body = body, .now_ms = now_ms, .err = err};
    struct jw w;

    for (size_t i = 0; i < COUNT_OF(commands); i++) {
        if (strcmp(commands[i].name, name) != 0)
            continue;
        if (commands[i].run(&c) < 0)
            return -1;
        jw_init(&w, answer);
        jw_object(&w, NULL);
        jw_bool(&w, "ok", true);
        if (c.made != 0)
            jw_int(&w, "id", c.made);
        jw_int(&w, "version", (int64_t)sb->version);
        jw_object_end(&w);
        return 0;
    }
    err_set(err, "there is no such command");
    return -2;
}
