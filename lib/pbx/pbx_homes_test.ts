import { deepEqual } from "node:assert/strict";
import { HomeClaims } from "@/lib/store/claims.ts";
import { FakeClock } from "@/tests/support/fake_clock.ts";
import { settled } from "@/tests/support/stored_chat.ts";
import { PbxHomes } from "./pbx_homes.ts";

const KEY = "example.com/pbx/widgets";

/** Instances on one store. */
async function openRoom(...ids: string[]) {
  const kv = await Deno.openKv(":memory:");
  const clock = new FakeClock();
  const replaced: string[] = [];
  let isStoreAway = false;
  const open = new AsyncDisposableStack();
  const all = ids.map((own) => {
    const links: string[] = [];
    const claims = new HomeClaims(kv, "pbx", own);
    const homes = new PbxHomes({
      clock,
      bank: {
        links: () => links,
        replace(key) {
          links.splice(links.indexOf(key), 1);
          replaced.push(own);
        },
      },
      claims: {
        take: (key) =>
          isStoreAway
            ? Promise.reject(new Error("connection lost"))
            : claims.take(key),
        hold: (key) => claims.hold(key),
        release: (key) => claims.release(key),
      },
    });
    open.use(homes);
    return {
      links,
      async link() {
        if (!links.includes(KEY)) links.push(KEY);
        homes.linked(KEY);
        await settled();
      },
    };
  });
  const [a, b] = all;
  if (!a || !b) throw new Error("no instance");
  return {
    ...{ a, b, replaced },
    home: () => new HomeClaims(kv, "pbx", "").homeOf(KEY),
    cut: (isCut: boolean) => isStoreAway = isCut,
    async pass() {
      clock.advance(3_000);
      await settled();
    },
    async [Symbol.asyncDispose]() {
      await open.disposeAsync();
      kv.close();
    },
  };
}

Deno.test("[P52] of the links of one key at several instances, the newest one stays", async () => {
  await using room = await openRoom("a", "b");
  const { a, b } = room;

  await a.link();
  await b.link();
  await room.pass();
  deepEqual([room.replaced, await room.home()], [["a"], "b"]);
  await a.link();
  await room.pass();

  deepEqual([room.replaced, await room.home()], [["a", "b"], "a"]);
});

Deno.test("[P52] a link that comes back before the older one has noticed its replacement stays", async () => {
  await using room = await openRoom("a", "b");
  const { a, b } = room;

  await a.link();
  await b.link();
  await a.link();
  await room.pass();

  deepEqual([room.replaced, await room.home()], [["b"], "a"]);
});

Deno.test("[P52] a link is kept while the store does not answer, and claimed when it does", async () => {
  await using room = await openRoom("a", "b");
  const { a, b } = room;
  await b.link();
  room.cut(true);
  await a.link();
  await room.pass();
  deepEqual(room.replaced, []);

  room.cut(false);
  await room.pass();
  await room.pass();

  deepEqual([room.replaced, await room.home()], [["b"], "a"]);
});

Deno.test("[P52] a link that is closed has no home", async () => {
  await using room = await openRoom("a", "b");
  await room.a.link();

  room.a.links.pop();
  await room.pass();

  deepEqual(await room.home(), undefined);
});
