/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of this room share: trees, complaints, readers, merging. */
#ifndef BYLAW_RULES_INT_H
#define BYLAW_RULES_INT_H

#include "rules.h"

#define COUNT_OF(table) (sizeof(table) / sizeof((table)[0]))

/* --------------------------------------------------------- complaints --- */

/**
 * Gathers what is wrong with a load. Each complaint is reported once, even
 * where several rules inherit the line at fault; the first one is kept.
 */
struct complaints {
    bylaw__complaint_fn *report; /* may be NULL */
    void *payload;
    struct bylaw_error first; /* code 0 while there is none */
    struct bylaw__map seen;   /* hash of place and words */
    size_t count;
};

/** A place in a file, counted from 1; line 0 stands for all of it. */
struct place {
    const char *file;
    unsigned line, column;
};

void bylaw__complain(struct complaints *c, int code, const char *id,
                     struct place place, const char *fmt, ...)
    BYLAW__PRINTF(5, 6);
/** A complaint that was already put together elsewhere, such as by a read. */
void bylaw__complain_error(struct complaints *c, const struct bylaw_error *err);
/** Ends a load: 0, or the first complaint's code with *err filled. */
int bylaw__complaints_end(struct complaints *c, struct bylaw_error *err);

/** "file:line:column" or "file"; of a long path only the end is kept. */
void bylaw__place_text(char *out, size_t size, struct place place);

/**
 * The word of the list (stride bytes apart, each row starting with a const
 * char *) that is nearest to text, or NULL where none is near.
 */
const char *bylaw__nearest(struct bylaw_span text, const void *rows,
                           size_t count, size_t stride);

/* --------------------------------------------------------- YAML trees --- */

enum yaml_kind { YAML_SCALAR = 1, YAML_LIST, YAML_MAPPING };

struct yaml_pair {
    const struct yaml_node *key; /* scalar; NULL in a list */
    const struct yaml_node *value;
};

/** One node, in the arena it was read into. Immutable once read. */
struct yaml_node {
    enum yaml_kind kind;
    bool is_null;  /* plain null, ~ or nothing */
    bool is_plain; /* a scalar without quotes */
    struct place place;
    struct bylaw_span text; /* of a scalar; NUL-terminated, holds no NUL */
    uint64_t hash;          /* of text */
    struct yaml_pair *pairs;
    size_t count, cap;
};

/** The tree of one document, or NULL after complaints (or out of memory). */
const struct yaml_node *bylaw__yaml_read(struct bylaw__arena *arena,
                                         struct bylaw_span yaml,
                                         const char *file,
                                         struct complaints *c);

/** Value of a key, or NULL. */
const struct yaml_node *bylaw__yaml_get(const struct yaml_node *mapping,
                                        const char *key);
bool bylaw__yaml_add(struct bylaw__arena *arena, struct yaml_node *parent,
                     struct yaml_pair pair);

/* ----------------------------------------------------------- readers --- */

/** What every reader needs. Results go into the arena. */
struct reading {
    struct bylaw__arena *arena;
    struct complaints *complaints;
    bool null_is_absent; /* not in rules, where null removes */
    const struct bylaw__term_spec *specs;
    size_t spec_count;
};

/** Reads value into target; complains where it cannot. */
typedef void read_fn(struct reading *r, const struct yaml_node *value,
                     void *target);

/** One key of a mapping. */
struct key_row {
    const char *key;
    read_fn *read;
    size_t offset; /* of what read fills, from the mapping's target */
    bool is_required;
};

/** Every key by its row; the target is the mapping's own struct. */
void bylaw__read_mapping(struct reading *r, const struct yaml_node *node,
                         const struct key_row *rows, size_t count,
                         void *target);
/** Array of elem bytes an item, each read by read_item; *out_count set. */
void *bylaw__read_list(struct reading *r, const struct yaml_node *node,
                       size_t elem, read_fn *read_item, size_t *out_count);
/** Position in words (static, count of them), or -1 after a complaint. */
int bylaw__read_word(struct reading *r, const struct yaml_node *node,
                     const char *const *words, size_t count);
