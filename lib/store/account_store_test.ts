import { deepEqual, equal, ok } from "node:assert/strict";
import type { AccountContent, Role } from "@/lib/model/account.ts";
import { eachEngine, storeOn } from "@/tests/support/store_engines.ts";
import type { AccountStore } from "./account_store.ts";

eachEngine(
  "one of many simultaneous accounts with the same name is created",
  async (engine) => {
    await using store = await storeOn(engine);

    const made = await Promise.all(
      Array.from(
        { length: 10 },
        () => store.accounts.create(person("ada"), "h"),
      ),
    );

    equal(
      made.filter((one) => one.ok).length,
      1,
    );
    equal((await store.accounts.list()).length, 1);
    deepEqual(made.find((one) => !one.ok)?.ok, false);
  },
);

eachEngine(
  "one of many simultaneous first accounts is created",
  async (engine) => {
    await using store = await storeOn(engine);
    const names = ["ada", "ben", "cem", "dora"];

    const made = await Promise.all(
      names.map((name) =>
        store.accounts.createFirst(person(name, "admin"), "h")
      ),
    );

    equal(made.filter((one) => one.ok).length, 1);
    equal((await store.accounts.list()).length, 1);
  },
);

eachEngine(
  "a renamed account is found by its new name only",
  async (engine) => {
    await using store = await storeOn(engine);
    const { value, revision } = await create(store.accounts, "ada");

    await store.accounts.save(value.id, revision, person("lovelace"));

    equal(await store.accounts.getByName("ada"), undefined);
    equal((await store.accounts.getByName("lovelace"))?.value.id, value.id);
  },
);

eachEngine("an account can't take another account's name", async (engine) => {
  await using store = await storeOn(engine);
  await create(store.accounts, "ada");
  const { value, revision } = await create(store.accounts, "ben");

  const saved = await store.accounts.save(value.id, revision, person("ada"));

  deepEqual(saved, { ok: false, error: { reason: "exists" } });
});

eachEngine(
  "saving an outdated state is a conflict that returns the current one",
  async (engine) => {
    await using store = await storeOn(engine);
    const { value, revision } = await create(store.accounts, "ada");
    const first = await store.accounts
      .save(value.id, revision, person("ada", "agent", "admin"));
    ok(first.ok);

    const second = await store.accounts.save(value.id, revision, person("x"));

    deepEqual(second, {
      ok: false,
      error: { reason: "conflict", current: first.value },
    });
  },
);

eachEngine(
  "if two admins remove each other at the same time, one remains",
  async (engine) => {
    await using store = await storeOn(engine);
    const ada = await create(store.accounts, "ada", "admin");
    const ben = await create(store.accounts, "ben", "admin");

    const done = await Promise.all([
      store.accounts.delete(ada.value.id),
      store.accounts.save(ben.value.id, ben.revision, person("ben", "agent")),
    ]);

    const roles = (await store.accounts.list()).map(({ value }) => value.roles);
    equal(done.filter((one) => one.ok).length, 1);
    equal(roles.filter((of) => of.includes("admin")).length, 1);
  },
);

eachEngine(
  "a PBX user has one account, is found by it, and can get another after it is deleted",
  async (engine) => {
    await using store = await storeOn(engine);
    const { accounts } = store;
    const user = { domain: "example.com", id: "17", sip: "ada" };

    const made = await accounts.createPbxUser(person("ada"), user);
    const again = await accounts.createPbxUser(person("ada2"), user);
    const found = await accounts.getByPbxUser(user);
    ok(made.ok);
    await accounts.delete(made.value.value.id, { id: "1", name: "admin" });
    const gone = await accounts.getByPbxUser(user);
    const later = await accounts.createPbxUser(person("ada3"), user);

    deepEqual(again, { ok: false, error: { reason: "exists" } });
    equal(found?.value.id, made.value.value.id);
    deepEqual([gone, later.ok], [undefined, true]);
  },
);

eachEngine(
  "deleting an account removes its password and name",
  async (engine) => {
    await using store = await storeOn(engine);
    await create(store.accounts, "ada", "admin");
    const { value } = await create(store.accounts, "ben");

    await store.accounts.delete(value.id);

    equal(await store.accounts.passwordHash(value.id), undefined);
    equal((await store.accounts.create(person("ben"), "h")).ok, true);
  },
);

