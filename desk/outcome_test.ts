import { deepEqual, equal } from "node:assert/strict";
import { ANSWERED_ELSEWHERE, CAUSE } from "@/lib/base/causes.ts";
import { en } from "@/lib/i18n/desk/en.ts";
import type {
  CallView,
  ChatView,
} from "@/lib/protocol/desk/service_messages.ts";
import { ADA } from "@/tests/support/desk_room.ts";
import { loseCall } from "./call_step.ts";
import {
  type CallItem,
  type ChatItem,
  newCall,
  newChat,
} from "./desk_state.ts";
import { endReason, endText } from "./outcome.ts";

type Ended = { cause: number; after?: number };

/** A call that ended after it was taken for `after` ms, or was not. */
function call({ cause, after }: Ended): CallItem {
  const view: CallView = {
    ...{ id: "1", visitor: ADA, media: "voice", since: 0 },
    ...{ state: "ended", cause, endedAt: 100_000 },
    ...after !== undefined && { takenAt: 100_000 - after },
  };
  return newCall(view);
}

function chat({ cause, after }: Ended): ChatItem {
  const view: ChatView = {
    ...{ id: "1", visitor: ADA, since: 0, here: true },
    ...{ visitorRead: 0, agentRead: 0 },
    ...{ state: "ended", cause, endedAt: 100_000 },
    ...after !== undefined && { joinedAt: 100_000 - after },
  };
  return newChat(view);
}

Deno.test("the list shows a contact's duration, or that it was declined or missed", () => {
  for (const item of [call, chat]) {
    const texts = [
      { cause: CAUSE.normal, after: 65_000 },
      { cause: CAUSE.rejected, after: 1_000 },
      { cause: CAUSE.rejected },
      { cause: CAUSE.normal },
    ].map((ended) => endText(item(ended), en));

    deepEqual(texts, ["Ended · 1:05", "Ended · 0:01", "Declined", "Missed"]);
  }
});

Deno.test("the conversation shows why a contact failed", () => {
  for (const item of [call, chat]) {
    const reasons = [
      { cause: CAUSE.temporaryFailure, after: 1_000 },
      { cause: CAUSE.temporaryFailure },
      { cause: CAUSE.normal, after: 1_000 },
      { cause: CAUSE.busy, after: 1_000 },
      { cause: CAUSE.idle, after: 1_000 },
      { cause: CAUSE.busy },
      { cause: CAUSE.rejected },
      { cause: ANSWERED_ELSEWHERE },
      { cause: CAUSE.normal },
    ].map((ended) => endReason(item(ended), en));

    deepEqual(reasons, [
      "The connection was lost.",
      "The connection was lost.",
      "",
      "",
      "Nobody had written for a while.",
      "You were in another call.",
      "You declined.",
      en.over.byColleague,
      "Ada stopped waiting.",
    ]);
  }
});

Deno.test("a running contact shows no outcome", () => {
  const { view } = call({ cause: CAUSE.normal });
  const rings = newCall({ ...view, state: "ringing" });

  equal(endText(rings, en), "");
  equal(endReason(rings, en), "");
});

Deno.test("a call that ended with the service counts as missed only if it was not answered", () => {
  const base = { id: "1", visitor: ADA, media: "voice", since: 0 } as const;
  const views: CallView[] = [
    { ...base, state: "taken", takenAt: 35_000, mine: true, heard: 0 },
    { ...base, state: "ringing" },
  ];

  const lost = views.map((view) => loseCall(newCall(view), 100_000).item);

  deepEqual(lost.map((item) => endText(item, en)), ["Ended · 1:05", "Missed"]);
});
