import { deepEqual, equal, match } from "node:assert/strict";
import { FakeClock } from "@/tests/support/fake_clock.ts";
import { loginDigest } from "./app_login.ts";
import { SecretBox } from "@/lib/pbx/password/secret_box.ts";
import { UsedOnceStore } from "@/lib/store/used_once_store.ts";
import { kvAt } from "@/tests/support/temporary_store.ts";
import { UserLogins } from "./user_logins.ts";

Deno.test("[P16] UserLogins.check() signs in a user of the App", async () => {
  const logins = await open();
  const challenge = await logins.challenge();

  const result = await logins.check(challenge, posted(challenge));

  deepEqual(result, {
    ok: true,
    value: {
      sip: "atlantis",
      domain: "example.com",
      guid: "f48b",
      displayName: "Käthe <Atlantis> & Co 日本",
      appObject: "widgets",
    },
  });
});

Deno.test("[P16] UserLogins.check() accepts a challenge once, and only for a limited time", async () => {
  const clock = new FakeClock();
  const logins = await open({ clock });
  const used = await logins.challenge();
  const late = await logins.challenge();
  await logins.check(used, posted(used));

  const second = await logins.check(used, posted(used));
  clock.advance(60_001);
  const tooLate = await logins.check(late, posted(late));
  const invented = await logins.check("1".repeat(16), posted("1"));

  for (const result of [second, tooLate, invented]) {
    deepEqual(result, { ok: false, error: "challenge" });
  }
});

Deno.test("UserLogins.check() reports why a user isn't signed in", async () => {
  const clock = new FakeClock();
  const logins = await open({ clock, password: "other" });
  const unset = await open({ clock, password: undefined });
  const reasons: unknown[] = [];

  let challenge = await logins.challenge();
  reasons.push(await logins.check(challenge, posted(challenge)));
  challenge = await logins.challenge();
  reasons.push(await logins.check(challenge, "{}"));
  challenge = await unset.challenge();
  reasons.push(await unset.check(challenge, posted(challenge)));
  challenge = await logins.challenge();
  reasons.push(
    await logins.check(
      challenge,
      posted(challenge).replace(/,"pbxObj":"widgets"/, ""),
    ),
  );
  challenge = await logins.challenge();
  reasons.push(await logins.check(challenge, "x".repeat(20_000)));

  deepEqual(reasons, [
    { ok: false, error: "digest" },
    { ok: false, error: "unreadable" },
    { ok: false, error: "no-password" },
    { ok: false, error: "no-user" },
    { ok: false, error: "unreadable" },
  ]);
});

Deno.test("UserLogins.check() reads a login of 16,384 characters, and no longer one", async () => {
  const logins = await open();
  const results: boolean[] = [];

  for (const length of [16_384, 16_385]) {
    const challenge = await logins.challenge();
    const login = posted(challenge).padEnd(length, " ");
    results.push((await logins.check(challenge, login)).ok);
  }

  deepEqual(results, [true, false]);
});

Deno.test("[P16] 10,000 challenges for strangers don't displace any other challenge", async () => {
  const logins = await open();
  const first = await logins.challenge();
  for (let i = 0; i < 10_000; i++) await logins.challenge();

  const result = await logins.check(first, posted(first));

  equal(result.ok, true);
});

Deno.test("[P16] a challenge isn't valid again when the same digits recur after hours", async () => {
  const clock = new FakeClock();
  const logins = await open({ clock });
  const challenge = await logins.challenge();
  const login = posted(challenge);

  clock.advance(10_000_000);
  const result = await logins.check(challenge, login);

  deepEqual(result, { ok: false, error: "challenge" });
});

Deno.test("[P16] UserLogins.check() rejects a modified challenge, and one of two simultaneous posts", async () => {
  const clock = new FakeClock();
  const logins = await open({ clock });
  const challenge = await logins.challenge();
  const second = (Number(challenge.slice(0, 4)) + 1) % 10_000;
  const later = String(second).padStart(4, "0") + challenge.slice(4);
  const other = await (await open({ clock, key: "other" })).challenge();

  const forged = [
    await logins.check(later, posted(later)),
    await logins.check(other, posted(other)),
    await logins.check("", posted("")),
  ];
  const login = posted(challenge);
  const both = await Promise.all([
    logins.check(challenge, login),
    logins.check(challenge, login),
  ]);

  match(challenge, /^\d{16}$/);
  for (const result of forged) {
    deepEqual(result, { ok: false, error: "challenge" });
  }
  deepEqual(both.map(({ ok }) => ok).sort(), [false, true]);
});

