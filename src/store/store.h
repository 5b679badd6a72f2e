/* The store: typed operations, each exactly one transaction, whichever database is behind it.
 *
 * An operation is given its input, which is copied before the call returns, and a callback. The
 * callback runs once, on the loop, never from inside the call. Writes are committed in the order
 * in which they were asked for, and their callbacks run in that order, after the commit: what was
 * answered STORE_OK survives a crash. A read that is asked for after a write's callback sees that
 * write.
 *
 * Each call returns a handle for store_cancel(); it is dead once the callback is called. With a
 * NULL callback nobody is told and NULL is returned. Everything here belongs to the loop's thread.
 *
 * Every operation may end in STORE_BUSY (queue full) or STORE_FAILED (disk, database); the results
 * named at a function are the others. */
#ifndef PARLEY_STORE_H
#define PARLEY_STORE_H

#include "store/act.h"
#include "store/after.h"
#include "store/canned.h"
#include "store/connector.h"
#include "store/digest.h"
#include "store/duty.h"
#include "store/file.h"
#include "store/hook.h"
#include "store/identity.h"
#include "store/inbox.h"
#include "store/key.h"
#include "store/mail.h"
#include "store/people.h"
#include "store/person.h"
#include "store/report.h"
#include "store/search.h"
#include "store/staff.h"
#include "store/sync.h"
#include "store/talk.h"
#include "store/ticket.h"
#include "store/types.h"

/* The answer. Only the member named at the function called is set, and only for STORE_OK and
 * STORE_MOVED; for the other results out is NULL. */
union store_out {
    struct store_started started;
    struct store_added added;
    struct store_enqueued enqueued;
    struct store_visitor visitor;
    struct store_messages messages;
    struct store_summaries summaries;
    struct store_summary summary;
    struct store_entries entries;
    struct store_due due;
    struct store_taken taken;
    struct store_finished finished;
    struct store_changed changed;
    struct store_psa_match psa_match;
    struct store_connector connector;
    struct store_value value;
    struct store_lease lease;
    struct store_staff staff;
    struct store_staff_list staff_list;
    struct store_staff_counts staff_counts;
    struct store_link link;
    struct store_session session;
    struct store_sessions sessions;
    struct store_audits audits;
    struct store_counts counts;
    struct store_calls calls;
    struct store_parked_list parked;
    struct store_backlog backlog;
    struct store_given_up given_up;
    struct store_opened opened;
    struct store_ticket_rows tickets;
    struct store_sync_seen sync_seen;
    struct store_sync_due sync_due;
    struct store_synced synced;
    struct store_gone gone;
    struct store_psa_users psa_users;
    struct store_attached attached;
    /* tickets */
    struct store_unread unread;
    /* search */
    struct store_found_list found;
    struct store_search_due search_due;
    struct store_indexed indexed;
    /* mail */
    struct store_mail_due mail_due;
    struct store_mail_taken mail_taken;
    struct store_mail_overview mail;
    /* people: store/person.h */
    struct store_matched matched;
    struct store_looked looked;
    struct store_tried tried;
    struct store_people people;
    struct store_person_page person_page;
    struct store_said_list said;
    struct store_attention_list attention;
    struct store_domains domains;
    /* identity */
    struct store_sites sites;
    struct store_verified verified;
    struct store_ended ended;
    /* files */
    struct store_file_out file;
    struct store_paths paths;
    /* what staff do */
    struct store_staff_setting setting;
    struct store_talk talk;
    struct store_marks marks;
    /* webhooks */
    struct store_hooks hooks;
    struct store_hook_due hook_due;
    struct store_delivery_taken delivery_taken;
    struct store_deliveries deliveries;
    /* keys for REST */
    struct store_keys keys;
    struct store_key key;
    struct store_api_asked api_asked;
    /* canned replies */
    struct store_canned_list canned;
    /* reports */
    struct store_report report;
    /* by itself */
    struct store_duty duty;
    struct store_duty_samples duty_samples;
    struct store_digest_choices digest_choices;
};

/* Commit what is queued, stop, close. Callbacks that have not run never do; handles are dead.
 * Backends: store/sqlite/store_sqlite.h, store/fake/store_fake.h. */
