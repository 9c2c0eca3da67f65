import type { Account } from "@/lib/model/account.ts";
import type { Presence } from "@/lib/model/presence.ts";
import { DESK_VERSION } from "@/lib/protocol/desk/limits.ts";
import type { Welcome } from "@/lib/protocol/desk/service_messages.ts";
import type { DeskCall } from "./call.ts";
import type { DeskChat } from "./chat.ts";

/** The pages and contacts of a workspace. */
export interface Load {
  pages: number;
  /** Number of ringing calls and chats. */
  waiting: number;
  /** Number of calls that can't move to another instance yet. */
  bound: number;
  /** Ids of all calls and chats. */
  contacts: ReadonlySet<string>;
}

export function loadOf(
  pages: number,
  { calls, chats }: {
    calls: ReadonlyMap<string, DeskCall>;
    chats: ReadonlyMap<string, DeskChat>;
  },
): Load {
  return {
    pages,
    waiting: [...calls.values(), ...chats.values()]
      .filter(({ state: { state } }) => state === "ringing").length,
    bound: [...calls.values()]
      .filter(({ state: { state } }) => state !== "connected").length,
    contacts: new Set([...calls.keys(), ...chats.keys()]),
  };
}

/** Returns the first message to a page. */
export function welcomeOf(
  page: string,
  { account, calls, chats, ...rest }: {
    now: number;
    account: Account;
    choice: Presence;
    isChoiceStored: boolean;
    presence: Presence;
    pages: number;
    calls: readonly DeskCall[];
    chats: readonly DeskChat[];
  },
): Welcome {
  return {
    type: "welcome",
    v: DESK_VERSION,
    ...rest,
    account: { address: account.name, name: account.displayName },
    calls: calls.map((call) => call.view(page)),
    chats: chats.map((chat) => chat.view()),
  };
}
