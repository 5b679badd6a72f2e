/* What the files of api share. */
#ifndef PARLEY_API_PRIVATE_H
#define PARLEY_API_PRIVATE_H

#include "api/api.h"
#include "api/files.h"
#include "api/frames.h"
#include "api/print.h"
#include "api/table.h"
#include "base/buf.h"
#include "base/jw.h"
#include "chat/limits.h"
#include "chat/rate.h"
#include "chat/rules.h"
#include "chat/status.h"

#define API_FRAME_OUT_MAX (192 * 1024) /* of one frame; less than a socket's queue */
#define API_ACTS_MAX      32           /* operations of one session under way */
/* Told to people; a kind word, and what to do. */
#define PERSON_BLOCKED_TEXT                                                                        \
    "this chat is closed for you: please get in touch with your service desk another way"
#define API_BAD_MAX   10 /* bad frames until the socket is closed */
#define API_STREAM_ID 24 /* 22 characters of base64url, filled with NULs */

struct session;

/* One address that is or was just connected. */
struct address {
    struct table_link link;
    char text[48]; /* the key */
    int sockets;
    struct rate doors;     /* tries to sign in or to use a link */
    struct rate starts;    /* new conversations, whichever browsers they are of */
    struct rate newcomers; /* hellos of browsers that nobody knows */
    struct rate proofs;    /* codes asked for and tried */
    struct rate files;     /* announced */
};

/* One browser: what its sockets share. */
struct visitor {
    struct table_link link;
    uint8_t hash[STORE_HASH_SIZE]; /* the key: of its token */
    struct rate rate;
    struct rate asks;                   /* of lists and of what opens */
    struct rate files;                  /* announced */
    struct rate reads;                  /* marks of what was read */
    struct rate letters;                /* transcripts asked for */
    char *name;                         /* NULL before it has said one */
    char *email;                        /* of one who has proved who they are; NULL otherwise */
    struct id person;                   /* none before it is known */
    char language[STORE_LANGUAGE_SIZE]; /* that its chat speaks; "": not known */
    int sockets;
    /* Of one that has proved who its person is (prove.c): */
    struct rate proofs; /* codes asked for */
    struct api *api;
    bool is_proved;
    bool by_token;          /* its session is not lengthened */
    int64_t expires_ms;     /* of its session; wall clock */
    int64_t check_at_ms;    /* mono */
    struct store_op *check; /* does it still run? */
};

/* The session of a socket of staff. */
struct staff {
    uint8_t hash[STORE_HASH_SIZE]; /* of its cookie */
    struct id id;                  /* these three are set once it was checked */
    char *name;
    enum store_role role;
    struct api *api;
    struct session *session;
    struct store_op *check; /* does it still run? */
    int64_t check_at_ms;    /* mono */
};

/* A conversation that somebody watches. */
struct room {
    struct table_link link;
    struct id id; /* the key */
    struct api *api;
    struct session *first;
    int64_t last_seq;                           /* everything up to it was sent on; -1: not known */
    uint64_t ticket_mark;                       /* of the ticket as people were told; 0: not told */
    struct store_op *summary, *outbox, *missed; /* reads under way */
    struct env_timer *soon;                     /* until the summary is read */
    struct env_timer *looks;                    /* until staff are told who looks at it */
    bool summary_again, outbox_again, missed_again;
};

enum session_state {
    SESSION_NEW,     /* open; its hello is awaited */
    SESSION_OPENING, /* said hello; the store is asked who that is */
    SESSION_READY,   /* welcomed */
    SESSION_ENDING,  /* being closed; its frames are not looked at */
};

struct stream {
    struct table_link link;
    char id[API_STREAM_ID]; /* the key */
    struct http_stream *http;
    struct session *session;
};

/* One socket or stream, of a person or of staff. There are many: keep it small. */
struct session {
    struct api *api;
    struct ws *ws; /* one of these two */
    struct stream *stream;
    struct session *next, *prev; /* in the list of its state and side */
    struct room *room;
    struct session *room_next, *room_prev;
    struct act *acts;
    struct address *address;
    struct visitor *visitor; /* a person's, from hello on */
    struct staff *staff;     /* staff's */
    int64_t since_ms;        /* NEW: opened; later: passed on its last typing. mono */
    uint8_t state;           /* enum session_state */
    uint8_t side;            /* enum frame_side */
    uint8_t bad;             /* bad frames so far */
    bool is_verified;        /* its browser has proved who its person is */
    bool looks;              /* staff's: at the room's conversation, not only has it open */
    bool is_guest;           /* the room's conversation is another's; see guests.c */
    uint8_t older;           /* enum older: are the older tickets of its person read? */
    struct present *present; /* of its person, who has proved who they are */
    struct session *present_next, *present_prev;
    struct looking *looking; /* while they are being read */
    uint8_t known;           /* counts how often who they are in the PSA became known */
    struct list_ask *early;  /* asked before it was known who they are in the PSA; owned */
};

