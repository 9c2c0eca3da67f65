import { getLogger } from "@logtape/logtape";
import type { Peer } from "@/lib/base/socket.ts";
import type { BlockedBy } from "./block_list.ts";
import { limited } from "./limits.ts";
import type { LiveWidget } from "./live_widget.ts";
import { mayShow } from "./origin.ts";
import { shownVisit } from "./seat.ts";
import type { Start, StartRefusal } from "./socket_state.ts";
import type { VisitorContext } from "./visitor_context.ts";

const log = getLogger(["widgets", "visitor"]);

/** The answer to a Start. */
export type Admission =
  | { type: "admitted"; live: LiveWidget; blockedBy: BlockedBy }
  | { type: "refused"; refusal: StartRefusal }
  /** Too many Starts of one address. */
  | { type: "flooded"; retryAfter: number; keep: false };

/** Decides whether a page gets the widget that its Start names. */
export async function admit(
  context: VisitorContext,
  start: Start,
  peer: Peer,
): Promise<Admission> {
  const { addresses, blocks, limits } = context;
  const retryAfter = addresses.start(peer.address);
  if (retryAfter > 0) {
    limited(context, "startsPerAddressPerMinute");
    return { type: "flooded", retryAfter, keep: false };
  }
  const live = await find(context, start.uuid);
  if (typeof live === "string") return refused(live);
  if (!mayShow(peer, live.widget.content.sites)) {
    return refused("origin-refused");
  }
  if (live.size >= limits.socketsPerWidget) {
    limited(context, "socketsPerWidget");
    return refused("unavailable");
  }
  const blockedBy = blocks.isEmpty
    ? undefined
    : await blocks.find({ visit: shownVisit(start), peer });
  return { type: "admitted", live, blockedBy };
}

async function find(
  { widgets }: VisitorContext,
  uuid: string,
): Promise<LiveWidget | StartRefusal> {
  try {
    return await widgets.find(uuid) ?? "unknown-widget";
  } catch (error) {
    log.warn("Cannot serve a visitor: {error}", { error });
    return "unavailable";
  }
}

function refused(refusal: StartRefusal): Admission {
  return { type: "refused", refusal };
}
