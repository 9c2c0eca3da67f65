import { deepEqual, equal, ok } from "node:assert/strict";
import * as v from "valibot";
import type { OpeningHours } from "@/lib/model/hours.ts";
import { newContent } from "@/lib/model/widget.ts";
import { DeskSummary } from "@/lib/protocol/admin/desk_state.ts";
import { agentOf } from "@/tests/support/admin_client.ts";
import { everyDay } from "@/tests/support/opening_hours.ts";
import { pagesApp } from "@/tests/support/pages_app.ts";

Deno.test("GET /desk/state returns presence and waiting contacts, and widgets on request", async () => {
  using app = await pagesApp();
  const cookie = await app.signIn("ben", "agent");
  const admin = await app.signIn("ada", "admin");
  for (const [name, address] of [["Shop", "Ben"], ["Other", "eve"]] as const) {
    const content = newContent(name, "en");
    const agents = [agentOf(address, address)];
    await app.store.widgets.create("cardset", { ...content, agents });
  }

  const plain = await app.get("/desk/state", { cookie });
  const full = await app.get("/desk/state?widgets", { cookie });
  const refused = [
    await app.get("/desk/state"),
    await app.get("/desk/state", { cookie: admin }),
  ];

  deepEqual(await plain.json(), { presence: "offline", waiting: 0 });
  const { widgets } = await full.json();
  deepEqual(widgets.map(({ name }: { name: string }) => name), ["Shop"]);
  equal(plain.headers.get("cache-control"), "no-store");
  deepEqual(refused.map(({ status }) => status), [401, 403]);
});

Deno.test("[DUE8] GET /desk/state counts the callbacks that ring for the agent, until one is taken", async () => {
  using app = await pagesApp();
  const cookie = await app.signIn("ben", "agent");
  const eve = await app.signIn("eve", "agent");
  const now = app.store.clock.wall();
  const call = { state: "ringing", until: now + 60_000, tries: 0 } as const;
  const made = await app.store.inquiries.create({
    ...{ id: "m1", widget: "1".repeat(32), address: "Ben", name: "Jonas" },
    ...{ reply: "+49 7031 73009", text: "Please call", lang: "en" },
    callback: { from: now, call },
  });
  ok(made.ok);
  const waiting = async (cookie: string) =>
    (await (await app.get("/desk/state", { cookie })).json()).waiting;

  const during = [await waiting(cookie), await waiting(eve)];
  const { number } = made.value.inquiry;
  const stored = await app.store.inquiries.get(number);
  await app.store.inquiries.change(number, stored?.revision ?? "", {
    callback: { from: now, call: { state: "taken", at: now, tries: 0 } },
  });

  deepEqual(during, [1, 0]);
  equal(await waiting(cookie), 0);
});

Deno.test("GET /desk/state says which of the agent's widgets are outside opening hours", async () => {
  using app = await pagesApp();
  const cookie = await app.signIn("ben", "agent");
  const always = everyDay("UTC", "00:00-00:00");
  const never = everyDay("UTC");
  const widgets: [string, OpeningHours?, OpeningHours?][] = [
    ["unlimited"],
    ["closed", never],
    ["open", always],
    ["own hours", never, always],
    ["unknown zone", { ...never, timeZone: "Moon/Tranquility" }],
  ];
  for (const [name, hours, own] of widgets) {
    const agent = { ...agentOf("ben", "Ben"), ...own && { hours: own } };
    await app.store.widgets.create("cardset", {
      ...newContent(name, "en"),
      ...hours && { hours },
      agents: [agent],
    });
  }

  const state = await app.get("/desk/state?widgets", { cookie });

  const shown = v.parse(DeskSummary, await state.json()).widgets ?? [];
  deepEqual(
    Object.fromEntries(shown.map(({ name, hours }) => [name, hours])),
    {
      unlimited: undefined,
      closed: { open: false },
      open: { open: true },
      "own hours": { open: true },
      "unknown zone": undefined,
    },
  );
});

Deno.test("pages of an agent who is also an administrator show the desk's state, others don't", async () => {
  using app = await pagesApp();
  const both = await app.signIn("ben", "admin", "agent");
  const admin = await app.signIn("ada", "admin");

  const pages = await Promise.all(
    [both, admin].map((cookie) => app.get("/admin", { cookie })),
  );
  const shown = await Promise.all(
    pages.map(async (page) => (await page.text()).includes("desk-status")),
  );

  deepEqual(shown, [true, false]);
});
