/* What a file that somebody sends is: a name fit to keep and to show, and its kind by its first
 * bytes and by its name. Nothing is decoded. Values in, values out. */
#ifndef PARLEY_CHAT_FILE_H
#define PARLEY_CHAT_FILE_H

#include "base/base.h"
#include "chat/limits.h"

#define FILE_HEAD_SIZE 65536 /* bytes from its start that tell all there is to tell */

enum file_kind {
    FILE_IMAGE = 1, /* png, jpeg, gif, webp: what browsers show safely */
    FILE_PDF,
    FILE_TEXT, /* also what a browser would take for a page: it is never shown as one */
    FILE_OFFICE,
    FILE_ARCHIVE,
    FILE_MEDIA,
    FILE_OTHER,
    FILE_PROGRAM, /* what a double click would run */
    FILE_KIND_COUNT
};

/* "image", "pdf", ... and back; 0: there is no such kind. */
const char *file_kind_name(enum file_kind kind);
enum file_kind file_kind_of(const char *name);

/* A name without folders, control characters, characters that some system forbids, direction marks,
 * and dots or white space at its ends; cut to CHAT_FILE_NAME_MAX bytes with its extension kept.
 * "file" when nothing is left, or it is not UTF-8. */
void file_name_clean(const char *name, char out[CHAT_FILE_NAME_MAX + 1]);
/* The kind that the name promises; FILE_OTHER for an extension that nobody knows. */
enum file_kind file_kind_by_name(const char *name);

/* What the first bytes say. */
struct file_look {
    enum file_kind kind;
    const char *type;       /* "image/png"; for all but images "application/octet-stream" */
    uint32_t width, height; /* of an image, 0 when its head does not say */
};

/* bytes: from the file's start, all of it or at least FILE_HEAD_SIZE. */
struct file_look file_look_at(const void *bytes, size_t len);

#endif
