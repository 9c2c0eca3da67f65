import { deepEqual, equal, rejects } from "node:assert/strict";
import {
  type CommitArguments,
  PostgresCommit,
  versionstampOf,
} from "./commit.ts";

/** A commit, and what it has sent. */
function commit(answer: string | null = "stamp") {
  const sent: CommitArguments[] = [];
  const commit = new PostgresCommit((given) => {
    sent.push(given);
    return Promise.resolve(answer);
  });
  return { commit, sent };
}

const stampOf = (number: bigint) => versionstampOf(String(number));

Deno.test("a commit sends its checks, and the last change of each key, as arrays of PostgreSQL", async () => {
  const { commit: own, sent } = commit();
  const value = new Uint8Array([1]);

  const done = await own
    .check({ key: ["a"], versionstamp: null })
    .check({ key: ["b"], versionstamp: stampOf(255n) })
    .set(["a"], value, { expireIn: 0.5 })
    .set(["b"], value)
    .delete(["c"])
    .delete(["d"]).set(["d"], value, { expireIn: 60_000 })
    .set(["e"], value).delete(["e"])
    .commit();

  deepEqual(done, { ok: true, versionstamp: "stamp" });
  const keys = (...names: string[]) => {
    const hex = names.map((name) => `02${name.charCodeAt(0).toString(16)}00`);
    return `{${hex.map((one) => String.raw`"\\x${one}"`).join(",")}}`;
  };
  const one = String.raw`"\\x0101"`;
  deepEqual(sent, [{
    checked: keys("a", "b"),
    stamps: "{0,255}",
    changed: keys("a", "b", "c", "d", "e"),
    contents: `{${one},${one},null,${one},null}`,
    lives: "{1,null,null,60000,null}",
  }]);
});

Deno.test("a commit without a stamp was refused", async () => {
  const { commit: own } = commit(null);

  deepEqual(await own.set(["a"], 1).commit(), { ok: false });
});

Deno.test("a versionstamp is a number in 20 hex digits, and that of another engine matches none", async () => {
  const stamps = [1n, 255n, (1n << 63n) - 1n, 1n << 63n, 0n].map(stampOf);
  const { commit: own, sent } = commit();

  await own.check(
    ...stamps.map((versionstamp, n) => ({ key: [n], versionstamp })),
  ).commit();

  deepEqual(stamps.slice(0, 2), ["0".repeat(19) + "1", "0".repeat(18) + "ff"]);
  equal(sent[0]?.stamps, "{1,255,9223372036854775807,-1,-1}");
  for (const versionstamp of ["1", "", "x".repeat(20), "0".repeat(21)]) {
    const wrong = commit().commit.check({ key: ["a"], versionstamp });
    await rejects(wrong.commit(), { name: "TypeError" });
  }
});

/** Makes a commit of this many keys of equal length, with bytes in each value;
 * without bytes, it deletes the keys. */
async function sized(keys: number, keyBytes: number, bytes?: number) {
  const { commit: own, sent } = commit();
  for (let n = 0; n < keys; n++) {
    // A text has two bytes more: its kind, and a zero at its end.
    const key = [String(n).padStart(keyBytes - 2, "x")];
    if (bytes === undefined) own.delete(key);
    else own.set(key, new Uint8Array(bytes - 1)); // Its kind is the first byte.
  }
  await own.commit();
  return sent.length;
}

Deno.test("a commit has up to 1,000 changes, 80 KiB of keys and 800 KiB in all", async () => {
  const error = (message: string) => ({ name: "TypeError", message });

  equal(await sized(1_000, 10), 1);
  await rejects(sized(1_001, 10), error("Too many mutations (max 1000)"));
  equal(await sized(40, 2_048), 1); // 80 KiB.
  await rejects(
    sized(41, 2_000),
    error("Total key size too large (max 81920 bytes)"),
  );
  equal(await sized(16, 1_024, 50_176), 1); // 800 KiB.
  await rejects(
    sized(16, 1_024, 50_177),
    error("Total mutation size too large (max 819200 bytes)"),
  );
});

Deno.test("one byte over the limit of keys, or of all, is too much", async () => {
  const large = new Uint8Array(50_175);
  const { commit: keys } = commit();
  const { commit: all } = commit();
  for (let n = 0; n < 40; n++) keys.delete([String(n).padStart(2_046, "x")]);
  for (let n = 0; n < 16; n++) all.set([String(n).padStart(1_022, "x")], large);

  keys.delete([false]);
  all.delete([true]);

  await rejects(keys.commit(), /Total key size/);
  await rejects(all.commit(), /Total mutation size/);
});
