import {
  type BridgeChatStep,
  type ChatAt,
  command,
  go,
  type RunningBridgeChat,
  stay,
  tell,
} from "./chat_state.ts";

/** CHAT4: the visitor has read up to `seq`. */
export function readByVisitor(
  chat: RunningBridgeChat,
  seq: number,
  { history }: Pick<ChatAt, "history">,
): BridgeChatStep {
  const { read } = chat;
  if (seq <= read.visitor || seq > history.length) return stay(chat);
  return go(
    { ...chat, read: { ...read, visitor: seq } },
    command({ type: "read", seq }),
  );
}

/** CHAT4: an agent has read up to `seq`. */
export function readByAgent(
  chat: RunningBridgeChat,
  seq: number,
  { history }: Pick<ChatAt, "history">,
): BridgeChatStep {
  const { read } = chat;
  if (seq <= read.agent || seq > history.length) return stay(chat);
  return go(
    { ...chat, read: { ...read, agent: seq } },
    tell({ mt: "ChatRead", seq }),
  );
}
