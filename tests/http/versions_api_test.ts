import { deepEqual, equal, ok } from "node:assert/strict";
import { newContent } from "@/lib/model/widget.ts";
import { AdminClient } from "@/lib/protocol/admin/client.ts";
import { type ApiApp, apiApp } from "@/tests/support/api_app.ts";

Deno.test("an old version can be viewed and restored as the newest", async () => {
  using app = await apiApp();
  const client = await signedIn(app);
  const { uuid, revision } = await made(client);
  const content = newContent("Changed", "en");
  const saved = await client.saveWidget(uuid, { revision, content });
  ok(saved.ok);

  const old = await client.getVersion(uuid, 1);
  const restored = await client
    .restoreWidget(uuid, { revision: saved.value.revision, version: 1 });
  const versions = await client.listVersions(uuid);

  equal(old.ok && old.value.content.name, "Sidebar 1");
  equal(restored.ok && restored.value.content.name, "Sidebar 1");
  deepEqual(
    versions.ok && versions.value.map(({ version, by }) => [version, by.name]),
    [[3, "ada"], [2, "ada"], [1, "ada"]],
  );
});

Deno.test("restoring a version of a widget that was changed in the meantime is a conflict", async () => {
  using app = await apiApp();
  const client = await signedIn(app);
  const { uuid, revision } = await made(client);
  const content = newContent("Changed", "en");
  await client.saveWidget(uuid, { revision, content });

  const restored = await client.restoreWidget(uuid, { revision, version: 1 });

  equal(restored.ok || restored.error.reason, "conflict");
});

Deno.test("an unknown version is not found", async () => {
  using app = await apiApp();
  const client = await signedIn(app);
  const { uuid, revision } = await made(client);

  const answers = await Promise.all([
    client.getVersion(uuid, 2),
    client.getVersion(uuid, 0),
    client.getVersion("0".repeat(32), 1),
    client.listVersions("0".repeat(32)),
    client.restoreWidget(uuid, { revision, version: 7 }),
  ]);

  for (const answer of answers) {
    equal(answer.ok || answer.error.reason, "not-found");
  }
});

Deno.test("the audit log names who did what, page by page", async () => {
  using app = await apiApp();
  const client = await signedIn(app);
  for (let n = 0; n < 120; n++) {
    await app.store.widgets.create("sidebar", newContent(`${n}`, "en"));
    app.store.clock.advance(1);
  }
  await made(client);

  const first = await client.listAudit();
  const second = await client.listAudit(first.ok ? first.value.next : "");

  ok(first.ok && second.ok);
  const [newest] = first.value.entries;
  deepEqual([newest?.by.name, newest?.change.type], ["ada", "widget-created"]);
  // 120 widgets, one more, and the account of the administrator.
  deepEqual([first, second].map(({ value }) => value.entries.length), [
    100,
    22,
  ]);
  equal(second.value.next, undefined);
});

async function signedIn(app: ApiApp): Promise<AdminClient> {
  const { cookie } = await app.signIn("ada", "admin");
  return new AdminClient((path, { method = "GET", body }) => {
    const options = typeof body === "string" ? { body: JSON.parse(body) } : {};
    return app.call(method, path, { cookie, ...options });
  });
}

async function made(client: AdminClient) {
  const widget = await client.createWidget("sidebar");
  if (!widget.ok) throw new Error(widget.error.text);
  return widget.value;
}
