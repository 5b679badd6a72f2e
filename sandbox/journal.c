#include "sandbox/journal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define FILE_MAX ((size_t)1 << 30)

struct journal {
    int fd;
    size_t size; /* bytes at opening */
    char *path;
};

struct journal *journal_open(const char *path, struct err *err)
{
    struct stat st;
    const int fd = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0600);

    if (fd < 0) {
        err_set(err, "cannot open %s: %s", path, strerror(errno));
        return NULL;
    }
    if (flock(fd, LOCK_EX | LOCK_NB) != 0) {
        err_set(err, "%s is in use by another syncro-sandbox", path);
        close(fd);
        return NULL;
    }
    if (fstat(fd, &st) != 0 || (size_t)st.st_size > FILE_MAX) {
        err_set(err, "%s is larger than 1 GiB or cannot be read", path);
        close(fd);
        return NULL;
    }
    struct journal *j = calloc(1, sizeof(*j));
    if (j == NULL)
        abort();
    *j = (struct journal){.fd = fd, .size = (size_t)st.st_size, .path = strdup(path)};
    return j;
}

bool journal_is_empty(const struct journal *j)
{
    return j->size == 0;
}

static int read_all(struct journal *j, struct buf *text, struct err *err)
{
    char block[65536];
    ssize_t n;

    while ((n = read(j->fd, block, sizeof(block))) > 0)
        buf_append(text, block, (size_t)n);
    if (n < 0 || !buf_ok(text))
        return err_set(err, "cannot read %s: %s", j->path, strerror(errno));
    return 0;
}

int journal_load(struct journal *j, struct sandbox *sb, struct err *err)
{
    struct buf text;
    struct err why = {{0}};
    size_t at = 0;
    long number = 1;
    int result = -1;

    buf_init(&text, FILE_MAX);
    if (read_all(j, &text, err) != 0)
        goto done;
    for (; at < text.len; number++) {
        const char *end = memchr(text.ptr + at, '\n', text.len - at);
        if (end == NULL)
            break;
        const size_t len = (size_t)(end - text.ptr) - at;
        if (sandbox_load_line(sb, text.ptr + at, len, &why) != 0) {
            err_set(err, "%s, line %ld: %s", j->path, number, why.text);
            goto done;
        }
        at += len + 1;
    }
    if (at < text.len && ftruncate(j->fd, (off_t)at) != 0) {
        err_set(err, "cannot mend the end of %s: %s", j->path, strerror(errno));
        goto done;
    }
    result = 0;
done:
    buf_free(&text);
    return result;
}

void journal_write(const char *line, size_t len, void *arg)
{
    struct journal *j = arg;
    struct buf whole;
    size_t done = 0;

    buf_init(&whole, len + 1);
    buf_append(&whole, line, len);
    buf_char(&whole, '\n');
    while (done < whole.len) {
        const ssize_t n = write(j->fd, whole.ptr + done, whole.len - done);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0) {
            fprintf(stderr, "syncro-sandbox: cannot write %s: %s\n", j->path, strerror(errno));
            exit(1);
        }
        done += (size_t)n;
    }
    buf_free(&whole);
}

void journal_close(struct journal *j)
{
    if (j == NULL)
        return;
    close(j->fd);
    free(j->path);
    free(j);
}
