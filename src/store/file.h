/* Files that people and staff send: their rows. Included through store/store.h; the same rules as
 * there. The bytes are net's and api's business; a row never tells of bytes that are not on the
 * disk. */
#ifndef PARLEY_STORE_FILE_H
#define PARLEY_STORE_FILE_H

#include "store/types.h"

#define STORE_FILE_PATH_SIZE 25  /* 24 characters and a NUL */
#define STORE_FILES_MAX      10  /* of one message */
#define STORE_GONE_MAX       500 /* paths in one go */

struct store_file {
    struct id id, conversation; /* conversation: none while it has none */
    const char *path, *sender, *name;
    const char *type;   /* "" until it is whole */
    const char *sha256; /* likewise, in hexadecimal */
    int64_t size, got, width, height;
    int64_t seq; /* of its message; 0: it is part of none */
    int64_t created_ms;
};

/* What the ops below answer about a rule that was broken; the file is not there then. */
enum store_file_no {
    STORE_FILE_YES,
    STORE_FILE_CONVERSATION_FULL, /* its files together would be too large */
    STORE_FILE_DISK_FULL,         /* all files together would be */
    STORE_FILE_TOO_MANY,          /* of this sender's are not part of a message yet */
};

struct store_file_out {
    enum store_file_no no;
    struct store_file file;
};

/* Announce a file. Done twice with one sender and client_id it brings what is there. */
struct store_file_begin {
    struct id id; /* fresh */
    char path[STORE_FILE_PATH_SIZE];
    struct store_asker asker;
    struct id conversation; /* none: for a conversation that is still to be started */
    const char *sender, *client_id, *name;
    int64_t size;
    int64_t conversation_max, disk_max, loose_max; /* bytes, bytes, files */
    int64_t now_ms;
};

struct store_file_key {
    struct id id;
    struct store_asker asker;
    const char *sender; /* of who asks: what is not part of a message is theirs alone */
    bool by_address;    /* somebody who has its signed address; whoever it is */
};

/* From `from` to `to` the bytes are on the disk; with `to` the size all are, and the rest counts.
 */
struct store_file_append {
    struct id id;
    int64_t from, to;
    const char *sha256, *type;
    int64_t width, height;
};

struct store_paths {
    const char *const *rows;
    size_t count;
};

#endif
