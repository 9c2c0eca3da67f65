import { deepEqual } from "node:assert/strict";
import { FakeClock } from "@/tests/support/fake_clock.ts";
import { logInto } from "@/tests/support/log_into.ts";
import { turns } from "@/tests/support/simulated_pbx/in_memory.ts";
import { PbxHomes } from "./pbx_homes.ts";

const KEY = "example.com/pbx/widgets";

/** The homes of an instance with one link, on a store whose answers the test
 * decides. */
function openRoom() {
  const clock = new FakeClock();
  const said: string[] = [];
  const links = [KEY];
  const store = {
    take: () => Promise.resolve(),
    hold: () => Promise.resolve(true),
    release: () => Promise.resolve(),
  };
  const homes = new PbxHomes({
    clock,
    bank: { links: () => links, replace: () => void said.push("replace") },
    claims: {
      take: () => {
        said.push("take");
        return store.take();
      },
      hold: () => {
        said.push("hold");
        return store.hold();
      },
      release: () => {
        said.push("release");
        return store.release();
      },
    },
  });
  const pass = async (ms = 3_000) => {
    clock.advance(ms);
    await turns(1);
  };
  return { ...{ clock, said, links, store, homes, pass } };
}

const away = () => Promise.reject(new Error("connection lost"));

Deno.test("[P52] a link is looked up every three seconds, and released once when it is closed", async () => {
  const { homes, said, links, pass } = openRoom();
  homes.linked(KEY);

  await pass(2_999);
  deepEqual(said, ["take"]);
  await pass(1);
  await pass();
  links.pop();
  await pass();
  await pass();
  await homes[Symbol.asyncDispose]();

  deepEqual(said, ["take", "hold", "hold", "release"]);
});

Deno.test("[P52] a link that is newer at another instance is replaced once, and given up with the instance", async () => {
  const { homes, said, store, pass, clock } = openRoom();
  homes.linked(KEY);
  store.hold = () => Promise.resolve(false);
  await pass();
  await pass();
  deepEqual(said.splice(0), ["take", "hold", "replace"]);
  homes.linked(KEY);

  await homes[Symbol.asyncDispose]();
  await pass();

  deepEqual(said, ["take", "release"]);
  deepEqual(clock.pending, 0);
});

Deno.test("[P52] a link that comes while the older one is looked up stays", async () => {
  const { homes, said, store, pass } = openRoom();
  const answer = Promise.withResolvers<boolean>();
  homes.linked(KEY);
  store.hold = () => answer.promise;
  await pass();

  homes.linked(KEY);
  answer.resolve(false);
  await turns(1);

  deepEqual(said, ["take", "hold", "take"]);
  await homes[Symbol.asyncDispose]();
});

Deno.test("[P52] a link that comes while the older one is claimed is claimed, and the older one isn't looked up", async () => {
  const { homes, said, store, pass } = openRoom();
  const taken = Promise.withResolvers<void>();
  store.take = () => taken.promise;
  homes.linked(KEY);
  await pass();

  homes.linked(KEY);
  taken.reject(new Error("connection lost"));
  await turns(1);
  deepEqual(said, ["take", "take"]);
  store.take = () => Promise.resolve();
  await pass();
  await pass();

  deepEqual(said, ["take", "take", "take", "hold"]);
  await homes[Symbol.asyncDispose]();
});

Deno.test("[P52] a store that doesn't answer is logged once, and again only after it did", async () => {
  const { homes, store, pass } = openRoom();
  const lines: string[] = [];
  using _log = await logInto(lines);
  homes.linked(KEY);

  for (const hold of [away, away, away, () => Promise.resolve(true), away]) {
    store.hold = hold;
    await pass();
  }
  store.release = away;
  await homes[Symbol.asyncDispose]();

  const failed =
    `Cannot look up the home of PBX ${KEY}: Error: connection lost`;
  deepEqual(lines, [
    failed,
    failed,
    `Cannot give up the link of PBX ${KEY}: Error: connection lost`,
  ]);
});