eachEngine(
  "AccountStore.pictures() returns the pictures of all accounts",
  async (engine) => {
    await using store = await storeOn(engine);
    const [one, two] = ["1".repeat(64), "2".repeat(64)];
    for (const [name, picture] of [["ada", one], ["ben", two], ["cem", one]]) {
      const content = { ...person(name ?? ""), ...(picture && { picture }) };
      await store.accounts.create(content, "h");
    }
    await create(store.accounts, "dora");

    deepEqual(await store.accounts.pictures(), new Set([one, two]));
  },
);

eachEngine(
  "save() and delete() report an account that doesn't exist",
  async (engine) => {
    await using store = await storeOn(engine);
    const { value, revision } = await create(store.accounts, "ada", "admin");
    await create(store.accounts, "ben", "admin");
    await store.accounts.delete(value.id);

    const late = [
      await store.accounts.save(value.id, revision, person("ada")),
      await store.accounts.delete(value.id),
    ];

    const error = { reason: "not-found" };
    deepEqual(late, [{ ok: false, error }, { ok: false, error }]);
  },
);

eachEngine(
  "a save replaces the password only if it is made and has a new one",
  async (engine) => {
    await using store = await storeOn(engine);
    const { accounts } = store;
    const { value: { id }, revision } = await create(accounts, "ada");
    const passwordHash = () => accounts.passwordHash(id);

    const admin = person("ada", "admin");
    const withPassword = { passwordHash: "new" };

    const saved = await accounts.save(id, revision, admin);
    ok(saved.ok);
    const kept = await passwordHash();
    const refused = await accounts
      .save(id, saved.value.revision, person("ada"), withPassword);
    const still = await passwordHash();
    await accounts.save(id, saved.value.revision, admin, withPassword);

    deepEqual(refused, { ok: false, error: { reason: "last-admin" } });
    deepEqual([kept, still, await passwordHash()], ["hash", "hash", "new"]);
  },
);

eachEngine(
  "an account of an archive is added with its id, unless its id or name is taken",
  async (engine) => {
    await using store = await storeOn(engine);
    const { accounts } = store;
    const ada = { id: "1", createdAt: 5, ...person("ada", "admin") };

    const added = await accounts.createAs(ada);
    const again = [
      await accounts.createAs({ ...ada, name: "ben" }, "hash"),
      await accounts.createAs({ ...ada, id: "2" }, "hash"),
    ];
    const other = await accounts.createAs({ ...ada, id: "3", name: "a" }, "h");

    deepEqual(added.ok && added.value.value, ada);
    const error = { reason: "exists" };
    deepEqual(again, [{ ok: false, error }, { ok: false, error }]);
    equal(other.ok, true);
    const all = (await accounts.list()).map(({ value }) => value.id);
    deepEqual(all, ["3", "1"]); // By name.
    const hashes = await Promise.all(
      ["1", "2", "3"].map((id) => accounts.passwordHash(id)),
    );
    deepEqual(hashes, [undefined, undefined, "h"]);
  },
);

eachEngine(
  "a first account is created only in an empty store, and is an admin",
  async (engine) => {
    await using store = await storeOn(engine);
    const { accounts } = store;

    const empty = await accounts.isEmpty();
    const first = await accounts.createFirst(person("ada"), "h");
    ok(first.ok);
    const second = await accounts.createFirst(person("ben"), "h");

    deepEqual([empty, await accounts.isEmpty()], [true, false]);
    deepEqual(second, { ok: false, error: { reason: "exists" } });
    deepEqual(await accounts.delete(first.value.value.id), {
      ok: false,
      error: { reason: "last-admin" },
    });
  },
);

function person(name: string, ...roles: Role[]): AccountContent {
  return {
    name,
    displayName: name,
    roles: roles.length > 0 ? roles : ["agent"],
  };
}

async function create(accounts: AccountStore, name: string, ...roles: Role[]) {
  const made = await accounts.create(person(name, ...roles), "hash");
  if (!made.ok) throw new Error(made.error.reason);
  return made.value;
}
