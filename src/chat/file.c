#include "chat/file.h"

#include <ctype.h>
#include <string.h>

#include "base/str.h"

static const char *const kinds[] = {"?",       "image", "pdf",   "text",   "office",
                                    "archive", "media", "other", "program"};

const char *file_kind_name(enum file_kind kind)
{
    return (size_t)kind < COUNT_OF(kinds) ? kinds[kind] : "?";
}

enum file_kind file_kind_of(const char *name)
{
    for (size_t i = 1; i < COUNT_OF(kinds); i++)
        if (str_equal(kinds[i], name))
            return (enum file_kind)i;
    return 0;
}

/* ---- the name ---- */

/* Where the extension begins, with its dot; the end when there is none worth keeping. */
static size_t extension_at(const char *name, size_t len)
{
    for (size_t i = len; i > 1 && len - i < 12; i--)
        if (name[i - 1] == '.')
            return i - 1;
    return len;
}

/* Direction marks make "exe.png" of "gnp.exe": U+200B-200F, U+202A-202E, U+2060-206F, U+FEFF; and
 * U+0080-009F, which are control characters. How many bytes of them begin here. */
static size_t is_mark(const unsigned char *p)
{
    if (p[0] == 0xC2 && p[1] >= 0x80 && p[1] <= 0x9F)
        return 2;
    if (p[0] == 0xE2 && p[1] == 0x80 &&
        ((p[2] >= 0x8B && p[2] <= 0x8F) || (p[2] >= 0xA8 && p[2] <= 0xAE)))
        return 3;
    if (p[0] == 0xE2 && p[1] == 0x81 && p[2] >= 0xA0 && p[2] <= 0xAF)
        return 3;
    if (p[0] == 0xEF && p[1] == 0xBB && p[2] == 0xBF)
        return 3;
    return 0;
}

static bool is_edge(char c)
{
    return c == ' ' || c == '.';
}

void file_name_clean(const char *name, char out[CHAT_FILE_NAME_MAX + 1])
{
    char text[4 * CHAT_FILE_NAME_MAX + 1];
    size_t len = 0, from = 0;

    if (!str_is_utf8(name, strlen(name)))
        name = "";
    for (const char *p = name; *p != '\0'; p++)
        if (*p == '/' || *p == '\\')
            name = p + 1;
    /* The end of a name that is far too long is what tells the extension. */
    if (strlen(name) > sizeof(text) - 1) {
        name += strlen(name) - (sizeof(text) - 1);
        while (((unsigned char)*name & 0xC0) == 0x80)
            name++;
    }
    for (const unsigned char *p = (const unsigned char *)name; *p != '\0';) {
        const size_t mark = is_mark(p);

        if (mark > 0) {
            p += mark;
            continue;
        }
        text[len++] = *p < 0x20 || *p == 0x7F || strchr(":*?\"<>|", *p) != NULL ? ' ' : (char)*p;
        p++;
    }
    while (len > from && is_edge(text[len - 1]))
        len--;
    while (from < len && is_edge(text[from]))
        from++;
    const char *kept = text + from;
    len -= from;
    const size_t dot = extension_at(kept, len);
    const size_t tail = len - dot;
    const size_t head = str_cut_utf8(kept, dot, CHAT_FILE_NAME_MAX - tail);
    memcpy(out, kept, head);
    memcpy(out + head, kept + dot, tail);
    out[head + tail] = '\0';
    if (head + tail == 0)
        memcpy(out, "file", 5);
}

