/* SPDX-License-Identifier: Apache-2.0 */
/* bylaw.yaml: a walk over the table of settings, each read or defaulted. */
#include "config_int.h"

#include <bylaw/bylaw.h>

#include <stdio.h>
#include <stdlib.h>

#define KEY_BYTES 96 /* of "watch[999].max-pages" and its like */

/* Keys under which people write secrets, and the key that names their file. */
static const struct {
    const char *key, *instead;
} secret_keys[] = {
    {"password", "password-file"}, {"secret", "secret-file"},
    {"key", "key-file"},           {"api-key", "key-file"},
    {"token", "key-file"},
};

/* ------------------------------------------------ where values came from --- */

static void note_setting(struct config_reading *c, const char *key,
                         const char *value, const char *origin)
{
    struct bylaw_setting *setting;

    if (bylaw__vec_grow(&c->settings, &c->setting_cap, c->setting_count + 1,
                        sizeof(*c->settings))) {
        c->reading.arena->failed = true;
        return;
    }
    setting = &c->settings[c->setting_count++];
    setting->key = bylaw__arena_strdup(c->reading.arena, key);
    setting->value = value;
    setting->origin = origin;
}

static const char *origin_of(struct config_reading *c, struct place place)
{
    char text[sizeof(((struct bylaw_error *)NULL)->where)];

    bylaw__place_text(text, sizeof(text), place);
    return bylaw__arena_strdup(c->reading.arena, text);
}

/* Settings that others refer to stand near the front. */
static const char *value_of(const struct config_reading *c, const char *key)
{
    for (size_t i = 0; i < c->setting_count; i++)
        if (c->settings[i].key && !strcmp(c->settings[i].key, key))
            return c->settings[i].value;
    return NULL;
}

/* --------------------------------------------------------- unknown keys --- */

/* What follows prefix (a section, or "") in a row's key; NULL: not in it. */
static const char *key_in(const struct setting_row *row, const char *prefix)
{
    size_t len = strlen(prefix);

    if (!len)
        return row->key;
    if (strncmp(row->key, prefix, len) || row->key[len] != '.')
        return NULL;
    return row->key + len + 1;
}

enum key_kind { KEY_UNKNOWN, KEY_SETTING, KEY_SECTION };

static enum key_kind kind_of_key(const struct setting_table *table,
                                 const char *prefix, struct bylaw_span word)
{
    /* The table's dots join levels; a written key is of one level. */
    if (memchr(word.ptr, '.', word.len))
        return KEY_UNKNOWN;
    for (size_t i = 0; i < table->count; i++) {
        const char *key = key_in(&table->rows[i], prefix);

        if (!key || strncmp(key, word.ptr, word.len))
            continue;
        if (key[word.len] == '\0')
            return KEY_SETTING;
        if (key[word.len] == '.' && word.len)
            return KEY_SECTION;
    }
    return KEY_UNKNOWN;
}

/* The nearest key or section of the same mapping, in the arena, or NULL. */
static const char *nearest_key(struct config_reading *c,
                               const struct setting_table *table,
                               const char *prefix, struct bylaw_span word)
{
    const char **words = bylaw__arena_alloc_array(c->reading.arena,
                                                  table->count, sizeof(*words));
    size_t count = 0;

    for (size_t i = 0; words && i < table->count; i++) {
        const char *key = key_in(&table->rows[i], prefix);

        if (!key)
            continue;
        words[count] = bylaw__arena_printf(c->reading.arena, "%.*s",
                                           (int)strcspn(key, "."), key);
        count += words[count] != NULL;
    }
    return count ? bylaw__nearest(word, words, count, sizeof(*words)) : NULL;
}

