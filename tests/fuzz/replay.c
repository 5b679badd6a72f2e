/* Runs a fuzz target over kept inputs: each file of the folder, whole and cut off at many places.
 */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define INPUT_MAX (1 << 20)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void run(const char *dir, const char *name)
{
    static uint8_t bytes[INPUT_MAX];
    char path[4096];
    FILE *f;

    snprintf(path, sizeof(path), "%s/%s", dir, name);
    f = fopen(path, "rb");
    if (f == NULL) {
        perror(path);
        exit(1);
    }
    const size_t size = fread(bytes, 1, sizeof(bytes), f);
    fclose(f);
    for (size_t len = size;; len = len * 9 / 10) {
        /* A copy of its own, so that a read past its end is seen. */
        uint8_t *copy = malloc(len > 0 ? len : 1);
        if (copy == NULL)
            abort();
        memcpy(copy, bytes, len);
        LLVMFuzzerTestOneInput(copy, len);
        free(copy);
        if (len == 0)
            break;
    }
}

int main(int argc, char **argv)
{
    int count = 0;
    DIR *d = argc == 2 ? opendir(argv[1]) : NULL;

    if (d == NULL) {
        fprintf(stderr, "usage: replay DIR, with inputs in it\n");
        return 1;
    }
    for (const struct dirent *e; (e = readdir(d)) != NULL;) {
        if (e->d_name[0] == '.')
            continue;
        run(argv[1], e->d_name);
        count++;
    }
    closedir(d);
    printf("%d inputs\n", count);
    return count == 0;
}
