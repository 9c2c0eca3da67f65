import type { Counters } from "@/lib/base/counters.ts";
import type { Peer, Socket } from "@/lib/base/socket.ts";
import type { Clock } from "@/lib/base/clock.ts";
import type { IceConfig } from "@/lib/protocol/visitor/contact_messages.ts";
import type { WidgetUuid } from "@/lib/model/widget.ts";
import type { LIMITS } from "@/lib/protocol/visitor/limits.ts";
import type { Counted } from "./address_limits.ts";
import type { LiveWidgets } from "./live_widgets.ts";
import type { PictureCache } from "./picture_cache.ts";
import type { RunningContacts } from "./running_contacts.ts";
import type { Seat } from "./seat.ts";
import type { Start } from "./session_state.ts";
import type { Visit } from "./visit.ts";

/** A counted action of a visitor's page. Previews in the administration are not
 * counted. */
export interface VisitorHappening {
  type: "shown" | "opened";
  widget: WidgetUuid;
}

export type VisitorLimits = { [Name in keyof typeof LIMITS]: number };

/** The limits whose rejections are counted, in the metric `visitor_limited`. */
export const COUNTED_LIMITS = [
  "sockets",
  "socketsPerAddress",
  "socketsPerWidget",
  "startsPerAddressPerMinute",
  "messagesPerWindow",
  "unsentBytes",
  "stalledMs",
  "picturesPerAgent",
  "contactsPerMinute",
  "contactsPerAddressPerMinute",
  "contactsAtOncePerAddress",
] as const satisfies readonly (keyof VisitorLimits)[];
export type CountedLimit = typeof COUNTED_LIMITS[number];

/** The socket of a page that was connected to the previous process. */
export const NO_SOCKET: Socket = { send() {}, close() {}, bufferedAmount: 0 };
export const NO_PEER: Peer = { address: "", origin: null };

/** The shared environment of all visits. */
export interface VisitHost {
  readonly clock: Clock;
  readonly limits: VisitorLimits;
  readonly counters: Counters;
  readonly widgets: LiveWidgets;
  readonly pictures: PictureCache;
  /** True while the service is about to stop, so no call and no chat begins. */
  isDraining(): boolean;
  /** Returns STUN and TURN, with credentials for this seat and address. */
  ice(seat: Seat, address: string): IceConfig;
  readonly contacts: RunningContacts;
  /** Counts an action of this address. Returns 0 or the seconds to wait. */
  take(what: Counted, address: string): number;
  /** Counts a Challenge for this address and widget; returns its bits. */
  proofBits(address: string, uuid: string): number;
  /** Counts a rejection by this limit. */
  limited(limit: CountedLimit): void;
  /** Counts an action of a page, for operators and administrators. */
  happened(happening: VisitorHappening): void;
  /** Returns the seat of the token in Start, or a new one. */
  seat(start: Start): { seat: Seat; resumed: boolean };
  /** Ends the contacts of the seat, and removes it. */
  release(seat: Seat): void;
  /** Must be called when the visit's state may have changed. */
  file(visit: Visit): void;
  /** Must be called when the visit's socket is closed. */
  leave(visit: Visit, address: string): void;
}
