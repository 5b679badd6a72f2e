/* What the status of a ticket means to a person: the account's words in one of six plain ones. The
 * administrator's map says it, and where it is silent the words of the status themselves. */
#ifndef PARLEY_CHAT_STATUS_H
#define PARLEY_CHAT_STATUS_H

#include "base/base.h"
#include "base/buf.h"
#include "base/json.h"

#define STATUS_MAX   128 /* bytes of a status that is looked at */
#define STATUS_COUNT 100 /* of an account's list */

enum status_bucket {
    STATUS_NEW = 1,     /* we have it */
    STATUS_WORKING,     /* we are at it */
    STATUS_WAITING_YOU, /* the person is to answer or to do something */
    STATUS_WAITING_US,  /* the person has answered */
    STATUS_SCHEDULED,   /* it has a day, or waits for parts or another company */
    STATUS_SOLVED,
};

/* What the administrator says; NULL is a map that says nothing. */
struct status_map;

/* Of the map's JSON: {"solved": status, "help": status, "words": [{"status", "word"}...]}. A text
 * that is none, and members that make no sense, say nothing. */
struct status_map *status_map_new(const char *json, size_t len) WARN_UNUSED;
void status_map_free(struct status_map *map);

/* "new", "working", "waiting_you", "waiting_us", "scheduled", "solved": the protocol's words. */
const char *status_word(enum status_bucket bucket);
/* 0: no such word. */
enum status_bucket status_read_word(const char *word);

/* By the words of the status alone; "" is STATUS_NEW, strange words are STATUS_WORKING. */
enum status_bucket status_by_words(const char *status);
/* Do the words of a status say that the ticket is done with? */
bool status_is_closed(const char *status);
/* As the map has it, else by its words. */
enum status_bucket status_bucket(const struct status_map *map, const char *status);
/* What a person is told: a ticket that is closed is solved whatever its status; one that is open
 * again while its status still says solved waits for us. */
enum status_bucket status_told(const struct status_map *map, const char *status, bool open);

enum status_act {
    STATUS_ACT_SOLVED, /* "this is solved" */
    STATUS_ACT_HELP,   /* "I still need help" */
};

/* The status that an act sets, as the account's list (an array of texts) writes it; NULL: the act
 * is not offered. The map's; where the map has no word of the act, the first of the list that fits
 * by its words. One that is not in the list (any more) is never set. */
const char *status_of_act(const struct status_map *map, const struct json *statuses,
                          enum status_act act);
/* What the map itself says of an act: "" for not offered, NULL for nothing. */
const char *status_map_act(const struct status_map *map, enum status_act act);
/* What the map itself says of a status; 0: nothing. */
enum status_bucket status_map_bucket(const struct status_map *map, const char *status);

#endif
