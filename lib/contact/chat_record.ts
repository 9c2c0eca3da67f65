import type { ContactRecord } from "@/lib/model/contact_record.ts";
import type { ChatAt, JoinedChat, RunningBridgeChat } from "./chat_state.ts";
import { agreed } from "./plan.ts";

/** Returns the record of a chat that ends now. */
export function recordOf(
  chat: RunningBridgeChat,
  cause: number,
  { now, history }: Pick<ChatAt, "now" | "history">,
): ContactRecord {
  const { plan } = chat;
  const handovers = chat.state === "joined" ? chat.handovers : undefined;
  return {
    id: plan.id,
    widget: plan.visitor.widget.uuid,
    address: plan.address,
    media: "chat",
    startedAt: plan.startedAt,
    ...(chat.state === "joined" ? answer(chat) : {}),
    endedAt: now,
    cause,
    messages: history.length,
    ...agreed(plan),
    ...(handovers && { handovers: [...handovers] }),
  };
}

/** Returns the time of the answer, and who has answered for a team. */
function answer({ joinedAt: answeredAt, plan, by, handovers }: JoinedChat) {
  const agent = handovers?.[0]?.from ?? by?.address ?? plan.address;
  return { answeredAt, ...(agent !== plan.address && { agent }) };
}