static void complain_key(struct config_reading *c,
                         const struct setting_table *table, const char *prefix,
                         const struct yaml_node *key)
{
    struct complaints *complaints = c->reading.complaints;
    const char *near;

    for (size_t i = 0; i < COUNT_OF(secret_keys); i++)
        if (bylaw__span_is(key->text, secret_keys[i].key)) {
            bylaw__complain(complaints, BYLAW_ECONFIG, "config.secret-inline",
                            key->place,
                            "a secret does not belong in this file: put it "
                            "in a file of its own and name that with \"%s\"",
                            secret_keys[i].instead);
            return;
        }
    near = nearest_key(c, table, prefix, key->text);
    bylaw__complain(complaints, BYLAW_ECONFIG, "config.unknown-key", key->place,
                    "key \"%s\" is not known here%s%s%s", key->text.ptr,
                    near ? "; did you mean \"" : "", near ? near : "",
                    near ? "\"?" : "");
}

static bool is_mapping(struct config_reading *c, const struct yaml_node *node)
{
    return !node->is_null && bylaw__is_kind(&c->reading, node, YAML_MAPPING);
}

/* Goes no deeper than the sections that the table has. */
static void check_keys(struct config_reading *c,
                       const struct setting_table *table, const char *prefix,
                       const struct yaml_node *mapping)
{
    for (size_t i = 0; i < mapping->count; i++) {
        const struct yaml_node *key = mapping->pairs[i].key;
        const struct yaml_node *value = mapping->pairs[i].value;
        enum key_kind kind = kind_of_key(table, prefix, key->text);

        if (kind == KEY_UNKNOWN)
            complain_key(c, table, prefix, key);
        else if (kind == KEY_SECTION && is_mapping(c, value)) {
            char section[KEY_BYTES];

            snprintf(section, sizeof(section), "%s%s%s", prefix,
                     *prefix ? "." : "", key->text.ptr);
            check_keys(c, table, section, value);
        }
    }
}

/* --------------------------------------------------------------- values --- */

/* The value of a dotted key, or NULL where nothing stands there. */
static const struct yaml_node *find_value(const struct yaml_node *mapping,
                                          const char *key)
{
    const struct yaml_node *node = mapping;

    while (*key) {
        size_t len = strcspn(key, ".");
        char word[KEY_BYTES];

        if (node->kind != YAML_MAPPING)
            return NULL;
        snprintf(word, sizeof(word), "%.*s", (int)len, key);
        node = bylaw__yaml_get(node, word);
        if (!node || node->is_null)
            return NULL;
        key += len + (key[len] == '.');
    }
    return node;
}

/* A default is read as if it were written; it stands in no place. */
static void take_default(struct config_reading *c,
                         const struct setting_row *row, const char *key,
                         void *target)
{
    struct yaml_node node = {.kind = YAML_SCALAR, .is_plain = true};
    const char *text = row->fallback, *origin = "default";

    if (text && *text == '=') {
        origin = text + 1;
        text = value_of(c, origin);
    }
    if (!text) {
        if (!strchr(key, '[')) /* what an entry leaves out goes unsaid */
            note_setting(c, key, NULL, origin);
        return;
    }
    node.text = bylaw__span_of(text);
    note_setting(c, key, row->read(c, row, &node, target), origin);
}

static void read_one(struct config_reading *c, const struct setting_row *row,
                     const struct yaml_node *value, const char *key,
                     void *target)
{
    const char *text;

    if (!value) {
        take_default(c, row, key, target);
        return;
    }
    text = row->read(c, row, value, target);
    if (text)
        note_setting(c, key, text, origin_of(c, value->place));
}

static bool is_list(struct config_reading *c, const struct yaml_node *node)
{
    return bylaw__is_kind(&c->reading, node, YAML_LIST);
}

/* An array in the arena, with a NULL behind it where entries are pointers. */
static void *new_array(struct config_reading *c, const struct setting_row *row,
                       void *target, size_t count, size_t size)
{
    void *items = bylaw__arena_alloc_array(c->reading.arena, count + 1, size);

    if (!items)
        count = 0;
    memcpy((char *)target + row->at, &items, sizeof(items));
    memcpy((char *)target + row->count_at, &count, sizeof(count));
    return items;
}

