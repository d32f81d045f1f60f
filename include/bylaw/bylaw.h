/* SPDX-License-Identifier: Apache-2.0 */
/* All of libbylaw. */
#ifndef BYLAW_BYLAW_H
#define BYLAW_BYLAW_H

#include <bylaw/audit.h>
#include <bylaw/case.h>
#include <bylaw/config.h>
#include <bylaw/document.h>
#include <bylaw/error.h>
#include <bylaw/finding.h>
#include <bylaw/limits.h>
#include <bylaw/match.h>
#include <bylaw/news.h>
#include <bylaw/response.h>
#include <bylaw/rule.h>
#include <bylaw/scan.h>
#include <bylaw/source.h>
#include <bylaw/span.h>
#include <bylaw/survey.h>
#include <bylaw/url.h>

#define BYLAW_VERSION "0.1.0"

#endif
