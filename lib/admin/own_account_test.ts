import { deepEqual, equal, ok } from "node:assert/strict";
import {
  ADDRESS as address,
  GIVEN as given,
  openOffice,
} from "@/tests/support/account_office.ts";
import { logInto } from "@/tests/support/log_into.ts";
import { StoreError } from "@/lib/store/patience.ts";
import { isPassword } from "./passwords.ts";
import { REPLACED_SESSION_MS } from "./sessions.ts";

const chosen = "correct horse battery";

Deno.test("[ACC1] a password set by another person is marked, your own isn't", async () => {
  using office = await openOffice();
  const ann = await office.add("ann");
  const admin = await office.people.ensureAdmin(chosen);

  const made = await office.isMarked(ann.id);
  await office.change(ann.id, given, chosen);
  const changed = await office.isMarked(ann.id);
  const { id: _, createdAt: __, ...person } = await office.person(ann.id);
  const { mustChangePassword: ___, ...save } = person;
  const by = { id: admin.id, name: admin.name };
  await office.people.save(ann.id, { ...save, displayName: "Ann B." }, by);
  const renamed = await office.isMarked(ann.id);
  const { revision } = await office.person(ann.id);
  await office.people
    .save(ann.id, { ...save, revision, password: given }, by);
  const reset = await office.isMarked(ann.id);
  await office.change(ann.id, given, chosen);
  await office.people.resetPassword("ann");

  deepEqual([made, changed, renamed, reset], [true, false, false, true]);
  equal(await office.isMarked(ann.id), true);
  equal(await office.isMarked(admin.id), false);
});

Deno.test("[ACC1] CW_ADMIN_PASSWORD removes the mark of the password it replaces", async () => {
  using office = await openOffice();
  const { id } = await office.people.ensureAdmin(chosen);
  await office.people.resetPassword("admin");
  const before = await office.isMarked(id);

  await office.people.ensureAdmin(chosen);

  deepEqual([before, await office.isMarked(id)], [true, false]);
});

Deno.test("[ACC3] administrators can't set their own password without the current one", async () => {
  using office = await openOffice();
  const admin = await office.people.ensureAdmin(chosen);
  const { id, createdAt: _, ...person } = admin;

  const saved = await office.people
    .save(id, { ...person, password: given }, { id, name: "admin" });

  deepEqual(saved, { ok: false, error: { reason: "own-password" } });
  const hash = await office.store.accounts.passwordHash(id);
  ok(await isPassword(chosen, hash));
});

Deno.test("[ACC4] a wrong current password is delayed, logged and counted as a failed sign-in", async () => {
  using office = await openOffice();
  const { id } = await office.add("ann");
  const logged: string[] = [];
  using _log = await logInto(logged);

  const reasons: string[] = [];
  for (let n = 0; n < 6; n++) {
    const changed = await office.change(id, `guess ${n}`, chosen);
    reasons.push(changed.ok ? "ok" : changed.error.reason);
  }
  const signedIn = await office.signIn
    .try({ name: "ann", password: given, address: "198.51.100.1" });

  deepEqual(reasons, [...Array(5).fill("wrong"), "throttled"]);
  deepEqual(signedIn.ok ? "ok" : signedIn.error.reason, "throttled");
  deepEqual(office.counted.slice(0, 6), [
    ...Array(5).fill("sign_ins wrong"),
    "sign_ins throttled",
  ]);
  equal(
    logged[0],
    `Sign-in failed for ann from ${address}: wrong name or password`,
  );
});

Deno.test("[ACC5] the new password signs in, the old one doesn't, and the log names the person", async () => {
  using office = await openOffice();
  const { id } = await office.add("ann");

  const same = await office.change(id, given, given);
  const changed = await office.change(id, given, chosen);

  deepEqual(same, { ok: false, error: { reason: "same" } });
  ok(changed.ok);
  const hash = await office.store.accounts.passwordHash(id);
  ok(await isPassword(chosen, hash));
  equal(await isPassword(given, hash), false);
  const [entry] = await office.store.audit.list({ limit: 1 });
  deepEqual([entry?.by, entry?.change], [{ id, name: "ann" }, {
    type: "person-saved",
    account: id,
    name: "ann",
    roles: ["agent"],
    changed: ["password"],
  }]);
});

Deno.test("[ACC5] passwords that differ only in Unicode composition are the same", async () => {
  using office = await openOffice();
  const { id } = await office.add("ann", "Mu\u0308ller-Straße");

  const same = await office
    .change(id, "Mu\u0308ller-Straße", "M\u00fcller-Straße");

  deepEqual(same, { ok: false, error: { reason: "same" } });
});

Deno.test("[ACC6] a password change ends all other sessions, and the current one is read-only for 10 s", async () => {
  using office = await openOffice();
  const { id } = await office.add("ann");
  const elsewhere = await office.sessions.open(id);
  const here = await office.sessions.open(id);

  const changed = await office.change(id, given, chosen, here);
  ok(changed.ok);
  const tokens = [changed.value, here, elsewhere];
  const isOpen = () =>
    Promise.all(
      tokens.map(async (token) =>
        await office.sessions.load(token) !== undefined
      ),
    );
  const atOnce = await isOpen();
  const changes = await office.sessions.load(here, false);
  office.store.clock.advance(9_999);
  const before = await isOpen();
  office.store.clock.advance(1);

  equal(REPLACED_SESSION_MS, 10_000);
  equal(changes, undefined);
  deepEqual([atOnce, before], [[true, true, false], [true, true, false]]);
  deepEqual(await isOpen(), [true, false, false]);
  ok(office.heard.includes("signed-out"));
});

Deno.test("[ACC6] no store failure leaves another session open with the new password", async () => {
  for (const failing of ["endOthers", "replaceAll"] as const) {
    using office = await openOffice();
    const { id } = await office.add("ann");
    const elsewhere = await office.sessions.open(id);
    const token = await office.sessions.open(id);
    const { sessions } = office;
    const own = office.ownWith({
      endOthers: (...args) => sessions.endOthers(...args),
      replaceAll: (...args) => sessions.replaceAll(...args),
      [failing]: () => Promise.reject(new StoreError("disk full")),
    });

    const change = { current: given, password: chosen, address, token };
    const changed = await own.changePassword(await office.person(id), change);

    deepEqual(changed, { ok: false, error: { reason: "unavailable" } });
    const isNew = await isPassword(
      chosen,
      await office.store.accounts.passwordHash(id),
    );
    const isOpen = await sessions.load(elsewhere) !== undefined;
    deepEqual(
      [isNew, isOpen],
      failing === "endOthers" ? [false, true] : [true, false],
    );
  }
});

Deno.test("[ACC7] one of two simultaneous changes of a password succeeds", async () => {
  using office = await openOffice();
  const { id } = await office.add("ann");

  const results = await Promise.all(
    ["first horse 1", "second horse 2"]
      .map((password) => office.change(id, given, password)),
  );

  const reasons = results.map((one) => one.ok ? "ok" : one.error.reason);
  deepEqual(reasons.sort(), ["ok", "wrong"]);
});

Deno.test("[ACC8] a PBX user can't set a password", async () => {
  using office = await openOffice();
  const user = { domain: "example.com", id: "f48b", sip: "ann" };
  const content = { name: "ann", displayName: "Ann", roles: [] };
  const made = await office.store.accounts.createPbxUser(content, user);
  ok(made.ok);

  const changed = await office.change(made.value.value.id, "", chosen);

  deepEqual(changed, { ok: false, error: { reason: "of-pbx" } });
});
