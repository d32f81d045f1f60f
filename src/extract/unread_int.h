/* SPDX-License-Identifier: Apache-2.0 */
/* Parts of a page that its readers can reach and its bytes do not hold. */
#ifndef BYLAW_EXTRACT_UNREAD_INT_H
#define BYLAW_EXTRACT_UNREAD_INT_H

#include "extract/page_int.h"

/** The page says, or shows, that a wall keeps part of its text back. */
bool bylaw__page_is_walled(const struct bylaw__page *page);
/** A control at the end of the text shows more of it. */
bool bylaw__page_goes_on(const struct bylaw__page *page);
/** A frame of the same site stands beside the text. */
bool bylaw__page_has_unread_frame(const struct bylaw__page *page);

/** A text holds words of a wall: "already a subscriber". */
bool bylaw__says_wall(struct bylaw_span text);
/** A control's whole text, marks taken off, is "read more" or the like. */
bool bylaw__says_more(struct bylaw_span text);

#endif
