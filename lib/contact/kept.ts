import type { ContactRecord } from "@/lib/model/contact_record.ts";
import type { RunningChat } from "@/lib/model/running_chat.ts";
import type { BridgeChat, JoinedChat, NotifiedChat } from "./chat_state.ts";
import type { ChatBefore } from "./ports.ts";

/** Converts a running chat to its stored form. */
export function toKept(
  seat: string,
  chat: NotifiedChat | JoinedChat,
): RunningChat {
  const { id, address, visitor, startedAt, contact } = chat.plan;
  const joined = chat.state === "joined"
    ? {
      joinedAt: chat.joinedAt,
      ...(chat.name === undefined ? {} : { agent: chat.name }),
    }
    : {};
  return {
    id,
    seat,
    address,
    visitor,
    startedAt,
    ...(contact === undefined ? {} : { contact }),
    alerted: chat.state === "joined" || chat.alerted,
    read: chat.read,
    ...joined,
  };
}

/** Returns the same chat, ended. */
export function toEnded(chat: RunningChat, ended: ContactRecord): RunningChat {
  return { ...chat, ended };
}

/** Restores a stored chat, which an agent can join before `until`. */
export function fromKept(kept: RunningChat, until: number): BridgeChat {
  const { id, address, visitor, startedAt, alerted, read, joinedAt } = kept;
  const contact = kept.contact === undefined ? {} : { contact: kept.contact };
  if (kept.ended !== undefined) {
    return { state: "over", cause: kept.ended.cause, ...contact };
  }
  const plan = { id, address, visitor, startedAt, ...contact };
  if (joinedAt === undefined) {
    return { state: "notified", plan, until, alerted, read };
  }
  const name = kept.agent === undefined ? {} : { name: kept.agent };
  return { state: "joined", plan, read, joinedAt, ...name };
}

/** Returns what an agent's bank needs for a chat that it had. */
export function toBefore(kept: RunningChat): ChatBefore {
  const { startedAt, alerted, read, joinedAt } = kept;
  const joined = joinedAt === undefined ? {} : { joinedAt };
  return { startedAt, alerted, read, ...joined };
}
