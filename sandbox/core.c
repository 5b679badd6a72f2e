/* The sandbox as a whole: making it, its journal, and the frame around every request. */
#include "sandbox/sandbox.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "sandbox/core_private.h"

#define REQUEST_MEMORY_MAX (4 * 1024 * 1024)
#define LINE_MAX_BYTES     (4 * 1024 * 1024)

struct sandbox *sandbox_new(const struct sandbox_settings *settings, struct err *err)
{
    struct sandbox *sb = calloc(1, sizeof(*sb));

    if (sb == NULL)
        abort();
    /* Every kind counts from somewhere else, so that a mix-up of ids finds nothing. */
    sb_table_init(&sb->tickets, &sb_ticket_type, 80420011);
    sb_table_init(&sb->comments, &sb_comment_type, 310550021);
    sb_table_init(&sb->customers, &sb_customer_type, 29140031);
    sb_table_init(&sb->contacts, &sb_contact_type, 5160041);
    sb_table_init(&sb->attachments, &sb_attachment_type, 7230071);
    sb_table_init(&sb->emails, &sb_email_type, 910061);
    sb_table_init(&sb->tokens, &sb_token_type, 6110051);
    sb_table_init(&sb->given, &sb_token_type, 1); /* never among the ids of the journal */
    sb->next_number = 1001;
    sb->journal = settings->journal;
    sb->journal_arg = settings->journal_arg;
    sb_switch_init(sb);
    if (str_copy(sb->subdomain, sizeof(sb->subdomain),
                 settings->subdomain != NULL ? settings->subdomain : "demo") != 0) {
        err_set(err, "subdomain too long");
        goto fail;
    }
    if (settings->token != NULL &&
        sandbox_set_token(sb, settings->token, settings->rights, true, err) != 0)
        goto fail;
    if (settings->demo)
        sb_seed_demo(sb, settings->now_ms);
    return sb;

fail:
    sandbox_free(sb);
    return NULL;
}

void sandbox_free(struct sandbox *sb)
{
    if (sb == NULL)
        return;
    sb_table_free(&sb->tickets);
    sb_table_free(&sb->comments);
    sb_table_free(&sb->customers);
    sb_table_free(&sb->contacts);
    sb_table_free(&sb->attachments);
    sb_table_free(&sb->emails);
    sb_table_free(&sb->tokens);
    sb_table_free(&sb->given);
    for (size_t i = 0; i < sb->peer_count; i++)
        free(sb->peers[i]);
    for (size_t i = 0; i < sb->hook_count; i++)
        buf_free(&sb->hooks[i]);
    for (size_t i = 0; i < sb->fetch_count; i++)
        free(sb->fetches[i]);
    free(sb);
}

/* --- the journal --- */

static void write_line(struct sandbox *sb, const struct buf *line)
{
    if (sb->journal != NULL && buf_ok(line))
        sb->journal(line->ptr, line->len, sb->journal_arg);
}

void sb_keep(struct sandbox *sb, const void *record, const struct sb_type *type)
{
    struct buf line;

    if (sb->journal == NULL)
        return;
    buf_init(&line, LINE_MAX_BYTES);
    sb_record_write(record, type, &line);
    write_line(sb, &line);
    buf_free(&line);
}

void sb_changed(struct sandbox *sb, const void *record, const struct sb_type *type)
{
    sb->version++;
    sb_keep(sb, record, type);
}

void sb_removed(struct sandbox *sb, int64_t id, const struct sb_type *type)
{
    struct buf line;

    sb->version++;
    buf_init(&line, 128);
    buf_printf(&line, "{\"kind\":\"%s\",\"id\":%lld,\"removed\":true}", type->name, (long long)id);
    write_line(sb, &line);
    buf_free(&line);
}

static void remove_back(struct sandbox *sb, struct sb_table *table, int64_t id)
{
    if (table == &sb->tickets)
        sb_ticket_drop(sb, id);
    else if (table == &sb->comments)
        sb_comment_drop(sb, id);
    else if (table == &sb->attachments)
        sb_attachment_drop(sb, id);
    else
        sb_table_remove(table, id);
}

