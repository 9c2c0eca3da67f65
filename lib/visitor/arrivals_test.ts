import { deepEqual, equal } from "node:assert/strict";
import { newInstanceId, newToken } from "@/lib/base/ids.ts";
import { RunningChatStore } from "@/lib/store/running_chat_store.ts";
import { FakePage } from "@/tests/support/fake_page.ts";
import { chatIn, settled, tokenOf } from "@/tests/support/stored_chat.ts";
import { settle, START, VisitorRoom } from "@/tests/support/visitor_room.ts";
import { Arrivals, tokenOf as tokenAt } from "./arrivals.ts";

interface Instance {
  id: string;
  room: VisitorRoom;
  arrivals: Arrivals;
  isAlive: boolean;
  /** Sockets that others have relayed here. */
  relayed: number;
}

/** Instances on one store that relay sockets to each other. */
async function openInstances(count: number) {
  const kv = await Deno.openKv(":memory:");
  const all: Instance[] = [];
  for (let n = 0; n < count; n++) {
    const id = newInstanceId();
    const store = new RunningChatStore(kv, id);
    const find = (home: string) => all.find((one) => one.id === home);
    const isDead = (home: string) => find(home)?.isAlive !== true;
    const room = new VisitorRoom({
      newToken: () => tokenAt(id, newToken()),
    }, { chatStore: store, isDead });
    const arrivals = new Arrivals({
      ...{ bank: room.bank, clock: room.clock },
      isAlive: (home) => home !== id && !isDead(home),
      chatsOf: (seat) => store.ofSeat(seat),
      async offer(home, { token, socket, peer }) {
        await settle();
        const to = find(home);
        if (to === undefined || !to.room.bank.hasSeat(token)) return undefined;
        to.relayed++;
        return to.room.bank.accept(socket, peer);
      },
    });
    all.push({ id, room, arrivals, isAlive: true, relayed: 0 });
  }
  const [first, second, third] = all;
  if (!first || !second || !third) throw new Error("too few instances");
  return {
    ...{ all, first, second, third },
    async [Symbol.asyncDispose]() {
      for (const { room } of all) room.bank[Symbol.dispose]();
      await Promise.all(all.map(({ room }) => room.bridge.settled()));
      kv.close();
    },
  };
}

/** A page that resumes its seat through another instance. */
async function resume(to: Instance, page: FakePage, seq = 0) {
  const again = new FakePage((...args) => to.arrivals.accept(...args));
  again.say({ ...START, v: 1, resume: tokenOf(page), seq });
  again.say({ mt: "ChatMessage", id: "v3", text: "four" });
  while (again.all("Session").length === 0) {
    if (again.closedWith !== undefined) break;
    to.room.clock.advance(200);
    await settle();
  }
  await settled();
  return again;
}

const idsOf = (page: FakePage) => page.all("ChatAck").map(({ id }) => id);

Deno.test("[V45] a page is relayed to the home of its chat while that is alive", async () => {
  await using instances = await openInstances(3);
  const { first, second } = instances;
  const page = await chatIn(first.room);

  const again = await resume(second, page, 3);

  deepEqual([tokenOf(again), idsOf(again)], [tokenOf(page), ["v3"]]);
  deepEqual([first.relayed, second.room.bank.size], [1, 0]);
});

Deno.test("[V45] a page with a slow connection finds its home too", async () => {
  await using instances = await openInstances(3);
  const { first, second } = instances;
  const page = await chatIn(first.room);
  const again = new FakePage((...args) => second.arrivals.accept(...args));
  for (let n = 0; n < 10; n++) second.room.clock.advance(1_000);

  again.say({ ...START, v: 1, resume: tokenOf(page), seq: 3 });
  await again.until("Session");

  equal(tokenOf(again), tokenOf(page));
  deepEqual([first.relayed, second.room.bank.size], [1, 0]);
});

Deno.test("[V45] if the home of a chat is dead, the instance that the page reaches continues it", async () => {
  await using instances = await openInstances(3);
  const { first, second, third } = instances;
  const page = await chatIn(first.room);
  first.isAlive = false;

  const again = await resume(second, page, 3);
  const later = await resume(third, page, 4);

  deepEqual([tokenOf(again), idsOf(again)], [tokenOf(page), ["v3"]]);
  deepEqual([tokenOf(later), idsOf(later)], [tokenOf(page), ["v3"]]);
  equal(again.closedWith, 4409); // The same seat, shown by another socket.
  deepEqual([first.relayed, second.relayed], [0, 1]);
});

Deno.test("[V45] a home that does not know yet that its chat was claimed sends the page away, which then finds its chat", async () => {
  await using instances = await openInstances(3);
  const { first, second, third } = instances;
  const page = await chatIn(first.room);
  first.isAlive = false;
  await second.room.bank.adopt(tokenOf(page));
  first.isAlive = true;

  const sentAway = await resume(third, page, 3);
  equal(await sentAway.closing(), 1001);
  const again = await resume(third, page, 3);

  deepEqual([idsOf(sentAway), idsOf(again)], [[], ["v3"]]);
  deepEqual([first.relayed, second.relayed], [1, 1]);
});

Deno.test("[V45] a page without a chat, with an old token or an unknown one is served where it arrives", async () => {
  await using instances = await openInstances(3);
  const { first, second } = instances;
  const idle = await first.room.page();
  const fresh = new FakePage((...args) => second.arrivals.accept(...args));
  fresh.say({ ...START, v: 1 });
  await fresh.until("Session");
  idle.drop();

  const again = await resume(second, idle);

  equal(tokenOf(again) === tokenOf(idle), false);
  deepEqual([first.relayed, second.room.bank.size], [0, 2]);
});

Deno.test("[V45] a page stays away for a moment if its seat cannot be found", async () => {
  await using instances = await openInstances(3);
  const { first, second } = instances;
  const page = await chatIn(first.room);
  const arrivals = new Arrivals({
    ...{ bank: second.room.bank, clock: second.room.clock },
    isAlive: () => false,
    offer: () => Promise.resolve(undefined),
    chatsOf: () => Promise.reject(new Error("connection lost")),
  });

  const again = new FakePage((...args) => arrivals.accept(...args));
  again.say({ ...START, v: 1, resume: tokenOf(page), seq: 3 });
  equal(await again.closing(), 1013);

  equal(second.room.bank.size, 0);
});

Deno.test("[V45] a page that says nothing, or too much too early, is limited as elsewhere", async () => {
  await using instances = await openInstances(3);
  const { first, second } = instances;
  const silent = new FakePage((...args) => second.arrivals.accept(...args));
  const page = await chatIn(first.room);
  const hasty = new FakePage((...args) => second.arrivals.accept(...args));
  hasty.say({ ...START, v: 1, resume: tokenOf(page), seq: 3 });
  for (let n = 0; n < 25; n++) hasty.say({ mt: "ChatRead", seq: 1 });
  equal(hasty.closedWith, 4429);
  await settled(); // The search for its seat ends, too.

  for (let n = 0; n < 15; n++) second.room.clock.advance(1_000);

  equal(silent.closedWith, 4408);
});
