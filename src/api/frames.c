#include "api/frames.h"

#include "base/str.h"
#include "chat/text.h"

#include <stddef.h>
#include <string.h>

/* Fields, as bits. */
enum {
    F_VERSION = 1 << 0,
    F_TOKEN = 1 << 1,
    F_CLIENT_ID = 1 << 2,
    F_CONVERSATION = 1 << 3,
    F_SINCE = 1 << 4,
    F_NAME = 1 << 5,
    F_EMAIL = 1 << 6,
    F_BODY = 1 << 7,
    F_STATUS = 1 << 8,
    F_PRIORITY = 1 << 9,
    F_SUBJECT = 1 << 10,
    F_URGENCY = 1 << 11,
    F_WHICH = 1 << 12,
    F_QUERY = 1 << 13,
    F_BEFORE = 1 << 14,
    F_SEQ = 1 << 15,
    F_TICKET = 1 << 16,
    F_SITE = 1 << 20,
    F_IDENTITY = 1 << 21,
    F_CODE = 1 << 22,
    F_FILES = 1 << 17,
    F_STAFF = 1 << 18, /* staff and was */
    F_UNTIL = 1 << 19,
    F_TAGS = 1 << 23,
    F_LANGUAGE = 1 << 30,
    F_ISSUE_TYPE = 1 << 26,
    F_ASSIGNEE = 1 << 27,
    F_DUE = 1 << 28,
    F_SETTLE = 1 << 29, /* entry and keep */
    F_AFTER = 1 << 25,
};

struct frame_row {
    const char *name;
    enum frame_kind kind;
    unsigned sides;
    unsigned needs;
    unsigned may;
};

#define BOTH (FRAME_PERSON | FRAME_STAFF)
static const struct frame_row rows[] = {
    {"hello", FRAME_HELLO, FRAME_PERSON, F_VERSION | F_TOKEN, F_SITE | F_IDENTITY | F_LANGUAGE},
    {"hello", FRAME_HELLO, FRAME_STAFF, F_VERSION, 0},
    {"start", FRAME_START, FRAME_PERSON, F_CLIENT_ID | F_BODY,
     F_NAME | F_EMAIL | F_SUBJECT | F_URGENCY | F_FILES},
    {"message", FRAME_MESSAGE, FRAME_PERSON, F_CLIENT_ID | F_CONVERSATION | F_BODY, F_FILES},
    {"resume", FRAME_RESUME, BOTH, F_CONVERSATION | F_SINCE, 0},
    {"typing", FRAME_TYPING, BOTH, F_CONVERSATION, 0},
    {"ping", FRAME_PING, BOTH, 0, 0},
    {"tickets", FRAME_TICKETS, FRAME_PERSON, 0, F_WHICH | F_QUERY | F_BEFORE},
    {"open", FRAME_OPEN, FRAME_PERSON, 0, F_CONVERSATION | F_TICKET},
    {"leave", FRAME_LEAVE, FRAME_PERSON, 0, 0},
    {"solved", FRAME_SOLVED, FRAME_PERSON, F_CLIENT_ID | F_CONVERSATION, 0},
    {"help", FRAME_HELP, FRAME_PERSON, F_CLIENT_ID | F_CONVERSATION, 0},
    {"rate", FRAME_RATE, FRAME_PERSON, F_CLIENT_ID | F_CONVERSATION, 0},
    {"transcript", FRAME_TRANSCRIPT, BOTH, F_CLIENT_ID | F_CONVERSATION, 0},
    {"read", FRAME_READ, FRAME_PERSON, F_CONVERSATION | F_SEQ, 0},
    {"open", FRAME_OPEN, FRAME_STAFF, F_CONVERSATION | F_SINCE, 0},
    {"reply", FRAME_REPLY, FRAME_STAFF, F_CLIENT_ID | F_CONVERSATION | F_BODY, F_FILES},
    {"note", FRAME_NOTE, FRAME_STAFF, F_CLIENT_ID | F_CONVERSATION | F_BODY, F_FILES},
    {"set", FRAME_SET, FRAME_STAFF, F_CLIENT_ID | F_CONVERSATION,
     F_STATUS | F_PRIORITY | F_ISSUE_TYPE | F_ASSIGNEE | F_DUE},
    {"settle", FRAME_SETTLE, FRAME_STAFF, F_CLIENT_ID | F_CONVERSATION | F_SETTLE, 0},
    {"retry", FRAME_RETRY, FRAME_STAFF, F_CONVERSATION, 0},
    {"assign", FRAME_ASSIGN, FRAME_STAFF, F_CLIENT_ID | F_CONVERSATION | F_STAFF, F_BODY},
    {"snooze", FRAME_SNOOZE, FRAME_STAFF, F_CLIENT_ID | F_CONVERSATION | F_UNTIL, 0},
    {"close", FRAME_CLOSE, FRAME_STAFF, F_CLIENT_ID | F_CONVERSATION, F_STATUS},
    {"reopen", FRAME_REOPEN, FRAME_STAFF, F_CLIENT_ID | F_CONVERSATION, F_STATUS},
    {"tags", FRAME_TAGS, FRAME_STAFF, F_CLIENT_ID | F_CONVERSATION | F_TAGS, 0},
    {"read", FRAME_READ, FRAME_STAFF, F_CONVERSATION | F_SEQ, 0},
    {"draft", FRAME_DRAFT, FRAME_STAFF, F_CONVERSATION | F_BODY, F_CLIENT_ID},
    {"look", FRAME_LOOK, FRAME_STAFF, F_CONVERSATION, 0},
    {"merge", FRAME_MERGE, FRAME_STAFF, F_CLIENT_ID | F_CONVERSATION, F_STATUS},
    {"inbox", FRAME_INBOX, FRAME_STAFF, F_AFTER, 0},
    {"prove", FRAME_PROVE, FRAME_PERSON, F_EMAIL, F_CLIENT_ID},
    {"code", FRAME_CODE, FRAME_PERSON, F_CODE, F_EMAIL | F_CLIENT_ID},
    {"sign_in", FRAME_SIGN_IN, FRAME_PERSON, 0, F_CLIENT_ID},
    {"sign_out", FRAME_SIGN_OUT, FRAME_PERSON, 0, 0},
};

