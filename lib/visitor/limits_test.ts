import { deepEqual, equal } from "node:assert/strict";
import { anAgent } from "@/tests/support/any_widget.ts";
import type { FakePage } from "@/tests/support/fake_page.ts";
import {
  settle,
  START,
  UUID,
  VisitorRoom,
} from "@/tests/support/visitor_room.ts";

class Counted {
  readonly all: string[] = [];

  count(name: string, labels: Readonly<Record<string, string>> = {}): void {
    this.all.push([name, ...Object.values(labels)].join(" "));
  }
}

Deno.test("[V21] a page that reads nothing for a while is closed, a slow one isn't", async () => {
  using room = new VisitorRoom({ limits: { stalledMs: 20_000 } });
  const stalled = await room.page();
  const slow = await room.page();
  const busy = await room.page();

  stalled.bufferedAmount = 5_000;
  for (let second = 0; second < 26; second += 5) {
    slow.bufferedAmount = 5_000 - second;
    busy.bufferedAmount = second % 10 === 0 ? 0 : 5_000;
    room.clock.advance(5_000);
  }

  deepEqual([stalled, slow, busy].map(({ closedWith }) => closedWith), [
    1013,
    undefined,
    undefined,
  ]);
});

Deno.test("[V29] the service and each widget have a maximum number of sockets", async () => {
  using room = new VisitorRoom({ limits: { sockets: 3, socketsPerWidget: 1 } });
  const other = UUID.replace("f", "0");
  room.put({}, other);
  const [first, second, third] = [room.open(), room.open(), room.open()];

  const fourth = room.open();
  first?.say(START);
  await settle();
  second?.say(START);
  third?.say({ ...START, uuid: other });
  await settle();
  second?.drop();
  const fifth = room.open();

  deepEqual(
    [first, second, third, fourth, fifth].map((page) => page?.closedWith),
    [undefined, 1013, undefined, 1013, undefined],
  );
  for (const page of [second, fourth]) {
    deepEqual(page?.all("Error").map(({ error }) => error), ["unavailable"]);
  }
});

Deno.test("[V30] calls and messages are limited for each socket and each address", async () => {
  using room = new VisitorRoom({
    limits: { contactsPerMinute: 2, contactsPerAddressPerMinute: 3 },
  });
  const page = await room.page();
  const neighbour = await room.page();
  const stranger = await room.page({}, { address: "198.51.100.7" });
  const ask = (who: typeof page) => {
    who.say({ mt: "CreateChat", dest: "columbia", dn: "" });
    who.say({ mt: "ClearChat" });
  };

  for (const who of [page, page, page]) ask(who);
  const refused = page.heard.all.slice(-2);
  for (const who of [neighbour, neighbour, stranger]) ask(who);
  room.clock.advance(60_000);
  ask(page);

  const [error, over] = refused;
  equal(error?.mt === "Error" && error.error, "rate-limited");
  equal(error?.mt === "Error" && error.retryAfter, 60);
  deepEqual(over, { mt: "ChatInfo", state: "terminated", cause: 41 });
  const errors = [page, neighbour, stranger].map((p) => p.all("Error").length);
  deepEqual(errors, [1, 1, 0]);
  equal(room.agents.chats.all.length, 5);
  equal(page.closedWith, undefined);
});

Deno.test("[V31] limits and closes are counted", async () => {
  const counters = new Counted();
  using room = new VisitorRoom({
    counters,
    limits: { messagesPerWindow: 2, socketsPerAddress: 1 },
  });
  const page = await room.page();

  room.open();
  page.say({ mt: "GetIceConfig" });
  page.say({ mt: "GetIceConfig" });

  deepEqual(counters.all, [
    "visitor_started false",
    "visitor_limited socketsPerAddress",
    "visitor_closed 4429",
    "visitor_limited messagesPerWindow",
    "visitor_closed 4429",
  ]);
});

Deno.test("[V31] contacts rejected by a limit are counted under that limit only", async () => {
  const counters = new Counted();
  using room = new VisitorRoom({
    counters,
    limits: { contactsPerMinute: 2, contactsPerAddressPerMinute: 3 },
  });
  const ask = (who: FakePage) => {
    who.say({ mt: "CreateChat", dest: "columbia", dn: "" });
    who.say({ mt: "ClearChat" });
  };
  const page = await room.page();
  const neighbour = await room.page();

  for (const who of [page, page, page, neighbour, neighbour]) ask(who);

  deepEqual(counters.all.filter((one) => one.startsWith("visitor_limited")), [
    "visitor_limited contactsPerMinute",
    "visitor_limited contactsPerAddressPerMinute",
  ]);
});

Deno.test("pictures wait for a page on a slow line, which isn't closed", async () => {
  using room = new VisitorRoom();
  const page = await room.page();
  page.bufferedAmount = 300_000;

  page.say({ mt: "GetPicture", id: "atlantis" });
  page.say({ mt: "GetPicture", id: "columbia" });
  await settle();
  const before = page.all("Picture").length;
  page.bufferedAmount = 200_000;
  room.clock.advance(50);
  await settle();

  equal(before, 0);
  deepEqual(page.all("Picture").map(({ id }) => id), ["atlantis", "columbia"]);
  equal(page.closedWith, undefined);
});

Deno.test("a client that requests the pictures of 100 agents at the same time gets them", async () => {
  using room = new VisitorRoom();
  const agents = Array.from({ length: 100 }, (_, n) => anAgent(`agent${n}`));
  room.put({ agents });
  const page = await room.page();

  for (const { address } of agents) page.say({ mt: "GetPicture", id: address });
  await page.until("Picture", ({ id }) => id === "agent99");

  equal(page.all("Picture").length, 100);
  equal(page.closedWith, undefined);
});
