/* SPDX-License-Identifier: Apache-2.0 */
/* A folder, or a text, to a compiled set of rules and phrases. */
#include "rules_int.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#define CHAIN_MOST (BYLAW_LIMIT_RULE_EXTENDS + 1) /* a rule and its families */

/* All that one load works on; only `owner` outlives it. */
struct load {
    struct bylaw__arena scratch; /* bytes and trees */
    struct bylaw__arena *owner;  /* of the result */
    struct complaints complaints;
    struct reading reading;
    struct rule_file *files; /* malloc'd */
    size_t file_count, file_cap;
    struct phrase_list phrases;
};

static int load_begin(struct load *load, const struct bylaw__term_spec *specs,
                      size_t spec_count, bylaw__complaint_fn *report,
                      void *payload, struct bylaw_error *err)
{
    memset(load, 0, sizeof(*load));
    load->complaints.report = report;
    load->complaints.payload = payload;
    load->owner = bylaw__owner_new(0);
    if (!load->owner)
        return bylaw__fail_memory(err, "rules.load");
    load->reading = (struct reading){.arena = load->owner,
                                     .complaints = &load->complaints,
                                     .specs = specs,
                                     .spec_count = spec_count};
    return 0;
}

static void load_release(struct load *load)
{
    bylaw__arena_release(&load->scratch);
    bylaw__owner_free(load->owner);
    bylaw__map_release(&load->complaints.seen);
    free(load->files);
    free(load->phrases.items);
}

/* ------------------------------------------------------------- chains --- */

static struct rule_file *find_file(const struct load *load,
                                   struct bylaw_span id)
{
    for (size_t i = 0; i < load->file_count; i++)
        if (load->files[i].id && bylaw__span_is(id, load->files[i].id))
            return &load->files[i];
    return NULL;
}

/* Complains of what stands at the chain's last extends. */
static void complain_chain(struct load *load, const struct rule_file *last,
                           int code, const char *id, const char *what)
{
    bylaw__complain(&load->complaints, code, id, last->extends->place,
                    "\"%s\" extends \"%s\", %s", last->id,
                    last->extends->text.ptr, what);
}

/* file and its families, nearest first; 0 where the chain is broken. */
static size_t follow_chain(struct load *load,
                           struct rule_file *chain[CHAIN_MOST],
                           struct rule_file *file)
{
    size_t count = 0;

    while (file && file->tree && file->id) {
        if (count == CHAIN_MOST) {
            complain_chain(load, chain[0], BYLAW_ELIMIT, "rules.extends-depth",
                           "and the chain of families is too long");
            return 0;
        }
        chain[count++] = file;
        if (!file->extends)
            return count;
        file = find_file(load, file->extends->text);
        for (size_t i = 0; i < count; i++)
            if (chain[i] == file) {
                complain_chain(load, chain[count - 1], BYLAW_ECONFIG,
                               "rules.extends-cycle",
                               "which leads back to itself");
                return 0;
            }
    }
    if (count && !file)
        complain_chain(load, chain[count - 1], BYLAW_ECONFIG,
                       "rules.extends-unknown", "which is not there");
    return 0;
}

/* A change anywhere along the chain is another version of the rule. */
static void hash_chain(struct load *load, struct rule_file *const *chain,
                       size_t count)
{
    struct bylaw__buf bytes;

    bylaw__buf_init(&bytes, 0);
    for (size_t i = 0; i < count; i++)
        bylaw__buf_add_span(&bytes, chain[i]->yaml);
    if (bytes.failed ||
        bylaw__sha256_hex(chain[0]->sha256, bylaw__buf_span(&bytes)))
        load->scratch.failed = true;
    chain[0]->text = bylaw__arena_copy(load->owner, bylaw__buf_span(&bytes));
    bylaw__buf_release(&bytes);
}

