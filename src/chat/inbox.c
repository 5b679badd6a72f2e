#include "chat/inbox.h"

#include <string.h>

#include "base/id.h"
#include "base/jw.h"
#include "base/str.h"
#include "chat/text.h"

/* ---- targets ---- */

static int put_minutes(struct jw *w, const struct json *of, const char *key, struct err *err)
{
    int64_t minutes = 0;

    if (json_kind(json_get(of, key)) > JSON_KIND_NULL &&
        (json_get_int(of, key, &minutes) < 0 || minutes < 0 || minutes > INBOX_MINUTES_MAX))
        return err_set(err, "%s is a whole number from 0 to %d", key, INBOX_MINUTES_MAX);
    jw_int(w, key, minutes);
    return 0;
}

static int put_both(struct jw *w, const struct json *of, struct err *err)
{
    return put_minutes(w, of, "first_minutes", err) < 0 ||
                   put_minutes(w, of, "next_minutes", err) < 0
               ? -1
               : 0;
}

/* Was this text the member `key` of one before the nth? */
static bool was_before(const struct json *all, size_t n, const char *key, const char *text)
{
    for (size_t i = 0; i < n; i++)
        if (str_equal(json_get_text(json_at(all, i), key), text))
            return true;
    return false;
}

static int put_priority(struct jw *w, const struct json *all, size_t n, struct err *err)
{
    const struct json *one = json_at(all, n);
    const char *name = json_get_text(one, "priority");

    if (name == NULL || name[0] == '\0' || strlen(name) > INBOX_WORD_MAX ||
        was_before(all, n, "priority", name))
        return err_set(err, "each priority is named once, in at most %d bytes", INBOX_WORD_MAX);
    jw_object(w, NULL);
    jw_text(w, "priority", name);
    if (put_both(w, one, err) < 0)
        return -1;
    jw_object_end(w);
    return 0;
}

int inbox_targets_print(const struct json *value, struct buf *to, struct err *err)
{
    const struct json *all = json_get(value, "priorities");
    struct jw w;

    if (json_kind(value) != JSON_KIND_OBJECT)
        return err_set(err, "targets are an object");
    if (json_kind(all) > JSON_KIND_NULL && json_kind(all) != JSON_KIND_ARRAY)
        return err_set(err, "priorities are a list");
    if (json_count(all) > INBOX_PRIORITIES)
        return err_set(err, "there can be targets of at most %d priorities", INBOX_PRIORITIES);
    jw_init(&w, to);
    jw_object(&w, NULL);
    if (put_both(&w, value, err) < 0)
        return -1;
    jw_array(&w, "priorities");
    for (size_t i = 0; i < json_count(all); i++)
        if (put_priority(&w, all, i, err) < 0)
            return -1;
    jw_array_end(&w);
    jw_object_end(&w);
    return 0;
}

/* ---- views ---- */

static bool is_view(const char *name)
{
    static const char *const names[] = {"unassigned", "mine", "open", "waiting", "closed"};

    for (size_t i = 0; i < COUNT_OF(names); i++)
        if (str_equal(names[i], name))
            return true;
    return false;
}

static bool is_staff(const char *text)
{
    struct id id;

    return text[0] == '\0' || str_equal(text, "nobody") || id_parse(text, &id) == 0;
}

/* The text of a member, "" when it is missing. */
static const char *word_of(const struct json *one, const char *key)
{
    const char *text = json_get_text(one, key);

    return text == NULL ? "" : text;
}

static int put_view(struct jw *w, const struct json *all, size_t n, struct err *err)
{
    const struct json *one = json_at(all, n);
    const char *name = word_of(one, "name"), *view = word_of(one, "view");
    const char *company = word_of(one, "company"), *priority = word_of(one, "priority");
    const char *tag = word_of(one, "tag"), *staff = word_of(one, "staff");

    if (name[0] == '\0' || strlen(name) > INBOX_NAME_MAX || was_before(all, n, "name", name))
        return err_set(err, "each view has a name of its own, of at most %d bytes", INBOX_NAME_MAX);
    if (!is_view(view))
        return err_set(err, "view is unassigned, mine, open, waiting or closed");
    if (strlen(company) > INBOX_WORD_MAX || strlen(priority) > INBOX_WORD_MAX)
        return err_set(err, "a company or priority has at most %d bytes", INBOX_WORD_MAX);
    if (tag[0] != '\0' && !text_is_tag(tag))
        return err_set(err, "this is not a tag");
    if (!is_staff(staff))
        return err_set(err, "staff is an id, or nobody");
    jw_object(w, NULL);
    jw_text(w, "name", name);
    jw_text(w, "view", view);
    jw_text(w, "company", company);
    jw_text(w, "tag", tag);
    jw_text(w, "priority", priority);
    jw_text(w, "staff", staff);
    jw_object_end(w);
    return 0;
}

int inbox_views_print(const struct json *value, struct buf *to, struct err *err)
{
    const struct json *all = json_get(value, "views");
    struct jw w;

    if (json_kind(value) != JSON_KIND_OBJECT || json_kind(all) != JSON_KIND_ARRAY)
        return err_set(err, "views are a list");
    if (json_count(all) > INBOX_VIEWS)
        return err_set(err, "there can be at most %d views", INBOX_VIEWS);
    jw_init(&w, to);
    jw_object(&w, NULL);
    jw_array(&w, "views");
    for (size_t i = 0; i < json_count(all); i++)
        if (put_view(&w, all, i, err) < 0)
            return -1;
    jw_array_end(&w);
    jw_object_end(&w);
    return 0;
}
