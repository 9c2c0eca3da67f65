import { deepEqual, equal, match, ok } from "node:assert/strict";
import * as v from "valibot";
import type { InquiryContent } from "@/lib/model/inquiry.ts";
import { NOTE_LENGTH_MAX, NOTES_MAX } from "@/lib/model/inquiry.ts";
import { InquiryClient } from "@/lib/protocol/admin/inquiry_client.ts";
import { InquiryPage } from "@/lib/protocol/admin/inquiries.ts";
import { anAgent, contentWith } from "@/tests/support/any_widget.ts";
import { type ApiApp, apiApp, errorOf } from "@/tests/support/api_app.ts";

const W1 = "1".repeat(32);
const W2 = "2".repeat(32);

Deno.test("[MSG1] messages are listed newest first, page by page, by list, widget and text", async () => {
  using app = await apiApp();
  const { cookie } = await app.signIn("ada", "admin");
  for (let n = 0; n < 60; n++) {
    await add(app, `${n}`, { widget: n % 2 === 0 ? W1 : W2 });
  }
  await add(app, "cara", { name: "Cara", text: "About 100 %" });
  const list = listOf(app, cookie);

  const first = await list("");
  const second = await list(`after=${first.next}`);
  const found = await list("text=100 %&widget=");
  const byWidget = await list(`widget=${W2}`);
  const [cara] = found.messages;
  ok(cara);
  const byNumber = await list(`text=${cara.number.toLowerCase()}`);
  const done = await list("list=done");

  const names = [first, second].flatMap(({ messages }) => messages)
    .map(({ name }) => name);
  deepEqual(names, ["Cara", ...range(59).map((n) => `Visitor ${n}`)]);
  equal(second.next, undefined);
  deepEqual([found.messages.length, byNumber.messages.length], [1, 1]);
  equal(byWidget.messages.length, 30);
  deepEqual(done.messages, []);
});

Deno.test("[MSG1] a search finds a reference number in each list, and a telephone number, however they are written", async () => {
  using app = await apiApp();
  const { cookie, id } = await app.signIn("ada", "admin");
  const ben = await app.signIn("ben", "agent");
  await add(app, "1", { reply: "+49 (7031) 730-09" });
  await add(app, "2", { reply: "+49 7031 1" });
  const list = listOf(app, cookie);
  const [, message] = (await list("")).messages;
  ok(message);
  const { number, revision } = message;
  const done = await clientOf(app, cookie)
    .changeInquiry(number, { revision, assignee: id, state: "done" });
  const spoken = number.toLowerCase().replace("-", " ");

  const found = [
    await list(`text=${spoken}`),
    await list(`text= ${number.replace("-", "")}&list=mine`),
    await list(`text=0703173009&list=done`),
    await list(`text=7031/73009&list=done`),
    await list(`text=7031 73009`),
    await listOf(app, ben.cookie)(`text=${number}`),
  ].map(({ messages }) => messages.map(({ state }) => state));
  const file = await app.call("GET", `/api/messages/csv?text=${number}`, {
    cookie,
  });

  ok(done.ok);
  deepEqual(found, [["done"], ["done"], ["done"], ["done"], [], []]);
  match(await file.text(), new RegExp(`\\r\\n${number},`));
});

