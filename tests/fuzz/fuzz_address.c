/* What anybody types as their address: whatever comes out is an address in its one spelling. */
#include <string.h>

#include "base/str.h"
#include "chat/address.h"
#include "fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char to[ADDRESS_SIZE], again[ADDRESS_SIZE], shown[4 * ADDRESS_SIZE], domain[IDN_NAME_SIZE];
    char *text = malloc(size + 1);

    MUST(text != NULL);
    memcpy(text, data, size);
    text[size] = '\0';
    if (address_normalise(text, to) == ADDRESS_OK) {
        MUST(str_is_email(to) && strlen(to) <= CHAT_EMAIL_MAX);
        MUST(address_normalise(to, again) == ADDRESS_OK && strcmp(to, again) == 0);
        MUST(address_equal(text, to));
        for (const char *p = address_domain(to); *p != '\0'; p++)
            MUST((unsigned char)*p < 0x80 && !(*p >= 'A' && *p <= 'Z'));
        address_display(to, shown);
        MUST(address_equal(shown, to)); /* what is shown means the same */
        MUST(address_normalise_domain(address_domain(to), domain) == ADDRESS_OK);
        MUST(strcmp(domain, address_domain(to)) == 0);
    }
    address_display(text, shown);
    if (address_normalise_domain(text, domain) == ADDRESS_OK)
        MUST(strlen(domain) <= IDN_NAME_MAX);
    free(text);
    return 0;
}
