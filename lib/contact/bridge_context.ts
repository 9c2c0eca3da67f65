import type { Clock } from "@/lib/base/clock.ts";
import type { AgentLeg } from "@/lib/model/handover.ts";
import type { Route } from "@/lib/model/route.ts";
import type { ContactRecord } from "@/lib/model/contact_record.ts";
import type { ChatKeeper } from "./chat_keeper.ts";
import type { ContactLimits } from "./plan.ts";
import type { ContactAgents } from "./ports.ts";

/** The shared environment of all calls and chats of the bridge. */
export interface BridgeContext {
  agents: ContactAgents;
  /** If absent, running chats are only in memory. */
  keeper?: ChatKeeper;
  clock: Clock;
  limits: ContactLimits;
  /** Stores the record of an ended call or chat. Never throws or waits. */
  record(record: ContactRecord): void;
  /** The same, unless it was stored before the process was killed. */
  recordAgain(record: ContactRecord): void;
  /** Returns the way to the members of a team of this widget; undefined if it
   * has no such team. */
  routeTo?(widget: string, team: string): Promise<Route | undefined>;
  /** The leg of another agent has the chat now. Never throws or waits. */
  handedOver?(chat: string, to: AgentLeg): void;
}