void store_free(struct store *s);

/* True when the last transaction that wrote was lost, as on a full disk; until one is kept. From
 * any thread. */
bool store_is_failing(const struct store *s);

/* After this the callback never runs, and *op is NULL (it may be NULL already). A write may still
 * be committed. */
void store_cancel(struct store *s, struct store_op **op);

/* "ok", "not_found", ... for the log. */
const char *store_result_name(enum store_result result);
/* "person", "staff", "note", "event": the protocol's words. */
const char *store_author_name(enum store_author author);
/* "create_ticket", "add_comment", "update_ticket", "attach_files". */
const char *store_kind_name(enum store_outbox_kind kind);
/* "waiting", "in_doubt", "parked", "filed", "given_up": the protocol's words. */
const char *store_state_name(enum store_outbox_state state);

/* ---- conversations ---- */

/* A new conversation with its first message (seq 1, waiting since now) and its outbox entry. The
 * browser and its person are made when they are new; a known person takes the new name and email
 * (another email drops the link to the PSA). Done twice with one sender and client_id it changes
 * nothing and brings what it made. out->started. STORE_CONFLICT: the reference or the
 * conversation's id is taken. */
struct store_op *store_conversation_start(struct store *s,
                                          const struct store_conversation_start *in, store_fn *fn,
                                          void *arg);

/* A message with the next seq, and if wanted its outbox entry: the conversation's last entry, when
 * that is a comment of the same author kind that was never taken and has room (STORE_BATCH_BYTES,
 * STORE_BATCH_MESSAGES), else a new one. Stored before: nothing changes and
 * out->added names the first. A closed conversation is opened again by what a person says here.
 * STORE_NOT_FOUND: no such conversation, or not the asker's. STORE_CONFLICT: (sender, client_id)
 * named a message of another conversation. STORE_REFUSED: one of the files may not be sent with it.
 * out->added. */
struct store_op *store_message_add(struct store *s, const struct store_message_add *in,
                                   store_fn *fn, void *arg);

/* Queue a change of the ticket. The same (sender, client_id) again: duplicate. out->enqueued.
 * STORE_NOT_FOUND: no such conversation. */
struct store_op *store_ticket_update(struct store *s, const struct store_ticket_update *in,
                                     store_fn *fn, void *arg);

/* The person behind a browser and the latest open conversation. out->visitor. STORE_NOT_FOUND:
 * this browser has said nothing yet, or its session has run out by now_ms. */
struct store_op *store_visitor_open(struct store *s, const uint8_t token_hash[STORE_HASH_SIZE],
                                    int64_t now_ms, store_fn *fn, void *arg);

/* out->messages. STORE_NOT_FOUND as for store_message_add. */
struct store_op *store_messages_read(struct store *s, const struct store_messages_read *in,
                                     store_fn *fn, void *arg);

/* The open conversations, those that wait for us longest first, then the others by their last
 * message, newest first. limit at most STORE_READ_MAX. out->summaries. */
struct store_op *store_inbox_read(struct store *s, size_t limit, store_fn *fn, void *arg);

/* out->summary. STORE_NOT_FOUND: no such conversation, or not the asker's. */
struct store_op *store_conversation_summary(struct store *s, const struct id *conversation,
                                            const struct store_asker *asker, store_fn *fn,
                                            void *arg);

/* The conversation of a ticket. out->summary. STORE_NOT_FOUND: none of ours. */
struct store_op *store_conversation_by_ticket(struct store *s, const char *account,
                                              int64_t ticket_id, store_fn *fn, void *arg);

/* What the PSA says of the ticket. out->changed. STORE_NOT_FOUND: no such conversation. */
struct store_op *store_ticket_set(struct store *s, const struct store_ticket_set *in, store_fn *fn,
                                  void *arg);

/* Remember who the person is in this account of the PSA. No out. STORE_NOT_FOUND: no such person.
 */
struct store_op *store_person_link(struct store *s, const struct store_person_link *in,
                                   store_fn *fn, void *arg);

/* ---- people and their tickets (store/people.h) ---- */

