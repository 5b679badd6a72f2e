/* Opening the files of a data folder: the lock, the database, its migrations. */
#ifndef PARLEY_STORE_OPEN_PRIVATE_H
#define PARLEY_STORE_OPEN_PRIVATE_H

#include "base/base.h"
#include "base/err.h"

struct db;

enum open_mode {
    OPEN_SERVE,  /* holds the lock as long as it is open */
    OPEN_BESIDE, /* for a short command; migrates only when no server runs */
};

/* *lock_fd is -1 for OPEN_BESIDE. -1 with err, and nothing is left open. */
int open_files(const char *dir, enum open_mode mode, int *lock_fd, struct db **writer,
               struct db **readers, size_t reader_count, struct err *err) WARN_UNUSED;

#endif
