/* cmocka and the headers that it wants before itself. */
#ifndef PARLEY_CMOCKA_WRAP_H
#define PARLEY_CMOCKA_WRAP_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#endif
