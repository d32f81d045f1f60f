/* SPDX-License-Identifier: Apache-2.0 */
/* Index files that anybody made: what opens can be looked up and read. The
 * input's digests are made right first, or nothing would get past them. */
#include "index/index_format.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define PAGE_TEXT                                                              \
    "the tide came in at four and the harbour was full of boats that nobody "  \
    "had seen before that morning in the spring of the year"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void demand(bool holds)
{
    if (!holds)
        abort();
}

static void seal(unsigned char *bytes, size_t size)
{
    struct index_header *header = (void *)bytes;
    bylaw__sha256 *sha = NULL;

    if (size < sizeof(*header) || bylaw__sha256_new(&sha, NULL))
        return;
    memcpy(header->magic, INDEX_MAGIC, sizeof(header->magic));
    header->version = INDEX_VERSION;
    header->shingle_words = BYLAW__SHINGLE_WORDS;
    demand(!index_seal(header, sha));
    bylaw__sha256_free(sha);
}

static void ignore(void *payload, const char *section, const char *what)
{
    (void)payload;
    demand(*section && *what);
}

static void use(const bylaw__index_file *file)
{
    struct bylaw__index_document document;
    struct bylaw__screen_work work = {0};
    struct bylaw__tokens page, words;
    struct bylaw__seeds seeds = {0};
    bool maybe;

    bylaw__tokens_init(&page);
    bylaw__tokens_init(&words);
    demand(
        !bylaw__tokens_add(&page, BYLAW__SPAN(PAGE_TEXT), NULL, 0, 0, 0, NULL));
    demand(!bylaw__index_lookup(&seeds, bylaw__index_file_index(file), &page,
                                NULL));
    demand(!bylaw__index_screen(&maybe, bylaw__index_file_index(file),
                                BYLAW__SPAN("<p>" PAGE_TEXT), NULL, NULL, &work,
                                NULL));
    for (size_t i = 0; i < 50 && bylaw__index_file_document(&document, file, i);
         i++) {
        demand(strlen(document.id) + strlen(document.url) +
                   strlen(document.title) + strlen(document.publisher) <
               SIZE_MAX / 2);
        if (!bylaw__tokens_unpack(&words, &document.tokens))
            for (size_t k = 0; k < seeds.count; k++)
                demand(seeds.items[k].source != i ||
                       seeds.items[k].source_word < words.count);
    }
    bylaw__index_file_check(file, ignore, NULL, NULL);
    bylaw__seeds_release(&seeds);
    bylaw__screen_release(&work);
    bylaw__tokens_release(&page);
    bylaw__tokens_release(&words);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static char path[64];
    struct bylaw_error err = {0};
    bylaw__index_file *file = NULL;
    unsigned char *bytes = malloc(size + 1);
    int fd;

    snprintf(path, sizeof(path), "/tmp/fuzz-index-%ld", (long)getpid());
    fd = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    demand(bytes && fd >= 0);
    memcpy(bytes, data, size);
    seal(bytes, size);
    demand(!bylaw__write_all(fd, (struct bylaw_span){(char *)bytes, size}));
    close(fd);
    if (!bylaw__index_file_open(&file, path, &err))
        use(file);
    else
        demand(bylaw_diagnostic_find(err.id) != NULL);
    bylaw__index_file_free(file);
    unlink(path);
    free(bytes);
    return 0;
}