enum file_kind file_kind_by_name(const char *name)
{
    static const struct {
        const char *extensions; /* each between two spaces */
        enum file_kind kind;
    } known[] = {
        {" png jpg jpeg jfif gif webp bmp tif tiff heic heif svg avif ", FILE_IMAGE},
        {" pdf ", FILE_PDF},
        {" txt log csv tsv md json xml yml yaml ini cfg conf htm html eml rtf ics vcf ", FILE_TEXT},
        {" doc docx docm xls xlsx xlsm ppt pptx pptm odt ods odp msg vsd vsdx one pub ",
         FILE_OFFICE},
        {" zip 7z rar gz tgz bz2 xz tar cab iso zst ", FILE_ARCHIVE},
        {" mp3 mp4 m4a m4v mov avi mkv webm ogg oga ogv wav flac wmv ", FILE_MEDIA},
        {" exe dll com scr bat cmd ps1 psm1 vbs vbe js jse wsf wsh msi msp msix appx lnk hta cpl "
         "jar reg pif scf url sh app dmg pkg deb rpm apk gadget inf sys chm ",
         FILE_PROGRAM},
    };
    const size_t len = strlen(name), dot = extension_at(name, len);
    char key[16] = " ";

    if (dot + 1 >= len || len - dot > 12)
        return FILE_OTHER;
    memcpy(key + 1, name + dot + 1, len - dot - 1);
    key[len - dot] = ' ';
    str_lower(key);
    for (size_t i = 0; i < COUNT_OF(known); i++)
        if (strstr(known[i].extensions, key) != NULL)
            return known[i].kind;
    return FILE_OTHER;
}

/* ---- the first bytes ---- */

struct head {
    const unsigned char *p;
    size_t len;
};

static bool begins(const struct head *h, size_t at, const char *bytes, size_t len)
{
    return h->len >= at + len && memcmp(h->p + at, bytes, len) == 0;
}

#define BEGINS(h, at, bytes) begins((h), (at), (bytes), sizeof(bytes) - 1)

static uint32_t be16(const unsigned char *p)
{
    return (uint32_t)p[0] << 8 | p[1];
}

static uint32_t be32(const unsigned char *p)
{
    return be16(p) << 16 | be16(p + 2);
}

static uint32_t le16(const unsigned char *p)
{
    return (uint32_t)p[1] << 8 | p[0];
}

static uint32_t le24(const unsigned char *p)
{
    return (uint32_t)p[2] << 16 | le16(p);
}

/* Along the segments to the one that tells the frame (ITU T.81, B.1.1). */
static void jpeg_size(const struct head *h, struct file_look *look)
{
    size_t at = 2;

    while (at + 9 <= h->len && h->p[at] == 0xFF) {
        const unsigned char mark = h->p[at + 1];

        if (mark == 0xFF) {
            at++;
            continue;
        }
        if (mark >= 0xC0 && mark <= 0xCF && mark != 0xC4 && mark != 0xC8 && mark != 0xCC) {
            look->height = be16(h->p + at + 5);
            look->width = be16(h->p + at + 7);
            return;
        }
        if (mark == 0xDA || mark == 0xD9)
            return;
        if (mark == 0x01 || (mark >= 0xD0 && mark <= 0xD8))
            at += 2;
        else
            at += 2 + be16(h->p + at + 2);
    }
}

static void webp_size(const struct head *h, struct file_look *look)
{
    if (BEGINS(h, 12, "VP8X") && h->len >= 30) {
        look->width = le24(h->p + 24) + 1;
        look->height = le24(h->p + 27) + 1;
    } else if (BEGINS(h, 12, "VP8L") && h->len >= 25 && h->p[20] == 0x2F) {
        const uint32_t bits = le16(h->p + 21) | le16(h->p + 23) << 16;

        look->width = (bits & 0x3FFF) + 1;
        look->height = (bits >> 14 & 0x3FFF) + 1;
    } else if (BEGINS(h, 12, "VP8 ") && BEGINS(h, 23, "\x9d\x01\x2a") && h->len >= 30) {
        look->width = le16(h->p + 26) & 0x3FFF;
        look->height = le16(h->p + 28) & 0x3FFF;
    }
}

