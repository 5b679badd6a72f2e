/* One connection to the database: its statements, arguments and columns. Used by one thread at a
 * time. sqlite3's types stay in src/store/sqlite. */
#ifndef PARLEY_STORE_DB_PRIVATE_H
#define PARLEY_STORE_DB_PRIVATE_H

#include <sqlite3.h>

#include "base/err.h"
#include "store/store_private.h"

struct db;

/* Open the file, made when it is not there (":memory:" for one of its own). Small cache, WAL,
 * synchronous=FULL, foreign keys, waits up to 5 s for another's lock. NULL with err. */
struct db *db_open(const char *path, struct err *err) WARN_UNUSED;
void db_close(struct db *db);
sqlite3 *db_handle(struct db *db);

/* An argument of a statement. Texts and blobs are borrowed until the statement is reset. */
struct db_arg {
    enum { DB_NUMBER, DB_TEXT, DB_BLOB, DB_NULL } kind;
    int64_t number; /* or the length of the blob */
    const void *ptr;
};

#define DB_N(v)    ((struct db_arg){.kind = DB_NUMBER, .number = (int64_t)(v)})
#define DB_T(v)    ((struct db_arg){.kind = DB_TEXT, .ptr = (const char *)(v)})
#define DB_ID(p)   ((struct db_arg){.kind = DB_BLOB, .ptr = (p)->bytes, .number = 16})
#define DB_HASH(p) ((struct db_arg){.kind = DB_BLOB, .ptr = (p), .number = STORE_HASH_SIZE})

#define DB_ARGS(...)                                                                               \
    (const struct db_arg[]){{0}, ##__VA_ARGS__} + 1,                                               \
        COUNT_OF(((const struct db_arg[]){{0}, ##__VA_ARGS__})) - 1

/* A statement, ready to be stepped; NULL after an error (logged). sql is a literal that lives for
 * ever: it is the key of the statement cache. Asking again for the same text resets it. */
#define db_query(db, sql, ...) db_query_args((db), (sql), DB_ARGS(__VA_ARGS__))
sqlite3_stmt *db_query_args(struct db *db, const char *sql, const struct db_arg *args,
                            size_t count);
/* 1: a row; 0: no more; -1: an error (logged), also for NULL. */
int db_step(struct db *db, sqlite3_stmt *st);
/* Run a statement that brings no rows. STORE_OK, STORE_CONFLICT (a unique name is taken) or
 * STORE_FAILED. */
#define db_run(db, sql, ...) db_run_args((db), (sql), DB_ARGS(__VA_ARGS__))
enum store_result db_run_args(struct db *db, const char *sql, const struct db_arg *args,
                              size_t count) WARN_UNUSED;
/* Rows touched by the last db_run. */
int64_t db_changes(struct db *db);
int64_t db_last_id(struct db *db);
/* Reset every statement that was used, so that no lock or borrowed argument stays. */
void db_reset(struct db *db);

int64_t db_int(sqlite3_stmt *st, int column);
void db_id(sqlite3_stmt *st, int column, struct id *id);
/* A copy in the operation's arena; "" and op->too_large when that is full. */
const char *db_text(struct store_op *op, sqlite3_stmt *st, int column);

#endif