/* One who works here. */
struct team {
    struct id id;
    char *name;
    enum store_role role;
    bool is_present; /* at the console, as all were told */
};

/* What a list of tickets is asked for. */
struct list_ask {
    uint8_t known; /* the session's, when it was asked */
    enum store_ticket_which which;
    char query[STORE_QUERY_MAX + 1];
    char before[48]; /* where the page before ended; "": from the newest */
};

/* An operation of the store under way for a session. Writes outlive their session. */
struct act {
    struct api *api;
    struct session *session; /* NULL: gone */
    struct act *next, *prev;
    struct store_op *op;
    bool is_write;
    enum rules_act rule;
    int tries;
    int64_t seq;  /* of a message that a guest is told of */
    bool is_edit; /* likewise */
    struct id conversation;
    struct id message;
    char client_id[CHAT_CLIENT_ID_MAX + 1];
    char *name, *email, *subject, *body; /* owned, may be NULL */
    char *payload;
    struct id files[CHAT_FILES_MAX];
    size_t file_count;
    struct id mentions[STORE_MENTIONS_MAX];
    size_t mention_count;
    int64_t seen;    /* by who replies or closes; 0: not said */
    struct id staff; /* who of them says it; none: a person */
    enum store_box box;
    uint8_t hash[STORE_HASH_SIZE];
    char *sender;
    struct list_ask *ask; /* of a list; owned, may be NULL */
};

struct session_list {
    struct session *first;
    size_t count;
};

/* How often one key asks; n 0: free. */
struct key_rate {
    int64_t n;
    struct rate rate;
};

struct api {
    struct api_settings set;
    struct table rooms, visitors, addresses, streams, presents;
    struct session_list waiting, people, staff; /* waiting: newest first */
    size_t writes;                              /* acts not answered yet */
    struct act *orphans;                        /* writes whose session is gone */
    struct buf out;                             /* the frame being written */
    struct env_timer *tick, *wake, *presence;
    bool stopping, someone; /* someone: people were told that staff is there */
    struct store_op *options_op;
    char *options;       /* the account's lists as JSON, NULL: not known */
    bool users_are_seen; /* its technicians are those that were seen on tickets */
    int64_t user_asked;  /* for whom they were read again last */
    int64_t next_beat_ms;
    struct key_rate key_rates[64]; /* how often keys ask */
    struct rest *rests;            /* requests that are not answered yet */
    struct export *exports;        /* under way */
    size_t export_count;
    struct files *files;
    struct search *search;
    struct download *downloads; /* under way */
    size_t download_count;
    struct guard *guard;
    struct pendings *pendings;
    char *brand_name, *brand_color, *setup_step; /* step NULL: there is no wizard */
    bool setup_needed;                           /* no administrator has come in yet */
    struct store_op *brand_op, *step_op, *admins_op, *probe_op;
    char hook_salt[24]; /* of the webhook's address */
    int64_t hook_ms;    /* when it was called last; 0: not since the start */
    struct store_op *hook_op;
    struct edit *edits; /* messages that are read to tell of them */
    char *reopen;       /* see tickets_reopen; NULL: not made yet */
    struct team *team;  /* who works here; NULL before they were read */
    size_t team_count;
    bool team_known;
    struct store_op *team_op;
    struct env_timer *team_soon;
    struct status_map *status_map; /* what the administrator says of statuses; may be NULL */
    struct store_op *map_op;
    struct site *sites; /* that sign tokens; site_count of them */
    size_t site_count;
    bool sites_known; /* they were read */
    struct store_op *sites_op;
};

/* --- sending (session.c) --- */

/* A frame on its way to several: made once for each kind of transport. */
struct outgoing {
    const char *text;
    size_t len;
    struct net_bytes *ws, *sse;
};
struct outgoing outgoing_of(const struct buf *frame);
void outgoing_done(struct outgoing *o);
void session_send(struct session *s, struct outgoing *o);
/* The frame in api->out to this one. */
void session_send_out(struct session *s);
/* client_id may be NULL; retry_ms < 0: left out. */
void session_error(struct session *s, const char *code, const char *text, const char *client_id,
                   int64_t retry_ms);
/* Close, after what is queued. */
void session_end(struct session *s, int code, const char *reason);

