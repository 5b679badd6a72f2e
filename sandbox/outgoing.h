/* What the stand-in does outwards: it sends the webhooks and fetches the files that the core has
 * queued, one of each at a time, beside everything else. */
#ifndef SANDBOX_OUTGOING_H
#define SANDBOX_OUTGOING_H

#include "net/loop.h"
#include "sandbox/sandbox.h"

struct outgoing;

/* From now on; the sandbox must outlive it. NULL with err. */
struct outgoing *outgoing_new(struct loop *loop, struct sandbox *sb, struct err *err) WARN_UNUSED;
void outgoing_free(struct outgoing *o);

#endif
