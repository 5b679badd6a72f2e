#include "store/sqlite/migrate_private.h"

#include <stdio.h>

#include "base/log.h"
#include "store/sqlite/db_private.h"

#define APPLICATION_ID 0x504C5931 /* "PLY1", in the header of the file */

static int64_t number_of(struct db *db, const char *sql)
{
    sqlite3_stmt *st = NULL;
    int64_t value = -1;

    if (sqlite3_prepare_v2(db_handle(db), sql, -1, &st, NULL) == SQLITE_OK &&
        sqlite3_step(st) == SQLITE_ROW)
        value = sqlite3_column_int64(st, 0);
    sqlite3_finalize(st);
    return value;
}

int migrate_version(struct db *db, struct err *err)
{
    const int64_t application = number_of(db, "PRAGMA application_id");
    const int64_t version = number_of(db, "PRAGMA user_version");
    const int64_t tables = number_of(db, "SELECT count(*) FROM sqlite_schema");

    if (application < 0 || version < 0 || tables < 0)
        return err_set(err, "cannot read the database: %s", sqlite3_errmsg(db_handle(db)));
    if (tables == 0 && version == 0)
        return 0;
    if (application != APPLICATION_ID)
        return err_set(err, "the file is not a Parley database; give another data folder");
    if (version > migration_count)
        return err_set(err,
                       "the database has version %d, made by a newer Parley; this one knows "
                       "version %d: install the newer program or restore an older backup",
                       (int)version, migration_count);
    return (int)version;
}

static int run(struct db *db, const char *sql, struct err *err)
{
    char *text = NULL;

    if (sqlite3_exec(db_handle(db), sql, NULL, NULL, &text) == SQLITE_OK)
        return 0;
    err_set(err, "cannot change the database: %s", text != NULL ? text : "unknown error");
    sqlite3_free(text);
    return -1;
}

/* The version is read inside the transaction, so that two programs never run one step twice. */
static int step(struct db *db, int to, bool *done, struct err *err)
{
    char mark[96];
    int version;

    if (run(db, "BEGIN IMMEDIATE", err) < 0)
        return -1;
    version = migrate_version(db, err);
    *done = version >= to;
    if (version < 0 || *done) {
        (void)run(db, "ROLLBACK", NULL);
        return version < 0 ? -1 : 0;
    }
    const struct migration *m = &migrations[version];
    snprintf(mark, sizeof(mark), "PRAGMA application_id = %d; PRAGMA user_version = %d",
             APPLICATION_ID, m->number);
    if (run(db, m->sql, err) < 0 || run(db, mark, err) < 0 || run(db, "COMMIT", err) < 0) {
        (void)run(db, "ROLLBACK", NULL);
        return -1;
    }
    log_event(LOG_INFO, "store", "migrated", LOG_N("version", m->number), LOG_S("name", m->name));
    return 0;
}

int migrate(struct db *db, int to, struct err *err)
{
    bool done = false;

    while (!done) {
        if (step(db, to, &done, err) < 0)
            return -1;
    }
    return run(db, "PRAGMA shrink_memory", err); /* the pages of all tables are not needed now */
}
