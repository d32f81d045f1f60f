/* SPDX-License-Identifier: Apache-2.0 */
/* An index file mapped: nothing in it is believed before it was measured. */
#include "index_format.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

struct bylaw__index_file {
    char *path;
    const unsigned char *bytes; /* mapped */
    size_t len;
    const struct index_header *header;
    const struct index_document *documents;
    bylaw__index index; /* its arrays are in the mapping */
};

static int fail(const struct bylaw__index_file *file, const char *what,
                struct bylaw_error *err)
{
    return bylaw__fail(err, BYLAW_EPARSE, "index.damaged", file->path, "%s",
                       what);
}

static void write_hex(char *out, const unsigned char *bytes, size_t len)
{
    static const char digits[] = "0123456789abcdef";

    for (size_t i = 0; i < len; i++) {
        *out++ = digits[bytes[i] >> 4];
        *out++ = digits[bytes[i] & 15];
    }
    *out = '\0';
}

static const void *section(const struct bylaw__index_file *file,
                           enum index_section which)
{
    return file->bytes + file->header->sections[which].offset;
}

/* ------------------------------------------------------------- opening --- */

static int map_file(struct bylaw__index_file *file, struct bylaw_error *err)
{
    int fd = open(file->path, O_RDONLY | O_CLOEXEC);
    struct stat st;
    void *bytes = MAP_FAILED;

    if (fd < 0)
        return bylaw__fail(err, BYLAW_EIO, "file.unreadable", file->path,
                           "cannot open: %s", strerror(errno));
    if (!fstat(fd, &st) && S_ISREG(st.st_mode) &&
        st.st_size >= (off_t)INDEX_PAGE)
        bytes = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_SHARED, fd, 0);
    close(fd);
    if (bytes == MAP_FAILED)
        return bylaw__fail(err, BYLAW_EPARSE, "index.foreign", file->path,
                           "it is no index file");
    file->bytes = bytes;
    file->len = (size_t)st.st_size;
    file->header = bytes;
    return 0;
}

static int check_header(const struct bylaw__index_file *file,
                        struct bylaw_error *err)
{
    const struct index_header *header = file->header;
    unsigned char digest[BYLAW__SHA256_BYTES];
    struct bylaw_span bytes = {(const char *)file->bytes,
                               INDEX_PAGE - BYLAW__SHA256_BYTES};
    bylaw__sha256 *sha = NULL;
    int rc;

    if (memcmp(header->magic, INDEX_MAGIC, sizeof(header->magic)))
        return bylaw__fail(err, BYLAW_EPARSE, "index.foreign", file->path,
                           "it is no index file");
    rc = bylaw__sha256_new(&sha, err);
    if (!rc && bylaw__sha256_of(digest, sha, bytes))
        rc = bylaw__fail_memory(err, file->path);
    bylaw__sha256_free(sha);
    if (!rc && memcmp(digest, header->sha256, sizeof(digest)))
        rc = fail(file, "its header is not what it was made as", err);
    if (!rc && (header->version != INDEX_VERSION ||
                header->shingle_words != BYLAW__SHINGLE_WORDS))
        rc = bylaw__fail(err, BYLAW_EUNSUPPORTED, "index.version", file->path,
                         "it has version %u, and this program reads %u",
                         header->version, INDEX_VERSION);
    return rc;
}

static bool is_aligned(const struct bylaw__index_file *file)
{
    uint64_t at = INDEX_PAGE;

    for (size_t i = 0; i < INDEX_SECTIONS; i++) {
        const struct index_place *place = &file->header->sections[i];

        if (place->offset != at || place->bytes > file->len ||
            place->offset > file->len - place->bytes)
            return false;
        at = (place->offset + place->bytes + INDEX_PAGE - 1) / INDEX_PAGE *
             INDEX_PAGE;
    }
    return at == file->len;
}

