/* The company that people of an email domain belong to. */
#include "store/sqlite/ops_private.h"

enum store_result ops_domain_list(struct db *db, struct store_op *op)
{
    struct store_domains *out = &op->out.domains;
    struct store_domain *rows = arena_alloc(op->arena, STORE_DOMAINS_MAX * sizeof(*rows));
    sqlite3_stmt *st;
    int more;

    if (rows == NULL)
        return STORE_FAILED;
    *out = (struct store_domains){.rows = rows};
    st = db_query(db,
                  "SELECT domain, psa_customer, company, created_ms FROM email_domain WHERE "
                  "account = ? ORDER BY domain LIMIT ?",
                  DB_T(op->in.domain_list.account), DB_N(STORE_DOMAINS_MAX));
    while ((more = db_step(db, st)) == 1)
        rows[out->count++] = (struct store_domain){.account = op->in.domain_list.account,
                                                   .domain = db_text(op, st, 0),
                                                   .psa_customer = db_int(st, 1),
                                                   .company = db_text(op, st, 2),
                                                   .now_ms = db_int(st, 3)};
    return more < 0 ? STORE_FAILED : STORE_OK;
}

/* People of the domain: ?1 account, ?2 domain. */
#define OF_DOMAIN                                                                                  \
    "person_link l JOIN person p ON p.id = l.person WHERE l.account = ?1 AND "                     \
    "substr(lower(p.email), instr(p.email, '@') + 1) = ?2 AND l.how "

/* Those whom nobody knew belong to the company from now on. */
static enum store_result link_all(struct db *db, const struct store_domain *in,
                                  struct store_tried *tried)
{
    struct id people[STORE_READ_MAX];
    enum store_result result = STORE_OK;
    size_t count = 0;
    int more;
    sqlite3_stmt *st = db_query(db, "SELECT p.id FROM " OF_DOMAIN "IN (3, 6) LIMIT ?3",
                                DB_T(in->account), DB_T(in->domain), DB_N(STORE_READ_MAX));

    while ((more = db_step(db, st)) == 1)
        db_id(st, 0, &people[count++]);
    if (more < 0)
        return STORE_FAILED;
    for (size_t i = 0; i < count && result == STORE_OK; i++) {
        result = ops_link(db, &(struct store_person_link){.person = people[i],
                                                          .account = in->account,
                                                          .psa_customer = in->psa_customer,
                                                          .company = in->company,
                                                          .how = STORE_BY_DOMAIN,
                                                          .checked_ms = in->now_ms});
        if (result == STORE_OK)
            result = ops_try_again(db, &people[i], in->now_ms, tried);
    }
    return result;
}

enum store_result ops_domain_put(struct db *db, struct store_op *op)
{
    const struct store_domain *in = &op->in.domain_put;
    sqlite3_stmt *st =
        db_query(db, "SELECT count(*) FROM email_domain WHERE account = ? AND domain <> ?",
                 DB_T(in->account), DB_T(in->domain));
    enum store_result result;

    op->out.tried = (struct store_tried){.count = 0};
    if (db_step(db, st) != 1)
        return STORE_FAILED;
    if (db_int(st, 0) >= STORE_DOMAINS_MAX)
        return STORE_CONFLICT;
    result = db_run(db,
                    "INSERT OR REPLACE INTO email_domain (account, domain, psa_customer, company, "
                    "created_ms) VALUES (?, ?, ?, ?, ?)",
                    DB_T(in->account), DB_T(in->domain), DB_N(in->psa_customer), DB_T(in->company),
                    DB_N(in->now_ms));
    if (result == STORE_OK)
        result = link_all(db, in, &op->out.tried);
    return result == STORE_OK ? ops_audit(db, &in->audit) : result;
}

enum store_result ops_domain_remove(struct db *db, struct store_op *op)
{
    const struct store_domain *in = &op->in.domain_remove;
    enum store_result result =
        db_run(db, "DELETE FROM email_domain WHERE account = ? AND domain = ?", DB_T(in->account),
               DB_T(in->domain));

    if (result == STORE_OK && db_changes(db) == 0)
        return STORE_NOT_FOUND;
    if (result == STORE_OK)
        result = db_run(db,
                        "DELETE FROM person_link WHERE account = ?1 AND how = 3 AND person IN "
                        "(SELECT p.id FROM " OF_DOMAIN "= 3)",
                        DB_T(in->account), DB_T(in->domain));
    return result == STORE_OK ? ops_audit(db, &in->audit) : result;
}
