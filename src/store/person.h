/* Whose ticket is whose, and what staff see of people and do about them. Included through
 * store/store.h, whose rules hold here. Whatever takes a struct store_audit writes it in the same
 * transaction; with object "" the person's email is written there. "account" is that of the PSA;
 * "" while none is connected. */
#ifndef PARLEY_STORE_PERSON_H
#define PARLEY_STORE_PERSON_H

#include "store/types.h"

#define STORE_PERSON_ROWS  50  /* conversations and sessions of a person that one read brings */
#define STORE_DOMAINS_MAX  200 /* of one account */
#define STORE_DOMAIN_BYTES 253

/* ---- matching ---- */

/* What the PSA says of a person's email. */
struct store_person_matched {
    struct id person;
    const char *account, *email;       /* email: the one that was asked for */
    int64_t psa_contact, psa_customer; /* the one who has it; both 0 for nobody or several */
    const char *company;               /* of that one */
    const char *candidates;            /* JSON when several have it; "" otherwise */
    bool fetched;                      /* from the PSA just now: remembered by the email, too */
    bool choice_is_gone;               /* whom staff chose is not in the PSA any more */
    int64_t now_ms;
};

struct store_matched {
    enum store_link_how how;
    int64_t psa_contact, psa_customer;
    bool changed; /* it was another or none before */
};

struct store_looked {
    const char *email;
    bool is_verified, is_manager;
    enum store_link_how how; /* 0: nobody has asked yet */
    int64_t psa_contact, psa_customer, checked_ms;
};

struct store_person_key {
    struct id person;
    const char *account;
};

/* Link the person as the rules of docs/people.md say: to the one; else staff choose among several;
 * else to the company of the email's domain; else to nobody. What staff chose stays, unless it is
 * gone: then they choose again. Tickets that were stopped for want of an answer are tried again
 * when it is another one now. out->matched. STORE_NOT_FOUND: no such person. STORE_CONFLICT: their
 * email is another one by now. */
struct store_op *store_person_matched(struct store *s, const struct store_person_matched *in,
                                      store_fn *fn, void *arg);
/* out->looked. STORE_NOT_FOUND. */
struct store_op *store_person_look(struct store *s, const struct store_person_key *who,
                                   store_fn *fn, void *arg);
/* What is known of who they are is not to be believed: it is asked again before their next ticket.
 * No out. */
struct store_op *store_person_doubt(struct store *s, const struct store_person_key *who,
                                    store_fn *fn, void *arg);

/* ---- what staff do ---- */

enum store_choice {
    STORE_CHOOSE,        /* this contact or company */
    STORE_CHOOSE_NOBODY, /* none; it is not asked again */
    STORE_CHOOSE_ANEW,   /* forget what was chosen or found: the PSA is asked the next time */
};

struct store_person_choose {
    struct id person;
    const char *account;
    enum store_choice choice;
    int64_t psa_contact, psa_customer; /* STORE_CHOOSE; contact 0: the company */
    const char *company;
    int64_t now_ms;
    struct store_audit audit;
};

/* Conversations whose ticket is tried again, at most STORE_PERSON_ROWS of them. */
struct store_tried {
    struct id conversations[STORE_PERSON_ROWS];
    size_t count;
};

enum store_person_act {
    STORE_PERSON_BLOCK = 1,
    STORE_PERSON_UNBLOCK,
    STORE_PERSON_MANAGER,
    STORE_PERSON_NO_MANAGER,
    STORE_PERSON_SIGN_OUT, /* every browser in which they have proved who they are */
};

struct store_person_change {
    struct id person;
    enum store_person_act act;
    int64_t now_ms;
    struct store_audit audit; /* written when it changes something */
};

struct store_person_erase {
    struct id person;
    const char *email; /* what was typed to confirm it, normalised */
    const char *said;  /* stands in the place of what they wrote */
    int64_t now_ms;
    struct store_audit audit; /* its object is kept as given: not the email */
};

/* out->tried. STORE_NOT_FOUND: no such person. */
struct store_op *store_person_choose(struct store *s, const struct store_person_choose *in,
                                     store_fn *fn, void *arg);
/* out->changed. STORE_NOT_FOUND. */
struct store_op *store_person_change(struct store *s, const struct store_person_change *in,
                                     store_fn *fn, void *arg);
/* Name, email, identities, sessions and links go, and what they wrote; their conversations stay,
 * with reference and ticket. No out. STORE_NOT_FOUND: no such person, or their email is another
 * one. STORE_CONFLICT: something of theirs still has
 * to be done in the PSA. */
struct store_op *store_person_erase(struct store *s, const struct store_person_erase *in,
                                    store_fn *fn, void *arg);

/* ---- what staff see ---- */

struct store_people_read {
    const char *account;
    const char *query; /* part of a name, email or company; "": all */
    struct id before;  /* people who came earlier than this one; none: from the latest */
    size_t limit;
};

