import { deepEqual, equal, match } from "node:assert/strict";
import { FakeClock } from "@/tests/support/fake_clock.ts";
import { loginDigest } from "./app_login.ts";
import { UserLogins } from "./user_logins.ts";

Deno.test("[P16] UserLogins.check() signs in a user of the App", async () => {
  const logins = new UserLogins(new FakeClock(), () => Promise.resolve("pwd"));
  const challenge = logins.challenge();

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
  const logins = new UserLogins(clock, () => Promise.resolve("pwd"));
  const [used, late] = [logins.challenge(), logins.challenge()];
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
  const logins = new UserLogins(clock, () => Promise.resolve("other"));
  const unset = new UserLogins(clock, () => Promise.resolve(undefined));
  const reasons: unknown[] = [];

  let challenge = logins.challenge();
  reasons.push(await logins.check(challenge, posted(challenge)));
  challenge = logins.challenge();
  reasons.push(await logins.check(challenge, "{}"));
  challenge = unset.challenge();
  reasons.push(await unset.check(challenge, posted(challenge)));
  challenge = logins.challenge();
  reasons.push(
    await logins.check(
      challenge,
      posted(challenge).replace(/,"pbxObj":"widgets"/, ""),
    ),
  );
  challenge = logins.challenge();
  reasons.push(await logins.check(challenge, "x".repeat(20_000)));

  deepEqual(reasons, [
    { ok: false, error: "digest" },
    { ok: false, error: "unreadable" },
    { ok: false, error: "no-password" },
    { ok: false, error: "no-user" },
    { ok: false, error: "unreadable" },
  ]);
});

Deno.test("[P16] 10,000 challenges for strangers don't displace any other challenge", async () => {
  const logins = new UserLogins(
    new FakeClock(),
    () => Promise.resolve("pwd"),
  );
  const first = logins.challenge();
  for (let i = 0; i < 10_000; i++) logins.challenge();

  const result = await logins.check(first, posted(first));

  equal(result.ok, true);
});

Deno.test("[P16] a challenge isn't valid again when the same digits recur after hours", async () => {
  const clock = new FakeClock();
  const logins = new UserLogins(clock, () => Promise.resolve("pwd"));
  const challenge = logins.challenge();
  const login = posted(challenge);

  clock.advance(10_000_000);
  const result = await logins.check(challenge, login);

  deepEqual(result, { ok: false, error: "challenge" });
});

Deno.test("[P16] UserLogins.check() rejects a modified challenge, and the second of two simultaneous posts", async () => {
  const clock = new FakeClock();
  const logins = new UserLogins(clock, () => Promise.resolve("pwd"));
  const challenge = logins.challenge();
  const second = (Number(challenge.slice(0, 4)) + 1) % 10_000;
  const later = String(second).padStart(4, "0") + challenge.slice(4);
  const other = new UserLogins(clock, () => Promise.resolve("pwd")).challenge();

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
  deepEqual(both.map(({ ok }) => ok), [true, false]);
});

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
