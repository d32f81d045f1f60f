/* SPDX-License-Identifier: Apache-2.0 */
/* What reads bylaw.yaml: one table of settings, one reader a kind of value. */
#ifndef BYLAW_CONFIG_INT_H
#define BYLAW_CONFIG_INT_H

#include "rules_int.h"

#include <bylaw/config.h>

/* A configuration while it is read. */
struct config_reading {
    struct reading reading; /* arena and complaints */
    struct bylaw_config *config;
    struct bylaw_span folder;       /* of the file, with its "/"; or empty */
    const char *const *services;    /* known search services; NULL: any id */
    struct bylaw_setting *settings; /* malloc'd while they grow */
    size_t setting_count, setting_cap;
};

struct setting_row;

/**
 * Reads one value into target. Gives the text that stands for it (static or
 * in the arena), or NULL after a complaint.
 */
typedef const char *setting_fn(struct config_reading *c,
                               const struct setting_row *row,
                               const struct yaml_node *node, void *target);

/** Looks at a finished item of a list, whose mapping is node. */
typedef void item_fn(struct config_reading *c, const struct yaml_node *node,
                     void *item);

struct setting_table {
    const struct setting_row *rows;
    size_t count;
    size_t size;     /* bytes of the struct that the rows fill */
    item_fn *finish; /* or NULL */
};

enum setting_shape { SETTING_ONE = 0, SETTING_LIST, SETTING_ITEMS };

/** One setting: all that is known of it stands in its row. */
struct setting_row {
    const char *key; /* dotted where it stands in a section */
    enum setting_shape shape;
    setting_fn *read;     /* of one value, or of one entry of a LIST */
    size_t at;            /* of the member; of the array's pointer for lists */
    size_t count_at;      /* of the array's count */
    const char *fallback; /* the default as it would be written; "=KEY" takes
                             the value of that setting; NULL: not set */
    bool is_required;
    int64_t least, most; /* of a number, or of a duration in milliseconds */
    int tag;             /* enum value that the key stands for */
    const struct setting_table *items; /* ITEMS: what each entry holds */
};

extern const struct setting_table bylaw__config_table;

/** Complains where parts of a whole configuration do not fit together. */
void bylaw__config_check_parts(struct config_reading *c,
                               const struct yaml_node *tree);

/* Readers. Targets: const char * unless said otherwise. */
setting_fn bylaw__setting_text, bylaw__setting_contact, bylaw__setting_email;
setting_fn bylaw__setting_domain, bylaw__setting_url, bylaw__setting_smtp;
setting_fn bylaw__setting_date;     /* 2026-12-31 */
setting_fn bylaw__setting_path;     /* resolved against the file's folder */
setting_fn bylaw__setting_url_path; /* "/pixel.gif" */
setting_fn bylaw__setting_service;
setting_fn bylaw__setting_range;      /* 127.0.0.0/8 */
setting_fn bylaw__setting_connect_to; /* HOST:PORT:ADDRESS:PORT */
setting_fn bylaw__setting_whole;      /* unsigned */
setting_fn bylaw__setting_duration;   /* int64_t, milliseconds */
setting_fn bylaw__setting_digest;     /* enum bylaw_digest */
setting_fn bylaw__setting_hints;      /* enum bylaw_hints */
setting_fn bylaw__setting_watch;      /* struct bylaw_watch; the tag's kind */

#endif
