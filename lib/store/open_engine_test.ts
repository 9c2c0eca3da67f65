import { deepEqual, equal, match, rejects, throws } from "node:assert/strict";
import { systemClock } from "@/lib/base/clock.ts";
import {
  eachEngine,
  KV_CONNECT,
  kvConnectServer,
  kvOn,
} from "@/tests/support/store_engines.ts";
import { notOpenedText, openStore } from "./open.ts";
import { isStoreThere, openEngine } from "./open_engine.ts";
import { REACHED_WITHIN_MS } from "./reach.ts";
import { claimStore, notClaimedText } from "./store_claim.ts";

eachEngine("a commit has at most 10 checks", async (engine) => {
  await using kv = await kvOn(engine);
  const check = (n: number) => ({ key: ["a", n], versionstamp: null });
  const ten = Array.from({ length: 10 }, (_, n) => check(n));

  const done = await kv.atomic().check(...ten).set(["a", 0], 1).commit();

  equal(done.ok, true);
  throws(() => kv.atomic().check(...ten).check(check(10)), {
    name: "RangeError",
    message: "11 checks in a commit, limit 10",
  });
});

eachEngine(
  "only a commit to a server leaves a mark",
  async (engine) => {
    await using kv = await kvOn(engine);

    await kv.atomic().check({ key: ["a"], versionstamp: null }).set(["a"], 1)
      .commit();
    const names = await Array.fromAsync(
      kv.list({ prefix: [] }),
      ({ key: [name] }) => name,
    );

    const isMarked = !["memory", "file"].includes(engine.name);
    deepEqual(names, isMarked ? ["a", "commit"] : ["a"]);
  },
);

eachEngine(
  "isStoreThere() finds a store and creates none, except on a server that it can't ask",
  async (engine) => {
    await using at = await engine.open();

    const before = [await isStoreThere(at.url), await isStoreThere(at.url)];
    await (await openEngine(at.url)).close();
    const after = await isStoreThere(at.url);

    const isAsked = engine.name !== "KV Connect";
    deepEqual(before, [!isAsked, !isAsked]);
    equal(after, engine.name !== "memory");
  },
);

Deno.test("openEngine() doesn't wait for PostgreSQL if the URL is wrong", async () => {
  await rejects(openEngine("postgres://cw@127.0.0.1:1"), {
    name: "CannotOpenError",
    message: /^the URL must be/,
  });
});

/** Returns what is said when a store can be neither opened nor claimed. */
async function refusals(url: string, withinMs?: number): Promise<string[]> {
  const opened = await openStore(url, withinMs ? { withinMs } : {});
  const claimed = await claimStore(url, systemClock, { withinMs });
  if (opened.ok || claimed.ok) throw new Error("opened");
  return [
    notOpenedText("http://kv:4512", opened.error),
    notClaimedText("http://kv:4512", claimed.error),
  ];
}
const prefix = 'Cannot open the store "http://kv:4512": ';

eachEngine("a start waits for a server, for up to 30 s", async () => {
  const server = kvConnectServer();
  const url = server.newUrl();
  await server.be(url, { refuse: 503 });

  const texts = await refusals(url, 50);

  const text = `${prefix}its server has not answered within 0.05 s: `;
  deepEqual(texts.map((each) => each.startsWith(text)), [true, true]);
  equal(REACHED_WITHIN_MS, 30_000);
}, KV_CONNECT);

eachEngine("a server that is back in time is used", async () => {
  const server = kvConnectServer();
  const url = server.newUrl();
  await server.be(url, { refuse: 503 });

  const opening = openStore(url);
  await server.be(url);
  const opened = await opening;

  equal(opened.ok, true);
  if (opened.ok) opened.value[Symbol.dispose]();
}, KV_CONNECT);

eachEngine("a missing or wrong DENO_KV_ACCESS_TOKEN is named", async () => {
  const server = kvConnectServer();
  const url = server.newUrl();

  server.takeToken();
  const missing = await refusals(url);
  server.giveToken("wrong");
  const wrong = await refusals(url);
  server.giveToken();

  const text = `${prefix}set DENO_KV_ACCESS_TOKEN to the token of its server`;
  deepEqual(missing, [text, text]);
  for (const each of wrong) {
    match(each, /: its server refuses the program: .*wrong token$/s);
  }
}, KV_CONNECT);
