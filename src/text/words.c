/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The walk over words. A run of characters that belong together is found and
 * mapped by the table; where one of its characters grows, composes or combines
 * the whole run is read again and handed to ICU, which stays the definition.
 */
#include "text_int.h"

/* One run being read. */
struct run {
    struct bylaw_span text;
    size_t begin, pos, end; /* end: after the last character that counts */
    size_t bytes;           /* of text, dropped characters not counted */
    uint32_t group;         /* what groups its digits; 0 not known yet */
    enum bylaw__char_kind last;
    bool icu;   /* collect UTF-16 instead of mapping */
    size_t len; /* of norm or of utf16 */
    char *norm; /* BYLAW__WORD_NORM bytes */
    uint16_t utf16[BYLAW__WORD_UTF16];
};

#define NO_GROUPS    0xffffffffu /* after a letter or a decimal sign */
#define GROUP_DIGITS 3
#define LEAD_BYTES   12 /* three digits of the longest encoding */

void bylaw__words_init(struct bylaw__words *words, struct bylaw_span text)
{
    bylaw__chars_ready();
    if (text.len > UINT32_MAX)
        text.len = UINT32_MAX;
    words->text = text;
    words->pos = 0;
    words->icu_only = false;
    words->norm_pos = words->norm_len = 0;
}

/* The entry of the character at *pos, which moves on; 0 at the end. */
static uint32_t read_entry(uint32_t *out_raw, struct bylaw_span text,
                           size_t *pos)
{
    if (*pos >= text.len)
        return *out_raw = 0;
    *out_raw = (unsigned char)text.ptr[*pos];
    if (*out_raw < 0x80)
        *pos += 1;
    else
        *out_raw = bylaw__utf8_next(text, pos);
    return bylaw__char_entry(*out_raw);
}

/* As above, over dropped characters. */
static uint32_t read_kept(uint32_t *out_raw, struct bylaw_span text,
                          size_t *pos)
{
    uint32_t entry;

    do
        entry = read_entry(out_raw, text, pos);
    while (BYLAW__CHAR_KIND(entry) == BYLAW__CHAR_DROPPED);
    return entry;
}

static enum bylaw__char_kind next_kind(struct bylaw_span text, size_t pos)
{
    uint32_t raw;

    return BYLAW__CHAR_KIND(read_kept(&raw, text, &pos));
}

/* How many digits follow pos, up to four; *pos is after them. */
static int count_digits(struct bylaw_span text, size_t *pos)
{
    int digits = 0;

    while (digits <= GROUP_DIGITS &&
           next_kind(text, *pos) == BYLAW__CHAR_DIGIT) {
        uint32_t raw;

        read_kept(&raw, text, pos);
        digits++;
    }
    return digits;
}

/* True when the run so far is one to three digits. */
static bool is_leading_group(const struct run *run)
{
    struct bylaw_span lead = bylaw__span_sub(run->text, run->begin, run->end);
    size_t pos = 0;

    if (lead.len > LEAD_BYTES)
        return false;
    return count_digits(lead, &pos) <= GROUP_DIGITS && pos == lead.len;
}

/* "1,000" and the like: the sign at run->pos groups digits. */
static bool groups_digits(const struct run *run, uint32_t sign, size_t after)
{
    if (run->last != BYLAW__CHAR_DIGIT)
        return false;
    if (run->group ? run->group != sign : !is_leading_group(run))
        return false;
    return count_digits(run->text, &after) == GROUP_DIGITS;
}

/* "5,5": one or two digits after the only comma. */
static bool is_decimal_comma(const struct run *run, uint32_t sign, size_t after)
{
    int digits;

    if (run->last != BYLAW__CHAR_DIGIT || run->group == NO_GROUPS ||
        run->group == sign)
        return false;
    if (run->begin && run->text.ptr[run->begin - 1] == ',')
        return false;
    digits = count_digits(run->text, &after);
    if (digits < 1 || digits >= GROUP_DIGITS)
        return false;
    return after >= run->text.len || run->text.ptr[after] != ',';
}

