import { deepEqual, equal, ok } from "node:assert/strict";
import { memoryStore } from "@/tests/support/temporary_store.ts";
import { exportLines } from "./export.ts";
import { Import } from "./import.ts";

const passphrase = "a long passphrase";
const TOKEN = {
  ...{ id: "b".repeat(32), name: "CRM", scopes: ["widgets:read"] },
  ...{ createdAt: 1, by: { id: "1", name: "ada" }, expiresAt: 5, usedAt: 3 },
  hash: "c".repeat(64),
};

Deno.test("[API12] tokens are exported only with a passphrase, encrypted, and an import keeps those that exist", async () => {
  using from = await memoryStore();
  using to = await memoryStore();
  await from.apiTokens.addAs(TOKEN);

  const sealed = await archiveOf(from, passphrase);
  const open = await archiveOf(from);
  const counts = [];
  for (const _ of ["first", "again"]) {
    const source = () => ReadableStream.from([sealed]);
    const done = await new Import(to, { source, passphrase }).run();
    ok(done.ok);
    counts.push(done.value.counts.token);
  }

  equal(/CRM|c{64}/.test(sealed + open), false);
  deepEqual(counts, [
    { added: 1, changed: 0, kept: 0 },
    { added: 0, changed: 0, kept: 1 },
  ]);
  deepEqual(await to.apiTokens.hashed(), [TOKEN]);
});

async function archiveOf(
  store: Awaited<ReturnType<typeof memoryStore>>,
  phrase?: string,
): Promise<string> {
  const secret = phrase === undefined ? {} : { passphrase: phrase };
  const lines = exportLines(store, { clock: store.clock, ...secret });
  return (await Array.fromAsync(lines)).join("");
}