/* The fields that are plain text. */
static const struct {
    unsigned bit;
    const char *key;
    size_t offset;
} texts[] = {
    {F_TOKEN, "token", offsetof(struct frame, token)},
    {F_CLIENT_ID, "client_id", offsetof(struct frame, client_id)},
    {F_NAME, "name", offsetof(struct frame, name)},
    {F_EMAIL, "email", offsetof(struct frame, email)},
    {F_BODY, "body", offsetof(struct frame, body)},
    {F_STATUS, "status", offsetof(struct frame, status)},
    {F_PRIORITY, "priority", offsetof(struct frame, priority)},
    {F_ISSUE_TYPE, "issue_type", offsetof(struct frame, issue_type)},
    {F_SUBJECT, "subject", offsetof(struct frame, subject)},
    {F_URGENCY, "urgency", offsetof(struct frame, urgency)},
    {F_WHICH, "which", offsetof(struct frame, which)},
    {F_QUERY, "query", offsetof(struct frame, query)},
    {F_BEFORE, "before", offsetof(struct frame, before)},
    {F_SITE, "site", offsetof(struct frame, site)},
    {F_IDENTITY, "identity", offsetof(struct frame, identity)},
    {F_CODE, "code", offsetof(struct frame, code)},
    {F_LANGUAGE, "language", offsetof(struct frame, language)},
    {F_AFTER, "after", offsetof(struct frame, after)},
};

static int read_texts(struct frame *f, const struct json *root, const struct frame_row *row)
{
    for (size_t i = 0; i < COUNT_OF(texts); i++) {
        const struct json *member;
        const char *text;

        if (!((row->needs | row->may) & texts[i].bit))
            continue;
        member = json_get(root, texts[i].key);
        text = json_text(member);
        if (text == NULL && ((row->needs & texts[i].bit) || json_kind(member) > JSON_KIND_NULL))
            return -1;
        memcpy((char *)f + texts[i].offset, &text, sizeof(text));
    }
    return 0;
}

/* A whole number as JSON writes it; a text that looks like one is not. */
static int read_int(const struct json *root, const char *key, int64_t *value)
{
    const struct json *member = json_get(root, key);

    return json_kind(member) == JSON_KIND_INT ? json_int(member, value) : -1;
}

/* An id that the frame needs, or may hold. */
static int read_conversation(struct frame *f, const struct json *root, const struct frame_row *row)
{
    const struct json *member = json_get(root, "conversation");

    if ((row->may & F_CONVERSATION) && json_kind(member) <= JSON_KIND_NULL)
        return 0;
    return json_text(member) == NULL ? -1 : id_parse(json_text(member), &f->conversation);
}