static void merge_chain(struct load *load, struct rule_file *file)
{
    struct rule_file *chain[CHAIN_MOST];
    size_t count = follow_chain(load, chain, file);
    const struct yaml_node *merged;

    if (!count)
        return;
    merged = chain[count - 1]->tree;
    for (size_t i = count - 1; merged && i-- > 0;)
        merged = bylaw__yaml_merge(&load->scratch, merged, chain[i]->tree);
    file->merged = merged;
    hash_chain(load, chain, count);
}

/* -------------------------------------------------------------- files --- */

static const struct yaml_node *scalar_of(const struct yaml_node *tree,
                                         const char *key)
{
    const struct yaml_node *node = bylaw__yaml_get(tree, key);

    return node && node->kind == YAML_SCALAR && !node->is_null ? node : NULL;
}

static void check_new_id(struct load *load, const struct rule_file *file,
                         const struct yaml_node *id)
{
    const struct rule_file *other = find_file(load, id->text);

    if (other && other != file)
        bylaw__complain(&load->complaints, BYLAW_ECONFIG, "rules.duplicate-id",
                        id->place, "rule id \"%s\" is already that of %s",
                        id->text.ptr, other->path);
}

/* The file's own id: families are merged later, and never pass theirs on. */
static void read_identity(struct load *load, struct rule_file *file)
{
    const struct yaml_node *id = scalar_of(file->tree, "id");

    file->extends = scalar_of(file->tree, "extends");
    if (!id) {
        if (!bylaw__yaml_get(file->tree, "id"))
            bylaw__complain(&load->complaints, BYLAW_ECONFIG,
                            "rules.missing-key", file->tree->place,
                            "key \"id\" is missing");
        return;
    }
    check_new_id(load, file, id);
    file->id = id->text.ptr;
    file->is_family = id->text.len && id->text.ptr[0] == '_';
}

/* bytes are borrowed until the load ends. NULL when memory ran out. */
static struct rule_file *add_file(struct load *load, const char *path,
                                  struct bylaw_span yaml)
{
    struct rule_file *file;

    if (bylaw__vec_grow(&load->files, &load->file_cap, load->file_count + 1,
                        sizeof(*load->files))) {
        load->scratch.failed = true;
        return NULL;
    }
    file = &load->files[load->file_count++];
    *file = (struct rule_file){.yaml = yaml};
    file->path = bylaw__arena_strdup(&load->scratch, path);
    if (!file->path)
        return NULL;
    file->tree =
        bylaw__yaml_read(&load->scratch, yaml, path, &load->complaints);
    if (file->tree)
        read_identity(load, file);
    return file;
}

/* Bytes of a file in the scratch arena; ptr NULL after a complaint. */
static struct bylaw_span read_bytes(struct load *load, const char *path)
{
    struct bylaw__buf buf;
    struct bylaw_error err = {0};
    struct bylaw_span bytes = {NULL, 0};

    bylaw__buf_init(&buf, BYLAW_LIMIT_RULE_BYTES);
    if (bylaw__file_read(&buf, path, &err))
        bylaw__complain_error(&load->complaints, &err);
    else
        bytes = bylaw__arena_span(&load->scratch, bylaw__buf_span(&buf));
    bylaw__buf_release(&buf);
    return bytes;
}

/* ------------------------------------------------------------ folders --- */

struct name_list {
    char **items; /* owned */
    size_t count, cap;
};

static void names_release(struct name_list *names)
{
    for (size_t i = 0; i < names->count; i++)
        free(names->items[i]);
    free(names->items);
}

static int compare_names(const void *a, const void *b)
{
    const char *const *x = a, *const *y = b;

    return strcmp(*x, *y);
}

static bool is_yaml_name(const char *name)
{
    return name[0] != '.' && bylaw__span_ends(bylaw__span_of(name), ".yaml");
}

static int add_name(struct name_list *names, const char *name)
{
    if (bylaw__vec_grow(&names->items, &names->cap, names->count + 1,
                        sizeof(*names->items)))
        return BYLAW_ENOMEM;
    names->items[names->count] = strdup(name);
    return names->items[names->count] ? (names->count++, 0) : BYLAW_ENOMEM;
}

