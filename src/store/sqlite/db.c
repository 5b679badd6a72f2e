#include "store/sqlite/db_private.h"

#include <assert.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "store/sqlite/wal_private.h"

#define STATEMENTS 512 /* slots of the cache, a power of two; the operations need half of it */
#define BUSY_MS    5000

struct slot {
    const char *sql;
    sqlite3_stmt *st;
    bool used; /* it stands in `used` of the connection */
};

struct db {
    sqlite3 *conn;
    struct slot slots[STATEMENTS];
    size_t count;
    struct slot *used[STATEMENTS]; /* since the last db_reset, each once */
    size_t used_count;
};

static void log_failure(struct db *db, const char *what)
{
    log_event(LOG_ERROR, "store", "sqlite", LOG_S("error", sqlite3_errmsg(db->conn)),
              LOG_N("code", sqlite3_extended_errcode(db->conn)), LOG_S("in", what));
}

/* SQLite counts its memory under one lock for all threads, unless told not to. */
static void configure(void)
{
    if (sqlite3_config(SQLITE_CONFIG_MULTITHREAD) != SQLITE_OK ||
        sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0) != SQLITE_OK)
        log_event(LOG_WARN, "store", "not_configured");
    if (wal_register() < 0)
        abort(); /* SQLite without a file system: not on Linux */
}

struct db *db_open(const char *path, struct err *err)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    static const char *const pragmas[] = {
        "PRAGMA page_size = 1024", /* a commit writes whole pages, and changes little in many */
        "PRAGMA journal_mode = WAL",
        "PRAGMA synchronous = FULL",
        "PRAGMA foreign_keys = ON",
        "PRAGMA cache_size = -4096", /* KiB, each connection */
        "PRAGMA mmap_size = 0",
        "PRAGMA trusted_schema = OFF",
        "PRAGMA temp_store = MEMORY",
        "PRAGMA journal_size_limit = 33554432",
        "PRAGMA wal_autocheckpoint = 32768", /* pages of 1 KiB */
    };
    struct db *db = calloc(1, sizeof(*db));
    char *text = NULL;

    pthread_once(&once, configure);
    if (db == NULL)
        abort();
    if (sqlite3_open_v2(path, &db->conn,
                        SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX |
                            SQLITE_OPEN_PRIVATECACHE,
                        WAL_VFS) != SQLITE_OK) {
        err_set(err, "cannot open %s: %s", path,
                db->conn != NULL ? sqlite3_errmsg(db->conn) : "out of memory");
        goto fail;
    }
    sqlite3_extended_result_codes(db->conn, 1);
    sqlite3_busy_timeout(db->conn, BUSY_MS);
    for (size_t i = 0; i < COUNT_OF(pragmas); i++) {
        if (sqlite3_exec(db->conn, pragmas[i], NULL, NULL, &text) != SQLITE_OK) {
            err_set(err, "cannot use %s: %s", path, text != NULL ? text : "unknown error");
            sqlite3_free(text);
            goto fail;
        }
    }
    return db;

fail:
    db_close(db);
    return NULL;
}

void db_close(struct db *db)
{
    if (db == NULL)
        return;
    for (size_t i = 0; i < STATEMENTS; i++)
        sqlite3_finalize(db->slots[i].st);
    if (sqlite3_close(db->conn) != SQLITE_OK)
        log_failure(db, "close");
    free(db);
}

sqlite3 *db_handle(struct db *db)
{
    return db->conn;
}

/* Open addressing by the address of the text. */
static struct slot *slot_of(struct db *db, const char *sql)
{
    size_t i = ((uintptr_t)sql * (uintptr_t)0x9E3779B97F4A7C15u) >> 40;

    for (i &= STATEMENTS - 1; db->slots[i].sql != NULL; i = (i + 1) & (STATEMENTS - 1)) {
        if (db->slots[i].sql == sql)
            return &db->slots[i];
    }
    assert(db->count < STATEMENTS - 1);
    db->count++;
    db->slots[i].sql = sql;
    return &db->slots[i];
}

