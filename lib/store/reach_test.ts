import { deepEqual, equal, rejects } from "node:assert/strict";
import { openEngine } from "./open_engine.ts";
import { CannotOpenError, reach, REACHED_WITHIN_MS } from "./reach.ts";
import type { StoreEngine } from "./store_engine.ts";

/** An engine that notes when it is closed. */
async function engineOf(closed: string[], name: string): Promise<StoreEngine> {
  const kv = await openEngine(":memory:");
  const { close } = kv;
  kv.close = () => {
    closed.push(name);
    return close.call(kv);
  };
  return kv;
}

Deno.test("reach() tries again until a store answers, and closes one that does not", async () => {
  const closed: string[] = [];
  const silent = await engineOf(closed, "silent");
  silent.get = () => Promise.reject(new Error("is starting"));
  const good = await engineOf(closed, "good");
  const tries = [
    () => Promise.reject(new Error("refused")),
    () => Promise.resolve(silent),
    () => Promise.resolve(good),
  ];

  const reached = await reach(() => tries.shift()?.() ?? Promise.reject());

  equal(reached, good);
  deepEqual([tries.length, closed], [0, ["silent"]]);
  equal((await reached.get(["a"])).versionstamp, null);
  await reached.close();
});

Deno.test("reach() gives up immediately if another try would not help", async () => {
  let tries = 0;
  const open = () => {
    tries++;
    return Promise.reject(new CannotOpenError("set a token"));
  };

  await rejects(reach(open), {
    name: "CannotOpenError",
    message: "set a token",
  });

  equal(tries, 1);
  equal(REACHED_WITHIN_MS, 30_000);
});

Deno.test("reach() gives up after its time with the last error, and tries no more", async () => {
  const texts = ["refused", "is starting"];
  const open = () => Promise.reject(new Error(texts.shift() ?? "is starting"));

  await rejects(reach(open, 300), {
    name: "CannotOpenError",
    message: "its server has not answered within 0.3 s: is starting",
  });
  // The tests' check of timers notices a further try.
});

Deno.test("reach() closes a store that answers too late", async () => {
  const closed = Promise.withResolvers<void>();
  const late = await openEngine(":memory:");
  const { close } = late;
  late.close = async () => {
    await close.call(late);
    closed.resolve();
  };
  const opening = Promise.withResolvers<StoreEngine>();

  await rejects(reach(() => opening.promise, 20), {
    message: "its server has not answered within 0.02 s",
  });
  opening.resolve(late);

  await closed.promise;
});
