import { deepEqual, equal } from "node:assert/strict";
import { FakeClock } from "@/tests/support/fake_clock.ts";
import {
  openInstances,
  OTTO,
  settled,
} from "@/tests/support/desk_instances.ts";
import { DeskArrivals } from "./desk_arrivals.ts";

Deno.test("[D34] all pages of an agent meet at one instance, whichever they reach", async () => {
  await using instances = await openInstances();
  const { a, b } = instances;

  await Promise.all([a.page(), b.page(), b.page(), a.page()]);

  deepEqual([a.arrivals.size, b.arrivals.size].sort(), [0, 1]);
  const [home, other] = a.happened.length > 0 ? [a, b] : [b, a];
  deepEqual(home.happened.filter((one) => one === "hello").length, 4);
  deepEqual(home.happened.slice(0, 2), ["gathers otto", "has chats"]);
  deepEqual(other.happened, []);
});

Deno.test("[D34] a page is accepted after the agent's chats, also one that is relayed meanwhile", async () => {
  await using instances = await openInstances();
  const { a, b } = instances;
  const { promise, resolve } = Promise.withResolvers<void>();
  a.gathered = promise;

  await a.page();
  await b.page();
  deepEqual(a.happened, ["gathers otto"]);
  resolve();
  await settled();

  deepEqual(a.happened, [
    ...["gathers otto", "has chats"],
    ...["accepted", "hello", "accepted", "hello"],
  ]);
});

Deno.test("[D34] the workspace of a dead instance is claimed, and its pages are closed if it lives after all", async () => {
  await using instances = await openInstances();
  const { a, b, clock } = instances;
  const { codes } = await a.page();
  a.isAlive = false;

  await b.page();
  a.isAlive = true;
  clock.advance(3_000);
  await settled();
  await a.page();

  equal(a.happened.at(-1), "left");
  deepEqual(codes, [1012]);
  deepEqual(b.happened.filter((one) => one === "hello").length, 2);
});

Deno.test("[D34] if a page shows that the home is dead, the workspace is claimed without a wait", async () => {
  await using instances = await openInstances();
  const { a, b } = instances;
  await a.page();
  a.isHung = true;

  await b.page();

  equal(b.happened.at(-1), "hello");
});

Deno.test("[D34] an unused workspace, and those of an instance that stops, can move", async () => {
  await using instances = await openInstances();
  const { a, b, clock } = instances;
  const page = await a.page();
  page.events.closed(1000);
  a.isUnused = true;
  clock.advance(3_000);
  await settled();

  await b.page();
  equal(b.happened.at(-1), "hello");
  await b.arrivals[Symbol.asyncDispose]();
  await a.page();

  equal(a.happened.at(-1), "hello");
});

Deno.test("[D34] a page may send 20 messages before it is accepted, and one more closes it with 4429", async () => {
  await using instances = await openInstances();
  const { a } = instances;
  const { promise, resolve } = Promise.withResolvers<void>();
  a.gathered = promise;
  const pages = [await a.page(), await a.page()];

  for (const [index, count] of [20, 21].entries()) {
    for (let n = 1; n < count; n++) pages[index]?.events.message("ping");
  }
  const codes = pages.map((page) => [...page.codes]);
  resolve();
  await settled();

  deepEqual(codes, [[], [4429]]);
});

Deno.test("[D34] a workspace stays while a page waits for the chats, or has not said hello", async () => {
  await using instances = await openInstances();
  const { a, b, clock } = instances;
  const { promise, resolve } = Promise.withResolvers<void>();
  a.gathered = promise;
  a.isUnused = true; // The bank knows a page only after its hello.

  await a.page();
  for (const hasChats of [false, true]) {
    clock.advance(3_000);
    await settled();
    await b.page();
    if (!hasChats) resolve();
    await settled();
  }

  deepEqual(a.happened.filter((one) => one === "hello").length, 3);
  deepEqual(b.happened, []);
});

