import { deepEqual, equal, match, ok } from "node:assert/strict";
import * as v from "valibot";
import { Pbx } from "@/lib/admin/pbx.ts";
import { AppPassword } from "@/lib/pbx/password/app_password.ts";
import { SecretBox } from "@/lib/pbx/password/secret_box.ts";
import { PbxBank } from "@/lib/pbx/pbx_bank.ts";
import { de } from "@/lib/i18n/admin/de.ts";
import { en } from "@/lib/i18n/admin/en.ts";
import { PbxView, TracePage } from "@/lib/protocol/admin/pbx.ts";
import { apiApp, errorOf } from "../support/api_app.ts";
import { turns } from "../support/simulated_pbx/in_memory.ts";
import { SimulatedPbx } from "../support/simulated_pbx/simulated_pbx.ts";
import { memoryWire } from "../support/simulated_pbx/wire.ts";

Deno.test("after setting the App password over the API, the PBX can log in", async () => {
  using product = await openProduct();
  const { app, cookie, pbx } = product;
  const before = await product.view();
  equal(before.password, "none");
  equal(before.appUrl, "http://127.0.0.1/widgets/innovaphone-widgets");
  deepEqual(before.links, []);

  const saved = await app.call("PUT", "/api/pbx/password", {
    cookie,
    body: { password: "s3cret" },
  });
  equal(v.parse(PbxView, await saved.json()).password, "stored");
  await pbx.connect();
  await turns();

  const { links: [link] } = await product.view();
  equal(link?.key, "example.com/master/widgets");
  equal(link?.registration, "registered");
  deepEqual(link?.missing, [{ right: "PbxAdminApi", isMandatory: false }]);
});

Deno.test("the trace can be filtered, continues after an id, and is exported without secrets", async () => {
  using product = await openProduct();
  const { app, cookie, pbx } = product;
  await app.call("PUT", "/api/pbx/password", {
    cookie,
    body: { password: "s3cret" },
  });
  await pbx.connect();
  await turns();

  const all = await product.trace("");
  const some = await product.trace("?text=registerresult");
  const rest = await product.trace(`?after=${all.entries.at(-2)?.id}`);
  const file = await app.call("GET", "/api/pbx/trace?download", { cookie });

  deepEqual(some.entries.map(({ mt }) => mt), ["RegisterResult"]);
  equal(rest.entries.length, 1);
  match(file.headers.get("content-disposition") ?? "", /attachment.*pbx-trace/);
  const lines = (await file.text()).trim().split("\n");
  equal(lines.length, all.entries.length);
  ok(!/"digest":"[0-9a-f]/.test(lines.join("").replaceAll("\\", "")));
});

Deno.test("[P37] an App password has at most 15 characters, as the page says", async () => {
  using product = await openProduct();
  const { app, cookie } = product;

  const saved = await app.call("PUT", "/api/pbx/password", {
    cookie,
    body: { password: "x".repeat(15) },
  });

  equal(v.parse(PbxView, await saved.json()).password, "stored");
  for (const { pbx } of [en, de]) match(pbx.setUpPassword, /\b15\b/);
});

Deno.test("PUT /api/pbx/password rejects a password that is too long, and a caller who isn't signed in", async () => {
  using product = await openProduct();
  const { app, cookie } = product;
  const long = { password: "x".repeat(16) };

  const refused = await errorOf(
    await app.call("PUT", "/api/pbx/password", { cookie, body: long }),
    400,
  );
  equal(refused.field, "password");
  match(refused.text, /at most 15 characters/);
  equal((await product.view()).password, "none");
  await errorOf(
    await app.call("PUT", "/api/pbx/password", {
      cookie,
      body: { password: "" },
    }),
    400,
  );
  const filter = `/api/pbx/trace?text=${"x".repeat(201)}`;
  await errorOf(await app.call("GET", filter, { cookie }), 400);
  await errorOf(await app.call("GET", "/api/pbx"), 401);
  const { cookie: agent } = await app.signIn("agent", "agent");
  await errorOf(
    await app.call("GET", "/api/pbx/trace", { cookie: agent }),
    403,
  );
  equal((await product.view()).password, "none");
});

async function openProduct() {
  const app = await apiApp();
  const { clock, settings, presences } = app.store;
  const password = new AppPassword(
    await SecretBox.withText("key"),
    settings,
    "",
  );
  const bank = new PbxBank({
    clock,
    cache: presences,
    password: () => password.get(),
  });
  app.services.pbx = new Pbx(bank, password, {
    path: "/widgets",
    origins: ["https://pbx.example.com"],
  });
  const { cookie } = await app.signIn("admin", "admin");
  return {
    app,
    cookie,
    pbx: new SimulatedPbx(
      memoryWire((socket, peer) => bank.accept(socket, peer)),
      { apis: ["PbxSignal", "PbxApi"] },
    ),
    view: async () => {
      const response = await app.call("GET", "/api/pbx", { cookie });
      return v.parse(PbxView, await response.json());
    },
    trace: async (query: string) => {
      const response = await app.call("GET", `/api/pbx/trace${query}`, {
        cookie,
      });
      return v.parse(TracePage, await response.json());
    },
    [Symbol.dispose]() {
      bank[Symbol.dispose]();
      app[Symbol.dispose]();
    },
  };
}
