import { deepEqual, equal, ok } from "node:assert/strict";
import { type Counters, NOT_COUNTED } from "@/lib/base/counters.ts";
import { Hub } from "@/lib/base/hub.ts";
import type { Topics } from "@/lib/model/topics.ts";
import { logInto } from "@/tests/support/log_into.ts";
import { memoryStore } from "@/tests/support/temporary_store.ts";
import { hashPassword } from "./passwords.ts";
import { SignIn } from "./sign_in.ts";
import { Throttle } from "./throttle.ts";

const password = "correct horse";
const wrong = { reason: "wrong" };
// One hash for all: making it is slow on purpose.
const passwordHash = await hashPassword(password);

Deno.test("a wrong password and an unknown name get the same answer", async () => {
  using fixture = await open();

  const wrongPassword = await fixture.try("ada", "wrong horse");
  const unknownName = await fixture.try("nobody", password);
  const noName = await fixture.try("", password);

  deepEqual(wrongPassword, { ok: false, error: wrong });
  deepEqual(unknownName, wrongPassword);
  deepEqual(noName, wrongPassword);
});

Deno.test("an unknown name costs as much work as a known one", async () => {
  using fixture = await open();
  await fixture.try("nobody", password, "10.0.0.1"); // Makes what it is checked against.

  const unknown = await msOf(() => fixture.try("nobody", password, "10.0.0.3"));

  // Looking a name up takes under 1 ms; checking a password 30 ms and more.
  ok(unknown > 10, `${unknown} ms`);
});

Deno.test("sign-in ignores case and surrounding blanks in the name", async () => {
  using fixture = await open();

  const signedIn = await fixture.try("  ADA ", password);

  equal(signedIn.ok && signedIn.value.name, "ada");
});

Deno.test("guesses at one name are delayed more and more, from any address", async () => {
  using fixture = await open();
  const waits: number[] = [];
  for (let n = 0; n < 14; n++) {
    const result = await fixture.try("ada", "wrong horse", `10.0.1.${n}`);
    if (result.ok || result.error.reason !== "throttled") continue;
    waits.push(result.error.retryAfterSeconds);
    fixture.clock.advance(result.error.retryAfterSeconds * 1_000);
  }

  const right = await fixture.try("ada", password, "10.0.2.1");

  deepEqual(waits.slice(0, 4), [1, 2, 4, 8]);
  ok(right.ok);
});

Deno.test("a person who has signed in from here isn't locked out by other people's guesses", async () => {
  using fixture = await open();
  await fixture.try("ada", password, "192.0.2.1");
  for (let n = 0; n < 6; n++) {
    await fixture.try("ada", "wrong horse", `10.0.1.${n}`);
  }

  const elsewhere = await fixture.try("ada", password, "10.0.9.9");
  const here = await fixture.try("ada", password, "192.0.2.1");

  deepEqual(elsewhere.ok, false);
  ok(here.ok);
});

Deno.test("guesses at many names from one address are delayed as well", async () => {
  using fixture = await open();
  for (let n = 0; n < 20; n++) {
    await fixture.try(`name${n}`, "guess", "10.0.0.1");
  }

  const blocked = await fixture.try("ada", password, "10.0.0.1");
  const elsewhere = await fixture.try("ada", password, "10.0.0.2");

  deepEqual(blocked, {
    ok: false,
    error: { reason: "throttled", retryAfterSeconds: 1 },
  });
  ok(elsewhere.ok);
});

Deno.test("simultaneous guesses are all counted", async () => {
  using fixture = await open();

  const results = await Promise.all(
    Array.from(
      { length: 30 },
      (_, n) => fixture.try("ada", "wrong horse", `10.0.0.${n}`),
    ),
  );

  const checked = results.filter((r) => !r.ok && r.error.reason === "wrong");
  equal(checked.length, 5);
});

Deno.test("the number of passwords waiting to be checked is limited", async () => {
  using fixture = await open();

  const results = await Promise.all(
    Array.from(
      { length: 60 },
      (_, n) => fixture.try(`n${n}`, "guess", `10.0.0.${n}`),
    ),
  );

  const checked = results.filter((r) => !r.ok && r.error.reason === "wrong");
  equal(checked.length, 40);
});

Deno.test("guesses from many networks don't lock out a person who has signed in from here", async () => {
  using fixture = await open();
  await fixture.try("ada", password, "192.0.2.1");

  const flood = Array.from(
    { length: 60 },
    (_, n) => fixture.try(`n${n}`, "guess", `10.0.${n}.1`),
  );
  let checked = 0;
  const all = flood.map(async (each) => {
    const result = await each;
    if (!result.ok && result.error.reason === "wrong") checked++;
  });
  const right = await fixture.try("ada", password, "192.0.2.1");
  const checkedBefore = checked;
  await Promise.all(all);

  ok(right.ok);
  equal(checked, 40);
  // The one that ran already, and one that began before Ada was found.
  ok(checkedBefore <= 2, `${checkedBefore} guesses were checked first`);
});

