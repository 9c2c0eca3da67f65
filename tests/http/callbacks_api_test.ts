import { deepEqual, equal, ok } from "node:assert/strict";
import * as v from "valibot";
import type { InquiryContent } from "@/lib/model/inquiry.ts";
import { newContent } from "@/lib/model/widget.ts";
import {
  CallbackClient,
  DueCallbacks,
} from "@/lib/protocol/admin/callbacks.ts";
import { InquiryClient } from "@/lib/protocol/admin/inquiry_client.ts";
import { anAgent } from "@/tests/support/any_widget.ts";
import { type ApiApp, apiApp, errorOf } from "@/tests/support/api_app.ts";
import { everyDay } from "@/tests/support/opening_hours.ts";

const WIDGET = "1".repeat(32);
const by = { id: "", name: "" };

/** A team whose member is ben. */
const SALES = anAgent("team-1", {
  name: "Sales",
  team: {
    members: ["Ben"],
    ...{ strategy: "all", ringSeconds: 20, chatsMax: 0, steps: [] },
  },
});

/** A widget with the cards of two agents, and who is told of callbacks. */
async function office() {
  const app = await apiApp();
  const content = newContent("Shop", "en");
  content.agents = [anAgent("ada"), anAgent("ben"), SALES];
  await app.store.widgets.create("sidebar", content, WIDGET, by);
  const told: string[] = [];
  app.services.hub.on("callbacks-changed", ({ number }) => told.push(number));
  return Object.assign(app, { told });
}

async function ringing(app: ApiApp, more: Partial<InquiryContent> = {}) {
  const now = app.store.clock.wall();
  const call = { state: "ringing", until: now + 60_000, tries: 0 } as const;
  const made = await app.store.inquiries.create({
    ...{ id: crypto.randomUUID(), widget: WIDGET, address: "", name: "Jonas" },
    ...{ reply: "+49 7031 73009", text: "Please call", lang: "en" },
    callback: { from: now, call },
    ...more,
  });
  ok(made.ok);
  return made.value.inquiry.number;
}

async function agentOf(app: ApiApp, name: string, role: "agent" | "admin") {
  const { cookie } = await app.signIn(name, role);
  const call = (path: string, { method = "GET", body }: RequestInit) =>
    app.call(method, path, {
      cookie,
      ...(typeof body === "string" && { body: JSON.parse(body) }),
    });
  const client = new CallbackClient(call);
  return {
    client,
    messages: new InquiryClient(call),
    async due() {
      const answer = await client.dueCallbacks();
      ok(answer.ok);
      return answer.value.callbacks;
    },
  };
}

Deno.test("[DUE7] a callback rings for its agent or the members of its team, or for all agents of its widget", async () => {
  using app = await office();
  const ada = await agentOf(app, "ada", "agent");
  const ben = await agentOf(app, "ben", "agent");
  const eve = await agentOf(app, "eve", "agent");
  const toAll = await ringing(app);
  const toBen = await ringing(app, { address: "BEN" });
  const toTeam = await ringing(app, { address: "team-1" });

  const seen = [await ada.due(), await ben.due(), await eve.due()];

  deepEqual(
    seen.map((due) => due.map(({ number }) => number).sort()),
    [[toAll], [toAll, toBen, toTeam].sort(), []],
  );
  const [first] = seen[0] ?? [];
  const { revision: _, number: __, id: ___, ...shown } = first ?? {};
  deepEqual(shown, {
    ...{ state: "ringing", name: "Jonas", reply: "+49 7031 73009" },
    ...{ text: "Please call", widget: "Shop", ring: 1, rings: 3 },
  });
});

Deno.test("[DUE2] [DUE7] the first agent takes a callback, and only that agent says how it ended", async () => {
  using app = await office();
  const ada = await agentOf(app, "ada", "agent");
  const ben = await agentOf(app, "ben", "agent");
  const number = await ringing(app);
  const [callback] = await ben.due();
  ok(callback);
  const act = (act: "take" | "done" | "missed", revision: string) => ({
    revision,
    act,
  });

  const both = await Promise.all([
    ada.client.actOnCallback(number, act("take", callback.revision)),
    ben.client.actOnCallback(number, act("take", callback.revision)),
  ]);
  const [taker, other] = both[0].ok ? [ada, ben] : [ben, ada];
  const [taken] = await taker.due();
  const elsewhere = await other.due();
  const foreign = await other.client
    .actOnCallback(number, act("done", taken?.revision ?? ""));
  const done = await taker.client
    .actOnCallback(number, act("done", taken?.revision ?? ""));

  equal(both.filter((answer) => answer.ok).length, 1);
  equal(taken?.state, "taken");
  deepEqual(elsewhere, []);
  equal(foreign.ok || foreign.error.reason, "not-found");
  deepEqual(done.ok && done.value, { callbacks: [] });
  const stored = await app.store.inquiries.get(number);
  equal(stored?.value.state, "done");
  equal(stored?.value.assignee?.name !== undefined, true);
  deepEqual(app.told, [number, number]);
});

