import { deepEqual, equal, ok } from "node:assert/strict";
import type { ClientMessage } from "@/lib/protocol/visitor/client_messages.ts";
import type { FakePage } from "@/tests/support/fake_page.ts";
import { sampleOffer } from "@/tests/support/sdp.ts";
import { solve } from "@/tests/support/solve.ts";
import {
  settle,
  START,
  UUID,
  VisitorRoom,
} from "@/tests/support/visitor_room.ts";

type Proof = ClientMessage & { mt: "Proof" };

const CHAT = { mt: "CreateChat", dest: "columbia", dn: "Ada" } as const;
const HELLO = { mt: "ChatMessage", id: "1", text: "Hello" } as const;

/** A room whose widget asks for work, little of it. */
function guarded(limits: Record<string, number> = {}) {
  const reasons: string[] = [];
  const room = new VisitorRoom({
    limits: { proofBits: 3, ...limits },
    counters: {
      count: (name, labels) => {
        if (name === "visitor_unproven") reasons.push(labels?.reason ?? "");
      },
    },
  });
  room.put({ protection: "proofOfWork" });
  return Object.assign(room, { reasons });
}

/** Returns the errors and the states of contacts that the page received. */
function outcome(page: FakePage, from = 0): string[] {
  return page.heard.all.slice(from).flatMap((message) => {
    if (message.mt === "Error") return [message.error];
    if (message.mt !== "ChatInfo" && message.mt !== "CallInfo") return [];
    const { state } = message;
    return [state === "terminated" ? `over ${message.cause}` : state];
  });
}

const lastChallenge = (page: FakePage) => page.all("Challenge").at(-1)!;

Deno.test("[V33] only a widget with proof of work announces it and answers GetChallenge", async () => {
  using room = guarded();
  const page = await room.page();

  page.say({ mt: "GetChallenge" });
  page.say({ mt: "GetChallenge" });
  const [first, again] = page.all("Challenge");
  page.say(solve(first!));
  page.say({ mt: "GetChallenge" }); // It has a Proof already.
  room.put({ protection: "off" });
  await settle();
  page.say({ mt: "GetChallenge" });

  const sessions = page.all("Session").map(({ options }) => options.proof);
  deepEqual(sessions, [true, undefined]);
  deepEqual(first, again);
  equal(page.all("Challenge").length, 2);
});

Deno.test("[V35] proof of work done while the visitor types admits one chat", async () => {
  using room = guarded();
  const page = await room.page();

  page.say({ mt: "GetChallenge" });
  page.say(solve(lastChallenge(page)));
  page.say(CHAT);
  page.say(HELLO);
  const chats = room.agents.chats.all.length;
  page.say({ mt: "ClearChat" });
  page.say(CHAT);

  deepEqual([chats, room.agents.chats.all.length], [1, 1]);
  equal(page.all("ChatAck").length, 1);
  equal(page.all("Challenge").length, 2);
});

Deno.test("[V35] a call and a chat wait for their proof of work without losing messages", async () => {
  using room = guarded();
  const page = await room.page();

  page.say(CHAT);
  page.say(HELLO);
  page.say({ mt: "CreateCall", dest: "atlantis", dn: "" });
  const before = [room.agents.chats.all.length, page.all("ChatAck").length];
  page.say(solve(lastChallenge(page)));
  const after = [room.agents.chats.all.length, page.all("ChatAck").length];
  const [first, , second] = page.all("Challenge");
  page.say({ mt: "ClearCall" });

  deepEqual([before, after], [[0, 0], [1, 1]]);
  ok(first!.seed !== second!.seed, "the call needs its own proof of work");
  deepEqual(outcome(page), ["over 16"]);
  deepEqual(room.reasons, []);
});

Deno.test("[V35] a chat created again after a lost answer needs no second proof", async () => {
  using room = guarded();
  const page = await room.page();
  const chat = { ...CHAT, contact: "0123456789abcdef" };

  page.say(chat);
  page.say(solve(lastChallenge(page)));
  page.say(chat);
  page.say(HELLO);

  equal(page.all("Challenge").length, 1);
  equal(page.all("ChatAck").length, 1);
  equal(room.agents.chats.all.length, 1);
});

Deno.test("[V35] contacts that wait too long, or with too much content, end", async () => {
  using room = guarded({ heldMessages: 2, proofWithinMs: 5_000 });
  const late = await room.page();
  const greedy = await room.page();

  late.say(CHAT);
  room.clock.advance(5_000);
  greedy.say(CHAT);
  greedy.say(HELLO);
  greedy.say(HELLO);

  deepEqual(outcome(late), ["proof-required", "over 41"]);
  deepEqual(outcome(greedy), ["proof-required", "over 41"]);
  deepEqual(room.reasons, ["late", "too-much"]);
});

