/* Making an operation. For store.c and its backends only. */
#ifndef PARLEY_STORE_OP_PRIVATE_H
#define PARLEY_STORE_OP_PRIVATE_H

#include "store/store_private.h"

struct store_op *store_op_new(enum store_op_kind kind, store_fn *fn, void *arg);
/* Replace a text of the input by the operation's own copy; at most max bytes (asserted). */
void store_op_text(struct store_op *op, const char **text, size_t max);
void store_op_audit(struct store_op *op, struct store_audit *audit);
/* The facts of a ticket; what is too long is cut. */
void store_op_cut_ticket(struct store_op *op, struct store_psa_ticket *t);
/* The texts of a letter in an input. */
void store_op_mail(struct store_op *op, struct store_mail *mail);
/* Hand it to the backend; the handle for the caller, NULL when nobody is told. */
struct store_op *store_op_submit(struct store *s, struct store_op *op);

#endif
