import { deepEqual, equal } from "node:assert/strict";
import { turn } from "@/tests/support/desk_room.ts";
import { FakeClock } from "@/tests/support/fake_clock.ts";
import { logInto } from "@/tests/support/log_into.ts";
import { type Need, Readiness } from "./readiness.ts";

const GOOD: Need = { name: "store", check: () => Promise.resolve(undefined) };

Deno.test("Readiness is 200 when nothing is missing", async () => {
  const readiness = new Readiness([GOOD], new FakeClock());

  const response = await readiness.answer();

  equal(response.status, 200);
  equal(await response.text(), "ready\n");
});

Deno.test("Readiness names what is missing, has failed or doesn't answer", async () => {
  const clock = new FakeClock();
  const readiness = new Readiness([
    { name: "store", check: () => new Promise(() => {}) },
    { name: "pbx", check: () => Promise.resolve("no link") },
    { name: "disk", check: () => Promise.reject(new Error("secret")) },
    GOOD,
  ], clock);

  const answer = readiness.answer();
  await turn(); // The others answer at once.
  clock.advance(3_000);
  const response = await answer;

  equal(response.status, 503);
  deepEqual((await response.text()).trim().split("\n"), [
    "store: no answer",
    "pbx: no link",
    "disk: has failed",
  ]);
});

Deno.test("Readiness starts no second check while one hangs, and answers immediately", async () => {
  const clock = new FakeClock();
  let looks = 0;
  let end = () => {};
  const check = () => {
    looks++;
    return new Promise<undefined>((done) => end = () => done(undefined));
  };
  const readiness = new Readiness([{ name: "store", check }], clock);

  const first = readiness.answer();
  await turn();
  clock.advance(3_000);
  const statuses = [(await first).status];
  for (let n = 0; n < 20; n++) {
    clock.advance(1_000);
    statuses.push((await readiness.answer()).status);
  }
  const looksBefore = looks;
  end();
  await turn();
  clock.advance(1_000);
  const last = readiness.answer();
  await turn();
  end();

  deepEqual(new Set(statuses), new Set([503]));
  equal(looksBefore, 1);
  equal((await last).status, 200);
  equal(looks, 2);
});

Deno.test("Readiness checks at most once a second, however often it is asked", async () => {
  const clock = new FakeClock();
  let looks = 0;
  const need = { name: "store", check: () => Promise.resolve(void looks++) };
  const readiness = new Readiness([need], clock);

  await Promise.all([readiness.answer(), readiness.answer()]);
  await readiness.answer();
  equal(looks, 1);
  clock.advance(1_000);
  await readiness.answer();

  equal(looks, 2);
});

Deno.test("Readiness is 503 as soon as the service stops, without a check", async () => {
  let checks = 0;
  const check = () => Promise.resolve(void checks++);
  const readiness = new Readiness([{ name: "store", check }], new FakeClock());

  readiness.stop();
  const response = await readiness.answer();

  equal(response.status, 503);
  equal(await response.text(), "stopping\n");
  equal(checks, 0);
});

Deno.test("Readiness logs what is missing once, and that nothing is missing any more", async () => {
  const clock = new FakeClock();
  const lines: string[] = [];
  using _log = await logInto(lines);
  let wrong: string | undefined = "no link";
  const check = () => Promise.resolve(wrong);
  const readiness = new Readiness([{ name: "pbx", check }], clock);

  for (const now of ["no link", "no link", undefined, undefined]) {
    wrong = now;
    await readiness.missing();
    clock.advance(1_000);
  }

  deepEqual(lines, [
    "The service is not ready: pbx: no link",
    "The service is ready again",
  ]);
});