/* By its conversation or by its ticket: one of them. */
static const char *read_open(const struct frame *f)
{
    if (f->ticket < 0 || id_is_none(&f->conversation) == (f->ticket == 0))
        return "open names a conversation or a ticket";
    return NULL;
}

/* An id, or null for nobody. */
static int read_staff(const struct json *member, struct id *id)
{
    if (json_kind(member) == JSON_KIND_NULL)
        return 0;
    return json_text(member) == NULL ? -1 : id_parse(json_text(member), id);
}

static int read_assign(struct frame *f, const struct json *root)
{
    const struct json *was = json_get(root, "was");

    f->has_was = json_kind(was) != JSON_KIND_NONE;
    if (f->has_was && read_staff(was, &f->was) != 0)
        return -1;
    return read_staff(json_get(root, "staff"), &f->staff);
}

/* At most so many, each with something in it and without a comma, none twice. */
static int read_tags(struct frame *f, const struct json *root)
{
    const struct json *list = json_get(root, "tags");

    if (json_kind(list) != JSON_KIND_ARRAY || json_count(list) > STORE_TAGS_MAX)
        return -1;
    for (size_t i = 0; i < json_count(list); i++) {
        const char *tag = json_text(json_at(list, i));

        if (tag == NULL || !text_is_tag(tag))
            return -1;
        for (size_t k = 0; k < i; k++)
            if (str_equal_nocase(tag, f->tags[k]))
                return -1;
        f->tags[f->tag_count++] = tag;
    }
    return 0;
}

/* None, or ids, none twice. */
static int read_files(struct frame *f, const struct json *root)
{
    const struct json *list = json_get(root, "files");

    if (json_kind(list) == JSON_KIND_NONE || json_kind(list) == JSON_KIND_NULL)
        return 0;
    if (json_kind(list) != JSON_KIND_ARRAY || json_count(list) > CHAT_FILES_MAX)
        return -1;
    for (size_t i = 0; i < json_count(list); i++) {
        const char *text = json_text(json_at(list, i));

        if (text == NULL || id_parse(text, &f->files[i]) != 0)
            return -1;
        for (size_t k = 0; k < i; k++)
            if (id_equal(&f->files[k], &f->files[i]))
                return -1;
        f->file_count++;
    }
    return 0;
}

/* What of the ticket is a number: who works on it (0: nobody), and when it is due (0: no
 * more). */
static const char *read_set(struct frame *f, const struct json *root)
{
    if (json_kind(json_get(root, "assignee")) > JSON_KIND_NULL) {
        f->has_assignee = true;
        if (read_int(root, "assignee", &f->assignee) != 0 || f->assignee < 0)
            return "assignee is not an id";
    }
    if (json_kind(json_get(root, "due")) > JSON_KIND_NULL) {
        f->has_due = true;
        if (read_int(root, "due", &f->due_ms) != 0 || f->due_ms < 0 || f->due_ms > CHAT_TIME_MAX)
            return "due is not a time";
    }
    if (f->status == NULL && f->priority == NULL && f->issue_type == NULL && !f->has_assignee &&
        !f->has_due)
        return "nothing to set";
    return NULL;
}

static const char *read_settle(struct frame *f, const struct json *root)
{
    if (read_int(root, "entry", &f->entry) != 0 || f->entry <= 0)
        return "entry is not an id";
    if (json_bool(json_get(root, "keep"), &f->keep) != 0)
        return "keep is true or false";
    return NULL;
}

static const char *read_rate(struct frame *f, const struct json *root)
{
    const struct json *comment = json_get(root, "comment");

    if (read_int(root, "score", &f->score) != 0 || f->score < 1 || f->score > 5)
        return "score is a number from 1 to 5";
    f->comment = json_text(comment);
    if (f->comment == NULL && json_kind(comment) > JSON_KIND_NULL)
        return "comment is a text";
    return NULL;
}

/* Reply where nothing else is named. */
static const char *read_box(struct frame *f, const struct json *root)
{
    const struct json *box = json_get(root, "box");

    f->box = STORE_BOX_REPLY;
    if (json_kind(box) <= JSON_KIND_NULL)
        return NULL;
    if (str_equal(json_text(box), "note"))
        f->box = STORE_BOX_NOTE;
    else if (!str_equal(json_text(box), "reply"))
        return "box is reply or note";
    return NULL;
}

