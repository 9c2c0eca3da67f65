import { deepEqual, equal, ok } from "node:assert/strict";
import type { Presence } from "@/lib/model/presence.ts";
import { FakeClock } from "@/tests/support/fake_clock.ts";
import { PresenceKeeper } from "./presence_keeper.ts";

/** A store that fails, hangs or works, as a test says. */
class Store {
  readonly kept: Record<string, Presence> = {};
  tries = 0;
  inFlight = 0;
  inFlightMax = 0;
  state: "works" | "fails" | Promise<void> = "works";

  async set({ address, presence }: { address: string; presence: Presence }) {
    this.tries++;
    this.inFlightMax = Math.max(this.inFlightMax, ++this.inFlight);
    const { state } = this;
    if (typeof state === "object") await state;
    this.inFlight--;
    if (state === "fails") throw new Error("disk full");
    this.kept[address] = presence;
  }
}

function open(state: Store["state"] = "works") {
  const clock = new FakeClock();
  const store = Object.assign(new Store(), { state });
  const cache = {
    list: () => Promise.resolve([]),
    set: (known: { address: string; presence: Presence }) => store.set(known),
  };
  const keeper = new PresenceKeeper(clock, cache);
  return {
    clock,
    store,
    keeper,
    [Symbol.dispose]: () => keeper[Symbol.dispose](),
  };
}

const settle = () => new Promise((done) => setTimeout(done, 0));

Deno.test("[P23] several changes are stored together, each with its newest value", async () => {
  using setup = open();
  const { clock, store, keeper } = setup;

  keeper.add("a", "busy");
  keeper.add("a", "away");
  keeper.add("b", "online");
  clock.advance(1_999);
  await settle();
  equal(store.tries, 0);
  clock.advance(1);
  await settle();

  deepEqual(store.kept, { a: "away", b: "online" });
  equal(store.tries, 2);
});

Deno.test("[P23] a value that failed to store is stored when the store works again, with its newest state", async () => {
  using setup = open("fails");
  const { clock, store, keeper } = setup;
  keeper.add("a", "busy");

  for (let second = 0; second < 600; second++) {
    clock.advance(1_000);
    await settle();
  }
  ok(store.tries > 10 && store.tries < 60, `${store.tries} tries in 600 s`);
  keeper.add("a", "away");
  store.state = "works";
  clock.advance(30_000);
  await settle();

  deepEqual(store.kept, { a: "away" });
});

Deno.test("[P23] a change during a slow write is stored after it, one at a time", async () => {
  const slow = Promise.withResolvers<void>();
  using setup = open(slow.promise);
  const { clock, store, keeper } = setup;
  keeper.add("a", "busy");
  clock.advance(2_000);
  await settle();

  keeper.add("a", "away");
  clock.advance(60_000);
  await settle();
  equal(store.inFlightMax, 1);
  slow.resolve();
  await settle();
  clock.advance(2_000);
  await settle();

  deepEqual(store.kept, { a: "away" });
  equal(store.inFlightMax, 1);
});

Deno.test("[P23] a change during a retry isn't lost", async () => {
  using setup = open("fails");
  const { clock, store, keeper } = setup;
  keeper.add("a", "busy");
  clock.advance(2_000);
  await settle();
  const slow = Promise.withResolvers<void>();
  store.state = slow.promise;
  clock.advance(1_000);
  await settle();

  keeper.add("b", "dnd");
  store.state = "works";
  slow.resolve();
  await settle();
  clock.advance(2_000);
  await settle();

  deepEqual(store.kept, { a: "busy", b: "dnd" });
});

Deno.test("[P23] a disposed keeper starts no more writes", async () => {
  const { clock, store, keeper } = open("fails");
  keeper.add("a", "busy");
  clock.advance(2_000);
  await settle();
  keeper.add("b", "busy");

  keeper[Symbol.dispose]();
  clock.advance(60_000);
  await settle();

  equal(store.tries, 1);
  equal(clock.pending, 0);
});
