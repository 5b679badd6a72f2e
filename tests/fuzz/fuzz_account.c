/* What an administrator types or pastes as the Syncro subdomain: whatever it is, the token can only
 * ever go to one host below syncromsp.com. */
#include <string.h>

#include "base/str.h"
#include "fuzz/fuzz.h"
#include "psa/syncro/syncro.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789-";
    struct psa_account account, again;
    struct err err = {""};
    char *text = malloc(size + 1);
    char origin[128] = "https://";

    MUST(text != NULL);
    memcpy(text, data, size);
    text[size] = '\0';
    if (syncro_understand(text, &account, &err) != 0) {
        MUST(err.text[0] != '\0' && str_is_utf8(err.text, strlen(err.text)));
    } else {
        const size_t len = strlen(account.account);
        MUST(len >= 1 && len <= 63 && strspn(account.account, letters) == len);
        MUST(account.account[0] != '-' && account.account[len - 1] != '-');
        memcpy(origin + 8, account.account, len);
        memcpy(origin + 8 + len, ".syncromsp.com", 15);
        MUST(strcmp(account.origin, origin) == 0);
        /* What was understood means itself. */
        MUST(syncro_understand(account.account, &again, NULL) == 0);
        MUST(strcmp(again.origin, origin) == 0);
        MUST(syncro_understand(origin, &again, NULL) == 0);
        MUST(strcmp(again.account, account.account) == 0);
    }
    free(text);
    return 0;
}