static bool joins_letters(const struct run *run, size_t after)
{
    return (run->last == BYLAW__CHAR_LETTER || run->last == BYLAW__CHAR_MARK ||
            run->last == BYLAW__CHAR_DIGIT) &&
           next_kind(run->text, after) == BYLAW__CHAR_LETTER;
}

/*
 * What a sign between characters of a run adds to the word: '\'', '.', 0 for
 * nothing (a thousands separator), or -1 when the run ends before it.
 */
static int read_joiner(struct run *run, uint32_t raw, uint32_t entry,
                       size_t after)
{
    enum bylaw__char_kind kind = BYLAW__CHAR_KIND(entry);

    if (kind == BYLAW__CHAR_DOT) {
        if (run->last != BYLAW__CHAR_DIGIT ||
            next_kind(run->text, after) != BYLAW__CHAR_DIGIT)
            return -1;
        run->group = NO_GROUPS;
        return '.';
    }
    if (kind != BYLAW__CHAR_COMMA && kind != BYLAW__CHAR_GROUP &&
        kind != BYLAW__CHAR_APOSTROPHE)
        return -1;
    if (groups_digits(run, raw, after)) {
        run->group = raw;
        return 0;
    }
    if (kind == BYLAW__CHAR_APOSTROPHE)
        return joins_letters(run, after) ? '\'' : -1;
    if (kind == BYLAW__CHAR_COMMA && is_decimal_comma(run, raw, after)) {
        run->group = NO_GROUPS;
        return '.';
    }
    return -1;
}

static void put_char(struct run *run, uint32_t raw, uint32_t mapped)
{
    if (!run->icu) {
        if (mapped < 0x80)
            run->norm[run->len++] = (char)mapped;
        else
            run->len += bylaw__utf8_put(run->norm + run->len, mapped);
        return;
    }
    if (raw < 0x10000) {
        run->utf16[run->len++] = (uint16_t)raw;
        return;
    }
    run->utf16[run->len++] = (uint16_t)(0xd7c0 + (raw >> 10));
    run->utf16[run->len++] = (uint16_t)(0xdc00 | (raw & 0x3ff));
}

static bool is_run_kind(enum bylaw__char_kind kind)
{
    return kind == BYLAW__CHAR_LETTER || kind == BYLAW__CHAR_DIGIT ||
           kind == BYLAW__CHAR_MARK;
}

/* A vowel sign that is dropped still belongs to the word it ends. */
static void skip_dropped(struct run *run, uint32_t entry, size_t after)
{
    run->pos = after;
    if ((entry & BYLAW__CHAR_BOUND) && run->len)
        run->end = after;
}

static bool is_ascii_word(uint32_t entry)
{
    return BYLAW__CHAR_KIND(entry) == BYLAW__CHAR_LETTER ||
           BYLAW__CHAR_KIND(entry) == BYLAW__CHAR_DIGIT;
}

/* The bulk of most texts: ASCII letters and digits, mapped where they stand.
 * Locals, because a store through a char pointer may change any field. */
static void read_ascii(struct run *run)
{
    const unsigned char *in = (const unsigned char *)run->text.ptr + run->pos;
    char *out = run->norm + run->len;
    size_t left = BYLAW_LIMIT_WORD_BYTES - run->bytes, done = 0;
    uint32_t entry = 0, letters = 0;

    if (left > run->text.len - run->pos)
        left = run->text.len - run->pos;
    for (; done < left && in[done] < 0x80; done++) {
        uint32_t next = bylaw__char_table[in[done]];

        if (!is_ascii_word(next))
            break;
        entry = next;
        letters |= BYLAW__CHAR_KIND(entry) == BYLAW__CHAR_LETTER;
        out[done] = (char)BYLAW__CHAR_MAPPED(entry);
    }
    if (!done)
        return;
    if (letters)
        run->group = NO_GROUPS;
    run->last = BYLAW__CHAR_KIND(entry);
    run->len += done;
    run->bytes += done;
    run->pos += done;
    run->end = run->pos;
}

