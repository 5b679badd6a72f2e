/* The server's frames about a person's tickets, written into api->out. */
#include "api/api_private.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "base/str.h"

#define SUBJECT_SHOWN_MAX 255 /* bytes; a page of rows fits a frame whatever the PSA holds */
#define WORD_SHOWN_MAX    128

static void cut(struct jw *w, const char *key, const char *text, size_t max)
{
    if (text[0] == '\0')
        jw_null(w, key);
    else
        jw_textn(w, key, text, str_cut_utf8(text, strlen(text), max));
}

void print_choices(struct api *api, struct jw *w)
{
    const size_t len = api->options == NULL ? 0 : strlen(api->options);
    struct json_doc *doc = len == 0 ? NULL : json_parse(api->options, len, NULL);
    const struct json *root = doc == NULL ? NULL : json_root(doc);
    const struct json *all = json_get(root, "priorities"), *statuses = json_get(root, "statuses");

    jw_array(w, "priorities");
    for (size_t i = 0; i < json_count(all) && i < 20; i++) {
        const char *text = json_text(json_at(all, i));

        if (text != NULL && text[0] != '\0' && strlen(text) <= WORD_SHOWN_MAX)
            jw_text(w, NULL, text);
    }
    jw_array_end(w);
    jw_object(w, "may");
    jw_bool(w, "solved", status_of_act(api->status_map, statuses, STATUS_ACT_SOLVED) != NULL);
    jw_bool(w, "help", status_of_act(api->status_map, statuses, STATUS_ACT_HELP) != NULL);
    jw_bool(w, "transcript", after_has_mail(api));
    jw_object_end(w);
    json_free(doc);
}

static void row(struct api *api, struct jw *w, const struct store_ticket_row *r)
{
    jw_object(w, NULL);
    if (id_is_none(&r->conversation))
        jw_null(w, "conversation");
    else
        print_id(w, "conversation", &r->conversation);
    if (r->ticket == 0)
        jw_null(w, "ticket");
    else
        jw_int(w, "ticket", r->ticket);
    print_some(w, "reference", r->reference);
    cut(w, "number", r->number, 64);
    cut(w, "subject", r->subject, SUBJECT_SHOWN_MAX);
    cut(w, "status", r->status, WORD_SHOWN_MAX);
    jw_text(w, "word", status_word(status_told(api->status_map, r->status, r->open)));
    cut(w, "priority", r->priority, WORD_SHOWN_MAX);
    cut(w, "assignee", r->assignee, WORD_SHOWN_MAX);
    jw_bool(w, "open", r->open);
    jw_bool(w, "mine", r->mine);
    jw_int(w, "created", r->created_ms);
    jw_int(w, "updated", r->updated_ms);
    jw_int(w, "unread", r->unread);
    jw_object_end(w);
}

void print_tickets(struct api *api, const struct list_ask *ask, const struct store_ticket_rows *all,
                   enum older older)
{
    static const char *const whichs[] = {[STORE_TICKETS_OPEN] = "open",
                                         [STORE_TICKETS_CLOSED] = "closed",
                                         [STORE_TICKETS_ALL] = "all"};
    static const char *const olders[] = {[OLDER_NOT_ASKED] = "whole",
                                         [OLDER_READING] = "reading",
                                         [OLDER_WHOLE] = "whole",
                                         [OLDER_UNKNOWN] = "unknown"};
    struct jw w = print_begin(api, "tickets");
    char next[64];

    jw_text(&w, "which", whichs[ask->which]);
    jw_text(&w, "query", ask->query);
    print_some(&w, "after", ask->before);
    jw_array(&w, "rows");
    for (size_t i = 0; i < all->count; i++)
        row(api, &w, &all->rows[i]);
    jw_array_end(&w);
    jw_bool(&w, "more", all->more);
    if (all->more) {
        const struct store_ticket_row *last = &all->rows[all->count - 1];

        snprintf(next, sizeof(next), "%" PRId64 ".%s", last->updated_ms, last->key);
        jw_text(&w, "before", next);
    } else {
        jw_null(&w, "before");
    }
    jw_int(&w, "unread", all->unread);
    jw_text(&w, "older", olders[older]);
    jw_object_end(&w);
}

void print_rating_fields(struct jw *w, const char *key, const struct store_rating *r)
{
    if (r->score == 0) {
        jw_null(w, key);
        return;
    }
    jw_object(w, key);
    jw_int(w, "score", r->score);
    jw_text(w, "comment", r->comment);
    jw_int(w, "until", r->at_ms + STORE_RATING_CHANGE_MS);
    jw_object_end(w);
}

void print_rating(struct api *api, const struct store_summary *s)
{
    struct jw w = print_begin(api, "rating");

    print_id(&w, "conversation", &s->conversation);
    print_rating_fields(&w, "rating", &s->rating);
    jw_object_end(&w);
}

void print_conversation(struct api *api, const struct store_opened *opened, int64_t last_seq,
                        const char *reading)
{
    const struct store_summary *s = &opened->summary;
    struct jw w = print_begin(api, "conversation");

    print_id(&w, "id", &s->conversation);
    jw_text(&w, "reference", s->reference);
    jw_text(&w, "subject", s->subject);
    jw_int(&w, "created", s->created_ms);
    jw_int(&w, "last_seq", last_seq);
    jw_bool(&w, "may_write", opened->may_write);
    jw_text(&w, "reading", reading);
    if (opened->may_write)
        print_rating_fields(&w, "rating", &s->rating);
    jw_object(&w, "ticket");
    if (s->ticket.id == 0)
        jw_null(&w, "id");
    else
        jw_int(&w, "id", s->ticket.id);
    print_ticket_fields(api, &w, s);
    jw_object_end(&w);
    jw_object_end(&w);
}

void print_history(struct api *api, const struct id *conversation, bool good)
{
    struct jw w = print_begin(api, "history");

    print_id(&w, "conversation", conversation);
    jw_text(&w, "state", good ? "done" : "failed");
    jw_object_end(&w);
}

void print_unread(struct api *api, const struct id *conversation, const struct store_unread *u)
{
    struct jw w = print_begin(api, "unread");

    print_id(&w, "conversation", conversation);
    jw_int(&w, "unread", u->unread);
    jw_int(&w, "total", u->total);
    jw_object_end(&w);
}
