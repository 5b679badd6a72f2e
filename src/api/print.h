/* The frames that the server writes, each into api->out. */
#ifndef PARLEY_API_PRINT_H
#define PARLEY_API_PRINT_H

#include "base/jw.h"
#include "store/store.h"

struct act;
struct api;
struct list_ask;
struct room;
struct session;
struct staff;

enum older { OLDER_NOT_ASKED, OLDER_READING, OLDER_WHOLE, OLDER_UNKNOWN };

/* --- print.c --- */
void print_welcome_person(struct api *api, const struct store_visitor *v, int64_t last_seq);
void print_welcome_staff(struct api *api, const struct staff *who);
void print_team(struct api *api);
void print_options(struct api *api);
void print_ack(struct api *api, const struct act *a, const char *reference, int64_t seq,
               int64_t at_ms);
/* notes: for one who may see them; others get what rules_person_sees lets a person who has proved
 * who they are see. Messages of `sender` (NULL: nobody's) carry their client_id. Stops at
 * API_FRAME_OUT_MAX; the rows written. */
size_t print_messages(struct api *api, const struct id *conversation,
                      const struct store_message *rows, size_t count, bool more, bool notes,
                      const char *sender);
/* A message is different now, or (is_seen false) is for staff only from now on. */
void print_changed(struct api *api, const struct id *conversation, const struct store_message *m,
                   bool is_seen);
void print_ticket(struct api *api, const struct store_summary *s);
struct jw print_begin(struct api *api, const char *kind);
void print_id(struct jw *w, const char *key, const struct id *id);
/* "" is written as null. */
void print_some(struct jw *w, const char *key, const char *text);
void print_ticket_fields(struct api *api, struct jw *w, const struct store_summary *s);

/* --- print_tickets.c: a person's tickets --- */

/* Members of welcome: the account's priorities, and whether "solved" and "help" can be said. */
void print_choices(struct api *api, struct jw *w);
void print_tickets(struct api *api, const struct list_ask *ask, const struct store_ticket_rows *all,
                   enum older older);
/* reading: "no", "now" or "failed". */
void print_conversation(struct api *api, const struct store_opened *opened, int64_t last_seq,
                        const char *reading);
/* The rating as its person is told of it: the frame, and a member of others. */
void print_rating(struct api *api, const struct store_summary *s);
void print_rating_fields(struct jw *w, const char *key, const struct store_rating *r);
void print_history(struct api *api, const struct id *conversation, bool good);
void print_unread(struct api *api, const struct id *conversation, const struct store_unread *u);
void print_proving(struct api *api, const char *email, int64_t retry_ms);
void print_sign_in(struct api *api, const char *url);
void print_presence(struct api *api);
/* A piece of the inbox, as much as a frame holds; the first has those who wait longest. */
void print_inbox(struct api *api, const struct store_summaries *all, bool first);
void print_summary_fields(struct api *api, struct jw *w, const char *key,
                          const struct store_summary *s);
void print_summary(struct api *api, const struct store_summary *s);
void print_outbox(struct api *api, const struct id *conversation, const struct store_entries *e);
void print_error(struct api *api, const char *code, const char *text, const char *client_id,
                 int64_t retry_ms);
void print_kind(struct api *api, const char *kind); /* {"t":kind} */

/* --- print_talk.c: around the words of a conversation --- */
/* to_staff: with who it is. */
void print_typing(struct api *api, const struct id *conversation, const struct session *s,
                  enum store_box box, bool to_staff);
void print_draft(struct api *api, const struct id *conversation, enum store_box box,
                 const char *body);
void print_read(struct api *api, const struct id *conversation, int64_t seq);
void print_seen(struct api *api, const struct id *conversation, int64_t seq, int64_t at_ms);
void print_talk(struct api *api, const struct id *conversation, const struct store_talk *t);
void print_marks(struct api *api, const struct store_marks *m);
void print_mention(struct api *api, const struct id *conversation, int64_t seq, int64_t at_ms,
                   const char *by);
void print_looking(struct api *api, const struct room *room);
/* An error: the conversation goes on in this one. */
void print_moved(struct api *api, const char *client_id, const struct id *to);

#endif