Deno.test("[MSG2] a message is assigned, noted, finished and reopened, and each change needs the current revision", async () => {
  using app = await apiApp();
  const { cookie, id } = await app.signIn("ada", "admin");
  const ben = await app.signIn("ben", "agent");
  await add(app, "1");
  const client = clientOf(app, cookie);
  const [message] = (await listOf(app, cookie)("")).messages;
  ok(message);
  const { number, revision } = message;

  const taken = await client.changeInquiry(number, {
    revision,
    assignee: id,
  });
  ok(taken.ok);
  const late = await client.changeInquiry(number, { revision, state: "done" });
  const noted = await client.changeInquiry(number, {
    revision: taken.value.revision,
    note: " Called,\nno answer ",
  });
  ok(noted.ok);
  const mine = await client.listInquiries(new URLSearchParams("list=mine"));
  const given = await client.changeInquiry(number, {
    revision: noted.value.revision,
    assignee: ben.id,
    state: "done",
  });
  ok(given.ok);
  const freed = await client.changeInquiry(number, {
    revision: given.value.revision,
    assignee: null,
    state: "open",
  });

  equal(late.ok || late.error.reason, "conflict");
  deepEqual(taken.value.assignee, { id, name: "ada" });
  deepEqual(
    noted.value.notes.map(({ by, text }) => [by.name, text]),
    [["ada", "Called,\nno answer"]],
  );
  equal(mine.ok && mine.value.messages.length, 1);
  deepEqual([given.value.state, given.value.assignee?.name], ["done", "ben"]);
  deepEqual(
    freed.ok && [freed.value.state, freed.value.assignee],
    ["open", undefined],
  );
});

Deno.test("[MSG3] a change with an invalid field, an unknown account or too many notes is rejected", async () => {
  using app = await apiApp();
  const { cookie } = await app.signIn("ada", "admin");
  await add(app, "1");
  const [message] = (await listOf(app, cookie)("")).messages;
  ok(message);
  const path = `/api/messages/${message.number}`;
  let { revision } = message;
  const put = (change: object) =>
    app.call("PUT", path, { cookie, body: { revision, ...change } });

  const wrong: [object, string][] = [
    [{ state: "lost" }, "state"],
    [{ note: "" }, "note"],
    [{ note: "a".repeat(NOTE_LENGTH_MAX + 1) }, "note"],
    [{ assignee: "stranger" }, "assignee"],
    [{ mood: "good" }, "mood"],
  ];
  for (const [change, field] of wrong) {
    equal((await errorOf(await put(change), 400)).field, field);
  }
  for (let n = 0; n < NOTES_MAX; n++) {
    revision = (await (await put({ note: `${n}` })).json()).revision;
  }
  const { reason } = await errorOf(await put({ note: "one more" }), 409);
  const unknown = await app.call("GET", "/api/messages/2222-2222", { cookie });

  equal(reason, "too-many");
  equal(unknown.status, 404);
  await unknown.body?.cancel();
});

Deno.test("[MSG4] an agent sees the own messages and those to nobody from widgets with their card, and can only assign them to themselves", async () => {
  using app = await apiApp();
  const admin = await app.signIn("ada", "admin");
  const ben = await app.signIn("ben", "agent");
  const content = contentWith([anAgent("ben")]);
  await app.store.widgets.create("cardset", content, W1);
  await add(app, "to ben", { address: "ben", widget: W2 });
  await add(app, "to nobody", { address: "" });
  await add(app, "to nobody elsewhere", { address: "", widget: W2 });
  await add(app, "to cara", { address: "cara" });
  const all = (await listOf(app, admin.cookie)("")).messages;
  const [cara] = all;
  ok(cara);
  const own = clientOf(app, ben.cookie);

  const seen = (await listOf(app, ben.cookie)("")).messages;
  const foreign = await own.getInquiry(cara.number);
  const stolen = await own.changeInquiry(cara.number, {
    revision: cara.revision,
    assignee: ben.id,
  });
  const [toNobody] = seen;
  ok(toNobody);
  const { number, revision } = toNobody;
  const passed = await own.changeInquiry(number, {
    revision,
    assignee: admin.id,
  });
  const taken = await own.changeInquiry(number, { revision, assignee: ben.id });
  const deleted = await own.deleteInquiry(number);
  const count = await own.countInquiries();
  const ofAll = await clientOf(app, admin.cookie).countInquiries();

  deepEqual(seen.map(({ text }) => text), ["to nobody", "to ben"]);
  const reasons = [foreign, stolen, passed, deleted].map((answer) =>
    answer.ok || answer.error.reason
  );
  deepEqual(reasons, ["not-found", "not-found", "forbidden", "forbidden"]);
  ok(taken.ok);
  deepEqual(count.ok && count.value, { open: 2, mine: 1 });
  deepEqual(ofAll.ok && ofAll.value, { open: 4, mine: 0 });
});