static bool look_for_image(const struct head *h, struct file_look *look)
{
    look->kind = FILE_IMAGE;
    if (BEGINS(h, 0, "\x89PNG\r\n\x1a\n") && BEGINS(h, 12, "IHDR") && h->len >= 24) {
        look->type = "image/png";
        look->width = be32(h->p + 16);
        look->height = be32(h->p + 20);
    } else if (BEGINS(h, 0, "\xff\xd8\xff")) {
        look->type = "image/jpeg";
        jpeg_size(h, look);
    } else if ((BEGINS(h, 0, "GIF87a") || BEGINS(h, 0, "GIF89a")) && h->len >= 10) {
        look->type = "image/gif";
        look->width = le16(h->p + 6);
        look->height = le16(h->p + 8);
    } else if (BEGINS(h, 0, "RIFF") && BEGINS(h, 8, "WEBPVP8")) {
        look->type = "image/webp";
        webp_size(h, look);
    } else {
        return false;
    }
    /* No picture is so large: its head lies. */
    if (look->width > 65535 || look->height > 65535 || look->width == 0 || look->height == 0)
        look->width = look->height = 0;
    return true;
}

static bool is_text(const struct head *h)
{
    const char *text = (const char *)h->p;

    if (memchr(text, '\0', h->len) != NULL)
        return BEGINS(h, 0, "\xff\xfe") || BEGINS(h, 0, "\xfe\xff");
    /* A letter may be cut at the end of what is looked at. */
    return str_is_utf8(text,
                       h->len < FILE_HEAD_SIZE ? h->len : str_cut_utf8(text, h->len, h->len - 4));
}

struct file_look file_look_at(const void *bytes, size_t len)
{
    static const struct {
        size_t at;
        const char *bytes;
        size_t len;
        enum file_kind kind;
    } known[] = {
        {0, "%PDF-", 5, FILE_PDF},
        {0, "PK\3\4", 4, FILE_ARCHIVE}, /* also what office programs write since 2007 */
        {0, "PK\5\6", 4, FILE_ARCHIVE},
        {0, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8, FILE_OFFICE}, /* and before; also .msi */
        {0, "7z\xbc\xaf\x27\x1c", 6, FILE_ARCHIVE},
        {0, "Rar!\x1a\x07", 6, FILE_ARCHIVE},
        {0, "\x1f\x8b", 2, FILE_ARCHIVE},
        {0, "BZh", 3, FILE_ARCHIVE},
        {0,
         "\xfd"
         "7zXZ",
         5, FILE_ARCHIVE},
        {4, "ftyp", 4, FILE_MEDIA},
        {0, "ID3", 3, FILE_MEDIA},
        {0, "OggS", 4, FILE_MEDIA},
        {0, "fLaC", 4, FILE_MEDIA},
        {0, "\x1a\x45\xdf\xa3", 4, FILE_MEDIA},
        {8, "WAVE", 4, FILE_MEDIA},
        {8, "AVI ", 4, FILE_MEDIA},
        {0, "MZ", 2, FILE_PROGRAM},
        {0,
         "\x7f"
         "ELF",
         4, FILE_PROGRAM},
        {0, "\xcf\xfa\xed\xfe", 4, FILE_PROGRAM},
        {0, "\xca\xfe\xba\xbe", 4, FILE_PROGRAM},
        {0, "L\0\0\0\1\x14\2\0", 8, FILE_PROGRAM}, /* a Windows shortcut */
        {0, "#!", 2, FILE_PROGRAM},
    };
    const struct head h = {bytes, len < FILE_HEAD_SIZE ? len : FILE_HEAD_SIZE};
    struct file_look look = {.kind = FILE_OTHER, .type = "application/octet-stream"};

    if (h.len == 0) {
        look.kind = FILE_TEXT;
        return look;
    }
    if (look_for_image(&h, &look))
        return look;
    look.kind = FILE_OTHER;
    for (size_t i = 0; i < COUNT_OF(known); i++)
        if (begins(&h, known[i].at, known[i].bytes, known[i].len)) {
            look.kind = known[i].kind;
            return look;
        }
    if (is_text(&h))
        look.kind = FILE_TEXT;
    return look;
}
