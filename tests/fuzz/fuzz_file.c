/* Names and first bytes of files, as strangers send them. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "chat/file.h"
#include "fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    /* Exactly so long, so that a sanitizer sees a step over the end. */
    uint8_t *bytes = malloc(size > 0 ? size : 1);
    char *name = malloc(size + 1), clean[CHAT_FILE_NAME_MAX + 1], again[CHAT_FILE_NAME_MAX + 1];

    if (bytes == NULL || name == NULL)
        abort();
    if (size > 0)
        memcpy(bytes, data, size);
    const struct file_look look = file_look_at(bytes, size);
    assert(look.kind > 0 && look.kind < FILE_KIND_COUNT && look.type != NULL);
    assert((look.width == 0) == (look.height == 0) && look.width <= 65535 && look.height <= 65535);
    assert((look.kind == FILE_IMAGE) == str_has_prefix(look.type, "image/"));

    memcpy(name, bytes, size);
    name[size] = '\0';
    file_name_clean(name, clean);
    const size_t len = strlen(clean);
    assert(len > 0 && len <= CHAT_FILE_NAME_MAX && str_is_utf8(clean, len));
    assert(strpbrk(clean, "/\\:*?\"<>|\r\n\t") == NULL && clean[0] != '.');
    file_name_clean(clean, again);
    assert(strcmp(clean, again) == 0);
    (void)file_kind_by_name(clean);
    free(name);
    free(bytes);
    return 0;
}
