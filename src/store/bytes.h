/* The bytes of files, in a folder: DATA/files/xx/PATH, for a path that begins with xx. Everything
 * here waits for the disk: for the pool of slow work, never the loop. */
#ifndef PARLEY_STORE_BYTES_H
#define PARLEY_STORE_BYTES_H

#include "base/base.h"
#include "base/digest.h"
#include "store/file.h"

/* Put these at `from`, and what lies behind them away. They are on the disk for certain when this
 * returns 0; -1: they are not (errno), or the file has less than `from`. */
int bytes_put(const char *folder, const char *path, int64_t from, const void *bytes,
              size_t len) WARN_UNUSED;
/* The hash of all `size` of them, and up to head_max of the first into head. -1: cannot be read, or
 * there are not so many. */
int bytes_read_all(const char *folder, const char *path, int64_t size,
                   char sha256[DIGEST_TEXT_SIZE], void *head, size_t head_max) WARN_UNUSED;
/* Exactly these. */
int bytes_get(const char *folder, const char *path, int64_t from, void *bytes,
              size_t len) WARN_UNUSED;
/* Away with the file; one that is not there is away. */
int bytes_remove(const char *folder, const char *path) WARN_UNUSED;
/* Call fn with every path there is, until it returns false. -1: the folder cannot be read. */
int bytes_each(const char *folder, bool (*fn)(const char *path, void *arg), void *arg) WARN_UNUSED;

#endif
