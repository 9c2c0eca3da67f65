import { deepEqual, equal } from "node:assert/strict";
import { rendezvousRank } from "@/lib/base/rendezvous.ts";
import { RunningChatStore } from "@/lib/store/running_chat_store.ts";
import { FakeClock } from "@/tests/support/fake_clock.ts";
import { chatIn, settled, tokenOf } from "@/tests/support/stored_chat.ts";
import { VisitorRoom } from "@/tests/support/visitor_room.ts";
import { Orphans } from "./orphans.ts";

interface Chat {
  seat: string;
  id: string;
  home?: string;
}

/** The look of one instance at chats; `living` are the instances that work. */
function watch(own: string, { chats, living, adopt }: {
  chats: Chat[];
  living: string[];
  adopt?: (seat: string) => Promise<void>;
}) {
  const clock = new FakeClock();
  const startedAt = clock.now();
  const adopted: [seat: string, atMs: number][] = [];
  const orphans = new Orphans({
    ...{ own, clock },
    chats: async function* () {
      yield* await Promise.resolve(chats);
    },
    isAlive: (home) => Promise.resolve(living.includes(home)),
    others: () => living.filter((id) => id !== own),
    adopt: adopt ?? ((seat) => {
      adopted.push([seat, clock.now() - startedAt]);
      return Promise.resolve();
    }),
  });
  return {
    adopted,
    async pass(ms: number) {
      for (let left = ms; left >= 0; left -= 1_000) {
        clock.advance(left === ms ? 0 : 1_000);
        await settled();
      }
    },
    [Symbol.dispose]: () => orphans[Symbol.dispose](),
  };
}

/** Returns chats with the same home. */
function chatsOf(home: string | undefined, count: number): Chat[] {
  return Array.from({ length: count }, (_, n) => ({
    ...{ seat: `seat ${n}`, id: `chat ${n}` },
    ...(home !== undefined && { home }),
  }));
}

Deno.test("[V46] the chats of an instance that did not renew its row are continued at once, by one of the survivors each", async () => {
  const chats = chatsOf("dead", 40);
  const living = ["a", "b", "c"];
  const shares: string[][] = [];
  for (const own of living) {
    using orphans = watch(own, { chats, living });
    await orphans.pass(2_000);
    shares.push(orphans.adopted.map(([seat]) => seat));
  }

  deepEqual(shares.flat().sort(), chats.map(({ seat }) => seat).sort());
  for (const share of shares) equal(share.length > 5, true);
});

Deno.test("[V46] a chat that was left on purpose waits 10 s for its page, and chats with a home stay there", async () => {
  const parked = chatsOf(undefined, 100).find(({ id }) =>
    rendezvousRank(id, "a", ["b"]) === 0
  );
  const id = parked?.id ?? "";
  const chats = [
    { seat: "parked", id },
    { seat: "here", id: "here", home: "a" },
    { seat: "there", id: "there", home: "b" },
  ];
  using orphans = watch("a", { chats, living: ["a", "b"] });

  await orphans.pass(12_000);

  deepEqual(orphans.adopted, [["parked", 12_000]]);
});

Deno.test("[V46] if the instance that is to continue a chat does not, the next one does 6 s later", async () => {
  const chats = chatsOf("dead", 20);
  const living = ["a", "b", "c"];
  using orphans = watch("a", { chats, living });

  await orphans.pass(13_000);

  const first = new Map(orphans.adopted.toReversed());
  for (const { id, seat } of chats) {
    const rank = rendezvousRank(id, "a", ["b", "c"]);
    equal(first.get(seat), rank * 6_000);
  }
});

Deno.test("[V46] a look that fails is repeated, and one chat's failure does not keep the others", async () => {
  const chats = chatsOf("dead", 2);
  let failures = 1;
  const tried: string[] = [];
  using orphans = watch("a", {
    ...{ chats, living: ["a"] },
    adopt(seat) {
      tried.push(seat);
      if (failures-- > 0) return Promise.reject(new Error("connection lost"));
      chats.splice(chats.findIndex((chat) => chat.seat === seat), 1);
      return Promise.resolve();
    },
  });

  await orphans.pass(4_000);

  deepEqual(tried, ["seat 0", "seat 1", "seat 0"]);
});

Deno.test("[V46] of two survivors, one continues the chat of a visitor who does not come back, which then has one record", async () => {
  using kv = await Deno.openKv(":memory:");
  const ids = ["first", "second", "third"];
  const stores = ids.map((own) => new RunningChatStore(kv, own));
  const rooms = stores.map((chatStore) =>
    new VisitorRoom({}, { chatStore, isDead: (home) => home === "first" })
  );
  const [dead, second, third] = rooms;
  if (!dead || !second || !third) throw new Error("no room");
  const page = await chatIn(dead);
  using looking = new DisposableStack();
  for (const n of [1, 2]) {
    const [room, own, store] = [rooms[n], ids[n], stores[n]];
    if (!room || !own || !store) throw new Error("no room");
    const { bank, clock } = room;
    looking.use(
      new Orphans({
        ...{ own, clock },
        chats: () => store.owned(),
        isAlive: (home) => Promise.resolve(home !== "first"),
        others: () => ids.slice(1).filter((id) => id !== own),
        adopt: (seat) => bank.adoptSeat(seat),
      }),
    );
  }
  const both = [second, third];
  const seats = () => both.filter(({ bank }) => bank.hasSeat(tokenOf(page)));

  for (let s = 0; s < 12; s++) {
    for (const { clock } of both) clock.advance(1_000);
    await settled();
  }
  equal(seats().length, 1);
  for (let s = 0; s < 150; s++) {
    for (const { clock } of both) clock.advance(1_000);
    await settled();
  }

  const records = both.flatMap(({ records }) => records);
  equal(records.length, 1);
  deepEqual(await Array.fromAsync(stores[1]?.owned() ?? []), []);
  for (const { bank } of both) bank[Symbol.dispose]();
  await Promise.all(both.map(({ bridge }) => bridge.settled()));
  dead.bank[Symbol.dispose]();
});
