import { palettes } from "@/lib/base/palette.ts";
import type { SessionInfo } from "@/lib/protocol/visitor/session_messages.ts";

// Loads only while instances of the service are being updated: a page with the
// new script may be connected to one with the old version.

/** Adds the colours that an older service doesn't send, and calls `redraw`. */
export function paint(
  { options }: SessionInfo,
  { redraw }: { redraw: () => void },
): void {
  options.palettes = palettes(options.colors);
  redraw();
}
