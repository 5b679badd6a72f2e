/* The schema's numbered steps. The table is made from src/store/schema/NNN-name.sql. */
#ifndef PARLEY_STORE_MIGRATE_PRIVATE_H
#define PARLEY_STORE_MIGRATE_PRIVATE_H

#include "base/base.h"
#include "base/err.h"

struct db;

struct migration {
    int number;
    const char *name;
    const char *sql;
};

extern const struct migration migrations[];
extern const int migration_count;

/* Bring the database to version `to` (at most migration_count), each step in one transaction.
 * -1 with err: made by a newer Parley, not a Parley database, disk. */
int migrate(struct db *db, int to, struct err *err) WARN_UNUSED;
/* The version of the database, 0 for an empty one; -1 with err as above. */
int migrate_version(struct db *db, struct err *err) WARN_UNUSED;

#endif