Deno.test("[D34] a page that is closed while it waits for the chats is not accepted, and keeps no workspace", async () => {
  await using instances = await openInstances();
  const { a, b, clock } = instances;
  const { promise, resolve } = Promise.withResolvers<void>();
  a.gathered = promise;
  a.isUnused = true;

  const { events } = await a.page();
  events.closed(1006);
  resolve();
  await settled();
  clock.advance(3_000);
  await settled();
  await b.page();

  deepEqual(a.happened, ["gathers otto", "has chats"]);
  equal(b.happened.at(-1), "hello");
});

Deno.test("[D34] a claim is looked at again only after the store has answered", async () => {
  const clock = new FakeClock();
  const answers: PromiseWithResolvers<boolean>[] = [];
  const arrivals = new DeskArrivals({
    ...{ own: "a", clock, isDead: () => false },
    bank: {
      ...{ isUnused: () => false, hasRinging: () => false, leave() {} },
      ...{ addressOf: () => OTTO.name, setReachable() {} },
      accept: () => ({ message() {}, closed() {} }),
    },
    claims: {
      claim: () => Promise.resolve("a"),
      hold: () => {
        const answer = Promise.withResolvers<boolean>();
        answers.push(answer);
        return answer.promise;
      },
      release: () => Promise.resolve(),
    },
    offer: () => Promise.resolve(undefined),
    gather: () => Promise.resolve(),
  });
  arrivals.accept({ send() {}, close() {}, bufferedAmount: 0 }, OTTO);
  await settled();

  const counts: number[] = [];
  for (let n = 0; n < 4; n++) {
    clock.advance(3_000);
    await settled();
    counts.push(answers.length);
    if (n === 1) answers[0]?.resolve(true);
    await settled();
  }
  await arrivals[Symbol.asyncDispose]();

  deepEqual(counts, [1, 1, 2, 2]);
});

Deno.test("[D34] a page whose workspace cannot be found is told to come back", async () => {
  await using instances = await openInstances();
  const { a, kv, clock } = instances;
  await kv.set(["home", "workspace", "o1"], { home: "b", epoch: 1 });

  const lost = await a.page(); // The other one refuses it, and is alive.
  for (const ms of [...Array(9).fill(200), 199]) {
    clock.advance(ms);
    await settled();
  }
  deepEqual(lost.codes, []);
  clock.advance(1);
  await settled();
  await kv.set(["home", "workspace", "o1"], "unreadable");
  const failed = await a.page();

  deepEqual([lost.codes, failed.codes], [[1012], [1013]]);
});

Deno.test("[D34] an instance that is about to stop gives up its workspaces, those with a call after its end, and takes no other one", async () => {
  await using instances = await openInstances();
  const { a, b, clock } = instances;
  const before = await a.page();
  a.hasRinging = true;
  let isDrained = false;
  const drained = a.arrivals.drain().then(() => isDrained = true);
  clock.advance(1_000);
  await settled();
  deepEqual(before.codes, []);

  const during = await b.page();
  equal(a.happened.at(-1), "hello", "its pages still meet there");
  a.hasRinging = false;
  clock.advance(200);
  await drained;
  const late = await a.page();
  await b.page();

  deepEqual([before.codes, during.codes, late.codes], [[1012], [1012], [1012]]);
  deepEqual([isDrained, b.happened.at(-1)], [true, "hello"]);
});

Deno.test("[D34] an instance that is about to stop sends the pages of 20 agents to others every 200 ms", async () => {
  await using instances = await openInstances();
  const { a, clock } = instances;
  const pages: { codes: number[] }[] = [];
  for (let n = 0; n < 50; n++) {
    pages.push(await a.page({ ...OTTO, id: `o${n}`, name: `otto${n}` }));
  }
  const closed = () => pages.filter(({ codes }) => codes[0] === 1012).length;

  const drained = a.arrivals.drain();
  const counts: number[] = [];
  for (const atLeast of [20, 40, 50]) {
    clock.advance(atLeast === 20 ? 0 : 200);
    // The store takes more turns on a busy host; more than these may not close.
    for (let n = 0; n < 100 && closed() < atLeast; n++) await settled();
    await settled();
    counts.push(closed());
  }
  await drained;

  deepEqual(counts, [20, 40, 50]);
});
