import { deepEqual, equal, ok } from "node:assert/strict";
import { openOffice } from "@/tests/support/account_office.ts";
import { PORTRAITS } from "./examples/portraits.ts";

const portrait = Uint8Array.from(
  atob(PORTRAITS.sales),
  (char) => char.charCodeAt(0),
);

Deno.test("[ACC9] changing one field keeps the others, and a language change isn't audited", async () => {
  using office = await openOffice();
  const { id } = await office.add("ann");
  const picture = await office.pictures.accept(portrait);
  ok(picture.ok);

  await office.own.saveProfile({ id }, { language: "de" });
  await office.own.setPicture({ id }, picture.value);
  await office.own.saveProfile({ id }, { displayName: "Ann B." });
  const all = await office.person(id);
  await office.own.saveProfile({ id }, { language: null });
  await office.own.setPicture({ id }, undefined);
  const none = await office.person(id);

  deepEqual(
    [all.displayName, all.picture, all.language],
    ["Ann B.", picture.value, "de"],
  );
  deepEqual(["picture" in none, "language" in none], [false, false]);
  equal(none.displayName, "Ann B.");
  const entries = await office.store.audit.list({ limit: 3 });
  deepEqual(
    entries.map(({ change }) => "changed" in change && change.changed),
    [["picture"], ["displayName"], ["picture"]],
  );
});

Deno.test("[ACC9] a picture that is no longer stored is rejected", async () => {
  using office = await openOffice();
  const { id } = await office.add("ann");

  const saved = await office.own.setPicture({ id }, "0".repeat(64));

  deepEqual(saved, { ok: false, error: { reason: "no-picture" } });
});

Deno.test("[ACC11] an account's picture isn't swept until it is removed", async () => {
  using office = await openOffice();
  const { id } = await office.add("ann");
  const picture = await office.pictures.accept(portrait);
  ok(picture.ok);
  await office.own.setPicture({ id }, picture.value);
  const dayAfter = 24 * 60 * 60 * 1_000 + 1;

  office.store.clock.advance(dayAfter);
  const shown = await office.pictures.sweep();
  await office.own.setPicture({ id }, undefined);

  deepEqual([shown, await office.pictures.sweep()], [0, 1]);
});
