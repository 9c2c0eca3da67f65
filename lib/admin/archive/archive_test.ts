import { deepEqual, equal, ok } from "node:assert/strict";
import { newContent } from "@/lib/model/widget.ts";
import type { Store } from "@/lib/store/open.ts";
import { anAgent, contentWith } from "@/tests/support/any_widget.ts";
import { someException, someHours } from "@/tests/support/opening_hours.ts";
import { memoryStore } from "@/tests/support/temporary_store.ts";
import { hashPassword, isPassword } from "../passwords.ts";
import { PORTRAITS } from "../examples/portraits.ts";
import { exportLines } from "./export.ts";
import { Import } from "./import.ts";

const passphrase = "a long passphrase";
const uuid = "a".repeat(32);
const ada = {
  name: "ada",
  displayName: "Ada",
  roles: ["admin" as const, "agent" as const],
};

Deno.test("importing into an empty store restores everything except sessions", async () => {
  using from = await filledStore();
  using to = await memoryStore();
  const text = await archiveOf(from, passphrase);

  const done = await importOf(to, text, passphrase).run();

  ok(done.ok);
  deepEqual([done.value.refused, done.value.withoutPassword], [[], []]);
  deepEqual(await contentOf(to), await contentOf(from));
  const account = await to.accounts.getByName("ada");
  const hash = await to.accounts.passwordHash(account?.value.id ?? "");
  ok(await isPassword("correct horse", hash));
  equal(await to.sessions.endAll(account?.value.id ?? ""), 0);
});

Deno.test("an archive without a passphrase has no hashes, and the import names accounts without a password", async () => {
  using from = await filledStore();
  using to = await memoryStore();
  const text = await archiveOf(from);

  const done = await importOf(to, text).run();

  equal(text.includes("argon2"), false);
  deepEqual(done.ok && done.value.withoutPassword, ["ada"]);
});

Deno.test("an imported PBX user stays one and needs no password", async () => {
  using from = await filledStore();
  using to = await memoryStore();
  const user = { domain: "example.com", id: "f48b", sip: "atlantis" };
  const name = "atlantis@example.com";
  await from.accounts.createPbxUser({ ...ada, name }, user);

  const done = await importOf(to, await archiveOf(from)).run();

  deepEqual(done.ok && done.value.withoutPassword, ["ada"]);
  deepEqual(
    (await to.accounts.getByPbxUser(user))?.value,
    (await from.accounts.getByPbxUser(user))?.value,
  );
});

Deno.test("an archive with a passphrase doesn't expose the hashes", async () => {
  using from = await filledStore();

  const text = await archiveOf(from, passphrase);

  equal(text.includes("argon2"), false);
});

Deno.test("[ST13] an import doesn't change the counts of a day that the store already has", async () => {
  using from = await filledStore();
  using to = await memoryStore();
  await to.statistics.add([
    { day: 3, subject: {}, counts: { shown: { "0": 1 } } },
  ]);

  const done = await importOf(to, await archiveOf(from)).run();

  const rows = await Array.fromAsync(to.statistics.all());
  deepEqual(rows.map(({ counts }) => counts), [{ shown: { "0": 1 } }, {}]);
  deepEqual(done.ok && done.value.counts.statistics, {
    added: 1,
    changed: 0,
    kept: 1,
  });
});

Deno.test("a plan says what the import will do, and writes nothing", async () => {
  using from = await filledStore();
  using to = await memoryStore();
  const text = await archiveOf(from);

  const planned = await importOf(to, text).plan();
  const untouched = await contentOf(to);
  const done = await importOf(to, text).run();

  deepEqual(planned, done);
  using empty = await memoryStore();
  deepEqual(untouched, await contentOf(empty));
});

Deno.test("importing the same archive again changes nothing", async () => {
  using from = await filledStore();
  using to = await memoryStore();
  const text = await archiveOf(from);
  await importOf(to, text).run();
  const before = await contentOf(to);

  const again = await importOf(to, text).run();

  ok(again.ok);
  for (const { added, changed } of Object.values(again.value.counts)) {
    deepEqual([added, changed], [0, 0]);
  }
  deepEqual(await contentOf(to), before);
});

Deno.test("a widget that differs becomes a new version, so nothing is lost", async () => {
  using from = await filledStore();
  const text = await archiveOf(from);
  const current = await from.widgets.get(uuid);
  const own = newContent("Mine", "en");
  await from.widgets.save(uuid, current?.revision ?? "", own);

  const done = await importOf(from, text).run();

  const merged = await from.widgets.get(uuid);
  ok(merged);
  equal(done.ok && done.value.counts.widget.changed, 1);
  equal(merged.value.content.name, current?.value.content.name);
  const before = await from.widgets.history.get(uuid, merged.version - 1);
  deepEqual(before?.content, own);
});

Deno.test("an account whose name is taken is skipped and reported", async () => {
  using from = await filledStore();
  using to = await memoryStore();
  await to.accounts.create(ada, "hash of another");
  const text = await archiveOf(from, passphrase);

  const done = await importOf(to, text, passphrase).run();

  deepEqual(done.ok && done.value.refused, [
    "account ada: this name is already taken",
  ]);
  const kept = await to.accounts.getByName("ada");
  const hash = await to.accounts.passwordHash(kept?.value.id ?? "");
  equal(hash, "hash of another");
});

