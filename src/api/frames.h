/* The frames of parley.v1 that a client sends (docs/protocol.md): one table says which there are,
 * who may send them and what they hold. */
#ifndef PARLEY_API_FRAMES_H
#define PARLEY_API_FRAMES_H

#include "base/base.h"
#include "base/id.h"
#include "base/json.h"
#include "chat/limits.h"
#include "store/act.h"
#include "store/talk.h"

enum frame_kind {
    FRAME_HELLO,
    FRAME_START,
    FRAME_MESSAGE,
    FRAME_RESUME,
    FRAME_TYPING,
    FRAME_PING,
    FRAME_OPEN,
    FRAME_REPLY,
    FRAME_NOTE,
    FRAME_SET,
    FRAME_SETTLE,
    FRAME_RETRY,
    FRAME_TICKETS,
    FRAME_LEAVE,
    FRAME_SOLVED,
    FRAME_HELP,
    FRAME_READ,
    FRAME_PROVE,
    FRAME_CODE,
    FRAME_SIGN_IN,
    FRAME_SIGN_OUT,
    FRAME_ASSIGN,
    FRAME_SNOOZE,
    FRAME_CLOSE,
    FRAME_REOPEN,
    FRAME_TAGS,
    FRAME_INBOX,
    FRAME_DRAFT,
    FRAME_LOOK,
    FRAME_MERGE,
    FRAME_RATE,
    FRAME_TRANSCRIPT,
};

enum frame_side { FRAME_PERSON = 1, FRAME_STAFF = 2 };

/* What a frame holds. Text is borrowed from the document and NULL where the frame has none; it is
 * UTF-8 and has passed no other check. */
struct frame {
    enum frame_kind kind;
    int64_t version;
    int64_t since;
    int64_t seq;
    int64_t ticket;         /* the PSA's id; 0: none is named */
    struct id conversation; /* none (all zero): none is named */
    const char *token;
    const char *client_id; /* of the right form */
    const char *name;
    const char *email;
    const char *body;
    const char *status;
    const char *priority;
    const char *issue_type;
    bool has_assignee;
    int64_t assignee; /* the PSA's id of somebody; 0: nobody */
    bool has_due;
    int64_t due_ms; /* 0: it is due no more */
    int64_t entry;  /* of the outbox */
    bool keep;
    const char *subject;
    const char *urgency; /* a priority that a person chose */
    const char *which, *query, *before;
    const char *site, *identity; /* of the page around the chat, and the token it signed */
    const char *code;
    const char *language; /* that the chat speaks */
    const char *after;    /* of a list: where it goes on */
    struct id files[CHAT_FILES_MAX];
    size_t file_count;
    struct id staff, was; /* of assign; none: nobody */
    bool has_was;
    struct id into; /* of merge */
    int64_t until;
    int64_t seen; /* the last seq that who replies or closes has seen; 0: not said */
    enum store_box box;
    bool looks;
    int64_t score;       /* 1 to 5 */
    const char *comment; /* of a rating; NULL: none */
    const char *tags[STORE_TAGS_MAX];
    size_t tag_count;
    struct json_doc *doc; /* owns the texts; NULL after a refusal */
};

enum frame_result {
    FRAME_OK,
    FRAME_BAD,         /* not JSON, not an object, unknown, a field missing or of a wrong kind */
    FRAME_NOT_ALLOWED, /* a frame of the other side */
};

/* Read one frame of this side. On FRAME_OK frame_free() is owed; otherwise *why is a text of a few
 * words without anything the peer wrote. */
enum frame_result frame_parse(struct frame *f, enum frame_side side, const char *text, size_t len,
                              const char **why) WARN_UNUSED;
void frame_free(struct frame *f);

#endif