/* The *.yaml of a folder in order of name, whatever order the disk gives. */
static void list_folder(struct load *load, struct name_list *names,
                        const char *dir)
{
    DIR *folder = opendir(dir);
    struct dirent *entry;

    while (folder && (entry = readdir(folder))) {
        if (!is_yaml_name(entry->d_name))
            continue;
        if (names->count == BYLAW_LIMIT_RULE_ITEMS) {
            bylaw__complain(&load->complaints, BYLAW_ELIMIT, "rules.too-many",
                            (struct place){.file = dir},
                            "the folder has more rule files than %u",
                            BYLAW_LIMIT_RULE_ITEMS);
            break;
        }
        if (add_name(names, entry->d_name))
            load->scratch.failed = true;
    }
    if (folder)
        closedir(folder);
    if (names->count)
        qsort(names->items, names->count, sizeof(*names->items), compare_names);
}

typedef void take_file_fn(struct load *load, const char *path, const char *name,
                          struct bylaw_span bytes);

static void read_folder(struct load *load, const char *dir, take_file_fn *take)
{
    struct name_list names = {NULL, 0, 0};

    list_folder(load, &names, dir);
    for (size_t i = 0; i < names.count; i++) {
        const char *path =
            bylaw__arena_printf(&load->scratch, "%s/%s", dir, names.items[i]);
        struct bylaw_span bytes;

        if (!path)
            break;
        bytes = read_bytes(load, path);
        if (bytes.ptr)
            take(load, path, names.items[i], bytes);
    }
    names_release(&names);
}

static void take_rule(struct load *load, const char *path, const char *name,
                      struct bylaw_span bytes)
{
    struct rule_file *file = add_file(load, path, bytes);
    struct bylaw_span stem = bylaw__span_of(name);

    stem.len -= sizeof(".yaml") - 1;
    if (file && file->id && !bylaw__span_is(stem, file->id))
        bylaw__complain(&load->complaints, BYLAW_ECONFIG, "rules.file-name",
                        bylaw__yaml_get(file->tree, "id")->place,
                        "the id is \"%s\", so the file must be %s.yaml",
                        file->id, file->id);
}

static void take_phrases(struct load *load, const char *path, const char *name,
                         struct bylaw_span bytes)
{
    const struct yaml_node *tree =
        bylaw__yaml_read(&load->scratch, bytes, path, &load->complaints);

    (void)name;
    if (tree)
        bylaw__phrases_read(&load->reading, tree, &load->phrases);
}

/* ------------------------------------------------------------- result --- */

static int compare_rules(const void *a, const void *b)
{
    const struct bylaw_rule *x = a, *y = b;

    return strcmp(x->id, y->id);
}

/* Every file is read, families too, so that no complaint goes missing. */
static size_t read_rules(struct load *load, struct bylaw_rule *items,
                         size_t listed)
{
    size_t count = 0;

    for (size_t i = 0; i < load->file_count; i++) {
        struct rule_file *file = &load->files[i];
        struct bylaw_rule rule;

        merge_chain(load, file);
        if (!file->merged)
            continue;
        memset(&rule, 0, sizeof(rule));
        bylaw__rule_read(&load->reading, file, &rule);
        if (!file->is_family && i < listed)
            items[count++] = rule;
    }
    return count;
}

static struct bylaw_rules *build(struct load *load, size_t listed)
{
    struct bylaw_rules *rules = bylaw__arena_alloc(load->owner, sizeof(*rules));
    struct bylaw_rule *items =
        bylaw__arena_alloc_array(load->owner, load->file_count, sizeof(*items));
    struct bylaw_phrase *phrases =
        bylaw__arena_alloc_array(load->owner, load->phrases.count,
                                 sizeof(*phrases));

