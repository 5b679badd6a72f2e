/* Names and kinds of files. */
#include "chat/file.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void names(void **state)
{
    static const struct {
        const char *told, *kept;
    } rows[] = {
        {"photo.png", "photo.png"},
        {"../../etc/passwd", "passwd"},
        {"C:\\Users\\x\\a.txt", "a.txt"},
        {"a\r\nb.txt", "a  b.txt"},
        {" . a.txt. ", "a.txt"},
        {"...", "file"},
        {"", "file"},
        {"a/", "file"},
        {"\xff.txt", "file"},
        {"gpj.\xe2\x80\xae"
         "exe",
         "gpj.exe"},
        {"M\xc3\xbcller.pdf", "M\xc3\xbcller.pdf"},
    };
    char out[CHAT_FILE_NAME_MAX + 1], text[300];

    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        file_name_clean(rows[i].told, out);
        assert_string_equal(out, rows[i].kept);
    }
    memset(text, 'x', 290);
    memcpy(text + 290, ".jpeg", 6);
    file_name_clean(text, out);
    assert_int_equal(strlen(out), CHAT_FILE_NAME_MAX);
    assert_string_equal(out + CHAT_FILE_NAME_MAX - 5, ".jpeg");
}

static void kinds(void **state)
{
    (void)state;
    assert_int_equal(file_kind_by_name("a.PNG"), FILE_IMAGE);
    assert_int_equal(file_kind_by_name("a.pdf.exe"), FILE_PROGRAM);
    assert_int_equal(file_kind_by_name("a"), FILE_OTHER);
    assert_int_equal(file_kind_by_name("a."), FILE_OTHER);
    assert_int_equal(file_kind_by_name("a.xyz"), FILE_OTHER);
    assert_int_equal(file_kind_of(file_kind_name(FILE_MEDIA)), FILE_MEDIA);
    assert_int_equal(file_kind_of("virus"), 0);
}

#define LOOK(s) file_look_at((s), sizeof(s) - 1)

static void looks(void **state)
{
    struct file_look l = LOOK("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\2\x80\0\0\1\xe0\x08");

    (void)state;
    assert_string_equal(l.type, "image/png");
    assert_int_equal(l.width, 640);
    assert_int_equal(l.height, 480);
    l = LOOK("\xff\xd8\xff\xe0\0\4ab\xff\xc0\0\x11\x08\0\x20\0\x40\3\1");
    assert_string_equal(l.type, "image/jpeg");
    assert_int_equal(l.width, 64);
    assert_int_equal(l.height, 32);
    l = LOOK("GIF89a\x10\0\x20\0");
    assert_int_equal(l.width, 16);
    assert_int_equal(l.height, 32);
    l = LOOK("RIFF\x20\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\x0f\0\0\x1f\0\0");
    assert_string_equal(l.type, "image/webp");
    assert_int_equal(l.width, 16);
    assert_int_equal(l.height, 32);
    l = LOOK("<html><script>alert(1)</script>");
    assert_int_equal(l.kind, FILE_TEXT);
    assert_string_equal(l.type, "application/octet-stream");
    l = LOOK("<svg xmlns='http://www.w3.org/2000/svg'/>");
    assert_string_equal(l.type, "application/octet-stream");
    assert_int_equal(LOOK("MZ\x90").kind, FILE_PROGRAM);
    assert_int_equal(LOOK("%PDF-1.7").kind, FILE_PDF);
    assert_int_equal(LOOK("a\0b").kind, FILE_OTHER);
    assert_int_equal(file_look_at("", 0).kind, FILE_TEXT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names),
        cmocka_unit_test(kinds),
        cmocka_unit_test(looks),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