/* Reads letters, marks and digits. False when ICU must see the run. */
static bool read_run(struct run *run)
{
    while (run->pos < run->text.len) {
        size_t after;
        uint32_t raw, entry;
        enum bylaw__char_kind kind;

        if (!run->icu)
            read_ascii(run);
        after = run->pos;
        entry = read_entry(&raw, run->text, &after);
        kind = BYLAW__CHAR_KIND(entry);
        if (kind == BYLAW__CHAR_SEPARATOR) /* and at the end */
            break;
        if (kind == BYLAW__CHAR_DROPPED) {
            skip_dropped(run, entry, after);
            continue;
        }
        if (run->bytes + (after - run->pos) > BYLAW_LIMIT_WORD_BYTES)
            break;
        if (is_run_kind(kind)) {
            if ((entry & BYLAW__CHAR_COMPLEX) && !run->icu)
                return false;
            put_char(run, raw, BYLAW__CHAR_MAPPED(entry));
            if (kind == BYLAW__CHAR_LETTER)
                run->group = NO_GROUPS;
        } else {
            int joiner = read_joiner(run, raw, entry, after);

            if (joiner < 0)
                break;
            if (joiner)
                put_char(run, (uint32_t)joiner, (uint32_t)joiner);
        }
        run->bytes += after - run->pos;
        run->last = kind;
        run->pos = run->end = after;
    }
    return true;
}

/* Reads one solo character and what combines with it. */
static bool read_cluster(struct run *run)
{
    while (run->pos < run->text.len) {
        size_t after = run->pos;
        uint32_t raw, entry = read_entry(&raw, run->text, &after);
        enum bylaw__char_kind kind = BYLAW__CHAR_KIND(entry);

        if (kind == BYLAW__CHAR_DROPPED) {
            skip_dropped(run, entry, after);
            continue;
        }
        if (run->len &&
            (!(entry & BYLAW__CHAR_BOUND) ||
             (kind != BYLAW__CHAR_SOLO && kind != BYLAW__CHAR_MARK)))
            break;
        if (run->bytes + (after - run->pos) > BYLAW_LIMIT_WORD_BYTES)
            break;
        if ((entry & BYLAW__CHAR_COMPLEX) && !run->icu)
            return false;
        put_char(run, raw, BYLAW__CHAR_MAPPED(entry));
        run->bytes += after - run->pos;
        run->pos = run->end = after;
    }
    return true;
}

/* Reads one character that maps to several words. */
static bool read_mixed(struct run *run)
{
    uint32_t raw;

    if (!run->icu)
        return false;
    read_entry(&raw, run->text, &run->pos);
    put_char(run, raw, raw);
    run->end = run->pos;
    return true;
}

static void start_run(struct run *run, struct bylaw__words *words, bool icu)
{
    run->text = words->text;
    run->begin = run->pos = run->end = words->pos;
    run->bytes = run->len = 0;
    run->group = 0;
    run->last = BYLAW__CHAR_SEPARATOR;
    run->icu = icu;
    run->norm = words->norm;
}

/* Takes out what version 1 drops beyond ICU: Arabic vowel signs that came out
 * of presentation forms. */
static size_t drop_from(char *norm, size_t len)
{
    struct bylaw_span in = {norm, len};
    size_t pos = 0, kept = 0;

    while (pos < len) {
        size_t at = pos;
        uint32_t raw, entry = read_entry(&raw, in, &pos);

        if (BYLAW__CHAR_KIND(entry) == BYLAW__CHAR_DROPPED)
            continue;
        memmove(norm + kept, norm + at, pos - at);
        kept += pos - at;
    }
    return kept;
}

