/* Keys for REST: what they look like and what they may do. */
#ifndef PARLEY_CHAT_KEY_H
#define PARLEY_CHAT_KEY_H

#include "base/base.h"

#define KEY_PREFIX "ply_"
#define KEY_LEN    47 /* the prefix and 43 letters of base64url */

#define KEY_READ   "read"   /* conversations and what is said in them, notes too */
#define KEY_WRITE  "write"  /* say, note, give, tag, close and open again */
#define KEY_PEOPLE "people" /* who the people are */

/* Has it the form of a key? */
bool key_is_whole(const char *text);
bool key_is_right(const char *text);

#endif
