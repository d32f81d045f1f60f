/* SPDX-License-Identifier: Apache-2.0 */
/* Files of SQLite on a disk that forgets what was not synced. */
#ifndef BYLAW_TEST_POWER_VFS_H
#define BYLAW_TEST_POWER_VFS_H

/**
 * From now on SQLite's files of this process lie on such a disk. The power goes
 * at the write (or sync, or truncation) with this number: it and everything
 * later fails.
 */
void power_on(unsigned writes);
/** Whether it has gone. */
int power_is_gone(void);
/**
 * After all files were closed: leaves on disk what a power cut may leave. What
 * was synced is there; of what was written since, each sector is there or not,
 * as the seed has it.
 */
void power_cut(unsigned seed);

#endif
