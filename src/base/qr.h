/* A text as a QR code, by libqrencode: a square of dark and light dots. */
#ifndef PARLEY_QR_H
#define PARLEY_QR_H

#include "base/base.h"

struct qr;

/* NULL when the text does not fit (some 2,000 bytes). */
struct qr *qr_new(const char *text) WARN_UNUSED;
void qr_free(struct qr *q);
/* Dots on a side, without the light border of 4 that a reader needs. */
int qr_size(const struct qr *q);
bool qr_is_dark(const struct qr *q, int row, int column);

#endif
