import { deepEqual, equal } from "node:assert/strict";
import { CAUSE, HANDED_OVER } from "@/lib/base/causes.ts";
import { en } from "@/lib/i18n/desk/en.ts";
import type {
  ChatView,
  HandoverView,
} from "@/lib/protocol/desk/service_messages.ts";
import { ADA } from "@/tests/support/desk_room.ts";
import { resumeChat, showChat } from "./chat_step.ts";
import { type ChatItem, newChat } from "./desk_state.ts";
import { handOver, handoverOf, seeHandover } from "./handover_step.ts";
import { authorOf } from "./message_blocks.ts";
import { ringTitle } from "./names.ts";
import { endReason, endText } from "./outcome.ts";

const chat = "chat-1";
const BASE = {
  ...{ id: chat, visitor: ADA, since: 0, here: true },
  ...{ visitorRead: 0, agentRead: 2 },
};
const TO_BOB = { id: "h1", to: "bob", name: "Bob", note: "VIP" };
const SAID = { type: "chat-hand-over", chat, id: "h1", to: "bob", note: "VIP" };

function joined(handover?: HandoverView): ChatView {
  return {
    ...{ ...BASE, state: "joined", joinedAt: 1 },
    ...handover && { handover },
  };
}

/** Returns the messages of a page whose chat the service shows again. */
function again(item: ChatItem, view: ChatView) {
  return resumeChat(item, view).effects.map((effect) =>
    effect.type === "say" && effect.message
  );
}

Deno.test("[D43] a request is shown immediately, and sent again until it has arrived", () => {
  const { item, effects } = handOver(newChat(joined()), TO_BOB);

  deepEqual(effects, [{ type: "say", message: SAID }]);
  deepEqual(handoverOf(item), { state: "offered", id: "h1", to: "Bob" });
  deepEqual(handOver(item, { ...TO_BOB, id: "h2" }).effects, []);
  deepEqual(again(item, joined()), [SAID]);
  deepEqual(again(item, joined({ state: "offered", id: "h1", to: "Bob" })), []);
  deepEqual(
    again(item, { ...BASE, state: "ended", endedAt: 9, cause: 23 }),
    [],
  );
});

Deno.test("[D43] a handover of another page of the agent replaces one's own request", () => {
  const { item } = handOver(newChat(joined()), TO_BOB);
  const other = { state: "offered", id: "x", to: "Eve" } as const;

  const shown = showChat(item, joined(other)).item;

  deepEqual(handoverOf(shown), other);
});

Deno.test("[D43] the agent sees once that the colleague did not take the chat", () => {
  const failed = {
    ...{ state: "not-taken", id: "h1", to: "Bob", cause: 21 } as const,
  };
  const { item } = showChat(undefined, joined(failed));
  deepEqual(handoverOf(item), failed);

  const seen = seeHandover(item).item;

  equal(handoverOf(seen), undefined);
  equal(handoverOf(showChat(seen, joined(failed)).item), undefined);
  const next = { ...failed, id: "h2" };
  deepEqual(handoverOf(showChat(seen, joined(next)).item), next);
});

Deno.test("the desk says who has the chat after a handover, and who hands one over", () => {
  const over = (
    cause: number,
    more: Pick<ChatView & { state: "ended" }, "handedTo" | "offeredBy"> = {},
  ) => newChat({ ...BASE, state: "ended", endedAt: 9, cause, ...more });
  const offeredBy = { name: "Otto", note: "" };

  deepEqual(
    [
      endReason(over(HANDED_OVER, { handedTo: "Bob" }), en),
      endReason(over(HANDED_OVER), en),
      endReason(over(CAUSE.noAnswer, { offeredBy }), en),
      endReason(over(CAUSE.rejected, { offeredBy }), en),
      endText(over(HANDED_OVER), en),
      ringTitle(newChat({ ...BASE, state: "ringing", offeredBy }), en),
    ],
    [
      "You handed this chat over to Bob.",
      "You handed this chat over to a colleague.",
      "Otto has kept the chat.",
      "You declined.",
      "Handed over",
      "Otto hands over the chat with Ada",
    ],
  );
});

Deno.test("the messages of a colleague are not shown as one's own", () => {
  const agent = { from: "agent" } as const;

  deepEqual(
    [
      authorOf({ from: "visitor" }, "c"),
      authorOf(agent, "c"),
      authorOf(agent, "c.1h"),
      authorOf({ ...agent, leg: "c.1h" }, "c.1h"),
      authorOf({ ...agent, leg: "c.1h" }, "c"),
    ],
    ["visitor", "own", "colleague", "own", "colleague"],
  );
});