    if (!rules || !items || !phrases)
        return NULL;
    rules->items = items;
    rules->count = read_rules(load, items, listed);
    /* With a complaint a rule may lack its id; then nothing is given out. */
    if (!load->complaints.count && !load->owner->failed)
        qsort(items, rules->count, sizeof(*items), compare_rules);
    rules->phrases = phrases;
    rules->phrase_count = load->phrases.count;
    if (load->phrases.count)
        memcpy(phrases, load->phrases.items,
               load->phrases.count * sizeof(*phrases));
    rules->owner = load->owner;
    return rules;
}

/* The first `listed` files become rules; the others serve as families. */
static int finish(struct bylaw_rules **out, struct load *load, size_t listed,
                  struct bylaw_error *err)
{
    struct bylaw_rules *rules = build(load, listed);
    int rc = bylaw__complaints_end(&load->complaints, err);

    if (!rules || load->owner->failed || load->scratch.failed ||
        load->phrases.failed)
        return bylaw__fail_memory(err, "rules.load");
    if (rc)
        return rc;
    *out = rules;
    load->owner = NULL;
    return 0;
}

int bylaw__rules_load(struct bylaw_rules **out, const char *dir,
                      const struct bylaw__term_spec *specs, size_t spec_count,
                      bylaw__complaint_fn *report, void *payload,
                      struct bylaw_error *err)
{
    struct load load;
    int rc = load_begin(&load, specs, spec_count, report, payload, err);
    const char *phrases;

    if (rc)
        goto done;
    read_folder(&load, dir, take_rule);
    if (!load.file_count && !load.complaints.count)
        bylaw__complain(&load.complaints, BYLAW_ECONFIG, "rules.none-found",
                        (struct place){.file = dir},
                        "the folder has no rule files, or cannot be read");
    phrases = bylaw__arena_printf(&load.scratch, "%s/phrases", dir);
    if (phrases)
        read_folder(&load, phrases, take_phrases);
    rc = finish(out, &load, load.file_count, err);
done:
    load_release(&load);
    return rc;
}

int bylaw__rules_load_files(struct bylaw_rules **out,
                            const struct bylaw__rules_file *files, size_t count,
                            const struct bylaw__term_spec *specs,
                            size_t spec_count, bylaw__complaint_fn *report,
                            void *payload, struct bylaw_error *err)
{
    struct load load;
    int rc = load_begin(&load, specs, spec_count, report, payload, err);

    if (rc)
        goto done;
    for (size_t i = 0; i < count; i++)
        (void)add_file(&load, files[i].path, files[i].yaml);
    rc = finish(out, &load, load.file_count, err);
done:
    load_release(&load);
    return rc;
}

/* Path of a family beside the file at path; NULL where path has no folder. */
static const char *family_path(struct load *load, const char *path,
                               struct bylaw_span id)
{
    const char *slash = strrchr(path, '/');

    if (!slash || !bylaw__is_id(id))
        return NULL;
    return bylaw__arena_printf(&load->scratch, "%.*s/%s.yaml",
                               (int)(slash - path), path, id.ptr);
}

/* Reads the families that a single rule needs, up to the longest chain. */
static void add_families(struct load *load, const char *path)
{
    for (size_t i = 0; i < CHAIN_MOST && i < load->file_count; i++) {
        const struct yaml_node *extends = load->files[i].extends;
        const char *family;
        struct bylaw_span bytes;

        if (!extends || find_file(load, extends->text))
            return;
        family = family_path(load, path, extends->text);
        if (!family)
            return;
        bytes = read_bytes(load, family);
        if (bytes.ptr)
            take_rule(load, family, strrchr(family, '/') + 1, bytes);
    }
}

int bylaw__rules_load_text(struct bylaw_rules **out, struct bylaw_span yaml,
                           const char *name,
                           const struct bylaw__term_spec *specs,
                           size_t spec_count, bylaw__complaint_fn *report,
                           void *payload, struct bylaw_error *err)
{
    struct load load;
    int rc = load_begin(&load, specs, spec_count, report, payload, err);

    if (rc)
        goto done;
    (void)add_file(&load, name, yaml);
    add_families(&load, name);
    rc = finish(out, &load, 1, err);
done:
    load_release(&load);
    return rc;
}
