#include "hook/body.h"

#include <string.h>

static void write_id(struct jw *w, const char *key, const struct id *id)
{
    char text[ID_TEXT_SIZE];

    id_format(id, text);
    jw_text(w, key, text);
}

static void some_text(struct jw *w, const char *key, const char *text)
{
    jw_text(w, key, text[0] != '\0' ? text : NULL);
}

static void some_time(struct jw *w, const char *key, int64_t ms)
{
    if (ms != 0)
        jw_int(w, key, ms);
    else
        jw_null(w, key);
}

static void write_tags(struct jw *w, const char *tags)
{
    jw_array(w, "tags");
    while (*tags != '\0') {
        const size_t len = strcspn(tags, ",");

        jw_textn(w, NULL, tags, len);
        tags += len + (tags[len] == ',');
    }
    jw_array_end(w);
}

static void write_ticket(struct jw *w, const struct store_ticket *t)
{
    if (t->id == 0) {
        jw_null(w, "ticket");
        return;
    }
    jw_object(w, "ticket");
    jw_int(w, "id", t->id);
    some_text(w, "number", t->number);
    some_text(w, "status", t->status);
    some_text(w, "priority", t->priority);
    jw_object_end(w);
}

void hook_body_rating(struct jw *w, const char *key, const struct store_rating *r)
{
    if (r->score == 0) {
        jw_null(w, key);
        return;
    }
    jw_object(w, key);
    jw_int(w, "score", r->score);
    some_text(w, "comment", r->comment);
    jw_int(w, "at", r->at_ms);
    jw_object_end(w);
}

void hook_body_conversation(struct jw *w, const char *key, const struct store_summary *s)
{
    jw_object(w, key);
    write_id(w, "id", &s->conversation);
    jw_text(w, "reference", s->reference);
    jw_text(w, "subject", s->subject);
    jw_bool(w, "open", s->open);
    jw_object(w, "person");
    write_id(w, "id", &s->person);
    jw_text(w, "name", s->name);
    some_text(w, "email", s->email);
    some_text(w, "company", s->company);
    jw_bool(w, "verified", s->is_verified);
    jw_object_end(w);
    if (id_is_none(&s->staff)) {
        jw_null(w, "staff");
    } else {
        jw_object(w, "staff");
        write_id(w, "id", &s->staff);
        jw_text(w, "name", s->staff_name);
        jw_object_end(w);
    }
    write_tags(w, s->tags);
    jw_int(w, "created", s->created_ms);
    jw_int(w, "last_at", s->last_at_ms);
    jw_int(w, "last_seq", s->last_seq);
    some_time(w, "waiting_since", s->waiting_since_ms);
    some_time(w, "answered_at", s->answered_ms);
    some_time(w, "closed_at", s->closed_ms);
    some_time(w, "snoozed_until", s->snoozed_ms);
    hook_body_rating(w, "rating", &s->rating);
    write_ticket(w, &s->ticket);
    jw_object_end(w);
}

void hook_body_message(struct jw *w, const char *key, const struct store_message *m)
{
    jw_object(w, key);
    write_id(w, "id", &m->id);
    jw_int(w, "seq", m->seq);
    jw_int(w, "at", m->at_ms);
    jw_text(w, "from", store_author_name(m->author));
    some_text(w, "name", m->name);
    jw_text(w, "body", m->body);
    some_time(w, "edited", m->edited_ms);
    jw_array(w, "files");
    for (size_t i = 0; i < m->file_count; i++) {
        jw_object(w, NULL);
        write_id(w, "id", &m->files[i].id);
        jw_text(w, "name", m->files[i].name);
        jw_int(w, "size", m->files[i].size);
        jw_object_end(w);
    }
    jw_array_end(w);
    jw_object_end(w);
}

void hook_body(struct buf *to, const struct store_delivery_taken *taken)
{
    struct jw w;

    jw_init(&w, to);
    jw_object(&w, NULL);
    jw_int(&w, "delivery", taken->n);
    jw_text(&w, "event", taken->event);
    jw_int(&w, "at", taken->at_ms);
    if (taken->has_conversation)
        hook_body_conversation(&w, "conversation", &taken->conversation);
    if (taken->has_message)
        hook_body_message(&w, "message", &taken->message);
    jw_object_end(&w);
}