static bool has_sizes(const struct index_header *header)
{
    const struct index_place *places = header->sections;

    return header->bits >= TOP_BITS && header->bits <= 24 &&
           header->postings < UINT32_MAX && header->documents < UINT32_MAX &&
           header->filter_words && header->filter_words < UINT32_MAX &&
           places[INDEX_DOCUMENTS].bytes ==
               header->documents * sizeof(struct index_document) &&
           places[INDEX_POSTINGS].bytes == header->postings * PACKED_BYTES &&
           places[INDEX_DIRECTORY].bytes ==
               ((1ULL << header->bits) + 1) * sizeof(uint32_t) &&
           places[INDEX_FILTER].bytes ==
               2 * header->filter_words * sizeof(uint64_t);
}

/* What a lookup reaches by the directory are postings. */
static bool has_directory(const struct bylaw__index_file *file)
{
    const uint32_t *directory = section(file, INDEX_DIRECTORY);
    size_t count = (size_t)1 << file->header->bits;

    for (size_t i = 0; i < count; i++)
        if (directory[i] > directory[i + 1])
            return false;
    return directory[count] == file->header->postings;
}

/* Four texts, each ended, and words whose bytes lie in their section. */
static bool has_document(const struct bylaw__index_file *file, size_t number)
{
    const struct index_place *places = file->header->sections;
    const struct index_document *document = &file->documents[number];
    const char *texts = section(file, INDEX_TEXTS);
    unsigned ends = 0;

    if (document->tokens > places[INDEX_TOKENS].bytes ||
        document->tokens_len > places[INDEX_TOKENS].bytes - document->tokens ||
        document->norm_len > document->tokens_len ||
        document->words > BYLAW_LIMIT_TOKENS ||
        document->texts > places[INDEX_TEXTS].bytes ||
        document->texts_len > places[INDEX_TEXTS].bytes - document->texts ||
        !document->texts_len)
        return false;
    texts += document->texts;
    for (uint32_t i = 0; i < document->texts_len; i++)
        ends += !texts[i];
    return ends == 4 && !texts[document->texts_len - 1];
}

static int check_parts(const struct bylaw__index_file *file,
                       struct bylaw_error *err)
{
    if (!is_aligned(file) || !has_sizes(file->header))
        return fail(file, "its sections do not fit its size", err);
    if (!has_directory(file))
        return fail(file, "its directory is out of order", err);
    for (size_t i = 0; i < file->header->documents; i++)
        if (!has_document(file, i))
            return fail(file, "a document's bytes are not there", err);
    return 0;
}

static void point_index(struct bylaw__index_file *file)
{
    const struct index_header *header = file->header;

    file->index = (bylaw__index){
        .packed = section(file, INDEX_POSTINGS),
        .count = (size_t)header->postings,
        .sorted = (size_t)header->postings,
        .directory = (uint32_t *)(uintptr_t)section(file, INDEX_DIRECTORY),
        .bits = header->bits,
        .filter = (uint64_t *)(uintptr_t)section(file, INDEX_FILTER),
        .filter_words = header->filter_words,
        .documents = file->documents,
        .document_count = (size_t)header->documents,
    };
}

int bylaw__index_file_open(struct bylaw__index_file **out, const char *path,
                           struct bylaw_error *err)
{
    struct bylaw__index_file *file = calloc(1, sizeof(*file));
    int rc = 0;

    if (file)
        file->path = strdup(path);
    if (!file || !file->path)
        rc = bylaw__fail_memory(err, path);
    if (!rc)
        rc = map_file(file, err);
    if (!rc)
        rc = check_header(file, err);
    if (!rc && !is_aligned(file))
        rc = fail(file, "its sections do not fit its size", err);
    if (!rc)
        file->documents = section(file, INDEX_DOCUMENTS);
    if (!rc)
        rc = check_parts(file, err);
    if (rc) {
        bylaw__index_file_free(file);
        return rc;
    }
    point_index(file);
    *out = file;
    return 0;
}

void bylaw__index_file_free(struct bylaw__index_file *file)
{
    if (!file)
        return;
    if (file->bytes)
        munmap((void *)(uintptr_t)file->bytes, file->len);
    free(file->path);
    free(file);
}

/* ------------------------------------------------------------- reading --- */

const bylaw__index *
bylaw__index_file_index(const struct bylaw__index_file *file)
{
    return &file->index;
}