bool bylaw__is_kind(struct reading *r, const struct yaml_node *node,
                    enum yaml_kind kind);
bool bylaw__is_id(struct bylaw_span text);

/* Targets: const char * unless said otherwise. */
read_fn bylaw__read_text;     /* any text but the empty one */
read_fn bylaw__read_id;       /* a-z 0-9 . - and a leading _ */
read_fn bylaw__read_date;     /* 2023-05-16 */
read_fn bylaw__read_moment;   /* a date, or date and time */
read_fn bylaw__read_duration; /* 30d, 12h, 2w */
read_fn bylaw__read_sha256;
read_fn bylaw__read_domain;
read_fn bylaw__read_language;
read_fn bylaw__read_url; /* http or https */
read_fn bylaw__read_licence;
read_fn bylaw__read_contact; /* e-mail or address */
read_fn bylaw__read_bool;    /* bool */
read_fn bylaw__read_works;   /* unsigned, from 1 */

/** A list of texts that two members of a struct hold. */
struct text_list {
    const char *const *items;
    size_t count;
};
struct text_list bylaw__read_texts(struct reading *r,
                                   const struct yaml_node *node,
                                   read_fn *read_item);

/* -------------------------------------------------------------- rules --- */

/** One rule file while a set is being put together. */
struct rule_file {
    const char *path;
    struct bylaw_span yaml;
    const struct yaml_node *tree;    /* as written; NULL where it is broken */
    const struct yaml_node *merged;  /* with its families; NULL likewise */
    const char *id;                  /* or NULL where it has none */
    const struct yaml_node *extends; /* or NULL */
    const char *text; /* its own and its families'; lives with the rules */
    char sha256[BYLAW__SHA256_HEX]; /* of that */
    bool is_family;                 /* id starts with "_" */
};

/** child's keys over parent's; both stay as they were. NULL: no memory. */
const struct yaml_node *bylaw__yaml_merge(struct bylaw__arena *arena,
                                          const struct yaml_node *parent,
                                          const struct yaml_node *child);
/** A mapping {NAME: null}, which removes the item with that id. */
bool bylaw__yaml_is_removal(const struct yaml_node *item);

/** Fills rule from a merged tree. */
void bylaw__rule_read(struct reading *r, const struct rule_file *file,
                      struct bylaw_rule *rule);

/* Readers of a rule's parts; the target of each is the whole rule. */
read_fn bylaw__rule_captured, bylaw__rule_valid, bylaw__rule_owner;
read_fn bylaw__rule_contacts, bylaw__rule_time, bylaw__rule_volume;
read_fn bylaw__rule_informal, bylaw__rule_marks, bylaw__rule_furniture;
read_fn bylaw__rule_partners, bylaw__rule_grants, bylaw__rule_samples;
read_fn bylaw__rule_excludes;
read_fn bylaw__rule_changes, bylaw__rule_any_of, bylaw__rule_templates;

/** Complains where a span of time ends before it begins. */
void bylaw__check_order(struct reading *r, const struct yaml_node *node,
                        const char *from, const char *to);

/** A rule's duties, prohibitions and requests, appended to rule->terms. */
void bylaw__terms_read(struct reading *r, const struct yaml_node *mapping,
                       struct bylaw_rule *rule);

/** Complains of an item that would remove what no family has. */
void bylaw__complain_removal(struct reading *r, const struct yaml_node *item);
/** Complains where a sample speaks of terms that the rule does not have. */
void bylaw__check_sample_terms(struct reading *r, const struct bylaw_rule *rule,
                               const struct yaml_node *sample);

/** Kind of a term of the whole vocabulary, or 0. */
enum bylaw_term_kind bylaw__vocabulary_kind(const char *id);
/** The vocabulary's or the specs' id nearest to text, or NULL. */
const char *bylaw__vocabulary_nearest(struct bylaw_span text);

/** Phrases of one file, appended by way of a growing array. */
struct phrase_list {
    struct bylaw_phrase *items; /* malloc'd; texts in the reading's arena */
    size_t count, cap;
    bool failed;
};
void bylaw__phrases_read(struct reading *r, const struct yaml_node *tree,
                         struct phrase_list *list);

#endif
