import type { Clock } from "@/lib/base/clock.ts";
import type { Account } from "@/lib/model/account.ts";
import type { ServiceMessage } from "@/lib/protocol/desk/service_messages.ts";
import type { DeskTimes } from "./ports.ts";

/** The connected pages of one agent, for its calls and chats. */
export interface Pages {
  readonly clock: Clock;
  readonly times: DeskTimes;
  /** The agent. */
  readonly account: Pick<Account, "name" | "displayName">;
  /** Returns the name of the agent with this address, if there is one. */
  nameOf(address: string): string | undefined;
  /** Sends to every page; `message` is called for each. */
  toAll(message: (page: string) => ServiceMessage): void;
  /** Sends to one page; does nothing if it is not connected. */
  to(page: string, message: ServiceMessage): void;
}