void bylaw__index_file_info(struct bylaw__index_info *out,
                            const struct bylaw__index_file *file)
{
    const struct index_header *header = file->header;

    *out = (struct bylaw__index_info){
        .documents = header->documents,
        .postings = header->postings,
        .bytes = file->len,
        .posting_bytes = header->sections[INDEX_POSTINGS].bytes +
                         header->sections[INDEX_DIRECTORY].bytes,
        .filter_bytes = header->sections[INDEX_FILTER].bytes,
        .text_bytes = header->sections[INDEX_TOKENS].bytes +
                      header->sections[INDEX_TEXTS].bytes +
                      header->sections[INDEX_DOCUMENTS].bytes,
        .part = header->part_id,
    };
    write_hex(out->id, header->id, sizeof(header->id));
}

bool bylaw__index_file_document(struct bylaw__index_document *out,
                                const struct bylaw__index_file *file,
                                size_t number)
{
    const struct index_document *document;
    const char *text;

    if (number >= file->header->documents)
        return false;
    document = &file->documents[number];
    text = (const char *)section(file, INDEX_TEXTS) + document->texts;
    out->id = text;
    out->url = out->id + strlen(out->id) + 1;
    out->title = out->url + strlen(out->url) + 1;
    out->publisher = out->title + strlen(out->title) + 1;
    write_hex(out->sha256, document->sha256, sizeof(document->sha256));
    out->tokens = (struct bylaw__packed_tokens){
        .bytes = (unsigned char *)(uintptr_t)section(file, INDEX_TOKENS) +
                 document->tokens,
        .len = document->tokens_len,
        .norm_len = document->norm_len,
        .count = document->words,
        .truncated = document->flags & 1,
    };
    return true;
}

/* ------------------------------------------------------------ checking --- */

static const char *const section_names[INDEX_SECTIONS] = {
    "words", "texts", "documents", "postings", "directory", "filter"};

static bool is_zero(const unsigned char *at, const unsigned char *end)
{
    while (at < end)
        if (*at++)
            return false;
    return true;
}

static bool is_in_order(const struct bylaw__index_file *file)
{
    struct posting_walk walk = {.index = &file->index};
    struct posting a = {0}, b;

    while (posting_walk_next(&b, &walk)) {
        if (b.key >> (64 - file->index.bits) != walk.bucket)
            return false;
        if (walk.next > 1 &&
            (a.key > b.key ||
             (a.key == b.key && (a.source > b.source ||
                                 (a.source == b.source && a.word >= b.word)))))
            return false;
        a = b;
    }
    return true;
}

/* The digest of a section, and that nothing hides behind its end. */
static int check_section(const struct bylaw__index_file *file, size_t which,
                         bylaw__sha256 *sha, bylaw__index_fault_fn *tell,
                         void *payload)
{
    const struct index_place *place = &file->header->sections[which];
    const unsigned char *end = file->bytes + place->offset + place->bytes;
    size_t gap = (INDEX_PAGE - place->bytes % INDEX_PAGE) % INDEX_PAGE;
    unsigned char digest[BYLAW__SHA256_BYTES];
    struct bylaw_span bytes = {(const char *)file->bytes + place->offset,
                               (size_t)place->bytes};

    if (bylaw__sha256_of(digest, sha, bytes))
        return BYLAW_ENOMEM;
    if (memcmp(digest, place->sha256, sizeof(digest)))
        tell(payload, section_names[which],
             "its bytes are not those its digest was made of");
    if (!is_zero(end, end + gap))
        tell(payload, section_names[which], "bytes follow it that are none");
    return 0;
}

int bylaw__index_file_check(const struct bylaw__index_file *file,
                            bylaw__index_fault_fn *tell, void *payload,
                            struct bylaw_error *err)
{
    bylaw__sha256 *sha = NULL;
    int rc = bylaw__sha256_new(&sha, err);

    for (size_t i = 0; !rc && i < INDEX_SECTIONS; i++)
        if (check_section(file, i, sha, tell, payload))
            rc = bylaw__fail_memory(err, file->path);
    if (!rc && !is_in_order(file))
        tell(payload, section_names[INDEX_POSTINGS], "they are out of order");
    bylaw__sha256_free(sha);
    return rc;
}