Deno.test("[P16] a challenge of one instance is accepted once by another, whose clock differs by seconds", async () => {
  await using kv = await kvAt(":memory:");
  const used = new UsedOnceStore(kv);
  const clock = new FakeClock();
  const behind = new FakeClock(clock.now() - 4_000);
  const first = await open({ clock, used });
  const second = await open({ clock: behind, used });
  const challenge = await first.challenge();
  const login = posted(challenge);

  const there = await second.check(challenge, login);
  const here = await first.check(challenge, login);

  equal(there.ok, true);
  deepEqual(here, { ok: false, error: "challenge" });
});

Deno.test("[P16] a challenge is accepted by an instance whose clock is at most 5 s behind, and remembered for 70 s", async () => {
  const clock = new FakeClock();
  const kept: number[] = [];
  const used = {
    use: (_kind: string, _value: string, forMs: number) => {
      kept.push(forMs);
      return Promise.resolve(true);
    },
  };
  const first = await open({ clock });
  const results: boolean[] = [];

  for (const behindMs of [0, 5_000, 6_000]) {
    const behind = new FakeClock(clock.now() - behindMs);
    const second = await open({ clock: behind, used });
    const challenge = await first.challenge();
    results.push((await second.check(challenge, posted(challenge))).ok);
  }

  deepEqual(results, [true, true, false]);
  deepEqual(kept, [70_000, 70_000]);
});

Deno.test("[P16] a challenge has the second of its end, a number, and the signature of both", async () => {
  const clock = new FakeClock(Date.UTC(2030, 0, 1) + 1);
  const until = Math.ceil((clock.now() + 60_000) / 1_000);
  const signed: string[] = [];
  const logins = new UserLogins({
    clock,
    used: usedHere(),
    password: () => Promise.resolve("pwd"),
    sign: (text) => {
      signed.push(text);
      return Promise.resolve(Uint8Array.of(0, 15, 66, 65, 255)); // 1,000,001
    },
  });

  const challenge = await logins.challenge();

  const chance = challenge.slice(4, 10);
  equal(challenge, `${String(until % 10_000).padStart(4, "0")}${chance}000001`);
  deepEqual(signed, [`challenge ${until} ${chance}`]);
});

Deno.test("[P16] a user without a display name gets the next best name, and the App object from the login", async () => {
  const logins = await open();
  const named: unknown[] = [];
  for (
    const [dn, info] of [
      ["Ada", { appobj: "widgets", cn: "Lovelace" }],
      ["", { appobj: "", cn: "Lovelace" }],
      ["", { cn: "" }],
    ] as const
  ) {
    const challenge = await logins.challenge();
    const members = { app: "", domain: "", sip: "atlantis", guid: "", dn };
    const digest = loginDigest(members, JSON.stringify(info), {
      challenge,
      password: "pwd",
    });
    const login = { mt: "Login", ...members, info, digest, pbxObj: "object" };
    const result = await logins.check(challenge, JSON.stringify(login));
    named.push(result.ok && [result.value.displayName, result.value.appObject]);
  }

  deepEqual(named, [
    ["Ada", "widgets"],
    ["Lovelace", "object"],
    ["atlantis", "object"],
  ]);
});

/** Opens the sign-in of an instance. */
async function open(
  { clock = new FakeClock(), key = "key", used = usedHere(), ...more }: {
    clock?: FakeClock;
    key?: string;
    used?: Pick<UsedOnceStore, "use">;
    password?: string | undefined;
  } = {},
): Promise<UserLogins> {
  const password = "password" in more ? more.password : "pwd";
  const box = await SecretBox.withText(key);
  return new UserLogins({
    clock,
    used,
    password: () => Promise.resolve(password),
    sign: (text) => box.sign(text),
  });
}

function usedHere(): Pick<UsedOnceStore, "use"> {
  const all = new Set<string>();
  return {
    use: (_kind, value) =>
      Promise.resolve(!all.has(value) && all.add(value) !== undefined),
  };
}

function posted(challenge: string): string {
  const members = {
    app: "innovaphone-widgets",
    domain: "example.com",
    sip: "atlantis",
    guid: "f48b",
    dn: "Käthe <Atlantis> & Co 日本",
  };
  const info = { appobj: "widgets", cn: "K & <A>", groups: [] };
  const digest = loginDigest(members, JSON.stringify(info), {
    challenge,
    password: "pwd",
  });
  const pbxObj = "widgets";
  return JSON.stringify({ mt: "AppLogin", ...members, info, digest, pbxObj });
}
