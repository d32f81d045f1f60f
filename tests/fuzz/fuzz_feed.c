/* SPDX-License-Identifier: Apache-2.0 */
/* Feeds of every kind: any bytes keep the room's invariants. */
#include "fuzz_leads.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct bylaw_span body = {(const char *)data, size};
    struct bylaw__leads *leads = NULL;
    struct bylaw_error err = {0};
    int rc = bylaw__feed_read(&leads, body, "https://site.example/dir/", &err);

    check_reading(rc, leads, &err);
    return 0;
}
