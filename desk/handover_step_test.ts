import { deepEqual, equal } from "node:assert/strict";
import { CAUSE, HANDED_OVER } from "@/lib/base/causes.ts";
import { en } from "@/lib/i18n/desk/en.ts";
import type {
  CallView,
  ChatView,
  HandoverView,
} from "@/lib/protocol/desk/service_messages.ts";
import { ADA } from "@/tests/support/desk_room.ts";
import { resumeCall, showCall } from "./call_step.ts";
import { resumeChat, showChat } from "./chat_step.ts";
import {
  type CallItem,
  type ChatItem,
  type HandingOver,
  newCall,
  newChat,
} from "./desk_state.ts";
import {
  handoverOf,
  stepCallHandover,
  stepChatHandover,
} from "./handover_step.ts";
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

function handOver(item: ChatItem, handover: HandingOver) {
  return stepChatHandover(item, { type: "hand-over", contact: chat, handover });
}

const CALL = { id: "call-1", visitor: ADA, media: "voice", since: 0 } as const;
const CALL_TO_BOB = {
  ...{ type: "call-hand-over", call: "call-1", handover: "h1", to: "bob" },
  note: "VIP",
};

function taken(handover?: HandoverView, heard = 0): CallView {
  return {
    ...{ ...CALL, state: "taken", takenAt: 1, mine: true, heard },
    ...{ canHandOver: true, ...handover && { handover } },
  };
}

function handCallOver(item: CallItem, handover: HandingOver) {
  const event = { type: "hand-over", contact: "call-1", handover } as const;
  return stepCallHandover(item, event);
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

  const seen = stepChatHandover(item, {
    type: "handover-seen",
    contact: chat,
  }).item;

  equal(handoverOf(seen), undefined);
  equal(handoverOf(showChat(seen, joined(failed)).item), undefined);
  const next = { ...failed, id: "h2" };
  deepEqual(handoverOf(showChat(seen, joined(next)).item), next);
});

Deno.test("[D51] a request for a call is shown immediately, and sent again until it has arrived", () => {
  const { item, effects } = handCallOver(newCall(taken()), TO_BOB);
  const said = [{ type: "say", message: { ...CALL_TO_BOB, n: 1 } }];
  const offered = { state: "offered", id: "h1", to: "Bob" } as const;
  const arrived = resumeCall(item, taken(offered, 1));

  deepEqual(effects, said);
  deepEqual(handoverOf(item), offered);
  deepEqual(handCallOver(item, { ...TO_BOB, id: "h2" }).effects, []);
  deepEqual(handoverOf(showCall(item, taken()).item), offered);
  deepEqual(resumeCall(item, taken()).effects, said);
  deepEqual([arrived.effects, arrived.item.handingOver], [[], undefined]);
  deepEqual(
    stepCallHandover(arrived.item, { type: "withdraw", contact: "call-1" })
      .effects,
    [{ type: "say", message: { type: "call-withdraw", call: "call-1", n: 2 } }],
  );
});

Deno.test("[D51] a call cannot be handed over if the service cannot, or another page has it", () => {
  const older: CallView = {
    ...{ ...CALL, state: "taken", takenAt: 1, mine: true, heard: 0 },
  };
  const elsewhere: CallView = { ...older, mine: false, canHandOver: true };

  for (const view of [older, elsewhere]) {
    deepEqual(handCallOver(newCall(view), TO_BOB).effects, []);
  }
});

Deno.test("[D51] the agent sees once that the colleague did not take the call", () => {
  const failed = {
    ...{ state: "not-taken", id: "h1", to: "Bob", cause: 21 } as const,
  };
  const { item } = showCall(undefined, taken(failed));

  const event = { type: "handover-seen", contact: "call-1" } as const;
  const seen = stepCallHandover(item, event).item;

  deepEqual(handoverOf(item), failed);
  equal(handoverOf(showCall(seen, taken(failed)).item), undefined);
});

Deno.test("the desk says who has the call after a handover, and who hands one over", () => {
  const ended = { ...CALL, state: "ended", endedAt: 9 } as const;
  const offeredBy = { name: "Otto", note: "" };

  deepEqual(
    [
      endReason(
        newCall({
          ...{ ...ended, cause: HANDED_OVER, takenAt: 1, handedTo: "Bob" },
        }),
        en,
      ),
      endReason(newCall({ ...ended, cause: CAUSE.noAnswer, offeredBy }), en),
      endText(newCall({ ...ended, cause: HANDED_OVER }), en),
      ringTitle(newCall({ ...CALL, state: "ringing", offeredBy }), en),
    ],
    [
      "You handed this call over to Bob.",
      "Otto has kept the call.",
      "Handed over",
      "Otto hands over the call with Ada",
    ],
  );
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
