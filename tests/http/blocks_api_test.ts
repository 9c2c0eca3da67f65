import { deepEqual, equal, match } from "node:assert/strict";
import * as v from "valibot";
import { AdminClient } from "@/lib/protocol/admin/client.ts";
import { BlockList } from "@/lib/protocol/admin/blocks.ts";
import { type ApiApp, apiApp, errorOf } from "@/tests/support/api_app.ts";

const BLOCK = { contact: "c1", for: "day", network: false };

async function withContact(): Promise<ApiApp> {
  const app = await apiApp();
  const of = { widget: "1".repeat(32), address: "ada" };
  await app.store.blocks.remember("c1", { ...of, marks: { visit: "v" } });
  return app;
}

function clientOf(app: ApiApp, cookie: string): AdminClient {
  return new AdminClient((path, { method = "GET", body }) =>
    app.call(method, path, {
      cookie,
      ...(typeof body === "string" && { body: JSON.parse(body) }),
    })
  );
}

Deno.test("an agent blocks a visitor, and an administrator lists and ends the block", async () => {
  using app = await withContact();
  const agent = clientOf(app, (await app.signIn("ada", "agent")).cookie);
  const admin = await app.signIn("root", "admin");

  const blockable = await agent.getBlockable("c1");
  const made = await agent.blockVisitor({ ...BLOCK, for: "day" });
  const listed = await app.call("GET", "/api/blocks", admin);
  const text = await listed.text();
  const { blocks } = v.parse(BlockList, JSON.parse(text));
  const ended = await clientOf(app, admin.cookie).endBlock(blocks[0]?.id ?? "");

  deepEqual(blockable, { ok: true, value: { network: false } });
  deepEqual(made.ok && [made.value], blocks);
  equal(/marks|visit/.test(text), false);
  equal(ended.ok, true);
  deepEqual(await app.services.blocks.list(), []);
});

Deno.test("only administrators list and end blocks, and only signed-in users block", async () => {
  using app = await withContact();
  const { cookie } = await app.signIn("ada", "agent");

  await errorOf(await app.call("GET", "/api/blocks", { cookie }), 403);
  await errorOf(await app.call("DELETE", "/api/blocks/b", { cookie }), 403);
  const path = "/api/account/blocks";
  await errorOf(await app.call("POST", path, { body: BLOCK }), 401);
  const bob = await app.signIn("bob", "agent");
  const other = await app.call("POST", path, { ...bob, body: BLOCK });
  await errorOf(other, 404);
  await errorOf(await app.call("GET", `${path}/c1`, bob), 404);

  deepEqual(await app.services.blocks.list(), []);
});

Deno.test("an invalid block is rejected, naming its field", async () => {
  using app = await withContact();
  const { cookie } = await app.signIn("ada", "agent");
  const wrong = [
    [{ ...BLOCK, for: "year" }, "for"],
    [{ ...BLOCK, contact: "" }, "contact"],
    [{ ...BLOCK, network: "yes" }, "network"],
    [{ ...BLOCK, network: true }, "network"],
  ] as const;

  for (const [body, field] of wrong) {
    const options = { cookie, body };
    const response = await app.call("POST", "/api/account/blocks", options);
    const error = await errorOf(response, 400);
    equal(error.field, field);
  }
  const proxy = await app.call("POST", "/api/account/blocks", {
    ...{ cookie, body: { ...BLOCK, network: true } },
  });
  match((await errorOf(proxy, 400)).text, /proxy/);
});
