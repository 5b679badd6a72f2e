/* A database of every version before, with rows in it, becomes one of this version: nothing is
 * lost, nothing points nowhere, and it works. */
#include <stdio.h>

#include "base/log.h"
#include "bed.h"
#include "store/sqlite/db_private.h"
#include "store/sqlite/migrate_private.h"

/* What all versions have had; an open conversation and a closed one. Ids are 16 bytes. */
static const char *const rows_of_all[] = {
    "INSERT INTO person (id, name, email, created_ms) "
    "VALUES (CAST('person-000000001' AS BLOB), 'Ada', 'ada@a.example', 5)",
    "INSERT INTO visitor (token_hash, person, created_ms) "
    "SELECT zeroblob(32), id, 5 FROM person",
    "INSERT INTO conversation (n, id, reference, person, subject, open, last_seq, last_at_ms, "
    "waiting_since_ms, created_ms, ticket_id) "
    "SELECT 1, CAST('conversation-001' AS BLOB), 'PLY-00000001', id, 'One', 1, 2, 20, 10, 10, 71 "
    "FROM person",
    "INSERT INTO conversation (n, id, reference, person, subject, open, last_seq, last_at_ms, "
    "waiting_since_ms, created_ms, ticket_id) "
    "SELECT 2, CAST('conversation-002' AS BLOB), 'PLY-00000002', id, 'Two', 0, 2, 40, 0, 30, 72 "
    "FROM person",
    "INSERT INTO sender (n, name) VALUES (1, 'v:1'), (2, 's:1')",
    "INSERT INTO message (conversation, seq, id, author, name, sender, client_id, created_ms, "
    "body) VALUES "
    "(1, 1, CAST('message-00000001' AS BLOB), 1, 'Ada', 1, 'client-01', 10, 'first'), "
    "(1, 2, CAST('message-00000002' AS BLOB), 3, 'Robin', 2, 'client-02', 20, 'a note'), "
    "(2, 1, CAST('message-00000003' AS BLOB), 1, 'Ada', 1, 'client-03', 30, 'second'), "
    "(2, 2, CAST('message-00000004' AS BLOB), 2, 'Robin', 2, 'client-04', 40, 'an answer')",
    "INSERT INTO outbox (id, conversation, kind, state, head, interactive, author, seq_from, "
    "seq_to, next_at_ms, created_ms, payload) VALUES "
    "(7, 1, 1, 4, 0, 1, 1, 1, 1, 10, 10, ''), (8, 1, 2, 1, 1, 0, 3, 2, 2, 20, 20, '')",
};

/* What later versions added, each with rows that its next ones meet. */
static const struct {
    int since;
    const char *rows;
} more_rows[] = {
    {2, "INSERT INTO value (key, changed_ms, text) VALUES ('brand', 1, '{}')"},
    {4, "INSERT INTO staff (id, name, email, role, created_ms) "
        "VALUES (CAST('staff-0000000001' AS BLOB), 'Robin', 'r@msp.example', 2, 1)"},
    {4, "INSERT INTO staff_session (hash, staff, created_ms, seen_ms, expires_ms, address, agent) "
        "SELECT zeroblob(32), id, 1, 1, 99, '', '' FROM staff"},
    {5, "INSERT INTO person_link (person, account, psa_contact, psa_customer) "
        "SELECT id, 'demo', 3, 4 FROM person"},
    {7, "INSERT INTO person_identity (kind, issuer, subject, person, created_ms) "
        "SELECT 1, '', email, id, 5 FROM person"},
    {7, "INSERT INTO read_mark (person, conversation, seq, at_ms) SELECT id, 2, 2, 41 FROM person"},
    {9, "INSERT INTO file (id, path, sender, client_id, name, size, got, conversation, seq, "
        "created_ms) VALUES (CAST('file-00000000001' AS BLOB), 'aa/bb', 'v:1', 'client-05', "
        "'a.txt', 3, 3, 2, 1, 30)"},
    {13, "UPDATE conversation SET closed_ms = 40, answered_ms = 40 WHERE n = 2"},
};

static int64_t number(struct db *db, const char *sql)
{
    sqlite3_stmt *st = db_query(db, sql);
    int64_t value;

    assert_int_equal(db_step(db, st), 1);
    value = db_int(st, 0);
    db_reset(db);
    return value;
}

static void put(struct db *db, const char *sql)
{
    if (sqlite3_exec(db_handle(db), sql, NULL, NULL, NULL) != SQLITE_OK)
        fail_msg("%s: %s", sqlite3_errmsg(db_handle(db)), sql);
}

static void check(struct db *db)
{
    sqlite3_stmt *st = db_query(db, "PRAGMA foreign_key_check");

    assert_int_equal(db_step(db, st), 0);
    st = db_query(db, "PRAGMA integrity_check");
    assert_int_equal(db_step(db, st), 1);
    assert_string_equal((const char *)sqlite3_column_text(st, 0), "ok");
    db_reset(db);
    assert_int_equal(number(db, "SELECT count(*) FROM message"), 4);
    assert_int_equal(number(db, "SELECT count(*) FROM visitor"), 1);
    assert_int_equal(number(db, "SELECT max(id) FROM outbox WHERE head = 1"), 8);
    assert_int_equal(number(db, "SELECT closed_ms FROM conversation WHERE n = 1"), 0);
    assert_int_equal(number(db, "SELECT closed_ms FROM conversation WHERE n = 2"), 40);
    assert_int_equal(number(db, "SELECT answered_ms FROM conversation WHERE n = 1"), 0);
    assert_int_equal(number(db, "SELECT answered_ms FROM conversation WHERE n = 2"), 40);
    put(db, "INSERT INTO outbox (conversation, kind, state, head, interactive, author, seq_from, "
            "seq_to, next_at_ms, created_ms, payload) VALUES (2, 3, 1, 1, 0, 0, 0, 0, 50, 50, '')");
    assert_int_equal(number(db, "SELECT max(id) FROM outbox"), 9);
}

static void from(int version)
{
    struct err err = {""};
    char dir[64], path[96];
    struct db *db;

    bed_make_dir(dir);
    snprintf(path, sizeof(path), "%s/parley.db", dir);
    db = db_open(path, &err);
    assert_non_null(db);
    assert_int_equal(migrate(db, version, &err), 0);
    for (size_t i = 0; i < COUNT_OF(rows_of_all); i++)
        put(db, rows_of_all[i]);
    for (size_t i = 0; i < COUNT_OF(more_rows); i++)
        if (version >= more_rows[i].since)
            put(db, more_rows[i].rows);
    if (migrate(db, migration_count, &err) < 0)
        fail_msg("from version %d: %s", version, err.text);
    assert_int_equal(migrate_version(db, &err), migration_count);
    check(db);
    db_close(db);
    bed_remove_dir(dir);
}

static void test_all(void **state)
{
    (void)state;
    for (int version = 1; version < migration_count; version++)
        from(version);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_all)};

    log_set_level(LOG_ERROR);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