/* Either ws or stream is set later by the caller. staff_hash NULL: a person. */
struct session *session_new(struct api *api, struct address *address, const uint8_t *staff_hash);
/* It is gone: forget it, now. */
void session_free(struct session *s);
void session_text(struct session *s, const char *text, size_t len);
/* Move to the list that its state and side tell. */
void session_set_state(struct session *s, enum session_state state);
/* Sessions that never said hello, by now; and is staff's session still good? */
void session_expire(struct api *api);
/* End the sockets of staff: of one session (hash), or of one member (staff) except one session
 * (keep; may be NULL). */
void session_end_staff(struct api *api, const struct id *staff, const uint8_t *hash,
                       const uint8_t *keep);
enum person_end {
    PERSON_BLOCKED,    /* every browser of theirs */
    PERSON_SIGNED_OUT, /* those in which they have proved who they are */
    PERSON_ERASED,     /* every browser of theirs */
};
/* End the sockets of a person, and say why. */
void session_end_person(struct api *api, const struct id *person, enum person_end why);

/* --- operations (act.c) --- */

/* NULL when this session has too many; an error was sent then. */
struct act *act_new(struct session *s, bool is_write, const struct frame *f);
void act_free(struct act *a);
/* The session goes: cancel reads, let writes end without it. */
void act_abandon_all(struct session *s);
/* No write is awaited any more. */
void act_cancel_all(struct api *api);
/* Say what the store refused; true if it did. */
bool act_refused(struct act *a, enum store_result result);
/* The frame's body, checked and cleaned, malloc'd; NULL: refused, with an error sent. */
char *act_body(struct session *s, const struct frame *f);
/* A checked message of a person or staff; takes the frame's texts as they are. */
void act_say(struct session *s, const struct frame *f, enum rules_act rule);

/* --- the frames of each side --- */
void person_frame(struct session *s, const struct frame *f);
void staff_frame(struct session *s, const struct frame *f);
/* The messages after f->since, to this session; used by both. */
void resume_frame(struct session *s, const struct frame *f);

/* --- a person's tickets (tickets.c, older.c) --- */
void tickets_frame(struct session *s, const struct frame *f);
/* Send the list to this session. */
void tickets_list(struct session *s, const struct list_ask *ask);
/* It is known now, or otherwise, who this person is in the PSA: lists that came too early are sent
 * again. */
void tickets_known(struct api *api, const struct id *person);
/* Something of one of their conversations is different: tell those who do not have it open. */
void tickets_changed(struct api *api, const struct store_summary *s);
/* Read the older tickets of the session's person; then its list is sent again. */
void older_begin(struct session *s, const struct list_ask *ask, int64_t contact, int64_t customer);
void older_cancel(struct session *s);
/* The status that an act sets now, malloc'd; NULL: it is not offered. */
char *tickets_status_of(struct api *api, enum status_act act);
/* The change that opens a closed ticket again when its person writes; "": none is chosen. */
const char *tickets_reopen(struct api *api);
/* The lists or the map are others now. */
void tickets_forget_reopen(struct api *api);
struct store_asker asker_of(const struct session *s);
/* Read who its person is, and say welcome; also to one that was welcomed already. */
void person_open(struct session *s);
void person_opened(struct act *a);

/* --- what staff see (staff_inbox.c) --- */
/* The first piece of the inbox, by an act that asks for nothing else; it takes the act over. */
void staff_inbox_first(struct act *a);
void staff_inbox(struct session *s, const struct frame *f);
void staff_open(struct session *s, const struct frame *f);

/* --- the index of words (search.c) --- */
struct search *search_new(struct env *env, struct store *store);
void search_free(struct search *s);

/* --- what staff do with a conversation (staff_act.c) --- */
void staff_act(struct session *s, const struct frame *f);

/* --- around the words of a conversation (staff_talk.c) --- */
void staff_talk(struct session *s, const struct frame *f);
/* Drafts and read marks, to who has opened the conversation. */
void talk_open(struct session *s, const struct frame *f);
/* How far one has read, and where one was named, by an act that asks for nothing else; it takes the
 * act over. */
void talk_marks(struct act *a);
/* A person has read it so far: staff hear of it when it is their own and open before them; a guest
 * is another. */
void talk_seen(const struct session *reader, const struct id *conversation, int64_t seq);
/* Who of staff looks at it is different: all of them in it are told a little later. */
void talk_looks(struct room *room);
/* Who is named in this note of theirs, without themselves; to has STORE_MENTIONS_MAX. */
size_t talk_mentioned(const struct session *s, const char *body, struct id *to);
/* It is stored: who said it writes it no more, on their other pages. */
void talk_said(const struct act *a);
/* A note is stored: tell those who are named in it. */
void talk_tell_mentions(struct act *a, int64_t seq, int64_t at_ms);