Deno.test("[MSG5] the file of messages has no cell that a spreadsheet takes for a formula", async () => {
  using app = await apiApp();
  const { cookie } = await app.signIn("ada", "admin");
  await add(app, "1", { name: "=HYPERLINK(1)", reply: "+49 7031 73009" });

  const response = await app.call("GET", "/api/messages/csv?text=hyper", {
    cookie,
  });
  const csv = new TextDecoder("utf-8", { ignoreBOM: true })
    .decode(await response.bytes());

  match(response.headers.get("content-disposition") ?? "", /messages\.csv/);
  ok(csv.startsWith("\uFEFFreference,received,state,name,reply_to,"));
  match(csv, /,open,'=HYPERLINK\(1\),'\+49 7031 73009,/);
});

Deno.test("[MSG6] deleting a message is for administrators and is audited without the visitor", async () => {
  using app = await apiApp();
  const { cookie } = await app.signIn("ada", "admin");
  await add(app, "1");
  const [message] = (await listOf(app, cookie)("")).messages;
  ok(message);
  const client = clientOf(app, cookie);

  const first = await client.deleteInquiry(message.number);
  const again = await client.deleteInquiry(message.number);

  const changes = await Array.fromAsync(
    app.store.audit.all(),
    ({ change, by }) => [by.name, change],
  );
  deepEqual([first.ok, again.ok || again.error.reason], [true, "not-found"]);
  deepEqual(changes.at(-1), [
    "ada",
    { type: "contacts-deleted", count: 1, what: "messages" },
  ]);
});

Deno.test("[MSG8] an administrator deletes the messages of a filter that arrived until a time, at most 1,000 at once", async () => {
  using app = await apiApp();
  const admin = await app.signIn("ada", "admin");
  const ben = await app.signIn("ben", "agent");
  await add(app, "real", { text: "Please call" });
  for (let n = 0; n < 1_003; n++) await add(app, `${n}`, { text: "Spam" });
  const until = app.store.clock.wall();
  await add(app, "late", { text: "Spam, later" });
  const path = `/api/messages?text=spam&until=${until - 1_000}`;
  const run = async (cookie: string, from = path) =>
    await (await app.call("DELETE", from, { cookie })).json();

  const forbidden = await run(ben.cookie);
  const noTime = await run(admin.cookie, "/api/messages?text=spam");
  const first = await run(admin.cookie);
  const second = await run(admin.cookie);
  const third = await run(admin.cookie);
  const left = (await listOf(app, admin.cookie)("")).messages;

  deepEqual([forbidden.reason, noTime.field], ["forbidden", "until"]);
  deepEqual([first, second, third], [
    { deleted: 1_000, more: true },
    { deleted: 3, more: false },
    { deleted: 0, more: false },
  ]);
  deepEqual(left.map(({ text }) => text), ["Spam, later", "Please call"]);
});

async function add(
  app: ApiApp,
  id: string,
  more: Partial<InquiryContent> = {},
): Promise<void> {
  await app.store.inquiries.create({
    ...{ id, widget: W1, address: "shop", name: `Visitor ${id}` },
    ...{ reply: "jonas@example.com", text: id, lang: "en" },
    ...more,
  });
  app.store.clock.advance(1_000);
}

function listOf(app: ApiApp, cookie: string) {
  return async (query: string) => {
    const path = `/api/messages?${query.replaceAll("%", "%25")}`;
    const response = await app.call("GET", path, { cookie });
    return v.parse(InquiryPage, await response.json());
  };
}

function clientOf(app: ApiApp, cookie: string): InquiryClient {
  return new InquiryClient((path, { method = "GET", body }) =>
    app.call(method, path, {
      cookie,
      ...typeof body === "string" && { body: JSON.parse(body) },
    })
  );
}

function range(from: number): number[] {
  return Array.from({ length: from + 1 }, (_, n) => from - n);
}