static int bind_one(sqlite3_stmt *st, int at, const struct db_arg *arg)
{
    switch (arg->kind) {
    case DB_NUMBER:
        return sqlite3_bind_int64(st, at, arg->number);
    case DB_TEXT:
        return sqlite3_bind_text(st, at, arg->ptr, -1, SQLITE_STATIC);
    case DB_BLOB:
        return sqlite3_bind_blob(st, at, arg->ptr, (int)arg->number, SQLITE_STATIC);
    case DB_NULL:
        break;
    }
    return sqlite3_bind_null(st, at);
}

sqlite3_stmt *db_query_args(struct db *db, const char *sql, const struct db_arg *args, size_t count)
{
    struct slot *slot = slot_of(db, sql);

    if (slot->st == NULL && sqlite3_prepare_v3(db->conn, sql, -1, SQLITE_PREPARE_PERSISTENT,
                                               &slot->st, NULL) != SQLITE_OK) {
        log_failure(db, sql);
        return NULL;
    }
    sqlite3_reset(slot->st);
    if (!slot->used)
        db->used[db->used_count++] = slot;
    slot->used = true;
    assert(sqlite3_bind_parameter_count(slot->st) == (int)count);
    for (size_t i = 0; i < count; i++) {
        if (bind_one(slot->st, (int)i + 1, &args[i]) != SQLITE_OK) {
            log_failure(db, sql);
            return NULL;
        }
    }
    return slot->st;
}

int db_step(struct db *db, sqlite3_stmt *st)
{
    if (st == NULL)
        return -1;
    switch (sqlite3_step(st)) {
    case SQLITE_ROW:
        return 1;
    case SQLITE_DONE:
        return 0;
    default:
        log_failure(db, sqlite3_sql(st));
        return -1;
    }
}

enum store_result db_run_args(struct db *db, const char *sql, const struct db_arg *args,
                              size_t count)
{
    sqlite3_stmt *st = db_query_args(db, sql, args, count);
    int rc;

    if (st == NULL)
        return STORE_FAILED;
    rc = sqlite3_step(st);
    if (rc == SQLITE_CONSTRAINT_UNIQUE || rc == SQLITE_CONSTRAINT_PRIMARYKEY) {
        sqlite3_reset(st);
        return STORE_CONFLICT;
    }
    if (rc != SQLITE_DONE) {
        log_failure(db, sql);
        sqlite3_reset(st);
        return STORE_FAILED;
    }
    sqlite3_reset(st);
    return STORE_OK;
}

int64_t db_changes(struct db *db)
{
    return sqlite3_changes64(db->conn);
}

int64_t db_last_id(struct db *db)
{
    return sqlite3_last_insert_rowid(db->conn);
}

void db_reset(struct db *db)
{
    while (db->used_count > 0) {
        struct slot *slot = db->used[--db->used_count];

        sqlite3_reset(slot->st);
        sqlite3_clear_bindings(slot->st);
        slot->used = false;
    }
}

int64_t db_int(sqlite3_stmt *st, int column)
{
    return sqlite3_column_int64(st, column);
}

void db_id(sqlite3_stmt *st, int column, struct id *id)
{
    const void *bytes = sqlite3_column_blob(st, column);

    memset(id, 0, sizeof(*id));
    if (bytes != NULL && sqlite3_column_bytes(st, column) == (int)sizeof(id->bytes))
        memcpy(id->bytes, bytes, sizeof(id->bytes));
}

const char *db_text(struct store_op *op, sqlite3_stmt *st, int column)
{
    const unsigned char *text = sqlite3_column_text(st, column);
    char *copy;

    if (text == NULL)
        return "";
    copy = arena_strndup(op->arena, (const char *)text, (size_t)sqlite3_column_bytes(st, column));
    if (copy == NULL) {
        op->too_large = true;
        return "";
    }
    return copy;
}
