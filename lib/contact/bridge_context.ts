import type { Clock } from "@/lib/base/clock.ts";
import type { AgentLeg } from "@/lib/model/handover.ts";
import type { ContactRecord } from "@/lib/model/contact_record.ts";
import type { ChatKeeper } from "./chat_keeper.ts";
import type { HandoverWay } from "./hand_over.ts";
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
  /** Returns the way to a team or a single agent of this widget; undefined if
   * it has neither, or the agent takes no chats. */
  routeTo?(widget: string, to: string): Promise<HandoverWay | undefined>;
  /** The leg of another agent has the call or chat now. Never throws or waits. */
  handedOver?(contact: string, to: AgentLeg): void;
}
