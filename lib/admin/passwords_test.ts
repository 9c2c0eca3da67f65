import { deepEqual, equal, ok } from "node:assert/strict";
import { argon2id } from "./argon2id.ts";
import { hashPassword, isPassword } from "./passwords.ts";

// Made by another implementation of Argon2id (hash-wasm 4.13.0), which was in use
// before: who had a password then still has it.
const OLD =
  "$argon2id$v=19$m=19456,t=2,p=1$BwcHBwcHBwcHBwcHBwcHBw$Foj40xUyBp6z9flMJLNmxAkgFc6ASsP3elRsobhbrNw";

Deno.test("a password matches its own hash only, in any Unicode form", async () => {
  const made = await hashPassword("corr\u00e9ct horse");

  const fits = await Promise.all([
    isPassword("corr\u00e9ct horse", OLD),
    isPassword("corre\u0301ct horse", OLD), // Another keyboard's é.
    isPassword("corr\u00e9ct horse", made),
    isPassword("correct horse", OLD),
    isPassword("corr\u00e9ct horse", undefined),
  ]);

  deepEqual(fits, [true, true, true, false, false]);
});

Deno.test("an invalid hash, or one with excessive parameters, is rejected without computing it", async () => {
  const broken = [
    "",
    "plain",
    OLD.slice(0, -30),
    OLD.replace("argon2id", "argon2i"),
    OLD.replace("m=19456", "m=4194304"),
    OLD.replace("t=2", "t=0"),
    OLD.replace("p=1", "p=100"),
  ];

  for (const hash of broken) equal(await isPassword("x", hash), false, hash);
});

Deno.test("checking passwords doesn't block the thread that serves calls", async () => {
  const cost = { memory: 65_536, passes: 3, parallelism: 1 };
  const salt = new Uint8Array(16);
  const checks: { tookMs: number; stoodMs: number }[] = [];

  for (let i = 0; i < 5; i++) {
    const stood = longestPause();
    const since = performance.now();
    await argon2id("correct horse", cost, { salt, length: 32 });
    checks.push({ tookMs: performance.now() - since, stoodMs: stood() });
  }

  // The host may be busy with something else once; on this thread, it would
  // stand still for all of each check.
  const best = Math.min(...checks.map((check) => check.stoodMs / check.tookMs));
  ok(best < 0.25, JSON.stringify(checks));
});

/** The longest time in which this thread did nothing else, in ms, until asked. */
function longestPause(): () => number {
  let longest = 0;
  let last = performance.now();
  const look = () => {
    longest = Math.max(longest, performance.now() - last);
    last = performance.now();
  };
  const timer = setInterval(look, 1);
  return () => {
    clearInterval(timer);
    look();
    return longest;
  };
}