/* A list that holds nothing is a value, too. */
static void note_empty(struct config_reading *c, const struct setting_row *row,
                       const struct yaml_node *value)
{
    note_setting(c, row->key, NULL,
                 value ? origin_of(c, value->place) : "default");
}

static void read_list(struct config_reading *c, const struct setting_row *row,
                      const struct yaml_node *value, void *target)
{
    size_t count = value && is_list(c, value) ? value->count : 0;
    const char **items = new_array(c, row, target, count, sizeof(*items));

    if (!count)
        note_empty(c, row, value);
    for (size_t i = 0; items && i < count; i++) {
        char key[KEY_BYTES];

        snprintf(key, sizeof(key), "%s[%zu]", row->key, i);
        read_one(c, row, value->pairs[i].value, key, &items[i]);
    }
}

static void read_rows(struct config_reading *c,
                      const struct setting_table *table, const char *prefix,
                      const struct yaml_node *mapping, void *target);

static void read_item(struct config_reading *c,
                      const struct setting_table *table, const char *prefix,
                      const struct yaml_node *node, void *item)
{
    if (!bylaw__is_kind(&c->reading, node, YAML_MAPPING))
        return;
    check_keys(c, table, "", node);
    read_rows(c, table, prefix, node, item);
    if (table->finish)
        table->finish(c, node, item);
}

static void read_items(struct config_reading *c, const struct setting_row *row,
                       const struct yaml_node *value, void *target)
{
    size_t count = value && is_list(c, value) ? value->count : 0;
    char *items = new_array(c, row, target, count, row->items->size);

    if (!count)
        note_empty(c, row, value);
    for (size_t i = 0; items && i < count; i++) {
        char prefix[KEY_BYTES];

        snprintf(prefix, sizeof(prefix), "%s[%zu].", row->key, i);
        read_item(c, row->items, prefix, value->pairs[i].value,
                  items + i * row->items->size);
    }
}

static void read_rows(struct config_reading *c,
                      const struct setting_table *table, const char *prefix,
                      const struct yaml_node *mapping, void *target)
{
    for (size_t i = 0; i < table->count; i++) {
        const struct setting_row *row = &table->rows[i];
        const struct yaml_node *value = find_value(mapping, row->key);
        char key[KEY_BYTES];

        if (row->shape == SETTING_ITEMS) {
            read_items(c, row, value, target);
        } else if (row->shape == SETTING_LIST) {
            read_list(c, row, value, target);
        } else {
            snprintf(key, sizeof(key), "%s%s", prefix, row->key);
            read_one(c, row, value, key, (char *)target + row->at);
        }
        if (row->is_required && !value)
            bylaw__complain(c->reading.complaints, BYLAW_ECONFIG,
                            "rules.missing-key", mapping->place,
                            "key \"%s\" is missing", row->key);
    }
}

/* ------------------------------------------------------------ the whole --- */

/* "bylaw/0.1.0 (+editor@example.org)": whoever is visited can write back. */
static void name_agent(struct config_reading *c)
{
    struct bylaw_config *config = c->config;

    if (config->user_agent)
        return;
    config->user_agent =
        bylaw__arena_printf(c->reading.arena, "bylaw/" BYLAW_VERSION " (%s%s)",
                            config->contact ? "+" : "",
                            config->contact ? config->contact
                                            : "licence compliance check");
    for (size_t i = 0; i < c->setting_count; i++)
        if (c->settings[i].key && !strcmp(c->settings[i].key, "user-agent"))
            c->settings[i].value = config->user_agent;
}

/* A file of comments and blank lines is a configuration of defaults. */
static bool is_blank(struct bylaw_span yaml)
{
    bool is_comment = false;

    for (size_t i = 0; i < yaml.len; i++) {
        char byte = yaml.ptr[i];

        if (byte == '\n')
            is_comment = false;
        else if (byte == '#')
            is_comment = true;
        else if (!is_comment && !bylaw__is_space((unsigned char)byte))
            return false;
    }
    return true;
}