/* A person or staff look at a conversation, named by itself or by its ticket. Where a person who
 * has proved who they are opens a ticket that is theirs, and only a browser that typed an address
 * has the conversation, it becomes theirs. out->opened. STORE_NOT_FOUND: there is no such
 * conversation, or it is not for them. */
struct store_op *store_conversation_open(struct store *s, const struct store_conversation_open *in,
                                         store_fn *fn, void *arg);
/* A page of the tickets that a browser may see, the latest change first; empty for one that nobody
 * knows. out->tickets. */
struct store_op *store_ticket_list(struct store *s, const struct store_ticket_list *in,
                                   store_fn *fn, void *arg);
/* The person has read up to seq (no further than there is). out->changed (false: had before).
 * STORE_NOT_FOUND: no such conversation, or not theirs to see. */
struct store_op *store_read_mark(struct store *s, const struct store_read_mark *in, store_fn *fn,
                                 void *arg);
/* How much the browser's person has not read. out->unread; nothing of what is not theirs. */
struct store_op *store_unread(struct store *s, const struct store_unread_read *in, store_fn *fn,
                              void *arg);
/* The event, the conversation's state and the ticket's change in the outbox, in one. The same
 * (sender, client_id) again: duplicate. A ticket that was given up or is gone is not changed.
 * out->added. STORE_NOT_FOUND: no such conversation, or not one they may write in. STORE_CONFLICT:
 * (sender, client_id) named a message of another conversation. */
struct store_op *store_ticket_decide(struct store *s, const struct store_ticket_decide *in,
                                     store_fn *fn, void *arg);

/* ---- the ticket, as staff have it before them (store/ticket.h) ---- */

/* Staff decide about a change that met another's: it is sent all the same (a new entry), or left.
 * out->changed (false: it was decided before, or there was nothing to decide). STORE_NOT_FOUND: no
 * such conversation or entry. STORE_CONFLICT: it has another ticket by now, or none. */
struct store_op *store_conflict_settle(struct store *s, const struct store_conflict_settle *in,
                                       store_fn *fn, void *arg);
/* The conversation leaves its ticket, as staff say. out->added: the message that tells of it.
 * STORE_NOT_FOUND: no such conversation. STORE_CONFLICT: it has another ticket by now, or one is
 * being made. STORE_REFUSED: something may be on its way to the ticket; nothing was changed. */
struct store_op *store_ticket_detach(struct store *s, const struct store_ticket_detach *in,
                                     store_fn *fn, void *arg);
/* The conversation is about this ticket from now on. out->attached. Else as for
 * store_ticket_detach. */
struct store_op *store_ticket_attach(struct store *s, const struct store_ticket_attach *in,
                                     store_fn *fn, void *arg);
/* Who was seen to work on tickets of this account, by name, at most limit. out->psa_users. */
struct store_op *store_psa_users(struct store *s, const char *account, size_t limit, store_fn *fn,
                                 void *arg);

/* ---- back from the PSA (store/sync.h) ---- */

/* What the PSA says of these tickets now: it is remembered, conversations about them are brought up
 * to date, and comments of those that changed are due to be read. A ticket that closes or opens
 * there closes or opens its conversation, with a message that says so. out->sync_seen. */
struct store_op *store_sync_tickets(struct store *s, const struct store_sync_tickets *in,
                                    store_fn *fn, void *arg);
/* Conversations whose comments are to be read; not those of which a send is not known to have
 * ended. out->sync_due. */
struct store_op *store_sync_due(struct store *s, const char *account, size_t limit, store_fn *fn,
                                void *arg);
/* The open conversation whose ticket was not looked at for longest, if that is before before_ms; it
 * counts as looked at from now on. For what no poll tells: tickets that are gone. out->sync_due,
 * with one row or none. */
struct store_op *store_sync_stale(struct store *s, const char *account, int64_t before_ms,
                                  int64_t now_ms, store_fn *fn, void *arg);
/* Comments of this ticket are due, whatever is known of it; with a comment (not 0) only when that
 * is not known. out->changed (false: it is, or nobody has a conversation about the ticket). */