/* A comment as the journal has it, from here on at the ticket that the line names. */
static void comment_back(struct sandbox *sb, struct sb_comment *m, const struct json *line)
{
    struct sb_ticket *before = sb_table_find(&sb->tickets, m->ticket_id);

    if (before != NULL)
        sb_comment_unlink(before, m);
    sb_record_set(m, &sb_comment_type, line, true);
    struct sb_ticket *t = sb_table_find(&sb->tickets, m->ticket_id);
    if (t != NULL)
        sb_comment_link(t, m);
}

static int take_back(struct sandbox *sb, struct sb_table *table, const struct json *line,
                     int64_t id, struct err *err)
{
    if (json_get_bool(line, "removed", false)) {
        remove_back(sb, table, id);
        return 0;
    }
    void *record = sb_table_put(table, id);
    if (record == NULL)
        return err_set(err, "more than %d records", SB_ROWS_MAX);
    if (table == &sb->comments)
        comment_back(sb, record, line);
    else
        sb_record_set(record, table->type, line, true);
    if (table == &sb->tokens)
        return sb_token_taken_back(record, err);
    if (table == &sb->tickets && ((struct sb_ticket *)record)->number >= sb->next_number)
        sb->next_number = ((struct sb_ticket *)record)->number + 1;
    return 0;
}

int sandbox_load_line(struct sandbox *sb, const char *line, size_t len, struct err *err)
{
    struct sb_table *tables[] = {&sb->tickets,     &sb->comments, &sb->customers, &sb->contacts,
                                 &sb->attachments, &sb->emails,   &sb->tokens};
    struct json_doc *doc = json_parse(line, len, err);
    const struct json *root = json_root(doc);
    const char *kind = json_get_text(root, "kind");
    int64_t id;
    int result = -1;

    if (doc == NULL)
        return -1;
    if (kind == NULL || json_get_int(root, "id", &id) != 0 || id < 1) {
        err_set(err, "a record without kind or id");
        goto done;
    }
    for (size_t i = 0; i < COUNT_OF(tables); i++) {
        if (strcmp(tables[i]->type->name, kind) == 0) {
            result = take_back(sb, tables[i], root, id, err);
            goto done;
        }
    }
    err_set(err, "a record of unknown kind");
done:
    json_free(doc);
    return result;
}

/* --- answers --- */

void sb_empty(struct sandbox_response *r, int status)
{
    r->status = status;
    r->content_type = NULL;
    buf_clear(&r->body);
}

void sb_html(struct sandbox_response *r, int status, const char *title)
{
    r->status = status;
    r->content_type = "text/html; charset=utf-8";
    buf_clear(&r->body);
    buf_printf(&r->body,
               "<!DOCTYPE html>\n<html><head><title>%s</title></head>"
               "<body><h1>%s</h1></body></html>\n",
               title, title);
}

void sb_json(struct sb_ctx *c, int status, const char *json)
{
    sb_ok(c);
    c->r->status = status;
    buf_str(&c->r->body, json);
}

void sb_ok(struct sb_ctx *c)
{
    c->r->status = 200;
    c->r->content_type = "application/json; charset=utf-8";
    buf_clear(&c->r->body);
    jw_init(&c->w, &c->r->body);
}

void sb_no_right(struct sb_ctx *c)
{
    sb_json(c, 401,
            "{\"error\":\"Not authorized. Please ask account admin to update your group "
            "permissions.\"}");
}

void sb_not_found(struct sb_ctx *c)
{
    sb_json(c, 404, "{\"message\":\"Not found\"}");
}

void sb_refuse(struct sb_ctx *c, const char *const *messages, size_t count)
{
    sb_ok(c);
    c->r->status = 422;
    jw_object(&c->w, NULL);
    jw_bool(&c->w, "success", false);
    jw_array(&c->w, "message");
    for (size_t i = 0; i < count; i++)
        jw_text(&c->w, NULL, messages[i]);
    jw_array_end(&c->w);
    jw_object_end(&c->w);
}