/* Reads the run at words->pos into words->norm. */
static void take_run(struct bylaw__words *words, enum bylaw__char_kind kind)
{
    bool (*read)(struct run *) = kind == BYLAW__CHAR_SOLO    ? read_cluster
                                 : kind == BYLAW__CHAR_MIXED ? read_mixed
                                                             : read_run;
    struct run run;

    start_run(&run, words, words->icu_only);
    if (!read(&run)) {
        start_run(&run, words, true);
        read(&run);
    }
    words->norm_pos = 0;
    words->norm_len = run.len;
    if (run.icu) {
        words->norm_len = bylaw__char_casefold(words->norm, BYLAW__WORD_NORM,
                                               run.utf16, run.len);
        words->norm_len = drop_from(words->norm, words->norm_len);
    }
    words->run_begin = (uint32_t)run.begin;
    words->run_end = (uint32_t)run.end;
    words->pos = run.end;
    words->split = kind == BYLAW__CHAR_SOLO || kind == BYLAW__CHAR_MIXED;
    words->same =
        words->split && words->norm_len == run.end - run.begin &&
        !memcmp(words->norm, words->text.ptr + run.begin, words->norm_len);
}

/* The next piece of a run that ICU may have made into several words. */
static struct bylaw_span split_piece(struct bylaw__words *words)
{
    struct bylaw_span norm = {words->norm, words->norm_len};
    size_t pos = words->norm_pos, begin = pos, end = pos;

    words->solo = false;
    while (pos < norm.len) {
        uint32_t raw, entry = read_entry(&raw, norm, &pos);
        enum bylaw__char_kind kind = BYLAW__CHAR_KIND(entry);
        bool word =
            is_run_kind(kind) && (kind != BYLAW__CHAR_MARK || end > begin);

        if (end == begin && kind == BYLAW__CHAR_SOLO) {
            end = pos;
            words->solo = true;
            break;
        }
        if (!word && end > begin)
            break;
        if (!word)
            begin = pos;
        end = pos;
    }
    words->norm_pos = end;
    return bylaw__span_sub(norm, begin, end);
}

/* The next piece of a word, which is all of it but for the longest. */
static struct bylaw_span cut_piece(struct bylaw__words *words)
{
    size_t begin = words->norm_pos, end = words->norm_len;

    if (end - begin > BYLAW_LIMIT_WORD_BYTES) {
        end = begin + BYLAW_LIMIT_WORD_BYTES;
        while (((unsigned char)words->norm[end] & 0xc0) == 0x80)
            end--;
    }
    words->solo = false;
    words->norm_pos = end;
    return (struct bylaw_span){words->norm + begin, end - begin};
}

static bool take_piece(struct bylaw__word *out, struct bylaw__words *words)
{
    size_t shift;

    if (words->norm_pos >= words->norm_len)
        return false;
    out->norm = words->split ? split_piece(words) : cut_piece(words);
    out->solo = words->solo;
    out->begin = words->run_begin;
    out->end = words->run_end;
    if (words->same) {
        shift = (size_t)(out->norm.ptr - words->norm);
        out->begin = words->run_begin + (uint32_t)shift;
        out->end = out->begin + (uint32_t)out->norm.len;
    }
    return out->norm.len > 0;
}

bool bylaw__words_next(struct bylaw__word *out, struct bylaw__words *words)
{
    for (;;) {
        size_t after = words->pos;
        uint32_t raw, entry;
        enum bylaw__char_kind kind;

        if (take_piece(out, words))
            return true;
        if (words->pos >= words->text.len)
            return false;
        entry = read_entry(&raw, words->text, &after);
        kind = BYLAW__CHAR_KIND(entry);
        if (kind == BYLAW__CHAR_LETTER || kind == BYLAW__CHAR_DIGIT ||
            kind == BYLAW__CHAR_SOLO || kind == BYLAW__CHAR_MIXED)
            take_run(words, kind);
        else
            words->pos = after;
    }
}
