import { getLogger } from "@logtape/logtape";
import type { BridgeContext } from "./bridge_context.ts";
import type { BridgeChat } from "./chat_state.ts";
import type { HandOver } from "./ports.ts";

const log = getLogger(["widgets", "contact"]);

/** Adds the way to the team or the agent at a PBX to whom a chat is handed over.
 * It stays absent if the chat's widget has neither, or if the store cannot be
 * read. Never rejects. */
export async function findWay(
  event: HandOver,
  chat: BridgeChat,
  { routeTo }: Pick<BridgeContext, "routeTo">,
): Promise<HandOver> {
  if (chat.state !== "joined" || routeTo === undefined) return event;
  const { uuid } = chat.plan.visitor.widget;
  try {
    const way = await routeTo(uuid, event.to);
    return way === undefined ? event : { ...event, way };
  } catch (error) {
    log.warn("Cannot read the way of a handover: {error}", { error });
    return event;
  }
}
