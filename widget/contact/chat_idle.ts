import type { PageChat } from "./chat_state.ts";

/** Notes that the chat ends in `seconds`, unless somebody writes; undefined if
 * it no longer does. */
export function withIdle(
  chat: PageChat,
  seconds: number | undefined,
  now: number,
): PageChat {
  if (seconds === undefined) return withoutIdle(chat);
  return { ...chat, idleEndsAt: now + seconds * 1_000 };
}

/** The service repeats the warning after a reconnect. */
export function withoutIdle({ idleEndsAt: _, ...chat }: PageChat): PageChat {
  return chat;
}
