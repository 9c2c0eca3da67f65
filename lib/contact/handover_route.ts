import { getLogger } from "@logtape/logtape";
import type { BridgeContext } from "./bridge_context.ts";
import type { BridgeChat } from "./chat_state.ts";
import type { HandOver } from "./ports.ts";

const log = getLogger(["widgets", "contact"]);

/** Adds the way to the members of the team to which a chat is handed over. It
 * stays absent if the chat's widget has no such team, or if the store cannot be
 * read. Never rejects. */
export async function findRoute(
  event: HandOver,
  chat: BridgeChat,
  { routeTo }: Pick<BridgeContext, "routeTo">,
): Promise<HandOver> {
  if (chat.state !== "joined" || routeTo === undefined) return event;
  const { uuid } = chat.plan.visitor.widget;
  try {
    const route = await routeTo(uuid, event.to);
    return route === undefined ? event : { ...event, route };
  } catch (error) {
    log.warn("Cannot read a team for a handover: {error}", { error });
    return event;
  }
}
