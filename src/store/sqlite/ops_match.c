/* Who a person is in the PSA: the rules of docs/people.md, "Matching". */
#include <string.h>

#include "store/sqlite/ops_private.h"

enum store_result ops_audit_person(struct db *db, struct store_op *op,
                                   const struct store_audit *audit, const struct id *person)
{
    struct store_audit row = *audit;

    if (row.action == NULL || row.action[0] == '\0')
        return STORE_OK;
    if (row.object == NULL || row.object[0] == '\0') {
        sqlite3_stmt *st = db_query(db, "SELECT email FROM person WHERE id = ?", DB_ID(person));

        if (db_step(db, st) < 1)
            return STORE_FAILED;
        row.object = db_text(op, st, 0);
    }
    return ops_audit(db, &row);
}

enum store_result ops_try_again(struct db *db, const struct id *person, int64_t now_ms,
                                struct store_tried *tried)
{
    sqlite3_stmt *st =
        db_query(db,
                 "SELECT c.id FROM conversation c JOIN outbox o ON o.conversation = c.n AND "
                 "o.head = 1 WHERE c.person = ? AND o.kind = 1 AND o.state = 3 LIMIT ?",
                 DB_ID(person), DB_N(STORE_PERSON_ROWS));
    int more = 0;

    while (tried != NULL && tried->count < STORE_PERSON_ROWS && (more = db_step(db, st)) == 1)
        db_id(st, 0, &tried->conversations[tried->count++]);
    if (more < 0)
        return STORE_FAILED;
    return db_run(db,
                  "UPDATE outbox SET state = iif(in_doubt, 2, 1), next_at_ms = ?, reason = '' "
                  "WHERE head = 1 AND kind = 1 AND state = 3 AND conversation IN "
                  "(SELECT n FROM conversation WHERE person = ?)",
                  DB_N(now_ms), DB_ID(person));
}

/* What is known now. */
struct now {
    const char *email;
    enum store_link_how how;
    int64_t contact, customer, checked_ms;
    bool is_verified, is_manager;
};

static enum store_result read_now(struct db *db, struct store_op *op, const struct id *person,
                                  const char *account, struct now *now)
{
    sqlite3_stmt *st =
        db_query(db,
                 "SELECT p.email, coalesce(l.how, 0), coalesce(l.psa_contact, 0), "
                 "coalesce(l.psa_customer, 0), coalesce(l.checked_ms, 0), p.verified_ms <> 0, "
                 "p.manager "
                 "FROM person p LEFT JOIN person_link l ON l.person = p.id AND l.account = ? "
                 "WHERE p.id = ? AND p.erased_ms = 0",
                 DB_T(account), DB_ID(person));
    const enum store_result result = ops_one_row(db, st);

    if (result == STORE_OK)
        *now = (struct now){.email = db_text(op, st, 0),
                            .how = (enum store_link_how)db_int(st, 1),
                            .contact = db_int(st, 2),
                            .customer = db_int(st, 3),
                            .checked_ms = db_int(st, 4),
                            .is_verified = db_int(st, 5) != 0,
                            .is_manager = db_int(st, 6) != 0};
    return result;
}

/* The company of the email's domain, where the administrator named one. */
static enum store_result by_domain(struct db *db, struct store_op *op, const char *email,
                                   struct store_person_link *to)
{
    const char *at = strrchr(email, '@');
    sqlite3_stmt *st = db_query(db,
                                "SELECT psa_customer, company FROM email_domain WHERE account = ? "
                                "AND domain = lower(?)",
                                DB_T(to->account), DB_T(at == NULL ? "" : at + 1));
    const enum store_result result = ops_one_row(db, st);

    to->how = STORE_BY_NOBODY;
    if (result != STORE_OK)
        return result == STORE_NOT_FOUND ? STORE_OK : result;
    to->how = STORE_BY_DOMAIN;
    to->psa_customer = db_int(st, 0);
    to->company = db_text(op, st, 1);
    return STORE_OK;
}

/* One; else several; else, in the place of a choice that is gone, staff again; else the domain. */
static enum store_result decide(struct db *db, struct store_op *op,
                                const struct store_person_matched *in, const char *email,
                                struct store_person_link *to)
{
    *to = (struct store_person_link){.person = in->person,
                                     .account = in->account,
                                     .company = "",
                                     .candidates = "",
                                     .checked_ms = in->now_ms};
    if (in->psa_customer != 0) {
        to->how = in->psa_contact != 0 ? STORE_BY_CONTACT : STORE_BY_COMPANY;
        to->psa_contact = in->psa_contact;
        to->psa_customer = in->psa_customer;
        to->company = in->company;
    } else if (in->candidates[0] != '\0' || in->choice_is_gone) {
        to->how = STORE_BY_SEVERAL;
        to->candidates = in->candidates[0] != '\0' ? in->candidates : "[]";
    } else {
        return by_domain(db, op, email, to);
    }
    return STORE_OK;
}

