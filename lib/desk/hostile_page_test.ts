import { deepEqual, equal, ok } from "node:assert/strict";
import { decodePageMessage } from "@/lib/protocol/desk/codec.ts";
import { DESK_CLOSE } from "@/lib/protocol/desk/close_codes.ts";
import { broken } from "@/tests/support/broken.ts";
import { type Chance, chance } from "@/tests/support/chance.ts";
import { account, DeskRoom, turn } from "@/tests/support/desk_room.ts";
import { FakeDeskPage } from "@/tests/support/fake_desk_page.ts";

const ROUNDS = 3_000;
/** Events that visitors can receive from an agent's page. */
const EVENTS = new Set([
  ...["alerting", "connected", "terminated", "channels", "hold"],
  ...["joined", "message", "typing", "read"],
]);
const CODES: readonly number[] = Object.values(DESK_CLOSE);

Deno.test("[D20] random and hostile frames end at most the page's own socket", async () => {
  const luck = chance();
  const replay = `CW_SEED=${luck.seed}`;
  await using room = await DeskRoom.open([account("otto"), account("anna")]);
  const colleague = new FakeDeskPage(room.bank, room.accounts[1]!).connect();
  const hers = await room.dial({ address: "anna" });
  colleague.say({ type: "call-take", call: hers.id, n: 1 });
  colleague.say({ type: "call-answer", call: hers.id, n: 2, sdp: "answer" });
  const page = room.page().connect();
  const call = await room.dial();
  const chat = await room.openChat("hello");
  let refused = 0;

  for (let round = 0; round < ROUNDS; round++) {
    const frame = anyFrame(luck, { call: call.id, chat: chat.id });
    page.send(frame);
    if (page.closedWith !== undefined) {
      ok(CODES.includes(page.closedWith), replay);
      if (!decodePageMessage(frame).ok) refused++;
      room.clock.advance(1_000);
      page.connect();
    }
  }
  await turn();

  ok(refused > ROUNDS / 10, `${refused} refused, ${replay}`);
  for (const event of [...call.heard, ...chat.heard]) {
    ok(EVENTS.has(event.type), `${event.type}, ${replay}`);
  }
  equal(colleague.closedWith, undefined, replay);
  deepEqual(hers.heard.filter((e) => e.type === "terminated"), [], replay);
  const again = room.page({ id: "again" }).connect();
  ok(again.last("welcome"), replay);
});

/** Well-formed messages, broken ones, and what is no message at all. */
function anyFrame(luck: Chance, ids: { call: string; chat: string }): string {
  const { call, chat } = ids;
  const page = "p";
  const known: [object, ...object[]] = [
    { type: "hello", v: 1, page, calls: [{ call, heard: 1 }], chats: [] },
    { type: "choose", presence: "away" },
    { type: "ringing", contact: call },
    { type: "decline", contact: "nobody" },
    { type: "call-take", call, n: 1 },
    { type: "call-answer", call, n: 2, sdp: "answer" },
    { type: "call-media", call, n: 3, media: { cmd: "SELECT", sdp: "s" } },
    { type: "chat-join", chat },
    { type: "chat-message", chat, id: "m", text: "<b>hello</b>" },
    { type: "pong" },
  ];
  const frame = JSON.stringify(broken(luck.pick(known), luck));
  const cutAt = luck.below(frame.length + 1);
  return luck.pick([
    () => frame,
    () => frame,
    () => frame.slice(0, cutAt),
    () => frame.slice(0, cutAt) + String.fromCharCode(luck.below(65_536)),
    () => `{"type":${"[".repeat(luck.below(20_000))}`,
    () => "x".repeat(luck.below(300_000)),
  ])();
}
