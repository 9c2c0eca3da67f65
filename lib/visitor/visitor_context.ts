import type { Clock } from "@/lib/base/clock.ts";
import type { Counters } from "@/lib/base/counters.ts";
import type { WidgetUuid } from "@/lib/model/widget.ts";
import type { IceConfig } from "@/lib/protocol/visitor/contact_messages.ts";
import type { AddressLimits } from "./address_limits.ts";
import type { BlockList } from "./block_list.ts";
import type { Difficulty } from "./difficulty.ts";
import type { VisitorLimits } from "./limits.ts";
import type { InquiryStore } from "@/lib/store/inquiry_store.ts";
import type { InquiryLimits } from "./inquiry_limits.ts";
import type { LiveWidgets } from "./live_widgets.ts";
import type { PictureCache } from "./picture_cache.ts";
import type { RunningContacts } from "./running_contacts.ts";
import type { Seats } from "./seats.ts";
import type { TurnUsers } from "./turn_users.ts";
import type { VisitorSockets } from "./visitor_sockets.ts";

/** A counted action of a visitor's page. Previews in the administration are not
 * counted. */
export type VisitorHappening =
  | { type: "shown" | "opened"; widget: WidgetUuid }
  /** A message was stored; absent `agent` if it is for the company. */
  | { type: "left"; widget: WidgetUuid; agent?: string; isCallback?: boolean };

/** The store of the messages that visitors leave. */
export type InquiryInbox = Pick<InquiryStore, "create" | "sent" | "inSlots">;

/** The objects that all sockets share. */
export interface VisitorContext {
  readonly clock: Clock;
  readonly limits: VisitorLimits;
  readonly counters: Counters;
  readonly widgets: LiveWidgets;
  readonly pictures: PictureCache;
  readonly addresses: AddressLimits;
  readonly difficulty: Difficulty;
  readonly contacts: RunningContacts;
  readonly blocks: BlockList;
  readonly seats: Seats;
  readonly sockets: VisitorSockets;
  readonly turnUsers: TurnUsers;
  readonly inquiries: InquiryInbox;
  readonly inquiryLimits: InquiryLimits;
  /** Returns STUN and TURN servers for one visitor. `user` is their name
   * there. */
  ice(user: string): IceConfig;
  /** Counts an action of a page, for operators and administrators. */
  happened(happening: VisitorHappening): void;
}