Deno.test("an archive that is damaged anywhere is rejected before anything is written", async () => {
  using from = await filledStore();
  using to = await memoryStore();
  const lines = (await archiveOf(from, passphrase)).split("\n");
  const damaged: [string, number][] = [
    [lines.slice(0, -2).join("\n"), lines.length - 2],
    [lines.slice(1).join("\n"), 1],
    [lines.toSpliced(3, 1).join("\n"), lines.length - 2],
    [lines.with(4, `{"is":"widget"}`).join("\n"), 5],
    [lines.with(-2, "not json").join("\n"), lines.length - 1],
    [lines.join("\n") + `{"is":"end","lines":1}\n`, lines.length],
    ["", 0],
  ];

  const errors: unknown[] = [];
  for (const [text] of damaged) {
    const done = await importOf(to, text, passphrase).run();
    errors.push(done.ok || done.error.line);
  }

  deepEqual(errors, damaged.map(([, line]) => line));
  using empty = await memoryStore();
  deepEqual(await contentOf(to), await contentOf(empty));
});

Deno.test("a wrong passphrase is reported, and nothing is written", async () => {
  using from = await filledStore();
  using to = await memoryStore();
  const text = await archiveOf(from, passphrase);

  const done = await importOf(to, text, "another passphrase").run();

  deepEqual(done, { ok: false, error: { line: 2, why: "wrong passphrase" } });
  equal(await to.accounts.isEmpty(), true);
});

Deno.test("a picture whose bytes don't match its id is skipped", async () => {
  using from = await filledStore();
  using to = await memoryStore();
  const text = (await archiveOf(from))
    .replace(
      /"is":"picture","id":"[0-9a-f]{64}"/,
      (line) => line.replace(/[0-9a-f]{64}/, "0".repeat(64)),
    );

  const done = await importOf(to, text).run();

  ok(done.ok && done.value.refused[0]?.includes("do not match its id"));
  equal(await to.pictures.get("0".repeat(64)), undefined);
});

async function filledStore() {
  const store = await memoryStore();
  const portrait = Uint8Array.from(
    atob(PORTRAITS.sales),
    (char) => char.charCodeAt(0),
  );
  const picture = await store.pictures.put("image/webp", portrait);
  const made = await store.accounts
    .createFirst(ada, await hashPassword("correct horse"));
  if (!made.ok) throw new Error(made.error.reason);
  await store.sessions.open(made.value.value.id);
  await store.widgets.create("cardset", newContent("One", "en"), uuid);
  const hours = {
    ...someHours({ timeZone: "Asia/Tokyo", days: [1], times: ["22:00-06:00"] }),
    exceptions: [someException("2030-12-24")],
  };
  const agents = [anAgent("ada", { picture, hours })];
  const content = contentWith(agents, { name: "Two", hours });
  const first = await store.widgets.get(uuid);
  store.clock.advance(1_000);
  await store.widgets.save(uuid, first?.revision ?? "", content);
  await store.contactRecords.add({
    id: "1",
    widget: uuid,
    address: "ada",
    media: "chat",
    startedAt: 1,
    endedAt: 2,
    cause: 16,
    messages: 3,
  });
  await store.inquiries.create({
    ...{ id: "m1", widget: uuid, address: "ada", name: "Jonas", lang: "en" },
    ...{ reply: "jonas@example.com", text: "Please call" },
  });
  await store.statistics.add([
    { day: 3, subject: {}, counts: { shown: { "0": 2, "23": 5 } } },
    { day: 3, subject: { widget: uuid, agent: "ada" }, counts: {} },
  ]);
  await store.blocks.addAs({
    ...{ id: "b1", at: 1, contact: "1", widget: uuid, address: "ada" },
    by: { id: "1", name: "ada" },
    marks: { visit: "v", network: "n" },
  });
  await store.presences.set({ address: "ada", presence: "busy", since: 1 });
  store.clock.advance(1_000);
  return store;
}

async function archiveOf(
  store: Awaited<ReturnType<typeof filledStore>>,
  passphrase?: string,
) {
  const secret = passphrase === undefined ? {} : { passphrase };
  const lines = exportLines(store, { clock: store.clock, ...secret });
  return (await Array.fromAsync(lines)).join("");
}

function importOf(store: Store, text: string, passphrase?: string): Import {
  const secret = passphrase === undefined ? {} : { passphrase };
  // In pieces that do not end where lines end.
  const source = () => ReadableStream.from(text.match(/[^]{1,1000}/g) ?? []);
  return new Import(store, { source, ...secret });
}

/** All of a store that an archive carries, without revisions. */
async function contentOf(store: Store) {
  const widgets = (await store.widgets.list())
    .map(({ value, version, by }) => ({ value, version, by }));
  const audit = await Array.fromAsync(store.audit.all());
  return {
    widgets,
    versions: await Promise.all(
      widgets.map(({ value, version }) =>
        store.widgets.history.list(value.uuid, version)
      ),
    ),
    accounts: (await store.accounts.list()).map(({ value }) => value),
    pictures: await Array.fromAsync(store.pictures.list()),
    contacts: await Array.fromAsync(
      store.contactRecords.list({ from: 0, to: 99 }),
    ),
    messages: await Array.fromAsync(
      store.inquiries.newest(),
      ({ value }) => value,
    ),
    blocks: await store.blocks.list(),
    statistics: await Array.fromAsync(store.statistics.all()),
    presences: await store.presences.list(),
    // What the import itself did is in the log as well.
    changes: audit.filter(({ by }) => by.id !== "").map(({ change }) => change),
  };
}
