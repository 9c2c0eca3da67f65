import { deepEqual, equal, ok } from "node:assert/strict";
import type { Change } from "@/lib/model/audit.ts";
import { newContent } from "@/lib/model/widget.ts";
import { eachEngine, storeOn } from "@/tests/support/store_engines.ts";

const ada = { id: "1", name: "ada" };
const uuid = "a".repeat(32);
const ben = { name: "ben", displayName: "Ben", roles: ["agent" as const] };

eachEngine(
  "every change is logged with person, time and details, without secrets",
  async (engine) => {
    await using store = await storeOn(engine);
    const { widgets, accounts, clock } = store;
    const made = await widgets
      .create("sidebar", newContent("One", "en"), uuid, ada);
    ok(made.ok);
    clock.advance(1);
    const content = newContent("Two", "en");
    const saved = await widgets.save(uuid, made.value.revision, content, {
      by: ada,
    });
    ok(saved.ok);
    clock.advance(1);
    await widgets
      .save(uuid, saved.value.revision, content, { by: ada, from: 1 });
    clock.advance(1);
    await widgets.delete(uuid, ada);
    clock.advance(1);
    const person = await accounts.create(ben, "secret hash", { by: ada });
    ok(person.ok);
    const { id: account } = person.value.value;
    clock.advance(1);
    await accounts.save(account, person.value.revision, {
      ...ben,
      name: "bo",
    }, { passwordHash: "new secret hash", by: ada });
    clock.advance(1);
    await accounts.delete(account, ada);

    const entries = await store.audit.list({ limit: 100 });

    const roles = ["agent"];
    deepEqual(entries.map(({ change }) => change).reverse(), [
      { type: "widget-created", uuid, name: "One" },
      { type: "widget-saved", uuid, name: "Two", version: 2 },
      { type: "widget-restored", uuid, name: "Two", version: 3, from: 1 },
      { type: "widget-deleted", uuid, name: "Two" },
      { type: "person-created", account, name: "ben", roles },
      {
        type: "person-saved",
        account,
        name: "bo",
        roles,
        changed: ["name", "password"],
      },
      { type: "person-deleted", account, name: "bo" },
    ]);
    for (const { by } of entries) deepEqual(by, ada);
    equal(entries[0]?.at, clock.now());
    equal(JSON.stringify(entries).includes("secret"), false);
  },
);

eachEngine("rejected changes aren't logged", async (engine) => {
  await using store = await storeOn(engine);
  const first = await store.accounts.createFirst(ben, "hash");
  ok(first.ok);

  await store.accounts.create(ben, "hash", { by: ada });
  await store.accounts.delete(first.value.value.id, ada);
  await store.widgets.save(uuid, "0", newContent("One", "en"), { by: ada });
  await store.widgets.delete(uuid, ada);

  const entries = await store.audit.list({ limit: 100 });
  deepEqual(entries.map(({ change }) => change.type), ["person-created"]);
  equal(entries[0]?.by.name, "ben"); // The first one makes itself.
});

eachEngine("the log is read page by page, newest first", async (engine) => {
  await using store = await storeOn(engine);
  for (let n = 0; n < 5; n++) {
    await store.widgets.create("sidebar", newContent(`${n}`, "en"));
    if (n === 2) store.clock.advance(1); // The others at one time: in order too.
  }

  const names: string[] = [];
  let page = await store.audit.list({ limit: 2 });
  while (page.length > 0) {
    names.push(...page.map(({ change }) => nameIn(change)));
    const after = page.at(-1);
    page = await store.audit.list({ limit: 2, ...after && { after } });
  }

  deepEqual(names, ["4", "3", "2", "1", "0"]);
});

eachEngine(
  "entries from another store are added once, at their time",
  async (engine) => {
    await using from = await storeOn(engine);
    await using to = await storeOn(engine);
    await from.widgets.create("sidebar", newContent("One", "en"), uuid, ada);
    const [entry] = await from.audit.list({ limit: 1 });
    ok(entry);

    const before = await to.audit.has(entry);
    await to.audit.addAs(entry);
    await to.audit.addAs(entry);

    deepEqual([before, await to.audit.has(entry)], [false, true]);
    deepEqual(await to.audit.list({ limit: 9 }), [entry]);
  },
);

eachEngine("old entries are deleted, younger ones are kept", async (engine) => {
  await using store = await storeOn(engine);
  await store.widgets.create("sidebar", newContent("Old", "en"));
  store.clock.advance(1_000);
  await store.widgets.create("sidebar", newContent("Young", "en"));

  const deleted = await store.audit.deleteBefore(store.clock.now());

  const left = await store.audit.list({ limit: 9 });
  equal(deleted, 1);
  deepEqual(left.map(({ change }) => nameIn(change)), ["Young"]);
});

function nameIn(change: Change): string {
  return "name" in change ? change.name : "";
}
