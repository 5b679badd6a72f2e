/* The frames around the words in a conversation, for staff. */
#include "api/api_private.h"

void print_typing(struct api *api, const struct id *conversation, const struct session *s,
                  enum store_box box, bool to_staff)
{
    struct jw w = print_begin(api, "typing");

    print_id(&w, "conversation", conversation);
    jw_text(&w, "who", s->side == FRAME_STAFF ? "staff" : "person");
    if (to_staff && s->side == FRAME_STAFF) {
        jw_object(&w, "staff");
        print_id(&w, "id", &s->staff->id);
        jw_text(&w, "name", s->staff->name);
        jw_object_end(&w);
        jw_text(&w, "box", box == STORE_BOX_NOTE ? "note" : "reply");
    }
    jw_object_end(&w);
}

void print_draft(struct api *api, const struct id *conversation, enum store_box box,
                 const char *body)
{
    struct jw w = print_begin(api, "draft");

    print_id(&w, "conversation", conversation);
    jw_text(&w, "box", box == STORE_BOX_NOTE ? "note" : "reply");
    jw_text(&w, "body", body);
    jw_object_end(&w);
}

void print_read(struct api *api, const struct id *conversation, int64_t seq)
{
    struct jw w = print_begin(api, "read");

    print_id(&w, "conversation", conversation);
    jw_int(&w, "seq", seq);
    jw_object_end(&w);
}

void print_seen(struct api *api, const struct id *conversation, int64_t seq, int64_t at_ms)
{
    struct jw w = print_begin(api, "seen");

    print_id(&w, "conversation", conversation);
    jw_int(&w, "seq", seq);
    jw_int(&w, "at", at_ms);
    jw_object_end(&w);
}

void print_talk(struct api *api, const struct id *conversation, const struct store_talk *t)
{
    struct jw w = print_begin(api, "talk");

    print_id(&w, "conversation", conversation);
    jw_text(&w, "reply", t->reply);
    jw_text(&w, "note", t->note);
    jw_int(&w, "read", t->seq);
    jw_object(&w, "person");
    jw_int(&w, "seq", t->person_seq);
    jw_int(&w, "at", t->person_at_ms);
    jw_object_end(&w);
    jw_object_end(&w);
}

static void marks(struct jw *w, const char *key, const struct store_mark *rows, size_t count)
{
    jw_array(w, key);
    for (size_t i = 0; i < count; i++) {
        jw_object(w, NULL);
        print_id(w, "conversation", &rows[i].conversation);
        jw_int(w, "seq", rows[i].seq);
        jw_int(w, "at", rows[i].at_ms);
        jw_object_end(w);
    }
    jw_array_end(w);
}

void print_marks(struct api *api, const struct store_marks *m)
{
    struct jw w = print_begin(api, "marks");

    marks(&w, "reads", m->reads, m->read_count);
    marks(&w, "mentions", m->mentions, m->mention_count);
    jw_object_end(&w);
}

void print_mention(struct api *api, const struct id *conversation, int64_t seq, int64_t at_ms,
                   const char *by)
{
    struct jw w = print_begin(api, "mention");

    print_id(&w, "conversation", conversation);
    jw_int(&w, "seq", seq);
    jw_int(&w, "at", at_ms);
    jw_text(&w, "by", by);
    jw_object_end(&w);
}

/* Each once, however many pages they have open. */
static bool is_first(const struct room *room, const struct session *s)
{
    for (const struct session *o = room->first; o != s; o = o->room_next)
        if (o->side == FRAME_STAFF && o->looks && id_equal(&o->staff->id, &s->staff->id))
            return false;
    return true;
}

void print_looking(struct api *api, const struct room *room)
{
    struct jw w = print_begin(api, "looking");

    print_id(&w, "conversation", &room->id);
    jw_array(&w, "staff");
    for (const struct session *s = room->first; s != NULL && api->out.len < API_FRAME_OUT_MAX / 2;
         s = s->room_next) {
        if (s->side != FRAME_STAFF || !s->looks || !is_first(room, s))
            continue;
        jw_object(&w, NULL);
        print_id(&w, "id", &s->staff->id);
        jw_text(&w, "name", s->staff->name);
        jw_object_end(&w);
    }
    jw_array_end(&w);
    jw_object_end(&w);
}

void print_moved(struct api *api, const char *client_id, const struct id *to)
{
    struct jw w = print_begin(api, "error");

    jw_text(&w, "code", "moved");
    jw_text(&w, "text", "this goes on in another conversation");
    jw_text(&w, "client_id", client_id);
    print_id(&w, "conversation", to);
    jw_object_end(&w);
}