Deno.test("[DUE3] a callback whose visitor was not reached rings again for everybody", async () => {
  using app = await office();
  const ada = await agentOf(app, "ada", "agent");
  const number = await ringing(app);
  const take = async (act: "take" | "missed") => {
    const [due] = await ada.due();
    const revision = due?.revision ?? "";
    return await ada.client.actOnCallback(number, { revision, act });
  };

  const early = await take("missed");
  await take("take");
  const missed = await take("missed");

  equal(early.ok || early.error.reason, "conflict");
  deepEqual(missed.ok && missed.value.callbacks, []);
  const stored = await app.store.inquiries.get(number);
  equal(stored?.value.assignee, undefined);
  deepEqual(stored?.value.callback?.call, {
    state: "waiting",
    at: app.store.clock.wall() + 600_000,
    tries: 1,
  });
});

Deno.test("[DUE5] a callback that is done on the page Messages rings no more, also if it is reopened", async () => {
  using app = await office();
  const ada = await agentOf(app, "ada", "agent");
  const number = await ringing(app);
  const change = async (state: "done" | "open") => {
    const current = await ada.messages.getInquiry(number);
    const revision = current.ok ? current.value.revision : "";
    return await ada.messages.changeInquiry(number, { revision, state });
  };

  await change("done");
  const done = await ada.due();
  await change("open");
  const reopened = await ada.due();

  deepEqual([done, reopened], [[], []]);
  deepEqual(app.told, [number, number]);
  const stored = await app.store.inquiries.get(number);
  equal(stored?.value.callback?.call?.state, "over");
});

Deno.test("[DUE4] an agent can take a callback whose opening hours cannot be computed", async () => {
  using app = await office();
  const ada = await agentOf(app, "ada", "agent");
  const mars = "2".repeat(32);
  const content = newContent("Mars", "en");
  content.hours = everyDay("Mars/Olympus", "09:00-10:00");
  await app.store.widgets.create("sidebar", content, mars, by);
  const number = await ringing(app, { widget: mars, address: "ada" });
  const [ring] = await ada.due();
  const { revision = "" } = ring ?? {};

  const taken = await ada.client
    .actOnCallback(number, { revision, act: "take" });

  deepEqual(
    taken.ok && taken.value.callbacks.map(({ state }) => state),
    ["taken"],
  );
});

Deno.test("[DUE7] callbacks that an agent has taken do not hide one that rings", async () => {
  using app = await office();
  const ada = await agentOf(app, "ada", "agent");
  for (let n = 0; n < 20; n++) {
    const number = await ringing(app);
    const due = await ada.due();
    const { revision = "" } = due.find((one) => one.number === number) ?? {};
    await ada.client.actOnCallback(number, { revision, act: "take" });
    app.store.clock.advance(1_000);
  }
  const number = await ringing(app);

  const due = await ada.due();

  deepEqual(due.map(({ state }) => state), [
    "ringing",
    ...Array.from({ length: 19 }, () => "taken"),
  ]);
  equal(due[0]?.number, number);
});

Deno.test("an invalid act is refused", async () => {
  using app = await office();
  const { cookie } = await app.signIn("ada", "agent");
  const number = await ringing(app);
  const path = `/api/account/callbacks/${number}`;

  const wrong = await app.call("PUT", path, {
    cookie,
    body: { revision: "x", act: "steal" },
  });
  const due = await app.call("GET", "/api/account/callbacks", { cookie });

  equal(wrong.status, 400);
  equal(v.parse(DueCallbacks, await due.json()).callbacks.length, 1);
});

Deno.test("[MSG9] callbacks are a kind of message, with their time in the list and in the file", async () => {
  using app = await office();
  const { messages } = await agentOf(app, "root", "admin");
  const { cookie } = await app.signIn("eva", "admin");
  const from = Date.UTC(2030, 0, 7, 8);
  const rest = {
    ...{ widget: WIDGET, address: "", name: "Jonas", lang: "en" },
    reply: "+49 7031 73009",
  };
  const times = { letter: {}, call: { to: from + 1_800_000 }, soon: {} };
  for (const [text, more] of Object.entries(times)) {
    await app.store.inquiries.create({
      ...{ ...rest, id: text, text },
      ...text !== "letter" && { callback: { from, ...more } },
    });
    app.store.clock.advance(1_000);
  }
  const list = async (query: string) => {
    const found = await messages.listInquiries(new URLSearchParams(query));
    return found.ok ? found.value.messages.map(({ text }) => text) : [];
  };
  const get = (path: string) => app.call("GET", path, { cookie });

  const lists = [
    await list(""),
    await list("kind=callback"),
    await list("kind=message"),
  ];
  const wrong = await get("/api/messages?kind=fax");
  const file = await get("/api/messages/csv?kind=callback");

  deepEqual(lists, [["soon", "call", "letter"], ["soon", "call"], ["letter"]]);
  equal((await errorOf(wrong, 400)).reason, "invalid");
  const rows = (await file.text()).trim().split("\r\n")
    .map((row) => row.split(",").slice(-2).join());
  deepEqual(rows, [
    "callback_from,callback_to",
    "2030-01-07T08:00:00.000Z,",
    "2030-01-07T08:00:00.000Z,2030-01-07T08:30:00.000Z",
  ]);
});