struct store_op *store_sync_hint(struct store *s, const char *account, int64_t ticket,
                                 int64_t comment, store_fn *fn, void *arg);
/* What the ticket's comments are now. Those that are not ours become messages, each once; those
 * that were edited, hidden or removed change theirs. Our own are known by their ids and, while the
 * answer of a send is not there, by their marks. out->synced. STORE_CONFLICT: a send is not known
 * to have ended, or the conversation has another ticket by now: it stays due. */
struct store_op *store_sync_comments(struct store *s, const struct store_sync_comments *in,
                                     store_fn *fn, void *arg);
/* The ticket is not there any more. What of its conversation was not filed goes into a new ticket;
 * when nothing waits, the next that the person says does. out->gone. */
struct store_op *store_sync_gone(struct store *s, const struct store_sync_gone *in, store_fn *fn,
                                 void *arg);
/* The conversation about a ticket that is the asker's, or their company's and they may see it; made
 * when there is none. out->opened. STORE_NOT_FOUND: there is no such ticket, or it is not for them.
 * STORE_CONFLICT: the reference is taken. */
struct store_op *store_ticket_adopt(struct store *s, const struct store_ticket_adopt *in,
                                    store_fn *fn, void *arg);
/* Are the older tickets of these to be read (out->changed true), or, done: they were. */
struct store_op *store_history(struct store *s, const struct store_history *in, store_fn *fn,
                               void *arg);

/* ---- outbox ----
 * The head of a conversation is its first unfinished entry; only heads are worked on. */

/* After a start: entries in doubt are due at once, to be looked up. Once, before
 * store_outbox_due. No out. */
struct store_op *store_recover(struct store *s, store_fn *fn, void *arg);

/* Heads that are due at now_ms, at most limit (up to STORE_READ_MAX), at most half of them (rounded
 * up) in doubt. One that lies more than STORE_AHEAD_MAX_MS ahead is due, here and for
 * store_outbox_take: nothing waits so long, the clock was set back. out->due. */
struct store_op *store_outbox_due(struct store *s, int64_t now_ms, size_t limit, store_fn *fn,
                                  void *arg);

/* Take the head to send it: mark it in doubt, count the attempt, bring all that is needed. From
 * here on its batch never changes (its range names it in the PSA). An entry that was in doubt
 * already is taken only to look it up: sent_at_ms stays, and sending it again needs STORE_RETRY and
 * a fresh take. The person of a new ticket is linked on the way as store_person_matched does, when
 * the cache (store_psa_match_put) knows what the PSA says. out->taken. STORE_NOT_FOUND: no such
 * conversation, nothing unfinished, or the head is parked or not due. */
struct store_op *store_outbox_take(struct store *s, const struct store_outbox_take *in,
                                   store_fn *fn, void *arg);

/* What came of it. Also for an entry that was not taken (parked before it was sent). out->finished.
 * STORE_NOT_FOUND: no such entry. STORE_CONFLICT: it is filed already. */
struct store_op *store_outbox_finish(struct store *s, const struct store_outbox_finish *in,
                                     store_fn *fn, void *arg);

/* Un-park the head, or make one that waits after a failed attempt due now. out->changed (false:
 * there is no such head). audit (NULL: none) is written when it is true; with object "" the
 * reference is written there. STORE_NOT_FOUND: no such conversation. */
struct store_op *store_outbox_retry(struct store *s, const struct id *conversation, int64_t now_ms,
                                    const struct store_audit *audit, store_fn *fn, void *arg);

/* Un-park every head and make every late one due (the token or a right was mended).
 * out->changed. */
struct store_op *store_outbox_retry_all(struct store *s, int64_t now_ms, store_fn *fn, void *arg);

/* All unfinished entries and the latest finished ones, together at most STORE_READ_MAX.
 * out->entries; an unknown conversation has none. */
struct store_op *store_outbox_of(struct store *s, const struct id *conversation, store_fn *fn,
                                 void *arg);

/* ---- letters (store/mail.h) ---- */

/* Write a letter down. No out. STORE_CONFLICT: the key is taken. */
struct store_op *store_mail_add(struct store *s, const struct store_mail_add *in, store_fn *fn,
                                void *arg);