/* What only one kind of frame holds. */
static const char *read_own(struct frame *f, const struct json *root)
{
    switch (f->kind) {
    case FRAME_REPLY:
    case FRAME_CLOSE:
        if (json_kind(json_get(root, "seen")) > JSON_KIND_NULL &&
            (read_int(root, "seen", &f->seen) != 0 || f->seen < 0))
            return "seen is not a number";
        return NULL;
    case FRAME_DRAFT:
    case FRAME_TYPING:
        return read_box(f, root);
    case FRAME_LOOK:
        return json_bool(json_get(root, "looks"), &f->looks) == 0 ? NULL : "looks is true or false";
    case FRAME_MERGE:
        return json_get_text(root, "into") != NULL &&
                       id_parse(json_get_text(root, "into"), &f->into) == 0
                   ? NULL
                   : "into is not an id";
    case FRAME_SET:
        return read_set(f, root);
    case FRAME_RATE:
        return read_rate(f, root);
    default:
        return NULL;
    }
}

static const char *read_fields(struct frame *f, const struct json *root,
                               const struct frame_row *row)
{
    if (read_texts(f, root, row) != 0)
        return "a field is missing or of the wrong kind";
    if (f->client_id != NULL && !text_is_client_id(f->client_id))
        return "client_id has 8 to 64 characters of A-Z a-z 0-9 _ -";
    if (((row->needs | row->may) & F_CONVERSATION) && read_conversation(f, root, row) != 0)
        return "conversation is not an id";
    if ((row->may & F_TICKET) && json_kind(json_get(root, "ticket")) > JSON_KIND_NULL &&
        read_int(root, "ticket", &f->ticket) != 0)
        return "ticket is not a number";
    if ((row->needs & F_SEQ) && (read_int(root, "seq", &f->seq) != 0 || f->seq < 0))
        return "seq is not a number";
    if (row->kind == FRAME_OPEN && (row->sides & FRAME_PERSON))
        return read_open(f);
    if ((row->needs & F_SINCE) && (read_int(root, "since", &f->since) != 0 || f->since < 0))
        return "since is not a number";
    if ((row->needs & F_VERSION) && (read_int(root, "v", &f->version) != 0 || f->version != 1))
        return "v must be 1";
    if ((row->may & F_FILES) && read_files(f, root) != 0)
        return "files is a list of at most 10 ids";
    if ((row->needs & F_STAFF) && read_assign(f, root) != 0)
        return "staff and was are ids, or null for nobody";
    if ((row->needs & F_UNTIL) &&
        (read_int(root, "until", &f->until) != 0 || f->until < 0 || f->until > CHAT_TIME_MAX))
        return "until is not a time";
    if ((row->needs & F_TAGS) && read_tags(f, root) != 0)
        return "tags is a list of at most 10 words of 1 to 40 bytes without commas";
    if (row->needs & F_SETTLE)
        return read_settle(f, root);
    return read_own(f, root);
}

enum frame_result frame_parse(struct frame *f, enum frame_side side, const char *text, size_t len,
                              const char **why)
{
    const struct json *root;
    const char *name;
    bool known = false;

    memset(f, 0, sizeof(*f));
    *why = "not a JSON object";
    f->doc = len <= CHAT_FRAME_MAX ? json_parse(text, len, NULL) : NULL;
    if (f->doc == NULL)
        return FRAME_BAD;
    root = json_root(f->doc);
    if (json_kind(root) != JSON_KIND_OBJECT)
        goto bad;
    *why = "t is missing";
    name = json_get_text(root, "t");
    if (name == NULL)
        goto bad;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        if (!str_equal(rows[i].name, name))
            continue;
        known = true;
        if (!(rows[i].sides & side))
            continue;
        f->kind = rows[i].kind;
        *why = read_fields(f, root, &rows[i]);
        if (*why == NULL)
            return FRAME_OK;
        goto bad;
    }
    *why = known ? "that frame is for the other side" : "no such frame";
    frame_free(f);
    return known ? FRAME_NOT_ALLOWED : FRAME_BAD;
bad:
    frame_free(f);
    return FRAME_BAD;
}

void frame_free(struct frame *f)
{
    json_free(f->doc);
    memset(f, 0, sizeof(*f));
}
