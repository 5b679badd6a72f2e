/* Files: attach_file_url and what becomes of it. The stand-in fetches through whoever takes the
 * fetches from here, as the core does no I/O. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "sandbox/core_private.h"

/* --- POST attach_file_url --- */

static bool is_blank(const char *text)
{
    return text == NULL || str_trim(text, strlen(text)).len == 0;
}

/* Remember the addresses that were asked for. */
static void add_files(struct sb_ticket *t, const struct json *files)
{
    struct json_doc *old = t->files == NULL ? NULL : json_parse(t->files, strlen(t->files), NULL);
    struct buf text;
    struct jw w;

    buf_init(&text, SANDBOX_BODY_MAX);
    jw_init(&w, &text);
    jw_array(&w, NULL);
    const struct json *lists[] = {json_root(old), files};
    for (size_t k = 0; k < COUNT_OF(lists); k++) {
        for (size_t i = 0; i < json_count(lists[k]); i++) {
            jw_object(&w, NULL);
            jw_text(&w, "url", json_get_text(json_at(lists[k], i), "url"));
            jw_text(&w, "filename", json_get_text(json_at(lists[k], i), "filename"));
            jw_object_end(&w);
        }
    }
    jw_array_end(&w);
    if (buf_ok(&text))
        sb_text_set(&t->files, text.ptr);
    buf_free(&text);
    json_free(old);
}

static void fetch_later(struct sandbox *sb, const struct sb_ticket *t, const struct json *file)
{
    const char *url = json_get_text(file, "url"), *name = json_get_text(file, "filename");
    struct sandbox_fetch *f = sb->fetch_count < SB_FETCHES_MAX ? calloc(1, sizeof(*f)) : NULL;

    if (f == NULL)
        return; /* asked for too much at once: as a fetch that fails, nobody is told */
    f->ticket_id = t->id;
    if (is_blank(name)) {
        name = strrchr(url, '/');
        name = name == NULL ? url : name + 1;
    }
    if (str_copy(f->url, sizeof(f->url), url) != 0 ||
        str_copy(f->name, sizeof(f->name), name) != 0) {
        free(f);
        return;
    }
    sb->fetches[sb->fetch_count++] = f;
}

void sb_ticket_attach(struct sb_ctx *c)
{
    struct sb_ticket *t = sb_table_find(&c->sb->tickets, c->id);
    const struct json *files = json_get(c->body, "files");
    bool good = json_kind(files) == JSON_KIND_ARRAY && json_count(files) > 0 &&
                !sb_is(c->sb, SB_SW_ATTACH, "refuse");

    if (t == NULL) {
        sb_not_found(c);
        return;
    }
    for (size_t i = 0; good && i < json_count(files); i++)
        good = json_get_text(json_at(files, i), "url") != NULL;
    if (!good) {
        sb_json(c, 422,
                "{\"error\":\"Missing files param - or not an array like "
                "[{'url':'http://foo','filename': 'test'}]\"}");
        return;
    }
    t->updated_ms = c->now_ms;
    add_files(t, files);
    sb_changed(c->sb, t, &sb_ticket_type);
    for (size_t i = 0; i < json_count(files) && sb_is(c->sb, SB_SW_ATTACH, "fetch"); i++)
        fetch_later(c->sb, t, json_at(files, i));
    if (c->sb->fetch_count > 0)
        sb_work(c->sb);
    sb_json(c, 200,
            "{\"message\":\"Processing - refresh ticket in a moment to see if it worked.\"}");
}

/* --- fetching --- */

bool sandbox_fetch_take(struct sandbox *sb, struct sandbox_fetch *fetch)
{
    if (sb->fetch_count == 0)
        return false;
    *fetch = *sb->fetches[0];
    free(sb->fetches[0]);
    sb->fetch_count--;
    memmove(sb->fetches, sb->fetches + 1, sb->fetch_count * sizeof(sb->fetches[0]));
    return true;
}

void sandbox_fetch_came(struct sandbox *sb, const struct sandbox_fetch *fetch,
                        const char *content_type, const void *bytes, size_t len, int64_t now_ms)
{
    struct sb_ticket *t = sb_table_find(&sb->tickets, fetch->ticket_id);

    if (t == NULL || len > SANDBOX_FILE_MAX || sb->bytes + (int64_t)len > SB_BYTES_MAX)
        return;
    struct sb_attachment *a = sb_table_add(&sb->attachments);
    if (a == NULL)
        return;
    a->bytes = malloc(len + 1);
    if (a->bytes == NULL)
        abort();
    if (len > 0)
        memcpy(a->bytes, bytes, len);
    a->bytes[len] = '\0';
    a->ticket_id = t->id;
    a->size = (int64_t)len;
    a->created_ms = a->updated_ms = now_ms;
    sb_text_set(&a->file_name, fetch->name);
    sb_text_set(&a->source, fetch->url);
    sb_text_set(&a->content_type, content_type);
    sb->bytes += a->size;
    sb_changed(sb, a, &sb_attachment_type);
    t->updated_ms = now_ms;
    sb_changed(sb, t, &sb_ticket_type);
}

const char *sandbox_attachment(const struct sandbox *sb, int64_t id, size_t *len)
{
    const struct sb_attachment *a = sb_table_find(&sb->attachments, id);

    *len = a == NULL ? 0 : (size_t)a->size;
    return a == NULL ? NULL : a->bytes;
}

/* --- showing, deleting --- */

/* The published examples show no attachment: these keys are a guess. */
void sb_write_attachments(const struct sandbox *sb, struct jw *w, const struct sb_ticket *t)
{
    char url[256];

    jw_array(w, "attachments");
    for (size_t i = 0; i < sb->attachments.count; i++) {
        const struct sb_attachment *a = sb->attachments.rows[i];
        if (a->ticket_id != t->id)
            continue;
        snprintf(url, sizeof(url), "https://%s.invalid/attachments/%lld", sb->subdomain,
                 (long long)a->id);
        jw_object(w, NULL);
        jw_int(w, "id", a->id);
        jw_text(w, "file_name", a->file_name);
        jw_text(w, "content_type", a->content_type);
        jw_int(w, "size", a->size);
        jw_text(w, "url", url);
        sb_write_time(sb, w, "created_at", a->created_ms);
        sb_write_time(sb, w, "updated_at", a->updated_ms);
        jw_object_end(w);
    }
    jw_array_end(w);
}

void sb_attachment_drop(struct sandbox *sb, int64_t id)
{
    const struct sb_attachment *a = sb_table_find(&sb->attachments, id);

    if (a != NULL && a->bytes != NULL)
        sb->bytes -= a->size;
    sb_table_remove(&sb->attachments, id);
}

void sb_attachment_delete(struct sb_ctx *c)
{
    struct sb_ticket *t = sb_table_find(&c->sb->tickets, c->id);
    int64_t id = 0;
    const bool given = json_get_int(c->body, "attachment_id", &id) == 0;
    const struct sb_attachment *a = given ? sb_table_find(&c->sb->attachments, id) : NULL;

    if (t == NULL || a == NULL || a->ticket_id != t->id) {
        sb_empty(c->r, 404);
        return;
    }
    sb_attachment_drop(c->sb, id);
    sb_removed(c->sb, id, &sb_attachment_type);
    t->updated_ms = c->now_ms;
    sb_changed(c->sb, t, &sb_ticket_type);
    sb_json(c, 200, "{\"success\":true}");
}
