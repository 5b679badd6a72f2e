/* The limits of docs/protocol.md in one place; the server's `welcome` tells them to the client. */
#ifndef PARLEY_CHAT_LIMITS_H
#define PARLEY_CHAT_LIMITS_H

#define CHAT_BODY_MAX      8000  /* bytes */
#define CHAT_NAME_MAX      100   /* bytes */
#define CHAT_EMAIL_MAX     254   /* bytes: RFC 5321, 4.5.3.1.3 */
#define CHAT_SUBJECT_MAX   80    /* characters */
#define CHAT_FRAME_MAX     32768 /* bytes */
#define CHAT_CLIENT_ID_MIN 8
#define CHAT_CLIENT_ID_MAX 64
#define CHAT_TAG_MAX       40 /* bytes */
#define CHAT_TOKEN_LEN     43 /* base64url of 256 bits */
#define CHAT_PER_MINUTE    30 /* messages of one person */
#define CHAT_BURST         10
/* New conversations of one address: an office of 40 may come at once, and soon again. */
#define CHAT_STARTS_PER_MINUTE 30
#define CHAT_START_BURST       60
/* Hellos of browsers without a conversation: each of the 40 may open the chat three times. */
#define CHAT_NEWCOMERS_PER_MINUTE 60
#define CHAT_NEWCOMER_BURST       120
/* Files; an administrator may set others for size, number and kinds (the value "files"). */
#define CHAT_FILE_NAME_MAX            120 /* bytes */
#define CHAT_FILE_CHUNK               (256 * 1024)
#define CHAT_FILES_MAX                10 /* of one message */
#define CHAT_FILES_PER_MINUTE         20 /* of one browser or member of staff */
#define CHAT_FILES_BURST              30
#define CHAT_FILES_ADDRESS_PER_MINUTE 120
#define CHAT_FILES_ADDRESS_BURST      240
#define CHAT_TYPING_MS                2000 /* one `typing` is passed on in so long */
/* The end of the year 9999; of much later ones no page could show the date. */
#define CHAT_TIME_MAX INT64_C(253402300799000)

#endif
