/* SPDX-License-Identifier: Apache-2.0 */
/* Telling people after a scan. */
#ifndef BYLAW_NOTIFY_H
#define BYLAW_NOTIFY_H

#include "workspace.h"

/**
 * Tells every configured channel what the scan changed; to be called once it
 * has ended, with the workspace's lock held. What failed is printed and noted.
 * 0 or an exit code.
 */
int cli_notify_after_scan(struct cli *cli,
                          const struct cli_workspace *workspace);

#endif
