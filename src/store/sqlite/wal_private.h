/* The write-ahead log's file, written in few large pieces. */
#ifndef PARLEY_STORE_WAL_PRIVATE_H
#define PARLEY_STORE_WAL_PRIVATE_H

/* SQLite's name of a file system that is the default one, except that what is written to a
 * write-ahead log is gathered until it is synced or anything else is asked of that file. With
 * synchronous=FULL every commit syncs the log before it shows the commit to anybody. */
#define WAL_VFS "parley"

/* Register it; once, after sqlite3_config. -1: SQLite has no default file system. */
int wal_register(void);

#endif
