import { deepEqual, equal, ok } from "node:assert/strict";
import {
  eachEngine,
  storeOn,
  type TestEngine,
} from "@/tests/support/store_engines.ts";
import type { OwnChange } from "./own_account_store.ts";

async function open(engine: TestEngine) {
  const store = await storeOn(engine);
  const content = {
    name: "ada",
    displayName: "Ada",
    roles: ["agent" as const],
  };
  const made = await store.accounts.createFirst(content, "first hash");
  ok(made.ok);
  const { id } = made.value.value;
  store.clock.advance(1);
  const save = async (change: OwnChange) => {
    const saved = await store.ownAccounts.save(id, change);
    return saved.ok ? "saved" : saved.error.reason;
  };
  /** Returns the logged changes, oldest first. */
  const logged = async () => {
    const changes = await Array.fromAsync(store.audit.all());
    return changes.slice(1).map(({ by, change }) => {
      equal(by.name, "ada");
      return change.type === "person-saved" ? change.changed : change.type;
    });
  };
  const account = async () => (await store.accounts.get(id))?.value;
  return {
    ...store,
    save,
    logged,
    account,
  };
}

eachEngine(
  "the log has a person's changes to their own account, except the language",
  async (engine) => {
    await using ada = await open(engine);
    const picture = await ada.pictures.put("image/png", new Uint8Array([1]));

    const done = [
      await ada.save({ what: "profile", profile: { displayName: "Ada L." } }),
      await ada.save({ what: "profile", profile: { displayName: "Ada L." } }),
      await ada.save({ what: "profile", profile: { language: "de" } }),
      await ada.save({ what: "picture", picture }),
      await ada.save({
        what: "password",
        before: "first hash",
        hash: "second",
      }),
      await ada.save({ what: "picture", picture: undefined }),
    ];

    deepEqual(done, Array(6).fill("saved"));
    deepEqual(await ada.logged(), [
      ["displayName"],
      ["picture"],
      ["password"],
      ["picture"],
    ]);
    const { displayName, language, picture: left } = await ada.account() ?? {};
    deepEqual([displayName, language, left], ["Ada L.", "de", undefined]);
  },
);

eachEngine("changing one part of a profile keeps the other", async (engine) => {
  await using ada = await open(engine);

  await ada.save({ what: "profile", profile: { language: "de" } });
  await ada.save({ what: "profile", profile: { displayName: "Ada L." } });
  const both = await ada.account();
  await ada.save({ what: "profile", profile: { language: null } });
  const after = await ada.account();

  deepEqual([both?.displayName, both?.language], ["Ada L.", "de"]);
  deepEqual([after?.displayName, after?.language], ["Ada L.", undefined]);
});

eachEngine(
  "an impossible change reports why, and changes and logs nothing",
  async (engine) => {
    await using ada = await open(engine);
    const before = await ada.account();
    const never = "f".repeat(64);

    const reasons = [
      await ada.save({ what: "picture", picture: never }),
      await ada.save({ what: "password", before: "an old hash", hash: "new" }),
    ];
    const stranger = await ada.ownAccounts
      .save("nobody", { what: "picture", picture: undefined });

    deepEqual(reasons, ["no-picture", "changed"]);
    deepEqual(stranger, { ok: false, error: { reason: "not-found" } });
    deepEqual(await ada.account(), before);
    deepEqual(await ada.logged(), []);
  },
);

eachEngine(
  "of two passwords that are set at the same time, one is stored, and the other was changed",
  async (engine) => {
    await using ada = await open(engine);
    const id = (await ada.account())?.id ?? "";
    const set = (hash: string) =>
      ada.save({ what: "password", before: "first hash", hash });

    const done = await Promise.all([set("one"), set("two")]);
    const stored = await ada.accounts.passwordHash(id);

    deepEqual([...done].sort(), ["changed", "saved"]);
    equal(stored, done[0] === "saved" ? "one" : "two");
  },
);
