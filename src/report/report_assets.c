/* SPDX-License-Identifier: Apache-2.0 */
/* The report's page, style and script, from audit/report/ into the program. */
#include "html_report.h"

/* The assembler reads the file; the Makefile makes this depend on it. */
#define ASSET(name, path)                                                      \
    __asm__(".section .rodata\n"                                               \
            ".global bylaw__asset_" #name "\n"                                 \
            ".hidden bylaw__asset_" #name "\n"                                 \
            "bylaw__asset_" #name ":\n"                                        \
            ".incbin \"" path "\"\n"                                           \
            ".global bylaw__asset_" #name "_end\n"                             \
            ".hidden bylaw__asset_" #name "_end\n"                             \
            "bylaw__asset_" #name "_end:\n"                                    \
            ".byte 0\n"                                                        \
            ".previous\n");                                                    \
    extern const char bylaw__asset_##name[], bylaw__asset_##name##_end[];

ASSET(page, "audit/report/report.html")
ASSET(style, "audit/report/report.css")
ASSET(script, "audit/report/report.js")

#define SPAN_OF(name)                                                          \
    ((struct bylaw_span){bylaw__asset_##name,                                  \
                         (uintptr_t)bylaw__asset_##name##_end -                \
                             (uintptr_t)bylaw__asset_##name})

struct bylaw_span bylaw__report_asset(enum report_asset asset)
{
    switch (asset) {
    case REPORT_STYLE:
        return SPAN_OF(style);
    case REPORT_SCRIPT:
        return SPAN_OF(script);
    default:
        return SPAN_OF(page);
    }
}
