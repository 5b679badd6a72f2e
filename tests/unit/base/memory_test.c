/* Arenas and buffers: their maxima above all. */
#include "cmocka_wrap.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"

static void arena_keeps_to_its_maximum(void **state)
{
    struct arena *a = arena_new(10000);

    (void)state;
    char *first = arena_alloc(a, 100);
    assert_non_null(first);
    for (int i = 0; i < 100; i++)
        assert_int_equal(first[i], 0);
    assert_int_equal((uintptr_t)first % _Alignof(max_align_t), 0);
    assert_null(arena_alloc(a, 20000));
    assert_null(arena_alloc(a, SIZE_MAX));
    size_t given = 100;
    while (arena_alloc(a, 64) != NULL)
        given += 64;
    assert_true(given <= 10000);
    arena_free(a);
    arena_free(NULL);
}

static void arena_copies(void **state)
{
    struct arena *a = arena_new(1000);

    (void)state;
    assert_string_equal(arena_strdup(a, "chat"), "chat");
    assert_string_equal(arena_strndup(a, "chatter", 4), "chat");
    assert_string_equal(arena_printf(a, "#%d", 1042), "#1042");
    assert_null(arena_strdup(a, NULL));
    arena_free(a);
}

static void buf_refuses_what_does_not_fit(void **state)
{
    struct buf b;

    (void)state;
    buf_init(&b, 8);
    buf_str(&b, "12345");
    assert_true(buf_ok(&b));
    buf_str(&b, "6789");
    assert_false(buf_ok(&b));
    buf_str(&b, "6");
    assert_string_equal(b.ptr, "12345");
    buf_clear(&b);
    buf_printf(&b, "%d", 12345678);
    assert_true(buf_ok(&b));
    assert_int_equal(b.len, 8);
    buf_consume(&b, 3);
    assert_string_equal(b.ptr, "45678");
    buf_consume(&b, 5);
    assert_int_equal(b.len, 0);
    buf_free(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(arena_keeps_to_its_maximum),
        cmocka_unit_test(arena_copies),
        cmocka_unit_test(buf_refuses_what_does_not_fit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