struct store_person {
    struct id id;
    const char *name, *email, *company;
    bool is_verified, is_blocked, is_manager, mail_off;
    enum store_link_how how; /* 0: nobody has asked yet */
    int64_t psa_contact, psa_customer;
    int64_t created_ms, seen_ms; /* seen_ms 0: not known */
    int64_t conversations;       /* how many */
};

struct store_people {
    const struct store_person *rows; /* who came last first */
    size_t count;
    bool more;
};

struct store_identity {
    int64_t kind; /* 1 an email, 2 a name at a site, 3 a name at a provider */
    const char *issuer, *subject;
    int64_t created_ms;
};

struct store_person_talk {
    struct id conversation;
    const char *reference, *subject, *number, *status;
    bool open;
    int64_t created_ms, last_at_ms;
    struct store_rating rating;
};

/* A ticket of theirs, as the PSA says, that no conversation is about. */
struct store_person_ticket {
    int64_t id;
    const char *account, *number, *subject, *status;
    bool open;
    int64_t updated_ms;
};

/* A browser of theirs. */
struct store_person_session {
    bool is_verified;
    const char *via, *agent;
    int64_t created_ms, seen_ms, expires_ms; /* expires_ms 0: it does not end by itself */
};

/* A letter to them. kind and state as in schema/010-mail.sql. */
struct store_person_mail {
    int64_t kind, state, created_ms, finished_ms;
    const char *reference; /* of what it tells of; "" for none */
};

struct store_person_page {
    struct store_person person;
    int64_t verified_ms, blocked_ms, mail_off_ms, checked_ms;
    const char *candidates; /* JSON; "" unless several */
    const struct store_identity *identities;
    const struct store_person_talk *talks;       /* the latest first */
    const struct store_person_ticket *tickets;   /* likewise */
    const struct store_person_session *sessions; /* likewise */
    const struct store_person_mail *mails;       /* likewise */
    size_t identity_count, talk_count, ticket_count, session_count, mail_count;
};

/* out->people. */
struct store_op *store_people_read(struct store *s, const struct store_people_read *in,
                                   store_fn *fn, void *arg);
/* out->person_page. STORE_NOT_FOUND: no such person, or erased. */
struct store_op *store_person_read(struct store *s, const struct store_person_key *who,
                                   int64_t now_ms, store_fn *fn, void *arg);

struct store_person_said {
    struct id person;
    int64_t after_conversation, after_seq; /* 0: from the first */
    size_t limit;
};

/* Something said in a conversation of theirs, no note. */
struct store_said {
    int64_t conversation, seq, at_ms; /* conversation: its number, to go on with */
    const char *reference, *number, *name, *body;
    const char *files; /* a JSON array of the names of its files */
    enum store_author author;
};

struct store_said_list {
    const struct store_said *rows;
    size_t count;
    bool more;
};

/* All that was said in their conversations, a page of it. out->said. */
struct store_op *store_person_said(struct store *s, const struct store_person_said *in,
                                   store_fn *fn, void *arg);

/* ---- what needs somebody's attention ---- */

enum store_attention_kind {
    STORE_ATTENTION_SEVERAL = 1, /* several may be this person, or whom staff chose is gone */
    STORE_ATTENTION_NOBODY,      /* nobody in the PSA is this person */
    STORE_ATTENTION_PARKED,      /* something else has stopped */
};

struct store_attention {
    enum store_attention_kind kind;
    struct id person, conversation; /* conversation: the first that has stopped; none if none has */
    const char *name, *email, *reference, *subject, *reason, *candidates;
    bool is_verified;
    int64_t stopped;  /* conversations of theirs whose ticket waits for this */
    int64_t since_ms; /* when they came, or when it was said */
};

struct store_attention_list {
    const struct store_attention *rows;
    size_t count;
    bool more;
};

struct store_attention_read {
    const char *account;
    size_t limit;
};

/* Several, then nobody, then parked; each the oldest first. out->attention. */
struct store_op *store_attention_read(struct store *s, const struct store_attention_read *in,
                                      store_fn *fn, void *arg);

/* ---- domains ---- */

struct store_domain {
    const char *account, *domain; /* domain: normalised (chat/address.h) */
    int64_t psa_customer;
    const char *company;
    int64_t now_ms; /* out: since when */
    struct store_audit audit;
};

struct store_domains {
    const struct store_domain *rows; /* by domain */
    size_t count;
};

/* out->domains. */
struct store_op *store_domain_list(struct store *s, const char *account, store_fn *fn, void *arg);
/* Add or replace. People of that domain whom nobody knows are linked now, and their tickets tried
 * again. out->tried. STORE_CONFLICT: there are STORE_DOMAINS_MAX. */
struct store_op *store_domain_put(struct store *s, const struct store_domain *in, store_fn *fn,
                                  void *arg);
/* People who were linked by it are asked for anew the next time. No out. STORE_NOT_FOUND. */
struct store_op *store_domain_remove(struct store *s, const struct store_domain *in, store_fn *fn,
                                     void *arg);

#endif