/* Once, after a start, before any letter is taken. No out. */
struct store_op *store_mail_begin(struct store *s, const struct store_mail_begin *in, store_fn *fn,
                                  void *arg);
/* What can be sent now, at most limit. One that lies more than STORE_AHEAD_MAX_MS ahead is due: the
 * clock was set back. out->mail_due. */
struct store_op *store_mail_due(struct store *s, int64_t now_ms, size_t limit, store_fn *fn,
                                void *arg);
/* Take a letter to send it, or find that it is not needed any more. From here on nothing that staff
 * say goes into it. out->mail_taken. STORE_NOT_FOUND: it does not wait. */
struct store_op *store_mail_take(struct store *s, int64_t id, int64_t now_ms, store_fn *fn,
                                 void *arg);
/* What came of it. No out. STORE_NOT_FOUND: it is not being sent. */
struct store_op *store_mail_finish(struct store *s, const struct store_mail_finish *in,
                                   store_fn *fn, void *arg);
/* For the administrator's page; test_to: their own address. out->mail. */
struct store_op *store_mail_overview(struct store *s, const char *test_to, int64_t now_ms,
                                     size_t limit, store_fn *fn, void *arg);
/* What an administrator does about a parked letter. No out. STORE_NOT_FOUND: it is not parked.
 * STORE_CONFLICT: a code cannot be tried again. */
struct store_op *store_mail_decide(struct store *s, const struct store_mail_decide *in,
                                   store_fn *fn, void *arg);
/* A person wants no letters about answers (off), or does again. out->changed. STORE_NOT_FOUND: no
 * such person. */
struct store_op *store_mail_off(struct store *s, const struct store_mail_off *in, store_fn *fn,
                                void *arg);

/* ---- who people are (store/identity.h) ---- */

/* All sites. out->sites. */
struct store_op *store_site_list(struct store *s, store_fn *fn, void *arg);
/* No out. STORE_NOT_FOUND: no such site. STORE_CONFLICT: there are STORE_SITES_MAX sites, or the
 * site has STORE_SECRETS_MAX secrets, or the key is taken. */
struct store_op *store_site_add(struct store *s, const struct store_site_add *in, store_fn *fn,
                                void *arg);
/* No out. STORE_NOT_FOUND: no such site or secret. */
struct store_op *store_site_remove(struct store *s, const struct store_site_remove *in,
                                   store_fn *fn, void *arg);
/* out->changed: a code will do (false: nobody but us may know, see struct store_code_ask). */
struct store_op *store_code_ask(struct store *s, const struct store_code_ask *in, store_fn *fn,
                                void *arg);
/* Somebody has proved who they are in this browser, which is theirs from now on. They are whom the
 * site or provider named before; else whose email it is; else new. What the browser had while it
 * had proved nothing is theirs now; what somebody else had who has proved it is not.
 * out->verified. STORE_NOT_FOUND: the site's secret is there no more. */
struct store_op *store_person_verify(struct store *s, const struct store_person_verify *in,
                                     store_fn *fn, void *arg);
/* What a person's letters are written in from now on. No out. */
struct store_op *store_person_language(struct store *s, const struct store_person_language *in,
                                       store_fn *fn, void *arg);
/* No out. STORE_NOT_FOUND: there is no such session, or it has run out. */
struct store_op *store_visitor_seen(struct store *s, const struct store_visitor_seen *in,
                                    store_fn *fn, void *arg);
/* Does the session of one who has proved who they are still run? No out. STORE_NOT_FOUND: no. */
struct store_op *store_visitor_check(struct store *s, const uint8_t hash[STORE_HASH_SIZE],
                                     int64_t now_ms, store_fn *fn, void *arg);
/* out->ended. STORE_NOT_FOUND: no such person (only when there is an audit row to write). */
struct store_op *store_visitor_end(struct store *s, const struct store_visitor_end *in,
                                   store_fn *fn, void *arg);

/* ---- files (store/file.h) ---- */

/* Announce one. out->file. STORE_NOT_FOUND: the conversation is not one that the asker may write
 * in, or they may not come in. STORE_CONFLICT: this client_id named another file. */