static const struct yaml_node *read_tree(struct config_reading *c,
                                         struct bylaw__arena *scratch,
                                         struct bylaw_span yaml,
                                         const char *path)
{
    struct yaml_node *nothing;

    if (yaml.len > BYLAW_LIMIT_RULE_BYTES || !is_blank(yaml))
        return bylaw__yaml_read(scratch, yaml, path, c->reading.complaints);
    nothing = bylaw__arena_alloc(scratch, sizeof(*nothing));
    if (nothing) {
        nothing->kind = YAML_MAPPING;
        nothing->place = (struct place){path, 1, 1};
    }
    return nothing;
}

static void keep_settings(struct config_reading *c)
{
    struct bylaw_setting *settings =
        bylaw__arena_alloc_array(c->reading.arena, c->setting_count,
                                 sizeof(*settings));

    if (!settings)
        return;
    if (c->setting_count)
        memcpy(settings, c->settings, c->setting_count * sizeof(*settings));
    c->config->settings = settings;
    c->config->setting_count = c->setting_count;
}

static int read_config(struct config_reading *c, struct bylaw_span yaml,
                       const char *path, struct bylaw_error *err)
{
    struct bylaw__arena scratch = {0};
    const struct yaml_node *tree = read_tree(c, &scratch, yaml, path);
    int rc;

    if (tree) {
        check_keys(c, &bylaw__config_table, "", tree);
        read_rows(c, &bylaw__config_table, "", tree, c->config);
        bylaw__config_check_parts(c, tree);
        name_agent(c);
        keep_settings(c);
    }
    rc = bylaw__complaints_end(c->reading.complaints, err);
    if (scratch.failed || c->reading.arena->failed || (!tree && !rc))
        rc = bylaw__fail_memory(err, path);
    bylaw__arena_release(&scratch);
    return rc;
}

int bylaw__config_read(struct bylaw_config **out, struct bylaw_span yaml,
                       const char *path, const char *const *services,
                       bylaw__complaint_fn *report, void *payload,
                       struct bylaw_error *err)
{
    struct bylaw__arena *owner = bylaw__owner_new(0);
    struct complaints complaints = {.report = report, .payload = payload};
    struct config_reading c = {.services = services};
    const char *slash = strrchr(path, '/');
    int rc;

    if (slash)
        c.folder = (struct bylaw_span){path, (size_t)(slash - path) + 1};
    c.reading = (struct reading){.arena = owner,
                                 .complaints = &complaints,
                                 .null_is_absent = true};
    if (owner)
        c.config = bylaw__arena_alloc(owner, sizeof(*c.config));
    if (c.config)
        c.config->path = bylaw__arena_strdup(owner, path);
    if (!c.config || !c.config->path) {
        rc = bylaw__fail_memory(err, path);
        goto done;
    }
    rc = read_config(&c, yaml, path, err);
    if (rc)
        goto done;
    c.config->owner = owner;
    *out = c.config;
    owner = NULL;
done:
    free(c.settings);
    bylaw__owner_free(owner);
    return rc;
}

void bylaw_config_free(struct bylaw_config *config)
{
    if (config)
        bylaw__owner_free(config->owner);
}

const char *bylaw_watch_kind_name(enum bylaw_watch_kind kind)
{
    static const char *const names[] = {
        [BYLAW_WATCH_NONE] = "none", [BYLAW_WATCH_SITE] = "site",
        [BYLAW_WATCH_FEED] = "feed", [BYLAW_WATCH_SITEMAP] = "sitemap",
        [BYLAW_WATCH_LIST] = "list", [BYLAW_WATCH_PAGE] = "page",
    };

    return (size_t)kind < COUNT_OF(names) ? names[kind] : names[0];
}
