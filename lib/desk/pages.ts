import type { Clock } from "@/lib/base/clock.ts";
import type { ServiceMessage } from "@/lib/protocol/desk/service_messages.ts";
import type { DeskTimes } from "./ports.ts";

/** The connected pages of one agent, as its calls and chats see them. */
export interface Pages {
  readonly clock: Clock;
  readonly times: DeskTimes;
  /** To every page; `message` is asked for each. */
  toAll(message: (page: string) => ServiceMessage): void;
  /** To one page; nothing if it is not connected. */
  to(page: string, message: ServiceMessage): void;
}
