/* Faults: what goes wrong with which request. */
#include <string.h>

#include "base/str.h"
#include "sandbox/core_private.h"

static const char *const kinds[] = {
    [SANDBOX_DELAY] = "delay",
    [SANDBOX_RESET_BEFORE] = "reset_before",
    [SANDBOX_RESET_AFTER] = "reset_after",
    [SANDBOX_STATUS] = "status",
    [SANDBOX_HTML] = "html",
    [SANDBOX_CONTENT_TYPE] = "content_type",
    [SANDBOX_CLOCK_SKEW] = "clock_skew",
};

int sandbox_fault_kind(const char *name, enum sandbox_fault_kind *kind)
{
    for (size_t i = 0; i < COUNT_OF(kinds); i++) {
        if (strcmp(kinds[i], name) == 0) {
            *kind = (enum sandbox_fault_kind)i;
            return 0;
        }
    }
    return -1;
}

int sandbox_add_fault(struct sandbox *sb, const struct sandbox_fault *fault, struct err *err)
{
    struct sb_fault *to = &sb->faults[sb->fault_count];

    if (sb->fault_count == SB_FAULTS_MAX)
        return err_set(err, "at most %d faults; clear them first", SB_FAULTS_MAX);
    if (fault->status != 0 && (fault->status < 200 || fault->status > 599))
        return err_set(err, "status %d is not within 200 to 599", fault->status);
    if (fault->times < 0 || fault->every < 0)
        return err_set(err, "times and every cannot be negative");
    if (fault->kind == SANDBOX_DELAY && (fault->ms < 1 || fault->ms > 3600000))
        return err_set(err, "a delay takes ms of 1 to 3600000");
    if (fault->kind == SANDBOX_CLOCK_SKEW && (fault->ms < -864000000 || fault->ms > 864000000))
        return err_set(err, "a clock_skew takes ms of at most ten days");
    *to = (struct sb_fault){.f = *fault};
    if (fault->method != NULL && str_copy(to->method, sizeof(to->method), fault->method) != 0)
        return err_set(err, "method too long");
    if (fault->path_prefix != NULL &&
        str_copy(to->prefix, sizeof(to->prefix), fault->path_prefix) != 0)
        return err_set(err, "path_prefix too long");
    sb->fault_count++;
    return 0;
}

void sandbox_clear_faults(struct sandbox *sb)
{
    sb->fault_count = 0;
}

/* Prefixes may be given with or without /api/v1. */
static bool path_matches(const char *path, const char *prefix)
{
    static const char root[] = "/api/v1";

    if (str_has_prefix(path, prefix))
        return true;
    return str_has_prefix(path, root) && str_has_prefix(path + sizeof(root) - 1, prefix);
}

/* Whether the fault is for such a request, and not over. */
static bool concerns(const struct sb_fault *fault, const char *method, const char *path)
{
    if (fault->method[0] != '\0' && !str_equal_nocase(fault->method, method))
        return false;
    if (!path_matches(path, fault->prefix))
        return false;
    return fault->f.times == 0 || fault->fired < fault->f.times;
}

/* Whether the fault happens to this request, and its counting. */
static bool strikes(struct sb_fault *fault, const char *method, const char *path)
{
    if (!concerns(fault, method, path))
        return false;
    fault->seen++;
    if (fault->f.every > 1 && fault->seen % fault->f.every != 0)
        return false;
    fault->fired++;
    return true;
}

static void apply(const struct sandbox_fault *f, struct sb_verdict *v)
{
    switch (f->kind) {
    case SANDBOX_DELAY:
        if (f->effect)
            v->delay_ms += f->ms;
        else
            v->hold_ms += f->ms;
        break;
    case SANDBOX_RESET_BEFORE:
        v->before = true;
        break;
    case SANDBOX_RESET_AFTER:
        v->after = true;
        break;
    case SANDBOX_STATUS:
    case SANDBOX_HTML:
        v->replace = true;
        v->html = f->kind == SANDBOX_HTML;
        v->effect = f->effect;
        v->status = f->status != 0 ? f->status : v->html ? 200 : 503;
        break;
    case SANDBOX_CONTENT_TYPE:
        v->wrong_type = true;
        break;
    case SANDBOX_CLOCK_SKEW:
        v->skew_ms += f->ms;
        break;
    }
}

void sb_fault_judge(struct sandbox *sb, const char *method, const char *path,
                    struct sb_verdict *verdict)
{
    for (size_t i = 0; i < sb->fault_count; i++)
        if (strikes(&sb->faults[i], method, path))
            apply(&sb->faults[i].f, verdict);
}

int64_t sb_fault_skew(const struct sandbox *sb, const char *method, const char *path)
{
    int64_t ms = 0;

    for (size_t i = 0; i < sb->fault_count; i++) {
        const struct sb_fault *fault = &sb->faults[i];
        if (fault->f.kind == SANDBOX_CLOCK_SKEW && concerns(fault, method, path))
            ms += fault->f.ms;
    }
    return ms;
}
