/* What Parley writes to Syncro: the bodies of its calls and how its own marks look there
 * (syncro-api.md, section 4). Pure: values in, text out. */
#ifndef PARLEY_SYNCRO_BODY_H
#define PARLEY_SYNCRO_BODY_H

#include "base/buf.h"
#include "store/store.h"

#define SYNCRO_SUBJECT_MAX 255   /* bytes; the column's size is not documented */
#define SYNCRO_BODY_MAX    60000 /* bytes of one comment */
#define SYNCRO_MARK_SIZE   64
#define SYNCRO_FILE_SIZE   200 /* a file's name there */

/* What a new ticket is made with. Texts may be "". */
struct syncro_ticket_defaults {
    int64_t customer, contact; /* contact 0: none */
    const char *status, *priority, *problem_type;
};

/* The subject of the comment that carries this entry, "PLY-7K3F9Q2M #4-9" or "PLY-7K3F9Q2M #4":
 * it names the entry, and is how a doubtful one is found again. */
void syncro_mark(const struct store_taken *taken, char mark[SYNCRO_MARK_SIZE]);

/* What the description of a new ticket ends with: the reference; where the conversation had a
 * ticket before that is gone, the mark above, for the old description may live on in another
 * ticket. */
void syncro_description_mark(const struct store_taken *taken, char mark[SYNCRO_MARK_SIZE]);
/* Does the text hold this mark, and not a longer one? */
bool syncro_holds_mark(const char *text, const char *mark);

/* POST /tickets. The first message is the description and ends with the reference. The priority is
 * the one in the payload ({"priority": ...}, what the person chose), else the default. */
void syncro_ticket_body(const struct store_taken *taken,
                        const struct syncro_ticket_defaults *defaults, struct buf *to);
/* POST /tickets/ID/comment. Notes are hidden. Syncro emails what staff say where taken->psa_emails,
 * and nothing else, ever. */
void syncro_comment_body(const struct store_taken *taken, struct buf *to);

/* PUT /tickets/ID: what the payload (store/ticket.h) changes, by Syncro's names; nothing else,
 * whatever it holds. */
void syncro_update_body(const struct store_taken *taken, struct buf *to);

/* What the i-th file of taken's message is called in Syncro: its name with a mark that no other
 * file has, "plan PLY-7K3F9Q2M-4-1.pdf", by which a doubtful one is found again. */
void syncro_file_mark(const struct store_taken *taken, size_t i, char mark[SYNCRO_MARK_SIZE]);
void syncro_file_name(const struct store_taken *taken, size_t i, char name[SYNCRO_FILE_SIZE]);
/* POST /tickets/ID/attach_file_url. */
void syncro_files_body(const struct store_taken *taken, const char *const urls[], struct buf *to);

#endif