struct store_op *store_file_begin(struct store *s, const struct store_file_begin *in, store_fn *fn,
                                  void *arg);
/* out->file. STORE_NOT_FOUND: there is none, or it is not for the asker. */
struct store_op *store_file_get(struct store *s, const struct store_file_key *in, store_fn *fn,
                                void *arg);
/* More of it is on the disk. No out. STORE_CONFLICT: it is not at `from` any more, or gone. */
struct store_op *store_file_append(struct store *s, const struct store_file_append *in,
                                   store_fn *fn, void *arg);
/* Away with one that is part of no message. No out. STORE_NOT_FOUND: there is none, or it is not
 * the sender's. */
struct store_op *store_file_drop(struct store *s, const struct id *id, const char *sender,
                                 store_fn *fn, void *arg);
/* Those that were announced before this and never sent go. out->paths: what is to be removed from
 * the disk, at most STORE_GONE_MAX of it. */
struct store_op *store_file_sweep(struct store *s, int64_t before_ms, store_fn *fn, void *arg);
/* These (at most STORE_GONE_MAX) are removed. No out. */
struct store_op *store_file_swept(struct store *s, const struct store_paths *paths, store_fn *fn,
                                  void *arg);
/* Which of these (at most STORE_GONE_MAX) belong to no row? out->paths. */
struct store_op *store_file_unknown(struct store *s, const struct store_paths *paths, store_fn *fn,
                                    void *arg);

/* ---- webhooks that go out (store/hook.h) ---- */

/* out->hooks. */
struct store_op *store_hook_list(struct store *s, store_fn *fn, void *arg);
/* No out. STORE_NOT_FOUND: no such endpoint. STORE_CONFLICT: there are STORE_HOOKS_MAX. */
struct store_op *store_hook_put(struct store *s, const struct store_hook_put *in, store_fn *fn,
                                void *arg);
/* No out. STORE_NOT_FOUND: no such endpoint. */
struct store_op *store_hook_remove(struct store *s, const struct store_hook_do *in, store_fn *fn,
                                   void *arg);
/* No out. STORE_NOT_FOUND: no such endpoint or delivery, or it is being sent just now. */
struct store_op *store_hook_try(struct store *s, const struct store_hook_do *in, store_fn *fn,
                                void *arg);
/* Once, after a start, before any is taken: what was being sent waits again. No out. */
struct store_op *store_hook_begin(struct store *s, store_fn *fn, void *arg);
/* What can be sent now, at most limit and STORE_HOOK_AT_ONCE of one endpoint. One that lies more
 * than STORE_HOOK_AHEAD_MS ahead is due: the clock was set back. out->hook_due. */
struct store_op *store_hook_due(struct store *s, int64_t now_ms, size_t limit, store_fn *fn,
                                void *arg);
/* Take a delivery to send it. out->delivery_taken. STORE_NOT_FOUND: it does not wait. */
struct store_op *store_delivery_take(struct store *s, int64_t n, int64_t now_ms, store_fn *fn,
                                     void *arg);
/* What came of it; of those that ended long ago some are forgotten. No out. STORE_NOT_FOUND: it is
 * not being sent. */
struct store_op *store_delivery_finish(struct store *s, const struct store_delivery_finish *in,
                                       store_fn *fn, void *arg);
/* out->deliveries; none for an unknown endpoint. */
struct store_op *store_delivery_list(struct store *s, const struct store_delivery_read *in,
                                     store_fn *fn, void *arg);

/* ---- keys for REST (store/key.h) ---- */

/* out->keys, at most twice STORE_KEYS_MAX. */
struct store_op *store_key_list(struct store *s, store_fn *fn, void *arg);
/* No out. STORE_CONFLICT: there are STORE_KEYS_MAX that are good. */
struct store_op *store_key_add(struct store *s, const struct store_key *in, store_fn *fn,
                               void *arg);
/* The one with this n, from revoked_ms on. No out. STORE_NOT_FOUND: no such good key. */
struct store_op *store_key_revoke(struct store *s, const struct store_key *in, store_fn *fn,
                                  void *arg);
