/* The pages inside the program: made by web/embed.py from what web/build.mjs bundles. */
#ifndef PARLEY_API_ASSETS_H
#define PARLEY_API_ASSETS_H

#include "base/base.h"

struct asset {
    const char *name; /* "widget.js" */
    const char *content_type;
    const char *etag; /* with its quotes */
    const uint8_t *plain, *gzip;
    size_t plain_len, gzip_len;
};

extern const struct asset assets[];
extern const size_t assets_count;

#endif
