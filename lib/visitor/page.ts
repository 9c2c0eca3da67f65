import type { Peer } from "@/lib/base/socket.ts";
import type { ServerMessage } from "@/lib/protocol/visitor/codec.ts";
import type { BlockedBy } from "./block_list.ts";
import type { LiveWidget } from "./live_widget.ts";
import type { Seat } from "./seat.ts";

/** The page at the other end of a socket, which gets answers. */
export interface Page {
  /** The language that it requested. */
  readonly lang: string | undefined;
  /** Set if the visitor is blocked, and sees every agent as not available. */
  readonly blockedBy: BlockedBy;
  /** Sends a message, unless the page is closed or does not read. */
  tell(message: ServerMessage): void;
  /** Resolves when the page has so few waiting bytes that a picture can
   * follow. */
  hasRoom(): Promise<void>;
}

/** The page of a socket, and its started widget. */
export interface StartedPage {
  live: LiveWidget;
  seat: Seat;
  page: Page;
  /** Its address and website. */
  peer: Peer;
  /** True if the page knows the + members of the protocol. */
  isNew: boolean;
  /** Counts an error against the socket. */
  wrongProof(): void;
}
