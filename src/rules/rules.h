/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Room card: rules (floor 4)
 *
 * Purpose  YAML becomes compiled rules, credit phrases, source manifests and
 *          a workspace's configuration.
 * Takes    files or bytes; the ids of the terms that can be judged; the names
 *          of the search services that can be asked.
 * Gives    struct bylaw_rules; struct bylaw_source from a manifest; ODRL-like
 *          terms checked against their table; struct bylaw_config with every
 *          default filled in; the secrets whose files a configuration names.
 * May include  base url text html model; libfyaml.
 *
 * Invariants
 *  1. Every complaint carries file:line:column and the offending word.
 *  2. Nothing is ignored: an unknown key, term id or value is an error.
 *  3. Inheritance is applied here; a compiled rule names no family. Lists of
 *     mappings merge by id (or replace where they have none); null removes.
 *  4. Nesting, size, chain length and list length have ceilings.
 *  5. A rule's sha256 covers its own bytes and its families', nearest first.
 *  6. A parameter's true and false (YAML) are given as "yes" and "no".
 *  7. A secret stands in a file of its own that only its owner can read; no
 *     message and no value but bylaw__secret_read's holds one.
 */
#ifndef BYLAW_RULES_H
#define BYLAW_RULES_H

#include "model/model.h"

#include <bylaw/config.h>

/** What the judge can decide: so that an unknown id is caught at load time. */
struct bylaw__term_spec {
    const char *id;
    enum bylaw_term_kind kind; /* DUTY or PROHIBITION */
    const char *const *params; /* names it takes, NULL-terminated; every
                                  term takes one-link and if-supplied too */
};

/** Receives each complaint of a load; all are reported, not only the first. */
typedef void bylaw__complaint_fn(void *payload, const struct bylaw_error *err);

/**
 * Loads every *.yaml of a folder (not of its subfolders) as rules, and
 * those of its subfolder phrases as credit phrases. A rule's file is named
 * after its id. Ids that start with "_" are families only: usable by extends,
 * not listed. Fails with the first complaint after all have been reported
 * (report may be NULL).
 */
int bylaw__rules_load(struct bylaw_rules **out, const char *dir,
                      const struct bylaw__term_spec *specs, size_t spec_count,
                      bylaw__complaint_fn *report, void *payload,
                      struct bylaw_error *err);

/** A rule file in memory; the path is for messages. Both borrowed. */
struct bylaw__rules_file {
    const char *path;
    struct bylaw_span yaml;
};

/** As bylaw__rules_load, from memory: rules and families, no phrases. */
int bylaw__rules_load_files(struct bylaw_rules **out,
                            const struct bylaw__rules_file *files, size_t count,
                            const struct bylaw__term_spec *specs,
                            size_t spec_count, bylaw__complaint_fn *report,
                            void *payload, struct bylaw_error *err);

/**
 * One rule from bytes, for tests and `rules check FILE`. Families it extends
 * are read from name's folder; a name without "/" has no folder. The result
 * is empty where the rule is itself a family.
 */
int bylaw__rules_load_text(struct bylaw_rules **out, struct bylaw_span yaml,
                           const char *name,
                           const struct bylaw__term_spec *specs,
                           size_t spec_count, bylaw__complaint_fn *report,
                           void *payload, struct bylaw_error *err);

/** Samples that are no rule's own; each names the rule it is judged by. */
struct bylaw__sample_list {
    struct bylaw_sample *items;
    size_t count;
    struct bylaw__arena *owner;
};

/**
 * Reads a file of samples: a mapping with the one key samples, whose entries
 * are written as in a rule and name a rule besides. All complaints are
 * reported; the first is the failure (report may be NULL).
 */
int bylaw__samples_read(struct bylaw__sample_list *out, struct bylaw_span yaml,
                        const char *path, const struct bylaw_rules *rules,
                        bylaw__complaint_fn *report, void *payload,
                        struct bylaw_error *err);
void bylaw__samples_release(struct bylaw__sample_list *list);

/**
 * Reads a source manifest (design: id, url, title, authors, publisher,
 * published, language, rule or licence, upstream, copyright, text). The
 * result has no document yet; *out_text is the path of its text file resolved
 * against the manifest's folder (caller frees), or NULL where none is named.
 * The text's path is relative ("..", too, is allowed; an absolute one is not),
 * so that a manifest and its text travel together.
 */
int bylaw__manifest_read(struct bylaw_source **out, char **out_text,
                         struct bylaw_span yaml, const char *path,
                         struct bylaw_error *err);

/**
 * Reads a workspace's bylaw.yaml; path is for messages, and paths inside the
 * file count from its folder. Nothing is opened. services (NULL-terminated,
 * or NULL for any) are the search services that can be asked. Fails with the
 * first complaint after all have been reported (report may be NULL).
 */
int bylaw__config_read(struct bylaw_config **out, struct bylaw_span yaml,
                       const char *path, const char *const *services,
                       bylaw__complaint_fn *report, void *payload,
                       struct bylaw_error *err);

/**
 * Looks at the files that a configuration names: whether those to be read are
 * there, and whether secrets are their owner's alone. All complaints are
 * reported; the first is the failure.
 */
int bylaw__config_check_files(const struct bylaw_config *config,
                              bylaw__complaint_fn *report, void *payload,
                              struct bylaw_error *err);

/**
 * The secret in a file: its first line, without white space around it. Fails
 * with config.secret-exposed where group or others may read or write the
 * file, config.secret-empty, file.unreadable, file.too-large
 * (BYLAW_LIMIT_SECRET_BYTES). The bytes are wiped by bylaw__secret_release.
 */
int bylaw__secret_read(struct bylaw__buf *out, const char *path,
                       struct bylaw_error *err);
void bylaw__secret_release(struct bylaw__buf *secret);

#endif
