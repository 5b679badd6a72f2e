/* The days that a report is asked for: what is taken are whole days, not too many, and reads the
 * same when it is asked for again. Lines: from, to, days. */
#include "chat/period.h"

#include <stdlib.h>
#include <string.h>

#include "fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct zone *zone;
    char *text = calloc(1, size + 1), *part[3], *at = text;
    struct period p, again;
    struct err err = {""};

    MUST(text != NULL);
    if (size > 0)
        memcpy(text, data, size);
    if (zone == NULL)
        zone = zone_new("Europe/Berlin");
    MUST(zone != NULL);
    for (size_t i = 0; i < 3; i++) {
        part[i] = at;
        at += strcspn(at, "\n");
        if (*at == '\n')
            *at++ = '\0';
    }
    if (period_read(&p, zone, INT64_C(1790000000000), part[0], part[1], part[2], &err) == 0) {
        const int64_t hours = (p.to_ms - p.from_ms) / 3600000;

        MUST(hours >= 23 && hours <= PERIOD_DAYS * 24 + 1);
        MUST(period_read(&again, zone, 0, p.from, p.to, "", &err) == 0);
        MUST(again.from_ms == p.from_ms && again.to_ms == p.to_ms);
    } else {
        MUST(err.text[0] != '\0');
    }
    free(text);
    return 0;
}