enum store_result ops_match(struct db *db, struct store_op *op,
                            const struct store_person_matched *in, struct store_matched *out)
{
    struct store_person_link link;
    struct now now;
    enum store_result result = read_now(db, op, &in->person, in->account, &now);

    if (result != STORE_OK)
        return result;
    if (sqlite3_stricmp(now.email, in->email) != 0)
        return STORE_CONFLICT;
    if (now.how == STORE_BY_STAFF && !in->choice_is_gone) {
        *out = (struct store_matched){now.how, now.contact, now.customer, false};
        return STORE_OK;
    }
    result = decide(db, op, in, now.email, &link);
    if (result != STORE_OK)
        return result;
    *out = (struct store_matched){link.how, link.psa_contact, link.psa_customer,
                                  link.how != now.how || link.psa_contact != now.contact ||
                                      link.psa_customer != now.customer};
    result = ops_link(db, &link);
    if (result == STORE_OK && out->changed && link.how != STORE_BY_SEVERAL)
        result = ops_try_again(db, &in->person, in->now_ms, NULL);
    return result;
}

enum store_result ops_person_matched(struct db *db, struct store_op *op)
{
    const struct store_person_matched *in = &op->in.person_matched;
    const enum store_result result = ops_match(db, op, in, &op->out.matched);

    if (result != STORE_OK || !in->fetched)
        return result;
    return ops_remember(db, &(struct store_psa_match){.account = in->account,
                                                      .email = in->email,
                                                      .psa_contact = in->psa_contact,
                                                      .psa_customer = in->psa_customer,
                                                      .company = in->company,
                                                      .candidates = in->candidates,
                                                      .fetched_ms = in->now_ms});
}

enum store_result ops_person_look(struct db *db, struct store_op *op)
{
    const struct store_person_key *in = &op->in.person_look;
    struct now now;
    const enum store_result result = read_now(db, op, &in->person, in->account, &now);

    if (result == STORE_OK)
        op->out.looked = (struct store_looked){.email = now.email,
                                               .is_verified = now.is_verified,
                                               .is_manager = now.is_manager,
                                               .how = now.how,
                                               .psa_contact = now.contact,
                                               .psa_customer = now.customer,
                                               .checked_ms = now.checked_ms};
    return result;
}

enum store_result ops_person_doubt(struct db *db, struct store_op *op)
{
    const struct store_person_key *in = &op->in.person_doubt;
    const enum store_result result =
        db_run(db, "UPDATE person_link SET checked_ms = 0 WHERE person = ? AND account = ?",
               DB_ID(&in->person), DB_T(in->account));

    if (result != STORE_OK)
        return result;
    return db_run(db,
                  "DELETE FROM psa_match WHERE account = ? AND email = (SELECT lower(email) FROM "
                  "person WHERE id = ?)",
                  DB_T(in->account), DB_ID(&in->person));
}

/* ---- staff choose ---- */

enum store_result ops_person_choose(struct db *db, struct store_op *op)
{
    const struct store_person_choose *in = &op->in.person_choose;
    const bool is_one = in->choice == STORE_CHOOSE;
    const struct store_person_link link = {.person = in->person,
                                           .account = in->account,
                                           .psa_contact = is_one ? in->psa_contact : 0,
                                           .psa_customer = is_one ? in->psa_customer : 0,
                                           .company = is_one ? in->company : "",
                                           .how = STORE_BY_STAFF,
                                           .checked_ms = in->now_ms};
    struct now now;
    enum store_result result = read_now(db, op, &in->person, in->account, &now);

    op->out.tried = (struct store_tried){.count = 0};
    if (result != STORE_OK)
        return result;
    result = ops_link(db, &link);
    if (result == STORE_OK && in->choice == STORE_CHOOSE_ANEW)
        result = db_run(db, "DELETE FROM person_link WHERE person = ? AND account = ?",
                        DB_ID(&in->person), DB_T(in->account));
    if (result == STORE_OK && in->choice == STORE_CHOOSE_ANEW)
        result = db_run(db, "DELETE FROM psa_match WHERE account = ? AND email = lower(?)",
                        DB_T(in->account), DB_T(now.email));
    if (result == STORE_OK)
        result = ops_try_again(db, &in->person, in->now_ms, &op->out.tried);
    return result == STORE_OK ? ops_audit_person(db, op, &in->audit, &in->person) : result;
}

enum store_result ops_link(struct db *db, const struct store_person_link *in)
{
    const enum store_result result = db_run(db, "UPDATE person SET company = ? WHERE id = ?",
                                            DB_T(in->company), DB_ID(&in->person));

    if (result != STORE_OK)
        return result;
    if (db_changes(db) == 0)
        return STORE_NOT_FOUND;
    return db_run(db,
                  "INSERT OR REPLACE INTO person_link (person, account, psa_contact, psa_customer, "
                  "how, checked_ms, candidates) VALUES (?, ?, ?, ?, ?, ?, ?)",
                  DB_ID(&in->person), DB_T(in->account), DB_N(in->psa_contact),
                  DB_N(in->psa_customer), DB_N(in->how), DB_N(in->checked_ms),
                  DB_T(in->candidates == NULL ? "" : in->candidates));
}

enum store_result ops_person_link(struct db *db, struct store_op *op)
{
    return ops_link(db, &op->in.person_link);
}
