/* What files need besides the store: what an administrator allows, where the bytes lie, which file
 * is being written now, the addresses by which the PSA fetches them, and the broom. */
#ifndef PARLEY_API_FILES_H
#define PARLEY_API_FILES_H

#include "base/json.h"
#include "base/jw.h"
#include "chat/file.h"
#include "store/store.h"

struct api;
struct env;
struct files;
struct files_lock;
struct secret_key;
struct work_pool;

/* What an administrator may choose. */
struct files_rules {
    int64_t max_mib;          /* of one file */
    int64_t count;            /* of one message */
    int64_t conversation_mib; /* of one conversation together */
    int64_t disk_mib;         /* of all together */
    unsigned kinds;           /* that are taken: 1 << enum file_kind */
};

#define FILES_MIB          INT64_C(1048576)
#define FILES_MAX_MIB      1024
#define FILES_DISK_MAX_MIB (16 * INT64_C(1048576))
#define FILES_LOOSE_MAX    40 /* of one sender, that are part of no message yet */
#define FILES_LOOSE_MS     INT64_C(86400000)
#define FILES_ADDRESS_MS   INT64_C(3600000) /* how long an address for the PSA is good */
#define FILES_ADDRESS_SIZE 1024

struct files_settings {
    struct env *env;
    struct store *store;
    struct work_pool *pool;
    const char *folder; /* DATA/files */
};

struct files *files_new(const struct files_settings *set) WARN_UNUSED;
void files_free(struct files *f);

struct files_rules files_rules_default(void);
const struct files_rules *files_rules(const struct files *f);
/* From the value's JSON; what is missing or wrong is as by default. */
struct files_rules files_rules_read(const char *json);
void files_rules_write(struct jw *w, const struct files_rules *rules);
/* An administrator has chosen. */
void files_rules_set(struct files *f, const struct files_rules *rules);
bool files_takes(const struct files *f, enum file_kind kind);

const char *files_folder(const struct files *f);
struct work_pool *files_pool(const struct files *f);

/* While one request writes to a file no other does. NULL: one does already. Freed by its last
 * owner, from whatever callback on the loop. */
struct files_lock *files_lock(struct files *f, const struct id *file);
struct files_lock *files_lock_ref(struct files_lock *l);
void files_unlock(struct files_lock **l);

/* What somebody had removed or the broom found is to be wiped off the disk now. */
void files_sweep_soon(struct files *f);

/* "ID/EXPIRES.MAC/NAME" under /v1/f/, good until expires_ms: whoever has it may have the file. */
void files_address(const struct secret_key *key, const struct store_file *file, int64_t expires_ms,
                   char path[FILES_ADDRESS_SIZE]);
/* Is `ticket`, "EXPIRES.MAC", ours for this file, and not too old? */
bool files_address_is_good(const struct secret_key *key, const struct id *file, const char *ticket,
                           int64_t now_ms);

/* {id, name, type, size, width, height} */
void files_print(struct jw *w, const struct store_file *file);

#endif
