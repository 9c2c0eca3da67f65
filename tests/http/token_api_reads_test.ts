import { deepEqual, equal, ok } from "node:assert/strict";
import * as v from "valibot";
import { ContactPage } from "@/lib/protocol/admin/contacts.ts";
import { InquiryPage, InquiryView } from "@/lib/protocol/admin/inquiries.ts";
import { SharesView, StatisticsView } from "@/lib/protocol/admin/statistics.ts";
import { DAY_MS } from "@/lib/base/times.ts";
import { anAgent, contentWith } from "@/tests/support/any_widget.ts";
import {
  problemOf,
  type TokenApi,
  tokenApi,
} from "@/tests/support/token_api.ts";

const uuid = "a".repeat(32);
const OPEN = [{ from: "00:00", to: "12:00" }];
/** Open each day until noon in UTC; the clock of the test starts at midnight. */
const HOURS = {
  ...{ timeZone: "UTC", week: Array.from({ length: 7 }, () => OPEN) },
  exceptions: [],
};
const CLOSED = { ...HOURS, week: Array.from({ length: 7 }, () => []) };
const TEAM = {
  ...{ members: ["ben", "eve"], strategy: "all" as const, ringSeconds: 20 },
  ...{ chatsMax: 0, steps: [] },
};

async function read(api: TokenApi, path: string): Promise<unknown> {
  const response = await api.call("GET", path);
  equal(response.status, 200, path);
  return await response.json();
}

Deno.test("[API14] people are listed by name and read one by one, without anything secret", async () => {
  using api = await tokenApi();
  const { id } = await api.app.signIn("ben", "agent");
  const ben = {
    ...{ id, name: "ben", displayName: "ben", roles: ["agent"] },
    createdAt: api.app.store.clock.wall(),
  };
  const ada = { ...ben, id: api.admin, name: "ada", displayName: "ada" };

  deepEqual(await read(api, "/people?limit=1"), {
    people: [{ ...ada, roles: ["admin"] }],
    next: "ada",
  });
  deepEqual(await read(api, "/people?after=ada"), { people: [ben] });
  deepEqual(await read(api, `/people/${id}`), ben);
  await problemOf(await api.call("GET", "/people/nobody"), 404);
});

Deno.test("teams and opening hours of widgets are read", async () => {
  using api = await tokenApi();
  const content = contentWith([
    anAgent("ada"),
    anAgent("sales", { name: "Sales", team: TEAM, hours: CLOSED }),
  ], { hours: HOURS });
  await api.app.store.widgets.create("cardset", content, uuid);
  await api.app.store.widgets.create(
    "sidebar",
    contentWith([]),
    "b".repeat(32),
  );
  const { clock } = api.app.store;

  deepEqual(await read(api, "/teams"), {
    teams: [{
      ...{ widget: uuid, address: "sales", name: "Sales" },
      members: ["ben", "eve"],
    }],
  });
  deepEqual(await read(api, `/teams?after=${uuid}.sales`), { teams: [] });
  deepEqual(await read(api, `/hours/${uuid}`), {
    ...{ widget: uuid, name: "Cards", open: true },
    changesAt: clock.wall() + DAY_MS / 2,
    agents: [{ address: "sales", name: "Sales", open: false }],
  });
  clock.advance(DAY_MS / 2);
  deepEqual(await read(api, `/hours/${"b".repeat(32)}`), {
    ...{ widget: "b".repeat(32), name: "Cards", open: true, agents: [] },
  });
  const closed = v.parse(
    v.looseObject({ open: v.boolean() }),
    await read(api, `/hours/${uuid}`),
  );
  equal(closed.open, false);
  await problemOf(await api.call("GET", `/hours/${"c".repeat(32)}`), 404);
});

Deno.test("[API7] contacts are listed newest first, page by page, and by widget, time and agent", async () => {
  using api = await tokenApi();
  for (let n = 0; n < 60; n++) {
    await api.app.store.contactRecords.add({
      ...{ id: `c${n}`, widget: uuid, media: "chat", messages: 3, cause: 16 },
      ...{ address: n % 2 === 0 ? "ben" : "eve", startedAt: n, endedAt: n + 1 },
    });
  }
  const page = async (query: string) =>
    v.parse(ContactPage, await read(api, `/contacts${query}`));

  const first = await page("");
  const second = await page(`?after=${first.next}`);
  const some = await page(`?agent=ben&from=11&to=21&widget=${uuid}`);

  deepEqual(
    [...first.contacts, ...second.contacts].map(({ id }) => id),
    Array.from({ length: 60 }, (_, n) => `c${59 - n}`),
  );
  equal(second.next, undefined);
  deepEqual(
    some.contacts.map(({ id }) => id),
    [18, 16, 14, 12, 10]
      .map((n) => `c${n}`),
  );
  deepEqual((await page(`?widget=${"b".repeat(32)}`)).contacts, []);
  for (const name of ["from", "to", "widget", "media", "after", "limit"]) {
    const response = await api.call("GET", `/contacts?${name}=x`);
    equal((await problemOf(response, 400)).field, name);
  }
});

Deno.test("[API14] messages of all agents are listed and read by their number", async () => {
  using api = await tokenApi();
  const made = await api.app.store.inquiries.create({
    ...{ id: "m1", widget: uuid, address: "ben", name: "Jonas", lang: "en" },
    ...{ reply: "jonas@example.com", text: "Please call" },
  });
  ok(made.ok);
  const { number } = made.value.inquiry;
  const list = async (query: string) =>
    v.parse(InquiryPage, await read(api, `/messages${query}`)).messages;

  const one = v.parse(InquiryView, await read(api, `/messages/${number}`));

  deepEqual([one.text, one.reply], ["Please call", "jonas@example.com"]);
  deepEqual(await list(""), [one]);
  deepEqual(await list("?text=jonas&kind=message"), [one]);
  deepEqual(await list("?list=done"), []);
  await problemOf(await api.call("GET", "/messages/2222-2222"), 404);
  for (const name of ["list", "widget", "kind", "after", "limit"]) {
    const response = await api.call("GET", `/messages?${name}=mine`);
    equal((await problemOf(response, 400)).field, name);
  }
});

Deno.test("statistics are read for a period, and by widget and agent", async () => {
  using api = await tokenApi();
  const day = Math.floor(api.app.store.clock.wall() / DAY_MS);
  await api.app.store.statistics.add([
    { day, subject: {}, counts: { shown: { "0": 7 } } },
    { day, subject: { widget: uuid }, counts: { shown: { "0": 5 } } },
    { day, subject: { agent: "ben" }, counts: { shown: { "0": 2 } } },
  ]);
  const shares = async (of: string) => {
    const path = `/statistics/${of}?period=today`;
    const view = v.parse(SharesView, await read(api, path));
    return view.shares.map(({ id, figures }) => [id, figures.shown]);
  };

  const path = "/statistics?period=today&zone=UTC";
  const view = v.parse(StatisticsView, await read(api, path));

  equal(view.total.shown, 7);
  deepEqual(await shares("widgets"), [[uuid, 5]]);
  deepEqual(await shares("agents"), [["ben", 2]]);
  const wrong = [
    ...[["period=century", "period"], ["zone=Mars", "zone"]],
    ...[["from=2030-01-01", "from"], ["period=12m&by=hour", "by"]],
  ];
  for (const [query = "", field] of wrong) {
    api.app.store.clock.advance(2_000);
    const response = await api.call("GET", `/statistics?${query}`);
    equal((await problemOf(response, 400)).field, field, query);
  }
});
