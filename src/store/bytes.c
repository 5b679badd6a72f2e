#include "store/bytes.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define PIECE 65536

/* Whatever becomes of a row, no path leads out of the folder. */
static bool is_path(const char *path)
{
    for (size_t i = 0; i < STORE_FILE_PATH_SIZE - 1; i++)
        if (!((path[i] >= '0' && path[i] <= '9') || (path[i] >= 'a' && path[i] <= 'f')))
            return false;
    return path[STORE_FILE_PATH_SIZE - 1] == '\0';
}

static int sync_folder(const char *name)
{
    const int fd = open(name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const int rc = fd < 0 ? -1 : fsync(fd);

    if (fd >= 0)
        close(fd);
    return rc;
}

static int make_folder(const char *name, const char *parent)
{
    if (mkdir(name, 0700) == 0)
        return sync_folder(parent);
    return errno == EEXIST ? 0 : -1;
}

struct names {
    char parent[600], sub[620], file[660];
};

static int names_of(const char *folder, const char *path, struct names *n)
{
    const size_t len = strlen(folder);

    if (!is_path(path) || len > 512) {
        errno = EINVAL;
        return -1;
    }
    snprintf(n->parent, sizeof(n->parent), "%s", folder);
    char *slash = strrchr(n->parent, '/');
    if (slash != NULL && slash != n->parent)
        *slash = '\0';
    snprintf(n->sub, sizeof(n->sub), "%s/%.2s", folder, path);
    snprintf(n->file, sizeof(n->file), "%s/%s", n->sub, path);
    return 0;
}

static int write_all(int fd, int64_t from, const char *bytes, size_t len)
{
    while (len > 0) {
        const ssize_t n = pwrite(fd, bytes, len, from);

        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return -1;
        bytes += n;
        from += n;
        len -= (size_t)n;
    }
    return 0;
}

int bytes_put(const char *folder, const char *path, int64_t from, const void *bytes, size_t len)
{
    struct names n;
    struct stat st;
    int fd, rc = -1;

    if (names_of(folder, path, &n) < 0)
        return -1;
    if (from == 0 && (make_folder(folder, n.parent) < 0 || make_folder(n.sub, folder) < 0))
        return -1;
    fd = open(n.file, O_WRONLY | O_CLOEXEC | O_NOFOLLOW | (from == 0 ? O_CREAT : 0), 0600);
    if (fd < 0)
        return -1;
    if (fstat(fd, &st) == 0 && st.st_size >= from && ftruncate(fd, from) == 0 &&
        write_all(fd, from, bytes, len) == 0 && fsync(fd) == 0)
        rc = 0;
    if (close(fd) < 0)
        rc = -1;
    return rc == 0 && from == 0 ? sync_folder(n.sub) : rc;
}

static int read_all(int fd, int64_t from, char *bytes, size_t len)
{
    while (len > 0) {
        const ssize_t n = pread(fd, bytes, len, from);

        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return -1;
        bytes += n;
        from += n;
        len -= (size_t)n;
    }
    return 0;
}

static int open_to_read(const char *folder, const char *path)
{
    struct names n;

    return names_of(folder, path, &n) < 0 ? -1 : open(n.file, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
}

int bytes_get(const char *folder, const char *path, int64_t from, void *bytes, size_t len)
{
    const int fd = open_to_read(folder, path);
    const int rc = fd < 0 ? -1 : read_all(fd, from, bytes, len);

    if (fd >= 0)
        close(fd);
    return rc;
}

int bytes_read_all(const char *folder, const char *path, int64_t size,
                   char sha256[DIGEST_TEXT_SIZE], void *head, size_t head_max)
{
    const int fd = open_to_read(folder, path);
    struct digest hash;
    char piece[PIECE];
    int64_t at = 0;

    if (fd < 0)
        return -1;
    digest_begin(&hash);
    while (at < size) {
        const size_t len = size - at < PIECE ? (size_t)(size - at) : PIECE;

        if (read_all(fd, at, piece, len) < 0)
            break;
        digest_add(&hash, piece, len);
        if ((size_t)at < head_max)
            memcpy((char *)head + at, piece,
                   len < head_max - (size_t)at ? len : head_max - (size_t)at);
        at += (int64_t)len;
    }
    close(fd);
    digest_end(&hash, sha256);
    return at == size ? 0 : -1;
}

int bytes_remove(const char *folder, const char *path)
{
    struct names n;

    if (names_of(folder, path, &n) < 0)
        return -1;
    return unlink(n.file) == 0 || errno == ENOENT ? 0 : -1;
}

int bytes_each(const char *folder, bool (*fn)(const char *path, void *arg), void *arg)
{
    static const char hex[] = "0123456789abcdef";
    bool go_on = true;

    for (int i = 0; i < 256 && go_on; i++) {
        char sub[600];
        struct dirent *e;
        DIR *d;

        snprintf(sub, sizeof(sub), "%.512s/%c%c", folder, hex[i / 16], hex[i % 16]);
        d = opendir(sub);
        if (d == NULL && errno != ENOENT && errno != ENOTDIR)
            return -1;
        while (d != NULL && go_on && (e = readdir(d)) != NULL)
            if (strlen(e->d_name) == STORE_FILE_PATH_SIZE - 1 && is_path(e->d_name) &&
                e->d_name[0] == hex[i / 16] && e->d_name[1] == hex[i % 16])
                go_on = fn(e->d_name, arg);
        if (d != NULL)
            closedir(d);
    }
    return 0;
}
