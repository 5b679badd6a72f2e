/* The file that --data names: every change of the records as one line of JSON, only ever appended
 * to, written before the answer that follows from it. */
#ifndef SANDBOX_JOURNAL_H
#define SANDBOX_JOURNAL_H

#include "sandbox/sandbox.h"

struct journal;

/* Open (or make) the file and lock it against a second sandbox; NULL with err. */
struct journal *journal_open(const char *path, struct err *err) WARN_UNUSED;
/* True when nothing was ever written to it. */
bool journal_is_empty(const struct journal *j);
/* Give all lines to the sandbox. A last line cut off by a crash is taken away; nobody was answered
 * for it. 0, or -1 with err that names the line. */
int journal_load(struct journal *j, struct sandbox *sb, struct err *err) WARN_UNUSED;
/* For struct sandbox_settings; arg is the journal. Ends the program when the disk refuses: an
 * answer without its line would be a lie after the next start. */
void journal_write(const char *line, size_t len, void *arg);
void journal_close(struct journal *j);

#endif
