/* What the other files of src/net may know of the loop. */
#ifndef PARLEY_LOOP_UV_H
#define PARLEY_LOOP_UV_H

#include <uv.h>

#include "net/loop.h"

uv_loop_t *loop_uv(struct loop *loop);

#endif
