import type { ClientMessage } from "@/lib/protocol/visitor/client_messages.ts";
import {
  type Call,
  isBegun,
  isKnown as isKnownCall,
} from "../call/call_state.ts";
import { type Chat, isKnown, isRunning } from "./chat.ts";

type Start = Extract<ClientMessage, { mt: "Start" }>;

/** What a Start that resumes says of the chat and call that the page has. */
export function knownOf(
  chat: Chat | undefined,
  call: Call | undefined,
): Pick<Start, "seq" | "call" | "chat"> {
  return {
    seq: chat?.seq ?? 0,
    ...(call && isKnownCall(call) ? { call: call.contact } : {}),
    ...(chat && isKnown(chat) ? { chat: chat.contact } : {}),
  };
}

/** What has to be said again to a service that may still have what is over here:
 * the end of it may have been lost. */
export function clearsOf(
  chat: Chat | undefined,
  call: Call | undefined,
): ClientMessage[] {
  const clears: ClientMessage[] = [];
  if (!isBegun(call)) clears.push({ mt: "ClearCall" });
  if (!chat || !isRunning(chat)) clears.push({ mt: "ClearChat" });
  return clears;
}
