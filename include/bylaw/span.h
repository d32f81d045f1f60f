/* SPDX-License-Identifier: Apache-2.0 */
/* Borrowed text and byte ranges: the two smallest values that flow. */
#ifndef BYLAW_SPAN_H
#define BYLAW_SPAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#if defined(__GNUC__)
#define BYLAW_API __attribute__((visibility("default")))
#else
#define BYLAW_API
#endif

/** Text that somebody else owns; not NUL-terminated; may hold NULs. */
struct bylaw_span {
    const char *ptr; /**< first byte; may be NULL when len is 0 */
    size_t len;      /**< bytes */
};

/** Half-open byte range [begin, end). begin == end is empty. */
struct bylaw_range {
    uint32_t begin; /**< first byte */
    uint32_t end;   /**< one past the last byte; never below begin */
};

#endif
