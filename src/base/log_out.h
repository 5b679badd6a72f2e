/* Where the log's lines go: to stderr, without ever waiting for whoever reads it. */
#ifndef PARLEY_LOG_OUT_H
#define PARLEY_LOG_OUT_H

#include "base/base.h"

/* Write at once what stderr takes; a thread writes the rest when it takes it. When 256 KiB wait,
 * whole lines are dropped, and a line log_dropped stands where they would have been. The end of the
 * process waits up to two seconds for what is left. After abort() only a line that stderr did not
 * take at once may be missing. From any thread. */
void log_out_put(const char *line, size_t len);

#endif