Deno.test("[V35] messages wait up to the limit of their characters, and not beyond", async () => {
  const { length } = JSON.stringify(HELLO);
  const outcomes: string[][] = [];

  for (const heldLength of [2 * length, 2 * length - 1]) {
    using room = guarded({ heldLength });
    const page = await room.page();
    for (const message of [CHAT, HELLO, HELLO]) page.say(message);
    outcomes.push(outcome(page));
  }

  deepEqual(outcomes, [[], ["proof-required", "over 41"]]);
});

Deno.test("[V35] a rejected chat ends once, and a waiting call continues", async () => {
  using room = guarded({ heldMessages: 2, proofWithinMs: 5_000 });
  const page = await room.page();

  page.say(CHAT);
  page.say({ mt: "CreateCall", dest: "atlantis", dn: "" });
  page.say(HELLO);
  page.say(HELLO);
  page.say(solve(lastChallenge(page)));
  page.say({ mt: "Channels", cmd: "PROPOSAL", sdp: sampleOffer("voice") });
  room.clock.advance(5_000);

  equal(room.agents.calls.all.length, 1);
  deepEqual(outcome(page).slice(0, 2), ["proof-required", "over 41"]);
  equal(outcome(page).filter((one) => one === "over 41").length, 1);
  deepEqual(room.reasons, ["too-much"]);
});

Deno.test("[V35] saving a widget without proof of work releases waiting contacts", async () => {
  using room = guarded();
  const page = await room.page();

  page.say(CHAT);
  page.say(HELLO);
  room.put({ protection: "off" });
  await settle();

  equal(room.agents.chats.all.length, 1);
  equal(page.all("ChatAck").length, 1);
});

Deno.test("[V36] a page that doesn't support proof of work gets a clear error", async () => {
  using room = guarded();
  const page = room.open();
  page.say(START);
  await page.until("IceConfig");

  page.say(CHAT);
  page.say({ mt: "CreateCall", dest: "atlantis", dn: "" });

  deepEqual(outcome(page), [
    "proof-required",
    "over 41",
    "proof-required",
    "over 41",
  ]);
  deepEqual(room.reasons, ["old-page", "old-page"]);
});

Deno.test("[V36] forged, used, expired and foreign Proofs are rejected", async () => {
  using room = guarded({ proofForMs: 10_000, badMessages: 10 });
  const other = UUID.replace("f", "0");
  room.put({ protection: "proofOfWork" }, other);
  const page = await room.page();
  const neighbour = await room.page();
  const elsewhere = await room.page({ uuid: other });
  const tries: [string, () => void][] = [];
  const ask = (who: FakePage) => {
    who.say({ mt: "GetChallenge" });
    return solve(lastChallenge(who));
  };

  const forged: Proof = { mt: "Proof", seed: "0".repeat(32), nonces: [0] };
  tries.push(["unasked", () => page.say(forged)]);
  tries.push(["wrong", () => page.say({ ...ask(page), nonces: [] })]);
  tries.push(["wrong", () => {
    const { seed, nonces } = ask(page);
    page.say({ mt: "Proof", seed, nonces: nonces.map(() => 4_294_967_295) });
  }]);
  tries.push(["unasked", () => page.say(ask(neighbour))]);
  tries.push(["unasked", () => page.say(ask(elsewhere))]);
  tries.push(["unasked", () => {
    ask(page); // Work that was asked for, and another page's in its place.
    page.say(ask(neighbour));
  }]);
  tries.push(["late", () => {
    const proof = ask(page);
    room.clock.advance(10_000);
    page.say(proof);
  }]);
  tries.push(["unasked", () => {
    const proof = ask(page);
    page.say(proof);
    page.say(CHAT);
    page.say({ mt: "ClearChat" });
    page.say(proof);
  }]);
  for (const [reason, attempt] of tries) {
    const before = room.reasons.length;
    attempt();
    deepEqual(room.reasons.slice(before), [reason]);
  }

  page.say(ask(page));
  room.clock.advance(10_000);
  page.say(CHAT); // Its Proof has expired in the meantime.
  equal(room.agents.chats.all.length, 1);
});

Deno.test("[V36] a wrong Proof ends the contact that waits for it", async () => {
  using room = guarded();
  const page = await room.page();

  page.say(CHAT);
  page.say({ mt: "Proof", seed: lastChallenge(page).seed, nonces: [] });

  deepEqual(outcome(page), ["proof-required", "over 41"]);
  equal(room.agents.chats.all.length, 0);
});

Deno.test("[V35] a Proof from a closed socket doesn't count for the next one", async () => {
  using room = guarded({ proofWithinMs: 5_000 });
  const first = await room.page();
  const resume = first.all("Session")[0]!.resume;

  first.say(CHAT);
  const next = await room.page({ resume });
  room.clock.advance(5_000);

  deepEqual([outcome(first), outcome(next), room.reasons], [[], [], []]);
});
