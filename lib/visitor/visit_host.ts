import type { Counters } from "@/lib/base/counters.ts";
import type { Socket } from "@/lib/base/socket.ts";
import type { Clock } from "@/lib/base/clock.ts";
import type { IceConfig } from "@/lib/protocol/visitor/contact_messages.ts";
import type { WidgetUuid } from "@/lib/model/widget.ts";
import type { LIMITS } from "@/lib/protocol/visitor/limits.ts";
import type { Counted } from "./address_limits.ts";
import type { LiveWidgets } from "./live_widgets.ts";
import type { PictureFrames } from "./picture_frames.ts";
import type { RunningContacts } from "./running_contacts.ts";
import type { Seat } from "./seat.ts";
import type { Start } from "./session_state.ts";
import type { Visit } from "./visit.ts";

/** What a visitor's page did, as far as it is counted by widget. A preview in
 * the administration is none. */
export interface VisitorHappening {
  type: "shown" | "opened";
  widget: WidgetUuid;
}

export type VisitorLimits = { [Name in keyof typeof LIMITS]: number };

/** The limits whose refusals are counted, in the metric `visitor_limited`. */
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

/** Of a page that was connected to the process before this one. */
export const NO_SOCKET: Socket = { send() {}, close() {}, bufferedAmount: 0 };

/** What all visits share. */
export interface VisitHost {
  readonly clock: Clock;
  readonly limits: VisitorLimits;
  readonly counters: Counters;
  readonly widgets: LiveWidgets;
  readonly pictures: PictureFrames;
  /** The service is about to stop: no call and no chat begins. */
  isDraining(): boolean;
  /** STUN and TURN, with credentials that belong to this seat and address. */
  ice(seat: Seat, address: string): IceConfig;
  readonly contacts: RunningContacts;
  /** Counts what this address does. 0: go on; else seconds to wait. */
  take(what: Counted, address: string): number;
  /** Counts a Challenge for a page of this address and widget; its bits. */
  proofBits(address: string, uuid: string): number;
  /** Counts that this limit has refused something. */
  limited(limit: CountedLimit): void;
  /** Counts what a page did, for those who run the service and its widgets. */
  happened(happening: VisitorHappening): void;
  /** The seat of the token that Start shows, or a new one. */
  seat(start: Start): { seat: Seat; resumed: boolean };
  /** Ends what runs at the seat, and forgets it. */
  release(seat: Seat): void;
  /** The visit's state may be another now. */
  file(visit: Visit): void;
  /** The visit's socket is closed. */
  leave(visit: Visit, address: string): void;
}