static void refuse_limit(struct sb_ctx *c)
{
    c->sb->limited++;
    if (sb_is(c->sb, SB_SW_LIMIT_BODY, "json")) {
        sb_json(c, 429, "{\"error\":\"Rate limit exceeded\"}");
        return;
    }
    sb_empty(c->r, 429);
    if (sb_is(c->sb, SB_SW_LIMIT_BODY, "text")) {
        c->r->content_type = "text/plain";
        buf_str(&c->r->body, "Retry later\n");
    }
}

/* Answer as an address behind which there is no account. */
static bool is_nowhere(struct sb_ctx *c)
{
    if (sb_is(c->sb, SB_SW_UNKNOWN_SUBDOMAIN, "off"))
        return false;
    if (sb_is(c->sb, SB_SW_UNKNOWN_SUBDOMAIN, "404")) {
        sb_html(c->r, 404, "Account not found");
    } else if (sb_is(c->sb, SB_SW_UNKNOWN_SUBDOMAIN, "html")) {
        sb_html(c->r, 200, "Find your account");
    } else if (sb_is(c->sb, SB_SW_UNKNOWN_SUBDOMAIN, "401")) {
        sb_json(c, 401, "{\"error\":\"Not authorized\"}");
    } else {
        sb_html(c->r, 302, "Moved");
        c->r->headers[0] = (struct sandbox_header){"location", "https://account.invalid/login"};
        c->r->header_count = 1;
    }
    return true;
}

/* The path with runs of slashes as one and none at the end. */
static void collapse(const char *path, char *room, size_t size)
{
    size_t n = 0;

    for (; *path != '\0' && n + 1 < size; path++)
        if (*path != '/' || n == 0 || room[n - 1] != '/')
            room[n++] = *path;
    if (n > 1 && room[n - 1] == '/')
        n--;
    room[n] = '\0';
}

/* What the answer becomes by the faults, once everything was done. */
static void spoil(struct sandbox_response *r, const struct sb_verdict *v)
{
    if (v->replace && v->html)
        sb_html(r, v->status, v->status == 200 ? "Sign in" : "Something went wrong");
    else if (v->replace)
        sb_empty(r, v->status);
    if (v->wrong_type)
        r->content_type = "text/html; charset=utf-8";
    r->delay_ms = v->delay_ms;
    r->reset_after = v->after;
}

static void answer(struct sb_ctx *c, const struct sandbox_request *q, const char *path)
{
    static const char root[] = "/api/v1";

    if (is_nowhere(c))
        return;
    if (q->len > SANDBOX_BODY_MAX)
        sb_html(c->r, 413, "Request Entity Too Large");
    else if (!str_has_prefix(path, root) || (path[sizeof(root) - 1] != '/'))
        sb_html(c->r, 404, "The page you were looking for doesn't exist");
    else
        sb_dispatch(c, q->method, path + sizeof(root) - 1, q);
    if (!buf_ok(&c->r->body))
        sb_html(c->r, 500, "Answer too large");
}

void sandbox_handle(struct sandbox *sb, const struct sandbox_request *request,
                    struct sandbox_response *response)
{
    struct sb_verdict verdict = {0};
    struct sb_ctx c = {.sb = sb, .now_ms = request->now_ms, .r = response};
    char path[512];

    *response = (struct sandbox_response){0};
    buf_init(&response->body, SANDBOX_ANSWER_MAX);
    collapse(request->path, path, sizeof(path));
    if (!request->held) {
        sb->requests++;
        if (!sb_limit_pass(sb, request->peer != NULL ? request->peer : "", request->now_ms,
                           sb_number(sb, SB_SW_LIMIT))) {
            refuse_limit(&c);
            return;
        }
        sb_fault_judge(sb, request->method, path, &verdict);
        response->reset_before = verdict.before;
        response->hold_ms = verdict.before ? 0 : verdict.hold_ms;
        if (response->reset_before || response->hold_ms > 0)
            return;
    }
    c.now_ms += verdict.skew_ms;
    if (!verdict.replace || verdict.effect) {
        c.arena = arena_new(REQUEST_MEMORY_MAX);
        answer(&c, request, path);
        arena_free(c.arena);
    }
    spoil(response, &verdict);
}

void sandbox_response_free(struct sandbox_response *response)
{
    buf_free(&response->body);
}
