import { deepEqual, equal, ok } from "node:assert/strict";
import type { Account } from "@/lib/model/account.ts";
import type { Store } from "@/lib/store/open.ts";
import { memoryStore } from "@/tests/support/temporary_store.ts";
import { PORTRAITS } from "../examples/portraits.ts";
import { exportLines } from "./export.ts";
import { Import } from "./import.ts";

const portrait = Uint8Array.from(
  atob(PORTRAITS.sales),
  (char) => char.charCodeAt(0),
);
const ada = { name: "ada", displayName: "Ada", roles: ["admin" as const] };

Deno.test("[ACC13] an import sets picture, language and password mark of a new account", async () => {
  using from = await filledStore();
  using to = await memoryStore();

  const done = await bring(to, await archiveOf(from));
  const again = await bring(to, await archiveOf(from));

  deepEqual(await adaIn(to), await adaIn(from));
  equal((await adaIn(to)).mustChangePassword, true);
  ok(await to.pictures.get((await adaIn(to)).picture ?? ""));
  deepEqual([done.counts.account.added, again.counts.account.kept], [1, 1]);
});

Deno.test("[ACC13] an import sets picture and language of an existing account, but keeps its password and mark", async () => {
  using from = await filledStore();
  using to = await memoryStore();
  await bring(to, await archiveOf(from));
  const { id } = await adaIn(to);
  await to.ownAccounts
    .save(id, { what: "password", before: "hash", hash: "own hash" });
  await to.ownAccounts.save(id, { what: "picture", picture: undefined });
  await to.ownAccounts
    .save(id, { what: "profile", profile: { language: null } });

  const done = await bring(to, await archiveOf(from));

  const { mustChangePassword: mark, ...there } = await adaIn(from);
  deepEqual(await adaIn(to), there);
  equal(mark, true);
  equal(await to.accounts.passwordHash(id), "own hash");
  deepEqual(done.differences, [
    "account ada differs in: picture, language",
  ]);
});

Deno.test("[ACC13] a second import adds the passwords and marks that the first one skipped", async () => {
  using from = await filledStore();
  using to = await memoryStore();
  await from.accounts.createPbxUser(
    { ...ada, name: "bea@example.com" },
    { domain: "example.com", id: "f48b", sip: "bea" },
  );
  const sealed = await archiveOf(from);
  const first = await bring(to, sealed, {});
  const { id } = await adaIn(to);
  const before = await to.accounts.passwordHash(id);

  const again = await bring(to, sealed, {});
  const planned = await new Import(to, {
    source: () => ReadableStream.from([sealed]),
    passphrase,
  }).plan();
  const done = await bring(to, sealed);
  const last = await bring(to, sealed);

  deepEqual([first.withoutPassword, before], [["ada"], undefined]);
  deepEqual(again.withoutPassword, ["ada"]);
  deepEqual(planned.ok && planned.value, done);
  deepEqual(done.differences, ["account ada differs in: password"]);
  deepEqual(done.withoutPassword, []);
  equal(done.counts.account.changed, 1);
  equal(await to.accounts.passwordHash(id), "hash");
  deepEqual(await adaIn(to), await adaIn(from));
  deepEqual(last.counts.account, { added: 0, changed: 0, kept: 2 });
});

Deno.test("[ACC13] a second import keeps a password that was set in between", async () => {
  using from = await filledStore();
  using to = await memoryStore();
  const sealed = await archiveOf(from);
  await bring(to, sealed, {});
  const { id } = await adaIn(to);
  const current = await to.accounts.get(id);
  await to.accounts.save(id, current?.revision ?? "", ada, {
    passwordHash: "own hash",
  });

  const done = await bring(to, sealed);

  equal(await to.accounts.passwordHash(id), "own hash");
  deepEqual(done.withoutPassword, []);
  equal((await adaIn(to)).mustChangePassword, undefined);
});

Deno.test("[ACC13] a picture missing from the archive is skipped, but not its account", async () => {
  using from = await filledStore();
  using to = await memoryStore();
  const lines = (await archiveOf(from)).split("\n")
    .filter((line) => !line.startsWith('{"is":"picture"'));
  const end = JSON.stringify({ is: "end", lines: lines.length - 2 });
  const text = [...lines.slice(0, -2), end, ""].join("\n");

  await bring(to, text);

  const { picture: _, ...there } = await adaIn(from);
  deepEqual(await adaIn(to), there);
});

Deno.test("[ACC13] an archive of format 1, without these fields, can be imported", async () => {
  using from = await memoryStore();
  using to = await memoryStore();
  await from.accounts.create(ada, "hash");
  const text = (await archiveOf(from))
    .replace('"formatVersion":3', '"formatVersion":1');

  await bring(to, text);

  ok(text.includes('"formatVersion":1'));
  deepEqual(await adaIn(to), await adaIn(from));
});

async function filledStore() {
  const store = await memoryStore();
  const picture = await store.pictures.put("image/webp", portrait);
  const options = { mustChangePassword: true };
  const made = await store.accounts.create(ada, "hash", options);
  if (!made.ok) throw new Error(made.error.reason);
  const { id } = made.value.value;
  await store.ownAccounts.save(id, { what: "picture", picture });
  await store.ownAccounts
    .save(id, { what: "profile", profile: { language: "de" } });
  return store;
}

async function adaIn(store: Store): Promise<Account> {
  const stored = await store.accounts.getByName("ada");
  if (stored === undefined) throw new Error("no account");
  return stored.value;
}

const passphrase = "a long passphrase";

async function archiveOf(
  store: Awaited<ReturnType<typeof memoryStore>>,
): Promise<string> {
  const lines = exportLines(store, { clock: store.clock, passphrase });
  return (await Array.fromAsync(lines)).join("");
}

async function bring(
  store: Store,
  text: string,
  secret: { passphrase?: string } = { passphrase },
) {
  const source = () => ReadableStream.from([text]);
  const done = await new Import(store, { source, ...secret }).run();
  if (!done.ok) throw new Error(done.error.why);
  return done.value;
}
