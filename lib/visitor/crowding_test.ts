import { deepEqual, equal, match, ok } from "node:assert/strict";
import type { FakePage } from "@/tests/support/fake_page.ts";
import { solve } from "@/tests/support/solve.ts";
import { VisitorRoom } from "@/tests/support/visitor_room.ts";
import { Difficulty } from "./difficulty.ts";
import { LIMITS } from "@/lib/protocol/visitor/limits.ts";

// One client, or one network, that takes more than its share.

const ATTACKER = { address: "203.0.113.66" };
const HONEST = { address: "192.0.2.7" };
const CHAT = { mt: "CreateChat", dest: "columbia", dn: "" } as const;
const CALL = { mt: "CreateCall", dest: "columbia", dn: "" } as const;

/** A room that notes the names that visitors have at the TURN servers. */
function roomWithTurn() {
  const users: string[] = [];
  const room = new VisitorRoom({
    ice: (user) => {
      users.push(user);
      return { mt: "IceConfig", stun: "s", turn: "t", turnUsr: user };
    },
  });
  return Object.assign(room, { users });
}

const errors = (page: FakePage) => page.all("Error").map(({ error }) => error);

Deno.test("[V12] 150 seats of an address share 4 user names at the TURN servers, which no other address gets", async () => {
  using room = roomWithTurn();

  for (let n = 0; n < 150; n++) {
    const page = await room.page({}, ATTACKER);
    page.say({ mt: "GetIceConfig" });
    page.drop();
  }
  const taken = new Set(room.users);
  const page = await room.page({}, HONEST);
  page.say({ mt: "GetIceConfig" });
  page.say({ mt: "GetIceConfig" });

  const [first = "", second] = room.users.slice(150);
  equal(room.users.length, 152);
  equal(taken.size, 4);
  match(first, /^[0-9a-f]{32}$/);
  equal(second, first);
  ok(!taken.has(first));
});

Deno.test("[V12] an IPv6 /48 gets 16 user names at the TURN servers", async () => {
  using room = roomWithTurn();

  for (let n = 0; n < 600; n++) {
    const address = `2001:db8:7:${n.toString(16)}::1`;
    const page = await room.page({}, { address });
    page.say({ mt: "GetIceConfig" });
  }

  equal(new Set(room.users).size, 16);
});

Deno.test("[V41] a widget with proof of work names its TURN servers only after a Proof", async () => {
  using room = roomWithTurn();
  room.put({ protection: "proofOfWork" });
  const page = await room.page();
  const old = room.open();
  old.say({ mt: "Start", uuid: room.widgets.keys().next().value! });
  await old.until("IceConfig");

  page.say({ mt: "GetIceConfig" });
  page.say({ mt: "GetChallenge" });
  const before = page.all("IceConfig");
  page.say(solve(page.all("Challenge")[0]!));
  const after = page.all("IceConfig").slice(1);
  page.say({ mt: "GetIceConfig" });

  const withheld = {
    mt: "IceConfig",
    stun: "s",
    turn: "",
    turnAfterProof: true,
  };
  deepEqual(before, [withheld]);
  deepEqual(old.all("IceConfig"), [withheld]);
  deepEqual(after.map(({ turn }) => turn), ["t"]);
  equal(page.all("IceConfig").at(-1)?.turn, "t");
});

Deno.test("[V41] without a TURN server, IceConfig doesn't wait for a Proof", async () => {
  using room = new VisitorRoom({
    ice: () => ({ mt: "IceConfig", stun: "s", turn: "" }),
  });
  room.put({ protection: "proofOfWork" });
  const page = await room.page();

  page.say({ mt: "GetIceConfig" });

  deepEqual(page.all("IceConfig"), [{ mt: "IceConfig", stun: "s", turn: "" }]);
});

Deno.test("[V42] an address can have 4 calls and chats at the same time, and the next is rejected", async () => {
  using room = new VisitorRoom();
  const pages: FakePage[] = [];

  for (let n = 0; n < 55; n++) {
    const page = await room.page({}, ATTACKER);
    page.say(n % 2 === 0 ? CHAT : CALL);
    pages.push(page);
  }
  const honest = await room.page({}, HONEST);
  honest.say(CHAT);
  honest.say(CALL);

  const refused = pages.filter((page) => errors(page).length > 0);
  deepEqual(pages.indexOf(refused[0]!), 4);
  equal(refused.length, 51);
  for (const page of refused) {
    deepEqual(errors(page), ["rate-limited"]);
    const over = [...page.all("ChatInfo"), ...page.all("CallInfo")];
    deepEqual(over.map(({ state }) => state), ["terminated"]);
  }
  deepEqual(errors(honest), []);
  equal(room.agents.chats.all.length, 3);
});

Deno.test("[V42] contacts count while they run, even after their socket was lost or replaced", async () => {
  using room = new VisitorRoom({ limits: { contactsAtOncePerAddress: 1 } });
  const first = await room.page({}, ATTACKER);
  const second = await room.page({}, ATTACKER);

  first.say(CHAT);
  first.say({ ...CHAT, contact: "other" });
  first.drop();
  second.say(CHAT);
  const whileLost = errors(second).length;
  const resume = first.all("Session")[0]!.resume;
  const back = await room.page({ resume }, { address: "198.51.100.7" });
  second.say(CHAT);
  const whileElsewhere = errors(second).length;
  back.say({ mt: "ClearChat" });
  second.say(CHAT);

  deepEqual(errors(first), []);
  deepEqual([whileLost, whileElsewhere, errors(second).length], [1, 2, 2]);
  equal(room.agents.chats.all.length, 2);
});

Deno.test("[V42] an IPv6 /48 can have four times as many contacts", async () => {
  using room = new VisitorRoom();
  let refused = 0;

  for (let n = 0; n < 40; n++) {
    const address = `2001:db8:7:${n.toString(16)}::1`;
    const page = await room.page({}, { address });
    page.say(CHAT);
    refused += errors(page).length;
  }

  equal(refused, 24);
  equal(room.agents.chats.all.length, 16);
});

Deno.test("[V36] five wrong Proofs close the socket, late ones don't", async () => {
  using room = new VisitorRoom({ limits: { proofBits: 3, proofForMs: 1_000 } });
  room.put({ protection: "proofOfWork" });
  const page = await room.page();
  const slow = await room.page();

  for (let n = 0; n < 8; n++) {
    slow.say({ mt: "GetChallenge" });
    room.clock.advance(1_000);
    slow.say(solve(slow.all("Challenge").at(-1)!));
    page.say({ mt: "GetChallenge" });
    page.say({ mt: "Proof", seed: "0".repeat(32), nonces: [] });
  }

  deepEqual([page.closedWith, slow.closedWith], [4400, undefined]);
  equal(page.all("Challenge").length, 5);
  deepEqual(new Set(errors(slow)), new Set(["proof-required"]));
});

Deno.test("[V37] one address, or one /48, doesn't raise the difficulty for others", () => {
  const calm = { ...LIMITS, calmPerAddress: 5, calmPerWidget: 60 };
  const ofOne = new Difficulty(calm);
  const ofSite = new Difficulty(calm);

  for (let n = 0; n < 1_000; n++) {
    ofOne.next(ATTACKER.address, "w", n);
    ofSite.next(`2001:db8:7:${n.toString(16)}::1`, "w", n);
  }

  const bits = [ofOne, ofSite].map((one) => one.next(HONEST.address, "w", 1));
  deepEqual(bits, [LIMITS.proofBits, LIMITS.proofBits]);
  equal(ofOne.next(ATTACKER.address, "w", 1_001), LIMITS.proofBitsMax);
});
