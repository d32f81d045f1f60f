/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Running gumbo within a budget. Its algorithms are quadratic on hostile
 * pages and its clean-up recurses; so it gets an allocator of ours that
 * counts, looks at the clock and leaves the parse by longjmp, and what it
 * allocated is freed as a whole.
 */
#include "dom_int.h"

#include <setjmp.h>
#include <stdlib.h>
#include <time.h>

/* Allocations between two looks at the clock. */
#define CLOCK_EVERY 64u

/* Digits of a numeric reference that can overflow an int. */
#define SAFE_DIGITS 7u

#define BOM_BYTES 3u

enum stop { STOP_NONE, STOP_TIME, STOP_MEMORY, STOP_NO_MEMORY };

struct budget {
    struct bylaw__arena arena;
    jmp_buf exit;
    unsigned calls;
    int64_t deadline_ns;
    enum stop stop;
};

/*
 * The one clock that the library reads: not to know the time, but to end a
 * parse of which neither input size nor memory shows how long it will take.
 * The outcome is "aborted", never another tree.
 */
static int64_t thread_cpu_ns(void)
{
    struct timespec now = {0, 0};

    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

static void *allocate(void *userdata, size_t size)
{
    struct budget *budget = userdata;
    size_t ceiling = budget->arena.ceiling;
    void *room;

    if (++budget->calls % CLOCK_EVERY == 0 &&
        thread_cpu_ns() > budget->deadline_ns) {
        budget->stop = STOP_TIME;
        longjmp(budget->exit, 1);
    }
    room = bylaw__arena_alloc(&budget->arena, size);
    if (!room) {
        bool is_spent = size > ceiling || budget->arena.used > ceiling - size;

        budget->stop = is_spent ? STOP_MEMORY : STOP_NO_MEMORY;
        longjmp(budget->exit, 1);
    }
    return room;
}

/* Memory is given back all at once. */
static void deallocate(void *userdata, void *room)
{
    (void)userdata;
    (void)room;
}

static GumboOutput *run_gumbo(struct budget *budget, struct bylaw_span text)
{
    GumboOptions options = kGumboDefaultOptions;

    options.allocator = allocate;
    options.deallocator = deallocate;
    options.userdata = budget;
    options.max_errors = 0;
    if (setjmp(budget->exit))
        return NULL;
    return gumbo_parse_with_options(&options, text.ptr, text.len);
}

int bylaw__dom_fail_aborted(struct bylaw_error *err, const char *what,
                            unsigned ceiling)
{
    return bylaw__fail(err, BYLAW_EABORTED, "html.aborted", "",
                       "the page %s, the ceiling is %u", what, ceiling);
}

static int fail_stop(struct bylaw_error *err, enum stop stop)
{
    switch (stop) {
    case STOP_TIME:
        return bylaw__dom_fail_aborted(
            err, "takes too many milliseconds of processor time to parse",
            BYLAW_LIMIT_HTML_CPU_MS);
    case STOP_MEMORY:
        return bylaw__dom_fail_aborted(err,
                                       "takes too many bytes to hold as a tree",
                                       BYLAW_LIMIT_HTML_BYTES);
    default:
        return bylaw__fail_memory(err, "");
    }
}

/* Past the digits of a numeric reference at text[pos]; 0 where none is. */
static size_t digits_at(size_t *out_end, unsigned *out_base,
                        struct bylaw_span text, size_t pos)
{
    size_t at = pos + 2, begin;

    if (at >= text.len || text.ptr[pos + 1] != '#')
        return 0;
    *out_base = (text.ptr[at] | 0x20) == 'x' ? 16 : 10;
    at += *out_base == 16;
    for (begin = at; at < text.len; at++) {
        int value = bylaw__hex_value((unsigned char)text.ptr[at]);

        if (value < 0 || value >= (int)*out_base)
            break;
    }
    *out_end = at;
    return begin;
}

static char *copy_text(struct bylaw_span text)
{
    char *copy = malloc(text.len);

    if (copy)
        memcpy(copy, text.ptr, text.len);
    return copy;
}

/*
 * Gumbo adds digits up in an int: "&#xFFFFFFFF;" overflows to the value that
 * means end of file, and the rest of the page would be lost. Such a number is
 * made one that is as long and just past Unicode. *out is NULL where the page
 * has none.
 */
static int tame_numbers(char **out, struct bylaw_span text)
{
    static const char past_unicode[2][8] = {"1114112", "0110000"};
    size_t pos = 0;

    while (pos < text.len) {
        const char *amp = memchr(text.ptr + pos, '&', text.len - pos);
        size_t begin, end = 0;
        unsigned base = 0;

        if (!amp)
            break;
        pos = (size_t)(amp - text.ptr);
        begin = digits_at(&end, &base, text, pos++);
        while (begin && begin < end && text.ptr[begin] == '0')
            begin++;
        if (!begin || end - begin <= SAFE_DIGITS)
            continue;
        if (!*out && !(*out = copy_text(text)))
            return BYLAW_ENOMEM;
        memset(*out + begin, '0', end - begin);
        memcpy(*out + end - SAFE_DIGITS, past_unicode[base == 16], SAFE_DIGITS);
        pos = end;
    }
    return 0;
}

static bool is_quirks(const GumboOutput *output)
{
    return output->document->v.document.doc_type_quirks_mode ==
           GUMBO_DOCTYPE_QUIRKS;
}

/* Both trees are there for a moment, so they share the ceiling. Never 0, which
 * would mean no ceiling of ours. */
static size_t room_left(const struct bylaw__arena *used)
{
    return used->used < BYLAW_LIMIT_HTML_BYTES
               ? BYLAW_LIMIT_HTML_BYTES - used->used
               : 1;
}

static int build(bylaw__dom *dom, struct bylaw_span page,
                 struct bylaw_span source, struct bylaw_error *err)
{
    size_t bom = bylaw__span_starts(source, "\xef\xbb\xbf") ? BOM_BYTES : 0;
    struct budget budget = {.stop = STOP_NONE};
    GumboOutput *output;
    int rc;

    bylaw__arena_init(&budget.arena, BYLAW_LIMIT_HTML_BYTES);
    budget.deadline_ns =
        thread_cpu_ns() + (int64_t)BYLAW_LIMIT_HTML_CPU_MS * 1000000;
    output = run_gumbo(&budget, bylaw__span_sub(source, bom, source.len));
    if (!output) {
        rc = fail_stop(err, budget.stop);
        goto done;
    }
    bylaw__arena_init(&dom->arena, room_left(&budget.arena));
    dom->is_quirks = is_quirks(output);
    rc = bylaw__dom_convert(dom, output->document, page, source, err);

done:
    bylaw__arena_release(&budget.arena);
    return rc;
}

int bylaw__dom_parse(bylaw__dom **out, struct bylaw_span utf8,
                     struct bylaw_error *err)
{
    bylaw__dom *dom = NULL;
    char *tamed = NULL;
    int rc;

    *out = NULL;
    if (!utf8.ptr)
        utf8 = BYLAW__SPAN("");
    if (utf8.len > BYLAW__HTML_TEXT_MAX)
        return bylaw__fail(err, BYLAW_ELIMIT, "html.too-large", "",
                           "the page is %zu bytes as UTF-8, the ceiling is %zu",
                           utf8.len, BYLAW__HTML_TEXT_MAX);
    if (bylaw__markup_most_attrs(utf8, BYLAW_LIMIT_HTML_ATTRIBUTES) >
        BYLAW_LIMIT_HTML_ATTRIBUTES)
        return bylaw__dom_fail_aborted(err, "has too many attributes on a tag",
                                       BYLAW_LIMIT_HTML_ATTRIBUTES);
    dom = calloc(1, sizeof(*dom));
    rc = dom ? tame_numbers(&tamed, utf8) : BYLAW_ENOMEM;
    if (rc) {
        rc = bylaw__fail_memory(err, "");
        goto done;
    }
    rc = build(dom, utf8, tamed ? (struct bylaw_span){tamed, utf8.len} : utf8,
               err);
    if (rc)
        goto done;
    *out = dom;
    dom = NULL;

done:
    free(tamed);
    bylaw__dom_free(dom);
    return rc;
}