/* --- what comes after a conversation (after.c) --- */
void after_rate(struct session *s, const struct frame *f);
void after_transcript(struct session *s, const struct frame *f);
/* Can this server send letters? */
bool after_has_mail(const struct api *api);

/* --- who works here (team.c) --- */
/* Read the members again; those at the console are told. */
void team_read(struct api *api);
void team_free(struct api *api);
/* Tell this session of staff. */
void team_told(struct session *s);
/* Somebody came to the console or left it: tell all others a little later. */
void team_presence(struct api *api);
/* Do they have a page of the console open? */
bool team_is_present(const struct api *api, const struct id *id) WARN_UNUSED;

/* --- who the person is (prove.c) --- */

/* A hello with a token of the page around the chat. */
void prove_hello(struct act *a, const struct frame *f);
void prove_frame(struct session *s, const struct frame *f);
void prove_code(struct session *s, const struct frame *f);
void prove_sign_out(struct session *s, const struct frame *f);
/* rest_people_oidc.c: the address where they sign in by a provider. */
void prove_sign_in(struct session *s, const struct frame *f);
/* A browser's row, as it was read for a welcome; NULL: nobody knows it. */
void prove_seen(struct visitor *v, const struct store_visitor *row);
/* Once a tick for each visitor: does its session still run? */
void prove_watch(struct visitor *v);
/* It is forgotten. */
void prove_forget(struct visitor *v);
/* What is kept of a code: of these digits, for this browser. */
void prove_mac(struct api *api, const uint8_t hash[STORE_HASH_SIZE], const char *code,
               uint8_t mac[STORE_HASH_SIZE]);
#define PROVE_CODE_LEN 6
void prove_new_code(struct api *api, char code[PROVE_CODE_LEN + 1]);
#define PROVE_CODE_MS (INT64_C(10) * 60 * 1000)

/* --- sites that sign tokens (sites.c) --- */
struct site {
    char *key;
    struct jose_shared *keys;
    struct id secrets[STORE_SECRETS_MAX]; /* of which each key is */
};
/* Read them. */
void sites_read(struct api *api);
/* From now on these. */
void sites_take(struct api *api, const struct store_sites *all);
void sites_free(struct api *api);
/* NULL: there is none of this key. */
const struct site *site_find(const struct api *api, const char *key);
/* The context under which a site's secret is sealed; in to. */
#define SITE_CONTEXT_SIZE 64
void site_context(const char *key, char to[SITE_CONTEXT_SIZE]);

/* --- who is here (present.c) --- */
void present_init(struct api *api, uint64_t seed);
/* The session's person is known now, or is not any more. */
void present_set(struct session *s);
void present_leave(struct session *s);
/* The sessions of a person who has proved who they are; go on with present_next. */
struct session *present_first(struct api *api, const struct id *person);

/* --- who hears what (hub.c) --- */
struct room *room_get(struct api *api, const struct id *id);
struct room *room_find(struct api *api, const struct id *id);
/* From now on the session hears of this room only. */
void room_join(struct session *s, struct room *room);
void room_leave(struct session *s);
void room_free_if_unused(struct room *room);
void room_cancel(struct room *room);
/* A message is committed: everybody in the room but `except` gets it, in order. */
void hub_said(struct api *api, const struct id *conversation, const struct store_message *m,
              const struct session *except);
/* Something was said in this conversation from elsewhere: everybody in the room gets it. */
void hub_missed(struct api *api, const struct id *conversation);
/* The same of what was said here with this seq (0: nothing); what came before it is theirs already.
 */
void hub_missed_from(struct api *api, const struct id *conversation, int64_t seq);
/* The comments of its ticket were read, or could not be: people in the room are told. */
void hub_history(struct api *api, const struct id *conversation, bool good);
/* Read the summary again and tell staff, and people what concerns their ticket. */
void hub_refresh(struct api *api, const struct id *conversation);
/* The same a little later, once for all that changes until then. */
void hub_refresh_soon(struct api *api, const struct id *conversation);
/* Messages with these seqs were edited, hidden or shown elsewhere: everybody in the room is told.
 */
void hub_edited(struct api *api, const struct id *conversation, const int64_t *seqs, size_t count);
void edits_cancel_all(struct api *api);
/* guests.c: what has happened in a guest's room is read for them, and told; of a ticket (anywhere)
 * only when it is_new, otherwise it is only looked whether it is still theirs */
