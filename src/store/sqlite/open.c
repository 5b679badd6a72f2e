#include "store/sqlite/open_private.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/sqlite/db_private.h"
#include "store/sqlite/migrate_private.h"

#define LOCK_TRIES   20 /* a short command may hold the lock for a moment */
#define LOCK_WAIT_US 25000

/* The lock's descriptor; -1 with *busy when another process holds it, or with err. */
static int take_lock(const char *dir, int tries, bool *busy, struct err *err)
{
    char path[PATH_MAX];
    int fd;

    *busy = false;
    if (snprintf(path, sizeof(path), "%s/lock", dir) >= (int)sizeof(path))
        return err_set(err, "the name of the data folder is too long");
    fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0)
        return err_set(err, "cannot open %s: %s", path, strerror(errno));
    while (flock(fd, LOCK_EX | LOCK_NB) < 0) {
        if ((errno != EWOULDBLOCK && errno != EINTR) || --tries <= 0) {
            *busy = errno == EWOULDBLOCK;
            err_set(err, "%s is in use by another Parley server; stop that one first", dir);
            close(fd);
            return -1;
        }
        usleep(LOCK_WAIT_US);
    }
    return fd;
}

static int open_connections(const char *path, struct db **writer, struct db **readers,
                            size_t reader_count, struct err *err)
{
    for (size_t i = 0; i < reader_count; i++) {
        readers[i] = db_open(path, err);
        if (readers[i] == NULL)
            goto fail;
        sqlite3_exec(db_handle(readers[i]), "PRAGMA query_only = ON", NULL, NULL, NULL);
    }
    return 0;

fail:
    for (size_t i = 0; i < reader_count; i++) {
        db_close(readers[i]);
        readers[i] = NULL;
    }
    db_close(*writer);
    *writer = NULL;
    return -1;
}

/* Bring the schema up to date, or check it when a server, which may be of another version, runs. */
static int check_schema(struct db *db, bool may_migrate, struct err *err)
{
    int version;

    if (may_migrate)
        return migrate(db, migration_count, err);
    version = migrate_version(db, err);
    if (version < 0)
        return -1;
    if (version != migration_count)
        return err_set(err,
                       "the server that runs is of another version (schema %d, ours %d): restart "
                       "it with this program first",
                       version, migration_count);
    return 0;
}

int open_files(const char *dir, enum open_mode mode, int *lock_fd, struct db **writer,
               struct db **readers, size_t reader_count, struct err *err)
{
    char path[PATH_MAX];
    bool busy;
    const mode_t before = umask(0077); /* the database holds what people wrote */
    int result = -1;

    *writer = NULL;
    *lock_fd = -1;
    if (snprintf(path, sizeof(path), "%s/parley.db", dir) >= (int)sizeof(path)) {
        err_set(err, "the name of the data folder is too long");
        goto out;
    }
    if (mkdir(dir, 0700) < 0 && errno != EEXIST) {
        err_set(err, "cannot make the data folder %s: %s", dir, strerror(errno));
        goto out;
    }
    *lock_fd = take_lock(dir, mode == OPEN_SERVE ? LOCK_TRIES : 1, &busy, err);
    if (*lock_fd < 0 && !(busy && mode == OPEN_BESIDE))
        goto out;
    *writer = db_open(path, err);
    if (*writer == NULL || check_schema(*writer, *lock_fd >= 0, err) < 0 ||
        open_connections(path, writer, readers, reader_count, err) < 0)
        goto out;
    result = 0;

out:
    if (result < 0 && *writer != NULL)
        db_close(*writer);
    if (*lock_fd >= 0 && (result < 0 || mode == OPEN_BESIDE)) {
        close(*lock_fd);
        *lock_fd = -1;
    }
    umask(before);
    return result;
}
