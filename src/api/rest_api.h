/* Programs of others over REST: the way from the key to the handler. Private to src/api. */
#ifndef PARLEY_API_REST_API_H
#define PARLEY_API_REST_API_H

#include "api/rest_private.h"

/* Whose key is it, may it do this, and not too often? Then calls then(r) with r->key set; else
 * answers. */
void rest_api_check(struct rest *r, void (*then)(struct rest *r));
/* Was this asked before under its Idempotency-Key? Then it is answered as then; else calls then(r),
 * whose answer is kept. */
void rest_api_once(struct rest *r, void (*then)(struct rest *r));
/* The answer in r->out is to be kept first: true, and it goes out later. */
bool rest_api_keep(struct rest *r, int status);
/* Send what is in r->out. */
void rest_again(struct rest *r, int status);

#endif
