import type { ContactMedia } from "@/lib/model/media.ts";
import type { ClientMessage } from "@/lib/protocol/visitor/client_messages.ts";
import {
  isBegun,
  isKnown as isKnownCall,
  type PageCall,
} from "../call/call_state.ts";
import type { CallDesk } from "../call/port.ts";
import { isKnown, isRunning } from "./chat.ts";
import type { PageChat } from "./chat_state.ts";

type Start = Extract<ClientMessage, { mt: "Start" }>;

/** Returns the members of a resuming Start that name the page's call and
 * chat. */
export function knownOf(
  chat: PageChat | undefined,
  call: PageCall | undefined,
): Pick<Start, "seq" | "call" | "chat"> {
  return {
    seq: chat?.seq ?? 0,
    ...(call && isKnownCall(call) ? { call: call.contact } : {}),
    ...(chat && isKnown(chat) ? { chat: chat.contact } : {}),
  };
}

/** True if the running chat, or the running call if `kind` is a call, is with another
 * agent. */
export function runsWithOther(
  { chat, call }: { chat: PageChat | undefined; call: CallDesk | undefined },
  kind: ContactMedia,
  agent: string,
): boolean {
  const running = kind === "chat"
    ? chat && isRunning(chat) && chat.agent
    : call?.running && call.call.agent;
  return running ? running.id !== agent : false;
}

/** Returns the Clear messages to repeat, because the service may have missed
 * the end of a call or chat that has ended here. */
export function clearsOf(
  chat: PageChat | undefined,
  call: PageCall | undefined,
): ClientMessage[] {
  const clears: ClientMessage[] = [];
  if (!isBegun(call)) clears.push({ mt: "ClearCall" });
  if (!chat || !isRunning(chat)) clears.push({ mt: "ClearChat" });
  return clears;
}
