/* SQLite writes a commit to its log as two small writes for each page, and the system calls then
 * cost more than the bytes. Here they are gathered. Order is kept: only what follows directly on
 * what waits joins it; all other calls first write what waits. An error shows at the call that
 * writes, at the latest at the sync, on which the commit depends. */
#include "store/sqlite/wal_private.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"

#define GATHER_MAX ((size_t)64 << 10)

struct wal {
    sqlite3_file base; /* first: SQLite's handle is ours */
    char *bytes;       /* GATHER_MAX of them, made with the first write; readers never write */
    size_t len;
    sqlite3_int64 at; /* where bytes[0] goes in the file */
};

static sqlite3_vfs *system_vfs;

/* The system's own handle lies behind ours, in the room that SQLite made for both. */
static sqlite3_file *real_of(sqlite3_file *file)
{
    return (sqlite3_file *)((struct wal *)file + 1);
}

static int flush(sqlite3_file *file)
{
    struct wal *w = (struct wal *)file;
    const size_t len = w->len;

    w->len = 0;
    return len == 0 ? SQLITE_OK
                    : real_of(file)->pMethods->xWrite(real_of(file), w->bytes, (int)len, w->at);
}

static int on_write(sqlite3_file *file, const void *bytes, int amount, sqlite3_int64 at)
{
    struct wal *w = (struct wal *)file;
    const size_t len = (size_t)amount;

    if (w->len > 0 && (at != w->at + (sqlite3_int64)w->len || len > GATHER_MAX - w->len)) {
        const int rc = flush(file);
        if (rc != SQLITE_OK)
            return rc;
    }
    if (len > GATHER_MAX)
        return real_of(file)->pMethods->xWrite(real_of(file), bytes, amount, at);
    if (w->bytes == NULL && (w->bytes = malloc(GATHER_MAX)) == NULL)
        return SQLITE_IOERR_NOMEM;
    if (w->len == 0)
        w->at = at;
    memcpy(w->bytes + w->len, bytes, len);
    w->len += len;
    return SQLITE_OK;
}

/* Everything else: what waits is written, then the system is asked. */
#define THEN(file, call)                                                                           \
    const int rc = flush(file);                                                                    \
    file = real_of(file);                                                                          \
    return rc != SQLITE_OK ? rc : file->pMethods->call

static int on_read(sqlite3_file *file, void *to, int amount, sqlite3_int64 at)
{
    THEN(file, xRead(file, to, amount, at));
}

static int on_truncate(sqlite3_file *file, sqlite3_int64 size)
{
    THEN(file, xTruncate(file, size));
}

static int on_sync(sqlite3_file *file, int flags)
{
    THEN(file, xSync(file, flags));
}

static int on_size(sqlite3_file *file, sqlite3_int64 *size)
{
    THEN(file, xFileSize(file, size));
}

static int on_control(sqlite3_file *file, int what, void *arg)
{
    THEN(file, xFileControl(file, what, arg));
}

static int on_close(sqlite3_file *file)
{
    const int flushed = flush(file);
    const int rc = real_of(file)->pMethods->xClose(real_of(file));

    free(((struct wal *)file)->bytes);
    return flushed != SQLITE_OK ? flushed : rc;
}

/* A log is never locked; the database's file is. */
static int on_lock(sqlite3_file *file, int level)
{
    return real_of(file)->pMethods->xLock(real_of(file), level);
}

static int on_unlock(sqlite3_file *file, int level)
{
    return real_of(file)->pMethods->xUnlock(real_of(file), level);
}

static int on_check_lock(sqlite3_file *file, int *locked)
{
    return real_of(file)->pMethods->xCheckReservedLock(real_of(file), locked);
}

static int on_sector_size(sqlite3_file *file)
{
    return real_of(file)->pMethods->xSectorSize(real_of(file));
}

static int on_device(sqlite3_file *file)
{
    return real_of(file)->pMethods->xDeviceCharacteristics(real_of(file));
}

static int on_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *result)
{
    static const sqlite3_io_methods methods = {
        .iVersion = 1, /* memory maps and shared memory belong to the database's file */
        .xClose = on_close,
        .xRead = on_read,
        .xWrite = on_write,
        .xTruncate = on_truncate,
        .xSync = on_sync,
        .xFileSize = on_size,
        .xLock = on_lock,
        .xUnlock = on_unlock,
        .xCheckReservedLock = on_check_lock,
        .xFileControl = on_control,
        .xSectorSize = on_sector_size,
        .xDeviceCharacteristics = on_device,
    };
    struct wal *w = (struct wal *)file;
    int rc;

    (void)vfs;
    if (!(flags & SQLITE_OPEN_WAL))
        return system_vfs->xOpen(system_vfs, name, file, flags, result);
    *w = (struct wal){0};
    rc = system_vfs->xOpen(system_vfs, name, real_of(file), flags, result);
    if (rc == SQLITE_OK)
        w->base.pMethods = &methods;
    return rc;
}

int wal_register(void)
{
    static sqlite3_vfs vfs;

    system_vfs = sqlite3_vfs_find(NULL);
    if (system_vfs == NULL)
        return -1;
    vfs = *system_vfs;
    vfs.zName = WAL_VFS;
    vfs.pNext = NULL;
    vfs.szOsFile += (int)sizeof(struct wal);
    vfs.xOpen = on_open;
    return sqlite3_vfs_register(&vfs, 0) == SQLITE_OK ? 0 : -1;
}
