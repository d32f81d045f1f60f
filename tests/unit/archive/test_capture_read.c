/* SPDX-License-Identifier: Apache-2.0 */
/* A capture is read back only where it is exactly what was recorded. */
#include "unit/archive/warcs.h"

#include <sys/stat.h>
#include <unistd.h>

#define A "http://a.example/"
#define B "http://b.example/"

#define FILE_NAME "one.warc.gz"

struct folder {
    char path[64];
    char sha256[BYLAW__SHA256_HEX]; /* of the second record */
    size_t second, end;
};

static void put_file(const struct folder *folder, const char *name,
                     struct bylaw_span bytes)
{
    char path[128];

    snprintf(path, sizeof(path), "%s/%s", folder->path, name);
    assert_int_equal(bylaw__file_replace(path, bytes, NULL), 0);
}

static int set_up(void **state)
{
    struct folder *folder = calloc(1, sizeof(*folder));
    struct bylaw__buf file = {0};

    strcpy(folder->path, "/tmp/bylaw-captures-XXXXXX");
    assert_non_null(mkdtemp(folder->path));
    pack_page(&file, A);
    folder->second = file.len;
    pack_page(&file, B);
    folder->end = file.len;
    bylaw__sha256_hex(folder->sha256,
                      bylaw__span_sub(bylaw__buf_span(&file), folder->second,
                                      file.len));
    put_file(folder, FILE_NAME, bylaw__buf_span(&file));
    bylaw__buf_release(&file);
    *state = folder;
    return 0;
}

static int tear_down(void **state)
{
    static const char *const names[] = {FILE_NAME, FILE_NAME ".open"};
    struct folder *folder = *state;

    for (size_t i = 0; i < COUNT(names); i++) {
        char path[128];

        snprintf(path, sizeof(path), "%s/%s", folder->path, names[i]);
        unlink(path);
    }
    rmdir(folder->path);
    free(folder);
    return 0;
}

static struct bylaw__capture_ref ref_of(const struct folder *folder)
{
    return (struct bylaw__capture_ref){FILE_NAME, folder->second,
                                       folder->end - folder->second,
                                       folder->sha256};
}

static void check_refused(const struct folder *folder,
                          struct bylaw__capture_ref ref, const char *id)
{
    struct bylaw__capture *capture = NULL;
    struct bylaw_error err = {0};

    assert_true(bylaw__capture_read(&capture, folder->path, &ref, &err) < 0);
    assert_null(capture);
    assert_string_equal(err.id, id);
    assert_non_null(bylaw_diagnostic_find(id));
}

static void check_read(const struct folder *folder)
{
    struct bylaw__capture_ref ref = ref_of(folder);
    struct bylaw__capture *capture = NULL;

    assert_int_equal(bylaw__capture_read(&capture, folder->path, &ref, NULL),
                     0);
    assert_true(bylaw__span_is(capture->record.target_uri, B));
    assert_true(bylaw__span_is(capture->record.block, PAGE_TEXT));
    assert_int_equal(capture->record.kind, BYLAW__WARC_RESPONSE);
    assert_int_equal(capture->record.offset, folder->second);
    assert_int_equal(capture->record.length, ref.length);
    bylaw__capture_free(capture);
}

static void test_capture__is_read_from_its_place(void **state)
{
    check_read(*state);
}

static void test_capture__is_found_before_its_file_is_sealed(void **state)
{
    struct folder *folder = *state;
    char sealed[128], open[140];

    snprintf(sealed, sizeof(sealed), "%s/" FILE_NAME, folder->path);
    snprintf(open, sizeof(open), "%s.open", sealed);
    assert_int_equal(rename(sealed, open), 0);
    check_read(folder);
}

static void test_capture__elsewhere_is_missing(void **state)
{
    struct folder *folder = *state;
    struct bylaw__capture_ref ref = ref_of(folder);
    static const char *const names[] = {"two.warc.gz", "", "../one.warc.gz",
                                        "/etc/passwd"};

    for (size_t i = 0; i < COUNT(names); i++) {
        ref.file = names[i];
        check_refused(folder, ref, "archive.capture-missing");
    }
    ref = ref_of(folder);
    ref.length++;
    check_refused(folder, ref, "archive.capture-missing");
    ref = ref_of(folder);
    ref.offset = UINT64_MAX;
    check_refused(folder, ref, "archive.capture");
    ref = ref_of(folder);
    ref.length = UINT64_MAX;
    check_refused(folder, ref, "archive.capture");
}

static void test_capture__with_another_place_or_bytes_is_refused(void **state)
{
    struct folder *folder = *state;
    struct bylaw__capture_ref ref = ref_of(folder);
    struct bylaw__buf file = {0};

    ref.offset--;
    check_refused(folder, ref, "archive.capture-digest");
    ref = ref_of(folder);
    ref.length--;
    check_refused(folder, ref, "archive.capture-digest");
    /* The other record, swapped in under the digest of this one. */
    pack_page(&file, B);
    pack_page(&file, A);
    put_file(folder, FILE_NAME, bylaw__buf_span(&file));
    bylaw__buf_add_text(&file, "padding"); /* it may have come out shorter */
    put_file(folder, FILE_NAME, bylaw__buf_span(&file));
    check_refused(folder, ref_of(folder), "archive.capture-digest");
    bylaw__buf_release(&file);
}

static void test_capture__is_one_whole_record(void **state)
{
    struct folder *folder = *state;
    struct bylaw__capture_ref ref = ref_of(folder);
    struct bylaw__buf file = {0};

    ref.sha256 = NULL;
    ref.length--;
    check_refused(folder, ref, "archive.capture");
    ref.offset = 0;
    ref.length = folder->end;
    check_refused(folder, ref, "archive.capture");
    add_record(&file, "resource", A,
               "WARC-Block-Digest: sha1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\r\n",
               BYLAW__SPAN("hello"));
    put_file(folder, FILE_NAME, bylaw__buf_span(&file));
    ref = (struct bylaw__capture_ref){FILE_NAME, 0, file.len, NULL};
    check_refused(folder, ref, "archive.capture");
    bylaw__buf_release(&file);
}

#define EACH(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        EACH(test_capture__is_read_from_its_place),
        EACH(test_capture__is_found_before_its_file_is_sealed),
        EACH(test_capture__elsewhere_is_missing),
        EACH(test_capture__with_another_place_or_bytes_is_refused),
        EACH(test_capture__is_one_whole_record),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
