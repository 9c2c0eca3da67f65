import {
  type BridgeChatStep,
  go,
  type NotifiedChat,
  stay,
  tell,
} from "./chat_state.ts";
import { alerting } from "./chat_messages.ts";
import { queueInfo } from "./plan.ts";
import type { ChatEvent } from "./ports.ts";

/** A chat waits in the queue of a team, or an agent is notified of it. */
export function stepNotified(
  chat: NotifiedChat,
  event: Extract<ChatEvent, { type: "queued" | "alerting" }>,
): BridgeChatStep {
  if (event.type === "queued") {
    return go(
      { ...chat, queued: event, queuedSince: event.since },
      tell(queueInfo("chat", event)),
    );
  }
  const { queued, ...notified } = chat;
  if (chat.alerted && queued === undefined) return stay(chat); // CHAT5
  return go({ ...notified, alerted: true }, tell(alerting()));
}
