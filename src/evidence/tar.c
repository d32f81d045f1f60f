/* SPDX-License-Identifier: Apache-2.0 */
/* Files put together as an archive of POSIX's ustar form. */
#include "evidence.h"

#include <stdio.h>

#define BLOCK 512

/* Fields of a header by their places (POSIX, pax, "ustar Interchange Format") */
static bool fill_header(char header[BLOCK], const char *name, size_t size,
                        int64_t at_ms, unsigned mode)
{
    unsigned sum = 0;

    if (strlen(name) >= 100 || size > 077777777777ull)
        return false;
    memset(header, 0, BLOCK);
    snprintf(header, 100, "%s", name);
    snprintf(header + 100, 8, "%07o", mode & 0777u);
    snprintf(header + 108, 8, "%07o", 0u);
    snprintf(header + 116, 8, "%07o", 0u);
    snprintf(header + 124, 12, "%011llo", (unsigned long long)size);
    snprintf(header + 136, 12, "%011llo",
             (unsigned long long)(at_ms / 1000) & 077777777777ull);
    memset(header + 148, ' ', 8);
    header[156] = '0';
    memcpy(header + 257,
           "ustar\0"
           "00",
           8);
    for (size_t i = 0; i < BLOCK; i++)
        sum += (unsigned char)header[i];
    snprintf(header + 148, 8, "%06o", sum & 0777777u);
    header[155] = ' ';
    return true;
}

int bylaw__tar_add(struct bylaw__buf *out, const char *name,
                   struct bylaw_span bytes, int64_t at_ms, bool is_program,
                   struct bylaw_error *err)
{
    static const char zeros[BLOCK];
    char header[BLOCK];

    if (!fill_header(header, name, bytes.len, at_ms, is_program ? 0755 : 0644))
        return bylaw__fail(err, BYLAW_ELIMIT, "pack.too-large", name,
                           "its name or size is more than an archive takes");
    bylaw__buf_add(out, header, BLOCK);
    bylaw__buf_add_span(out, bytes);
    bylaw__buf_add(out, zeros, (BLOCK - bytes.len % BLOCK) % BLOCK);
    return out->failed ? bylaw__fail_memory(err, name) : 0;
}

int bylaw__tar_end(struct bylaw__buf *out, struct bylaw_error *err)
{
    static const char zeros[2 * BLOCK];

    bylaw__buf_add(out, zeros, sizeof(zeros));
    return out->failed ? bylaw__fail_memory(err, "") : 0;
}
