/* SPDX-License-Identifier: Apache-2.0 */
/* Credit phrases of one language: by certainty, then role, then stems. */
#include "rules_int.h"

#define ROLE_COUNT ((size_t)BYLAW_PHRASE_PARTNER)

/* A file while it is read. */
struct phrase_draft {
    struct reading *reading;
    struct phrase_list *list;
    const char *language;
    bool is_seen;
};

static void check_new_stem(const struct phrase_draft *draft,
                           const struct yaml_node *stem,
                           enum bylaw_phrase_role role)
{
    const struct phrase_list *list = draft->list;

    for (size_t i = list->count; i-- > 0;) {
        const struct bylaw_phrase *old = &list->items[i];

        /* Pointer equality: phrases of one file share their language. */
        if (old->language != draft->language)
            return;
        if (old->role == role && bylaw__span_is(stem->text, old->stem))
            bylaw__complain(draft->reading->complaints, BYLAW_ECONFIG,
                            "rules.duplicate-id", stem->place,
                            "phrase \"%s\" stands twice for role \"%s\"",
                            old->stem, bylaw_phrase_role_name(role));
    }
}

static void add_stem(const struct phrase_draft *draft,
                     const struct yaml_node *stem, enum bylaw_phrase_role role)
{
    struct phrase_list *list = draft->list;
    const char *text = NULL;

    bylaw__read_text(draft->reading, stem, &text);
    if (!text)
        return;
    check_new_stem(draft, stem, role);
    if (bylaw__vec_grow(&list->items, &list->cap, list->count + 1,
                        sizeof(*list->items))) {
        list->failed = true;
        return;
    }
    list->items[list->count++] =
        (struct bylaw_phrase){draft->language, role, text, draft->is_seen};
}

static enum bylaw_phrase_role read_role(const struct phrase_draft *draft,
                                        const struct yaml_node *key)
{
    const char *words[ROLE_COUNT];

    for (size_t i = 0; i < ROLE_COUNT; i++)
        words[i] = bylaw_phrase_role_name((enum bylaw_phrase_role)(i + 1));
    /* -1 becomes 0, which is no role */
    return (enum bylaw_phrase_role)(
        bylaw__read_word(draft->reading, key, words, ROLE_COUNT) + 1);
}

static void read_stems(const struct phrase_draft *draft,
                       const struct yaml_pair *pair)
{
    enum bylaw_phrase_role role = read_role(draft, pair->key);

    if (!role || !bylaw__is_kind(draft->reading, pair->value, YAML_LIST))
        return;
    for (size_t i = 0; i < pair->value->count; i++)
        add_stem(draft, pair->value->pairs[i].value, role);
}

static void read_roles(const struct phrase_draft *draft,
                       const struct yaml_node *roles)
{
    if (!bylaw__is_kind(draft->reading, roles, YAML_MAPPING))
        return;
    for (size_t i = 0; i < roles->count; i++)
        read_stems(draft, &roles->pairs[i]);
}

static void read_seen(struct reading *r, const struct yaml_node *value,
                      void *target)
{
    struct phrase_draft *draft = target;

    (void)r;
    draft->is_seen = true;
    read_roles(draft, value);
}

static void read_known(struct reading *r, const struct yaml_node *value,
                       void *target)
{
    struct phrase_draft *draft = target;

    (void)r;
    draft->is_seen = false;
    read_roles(draft, value);
}

/* Read first, whatever the order of keys: every phrase refers to it. */
static const char *read_language_first(struct reading *r,
                                       const struct yaml_node *tree)
{
    const struct yaml_node *node = bylaw__yaml_get(tree, "language");
    const char *language = NULL;

    if (node)
        bylaw__read_language(r, node, &language);
    return language;
}

static void skip_language(struct reading *r, const struct yaml_node *value,
                          void *target)
{
    (void)r;
    (void)value;
    (void)target;
}

void bylaw__phrases_read(struct reading *r, const struct yaml_node *tree,
                         struct phrase_list *list)
{
    static const struct key_row rows[] = {
        {"language", skip_language, 0, true},
        {"seen", read_seen, 0, false},
        {"known", read_known, 0, false},
    };
    struct phrase_draft draft = {.reading = r, .list = list};

    draft.language = read_language_first(r, tree);
    bylaw__read_mapping(r, tree, rows, COUNT_OF(rows), &draft);
}