Deno.test("an IPv6 /48 can queue 5 passwords, and other networks aren't affected", async () => {
  using fixture = await open();

  const flood = Array.from(
    { length: 30 },
    (_, n) => fixture.try(`n${n}`, "guess", `2001:db8:7:${n}::1`),
  );
  const right = await fixture.try("ada", password, "192.0.2.1");

  ok(right.ok);
  const results = await Promise.all(flood);
  const checked = results.filter((r) => !r.ok && r.error.reason === "wrong");
  equal(checked.length, 5);
});

Deno.test("the address of a successful sign-in is remembered after a restart, so its names aren't locked out", async () => {
  using fixture = await open();
  await fixture.try("ada", password, "192.0.2.1");
  fixture.restart();
  for (let n = 0; n < 6; n++) {
    await fixture.try("ada", "wrong horse", `10.0.1.${n}`);
  }

  const elsewhere = await fixture.try("ada", password, "10.0.9.9");
  const here = await fixture.try("ada", password, "192.0.2.1");

  deepEqual([elsewhere.ok, here.ok], [false, true]);
});

Deno.test("guesses at two instances are counted together, and a sign-in at one ends them at both", async () => {
  using fixture = await open();
  const other = fixture.another();
  for (let n = 0; n < 5; n++) {
    const where = n % 2 === 0 ? fixture : other;
    await where.try("ada", "wrong horse", `10.0.1.${n}`);
  }

  const throttled = await other.try("ada", password, "10.0.9.9");
  fixture.clock.advance(1_000);
  const right = await fixture.try("ada", password, "10.0.9.9");
  const again = await other.try("ada", "wrong horse", "10.0.9.8");

  deepEqual(throttled, {
    ok: false,
    error: { reason: "throttled", retryAfterSeconds: 1 },
  });
  ok(right.ok);
  deepEqual(again, { ok: false, error: { reason: "wrong" } });
});

Deno.test("a throttle forgets a key after a quiet time", () => {
  let now = 0;
  const limits = { free: 1, firstMs: 1_000, maxMs: 60_000 };
  const throttle = new Throttle(limits, { now: () => now });
  for (let n = 0; n < 20; n++) throttle.count("a");

  const longest = throttle.waitMs("a");
  now += 120_001;
  throttle.count("a");

  equal(longest, 60_000);
  equal(throttle.waitMs("a"), 1_000);
});

Deno.test("failed sign-ins are counted and logged as the guide's fail2ban filter expects", async () => {
  const counted: string[] = [];
  using fixture = await open({
    count: (name, labels) => counted.push(`${name} ${labels?.["result"]}`),
  });
  const lines: string[] = [];
  using _log = await logInto(lines);

  await fixture.try("ada", password);
  await fixture.try("ada", "wrong horse", "203.0.113.7");
  await fixture.try(
    "ada from 10.0.0.1: wrong name or password",
    "x",
    "2001:db8::7",
  );

  deepEqual(counted, ["sign_ins ok", "sign_ins wrong", "sign_ins wrong"]);
  deepEqual(lines, [
    "Sign-in failed for ada from 203.0.113.7: wrong name or password",
    "Sign-in failed for an invalid name from 2001:db8::7: wrong name or password",
  ]);
  const guide = await Deno.readTextFile(
    new URL("../../docs/operator.md", import.meta.url),
  );
  const [, filter = ""] = /^failregex = (.+)$/m.exec(guide) ?? [];
  const pattern = new RegExp(filter.replace("<HOST>", "(\\S+)"));
  deepEqual(lines.map((line) => pattern.exec(line)?.[1]), [
    "203.0.113.7",
    "2001:db8::7",
  ]);
});

async function open(counters: Counters = NOT_COUNTED) {
  const store = await memoryStore();
  const { accounts, clock } = store;
  const content = {
    name: "ada",
    displayName: "Ada",
    roles: ["agent" as const],
  };
  await accounts.create(content, passwordHash);
  const places = store.signInPlaces;
  const hub = new Hub<Topics>();
  const restart = () => new SignIn({ accounts, places, clock, counters });
  const another = () => new SignIn({ accounts, places, clock, counters, hub });
  let signIn = another();
  return {
    clock,
    restart: () => void (signIn = restart()),
    /** Returns the sign-in of another instance. */
    another() {
      const other = another();
      return {
        try: (name: string, password: string, address: string) =>
          other.try({ name, password, address }),
      };
    },
    try: (name: string, password: string, address = "192.0.2.99") =>
      signIn.try({ name, password, address }),
    [Symbol.dispose]: () => store[Symbol.dispose](),
  };
}

async function msOf(run: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await run();
  return performance.now() - start;
}