/* out->key. STORE_NOT_FOUND: none, or it is revoked. */
struct store_op *store_key_check(struct store *s, const uint8_t hash[STORE_HASH_SIZE], store_fn *fn,
                                 void *arg);
/* It was used. No out. */
struct store_op *store_key_used(struct store *s, int64_t n, int64_t now_ms, store_fn *fn,
                                void *arg);
/* Remember that this is asked under this name, for STORE_API_KEPT_MS. out->api_asked: what it was
 * answered before. STORE_CROSSED: something else was asked under this name. */
struct store_op *store_api_ask(struct store *s, const struct store_api_ask *in, store_fn *fn,
                               void *arg);
/* What it was answered. No out. */
struct store_op *store_api_answer(struct store *s, const struct store_api_ask *in, store_fn *fn,
                                  void *arg);
/* out->summaries. */
struct store_op *store_talks_read(struct store *s, const struct store_talks_read *in, store_fn *fn,
                                  void *arg);

/* ---- canned replies (store/canned.h) ---- */

/* out->canned. */
struct store_op *store_canned_list(struct store *s, const struct store_canned_read *in,
                                   store_fn *fn, void *arg);
/* No out. STORE_NOT_FOUND: there is none for them. STORE_REFUSED: it is everybody's, and they may
 * not. STORE_CONFLICT: the shortcut is taken. STORE_CROSSED: there are as many as may be. */
struct store_op *store_canned_put(struct store *s, const struct store_canned_put *in, store_fn *fn,
                                  void *arg);
/* No out. STORE_NOT_FOUND and STORE_REFUSED as above. */
struct store_op *store_canned_remove(struct store *s, const struct store_canned_remove *in,
                                     store_fn *fn, void *arg);

/* ---- the connector's memory ---- */

/* out->psa_match. STORE_NOT_FOUND: not cached. */
struct store_op *store_psa_match_get(struct store *s, const char *account, const char *email,
                                     store_fn *fn, void *arg);
/* Add or replace. No out. */
struct store_op *store_psa_match_put(struct store *s, const struct store_psa_match *in,
                                     store_fn *fn, void *arg);

/* The connector that was set last and not removed. out->connector. STORE_NOT_FOUND: none. */
struct store_op *store_connector_get(struct store *s, store_fn *fn, void *arg);
/* Add or replace by kind; the version grows, the state is cleared, a pause stays. Another account
 * drops the lists of the one before (STORE_VALUE_OPTIONS, STORE_VALUE_SYNC_CURSOR). No out.
 * STORE_CONFLICT: without a token, and there is none for this account. */
struct store_op *store_connector_set(struct store *s, const struct store_connector *in,
                                     store_fn *fn, void *arg);
/* Health as the administrator should read it. No out. STORE_NOT_FOUND: no such kind, or it is
 * paused or removed. */
struct store_op *store_connector_state(struct store *s, const char *kind, const char *state,
                                       const char *reason, store_fn *fn, void *arg);

/* out->value. STORE_NOT_FOUND: nothing under this key. */
struct store_op *store_value_get(struct store *s, const char *key, store_fn *fn, void *arg);
/* Add or replace. No out. */
struct store_op *store_value_put(struct store *s, const struct store_value *in, store_fn *fn,
                                 void *arg);

/* Reserve up to count; leases that have run out are removed. None runs longer than this one would:
 * the clock was set back since. out->lease. */
struct store_op *store_lease_take(struct store *s, const struct store_lease_take *in, store_fn *fn,
                                  void *arg);
/* Give back what was not used of a lease (unused at least 0; more than it holds empties it). No
 * out. STORE_NOT_FOUND: it has run out and is gone. */
struct store_op *store_lease_return(struct store *s, int64_t lease, int64_t unused, store_fn *fn,
                                    void *arg);
/* What is reserved now. out->lease with id and granted 0. */
struct store_op *store_lease_sum(struct store *s, const char *kind, int64_t now_ms, store_fn *fn,
                                 void *arg);

/* out->counts. */
struct store_op *store_counts_read(struct store *s, store_fn *fn, void *arg);

#endif
