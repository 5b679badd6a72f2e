#include "base/qr.h"

#include <qrencode.h>

/* The library's own type, under our name. */
static QRcode *code_of(const struct qr *q)
{
    return (QRcode *)(uintptr_t)q;
}

struct qr *qr_new(const char *text)
{
    return (struct qr *)QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M);
}

void qr_free(struct qr *q)
{
    QRcode_free(code_of(q));
}

int qr_size(const struct qr *q)
{
    return code_of(q)->width;
}

bool qr_is_dark(const struct qr *q, int row, int column)
{
    return (code_of(q)->data[row * qr_size(q) + column] & 1) != 0;
}
