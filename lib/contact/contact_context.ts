import type { Clock } from "@/lib/base/clock.ts";
import type { ContactRecord } from "@/lib/model/contact_record.ts";
import type { ChatKeeper } from "./chat_keeper.ts";
import type { ContactLimits } from "./plan.ts";
import type { AgentPort } from "./ports.ts";

/** What all lines of the bridge share. */
export interface ContactContext {
  agents: Pick<AgentPort, "dial" | "openChat" | "resumeChat">;
  /** Absent: running chats are in memory only. */
  keeper?: ChatKeeper;
  clock: Clock;
  limits: ContactLimits;
  /** Keeps what is known of a finished call or chat. Never throws or waits. */
  record(record: ContactRecord): void;
  /** The same, unless it was kept before the process was killed. */
  recordAgain(record: ContactRecord): void;
}