void guest_message(struct session *s, int64_t seq, bool is_edit);
void guest_ticket(struct session *s, const struct id *conversation, bool is_new);
void hub_typing(struct session *s, enum store_box box);
/* The frame in api->out to staff in the room. */
void room_tell_staff(struct room *room, const struct session *except);
/* What the inbox of all goes by was changed: staff read it again. */
void hub_settings(struct api *api);
/* Somebody of staff came or went. */
void hub_presence(struct api *api);
/* Of the ticket as a person is told of it. */
uint64_t hub_ticket_mark(const struct store_summary *s);

/* --- the rest --- */
struct address *address_get(struct api *api, const struct http_exchange *x);
void address_sweep(struct api *api);
struct visitor *visitor_get(struct api *api, const uint8_t hash[STORE_HASH_SIZE]);
void visitor_sweep(struct api *api);
/* Forget all of them; nobody is connected any more. */
void connected_free(struct api *api);
/* "v:HEX" of the browser or "s:ID" of the member of staff, malloc'd. */
char *sender_of(const struct session *s);
/* Whether this is the sender_of() it. */
bool is_sender(const struct session *s, const char *sender);
/* Never NULL. */
char *api_strdup(const char *s);
void *api_alloc(size_t size);
/* Call settings.committed soon, once for many. */
void api_wake(struct api *api);
/* Read the account's lists. */
void api_read_options(struct api *api);
/* They are there: every member of staff hears of them. */
void api_tell_options(struct api *api);

/* ---- the ticket before staff (ticket.c, ticket_users.c) ---- */

/* Frames `set` and `settle`. */
void ticket_set(struct session *s, const struct frame *f);
void ticket_settle(struct session *s, const struct frame *f);
/* Members of a summary's ticket, and of an entry of the outbox. */
void ticket_print(struct jw *w, const struct store_ticket *t);
void ticket_print_entry(struct jw *w, const struct store_entry *e);
/* The account's lists as JSON, an object. Until they are read again. */
const char *ticket_lists(const struct api *api);
/* Can a ticket be given to somebody with this id of the PSA? */
bool ticket_is_user(const struct api *api, int64_t id);
/* The account's lists were read: add who works there where they do not say, and tell staff. */
void ticket_users_read(struct api *api);
/* Somebody has a ticket: can it be given to them, too? */
void ticket_user_seen(struct api *api, int64_t id);
/* Is the text one of the account's statuses ("statuses") or priorities? */
bool api_is_option(const struct api *api, const char *list, const char *text);

/* routes.c: the page that asks */
enum origin {
    ORIGIN_NONE,   /* no page: a program */
    ORIGIN_OWN,    /* the server's own */
    ORIGIN_LISTED, /* one of the settings' */
    ORIGIN_OTHER,
};
enum origin origin_of(const struct api *api, const struct http_exchange *x);

/* stream.c */
void stream_start(struct api *api, struct http_exchange *x, struct address *address);
void stream_post(struct api *api, struct http_exchange *x, const char *id);
void stream_beat(struct api *api);

/* cookie.c */

/* False: there is none, or it cannot be one of ours. */
bool cookie_hash(const struct http_exchange *x, uint8_t hash[STORE_HASH_SIZE]);
/* For set-cookie; malloc'd, to be wiped. token "" and life 0 remove it. */
char *cookie_set(const char *token, int64_t life_ms);
/* The same for a browser on its way to a provider. */
bool cookie_oidc(const struct http_exchange *x, char token[CHAT_TOKEN_LEN + 1]);
char *cookie_oidc_set(const char *token, int64_t life_ms);

/* guard.c; the rest of it in api/rest_private.h */
struct guard *guard_new(uint64_t seed);
void guard_free(struct guard *g);
void guard_sweep(struct api *api);
/* The latest try was right. `all`: those of this account from this address before are forgiven. */
void guard_good(struct api *api, const char *email, const char *address, bool all);

/* rest_status.c: read what the administrator says of statuses */
void status_read(struct api *api);
void status_free(struct api *api);

/* rest_audit.c: end the exports under way */
void exports_end(struct api *api);

/* rest_file_get.c: break off the downloads under way */
void downloads_end(struct api *api);

/* rest_brand.c: read what the pages are told of brand and wizard */
void brand_read(struct api *api);
void brand_free(struct api *api);
/* The first administrator has come in: the wizard begins. */
void brand_begin_setup(struct api *api);

/* rest_hook.c: read what the webhook's address is made of */
void hook_read(struct api *api);

/* assets.c */
bool assets_serve(struct http_exchange *x, const char *path);

#endif
