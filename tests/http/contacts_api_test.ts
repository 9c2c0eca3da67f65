import { deepEqual, equal, match, ok } from "node:assert/strict";
import * as v from "valibot";
import type { ContactRecord } from "@/lib/model/contact_record.ts";
import { AdminClient } from "@/lib/protocol/admin/client.ts";
import { ContactPage } from "@/lib/protocol/admin/contacts.ts";
import { anAgent, contentWith } from "@/tests/support/any_widget.ts";
import { type ApiApp, apiApp, errorOf } from "@/tests/support/api_app.ts";

const [W1, W2] = ["1".repeat(32), "2".repeat(32)];

Deno.test("contacts are listed newest first, page by page, by the filter", async () => {
  using app = await apiApp();
  const { cookie } = await app.signIn("ada", "admin");
  for (let n = 0; n < 120; n++) {
    await add(app, n, n % 2 === 0 ? { widget: W1 } : { widget: W2 });
  }
  await add(app, 120, { widget: W2, address: "Cara", media: "voice" });
  const list = async (query: string) => {
    const path = `/api/contacts?${query}`;
    const response = await app.call("GET", path, { cookie });
    return v.parse(ContactPage, await response.json());
  };

  const first = await list("");
  const second = await list(`after=${first.next}`);
  const third = await list(`after=${second.next}`);
  const cara = await list("agent=CAR&media=voice&from=&to=");
  const early = await list(`widget=${W1}&from=1004&to=1009`);

  const all = [first, second, third].flatMap(({ contacts }) => contacts);
  deepEqual(all.map(({ id }) => Number(id)), range(120));
  equal(third.next, undefined);
  deepEqual(cara.contacts.map(({ id }) => id), ["120"]);
  deepEqual(early.contacts.map(({ id }) => id), ["8", "6", "4"]);
});

Deno.test("an agent is also found by the name that a widget uses", async () => {
  using app = await apiApp();
  const content = contentWith([anAgent("ext-201", { name: "Ada Lovelace" })]);
  await app.store.widgets.create("cardset", content);
  await add(app, 1, { address: "ext-201" });
  await add(app, 2, { address: "ext-202" });

  const found = await app.services.contacts.list({ agent: " lovel" });

  deepEqual(found.contacts.map(({ id }) => id), ["1"]);
});

Deno.test("an invalid query is rejected, naming its field", async () => {
  using app = await apiApp();
  const { cookie } = await app.signIn("ada", "admin");

  for (const query of ["widget=x", "from=today", "media=fax"]) {
    const response = await app.call("GET", `/api/contacts?${query}`, {
      cookie,
    });

    const { field } = await errorOf(response, 400);
    equal(field, query.split("=")[0]);
  }
});

Deno.test("a contact is shown and exported with its whole visit", async () => {
  using app = await apiApp();
  const { cookie } = await app.signIn("ada", "admin");
  await add(app, 1, { visit: "v" });
  await add(app, 2, { visit: "v", media: "voice" });
  await add(app, 3, { visit: "other" });
  const client = clientOf(app, cookie);

  const visit = await client.getContact("1002.2");
  const file = await app.call("GET", "/api/contacts/1001.1?download", {
    cookie,
  });
  const nobody = await client.getContact("1002.3");

  deepEqual(visit.ok && visit.value.contacts.map(({ id }) => id), ["1", "2"]);
  match(file.headers.get("content-disposition") ?? "", /attachment.*\.json/);
  deepEqual(
    (await file.json()).contacts.map(({ id }: ContactRecord) => id),
    ["1", "2"],
  );
  equal(nobody.ok || nobody.error.reason, "not-found");
});

Deno.test("one contact, or all of a visit, is deleted, and the audit log has their number but no names", async () => {
  using app = await apiApp();
  const { cookie } = await app.signIn("ada", "admin");
  for (const n of [1, 2, 3]) await add(app, n, { visit: "v" });
  await add(app, 4, {});
  const client = clientOf(app, cookie);

  const one = await client.deleteContact("1002.2", { whole: false });
  app.store.clock.advance(1); // So that the log has an order.
  const again = await client.deleteContact("1002.2", { whole: false });
  const rest = await client.deleteContact("1001.1", { whole: true });

  deepEqual(one.ok && one.value.keys, ["1002.2"]);
  equal(again.ok || again.error.reason, "not-found");
  deepEqual(rest.ok && rest.value.keys, ["1001.1", "1003.3"]);
  const left = await app.services.contacts.list({});
  deepEqual(left.contacts.map(({ id }) => id), ["4"]);
  const { entries } = await app.services.audit.list();
  deepEqual(
    entries.filter(({ change }) => change.type === "contacts-deleted")
      .map(({ by, change }) => [by.name, change]),
    [
      ["ada", { type: "contacts-deleted", count: 2 }],
      ["ada", { type: "contacts-deleted", count: 1 }],
    ],
  );
});

Deno.test("a rare contact is found across pages that may be empty", async () => {
  using app = await apiApp();
  await add(app, 0, { address: "rare" });
  const many = Array.from({ length: 5_500 }, (_, n) => add(app, n + 1, {}));
  await Promise.all(many);

  const first = await app.services.contacts.list({ agent: "rare" });
  ok(first.next);
  const { next } = first;
  const second = await app.services.contacts
    .list({ agent: "rare", after: next });

  equal(first.contacts.length, 0);
  deepEqual(second.contacts.map(({ id }) => id), ["0"]);
  equal(second.next, undefined);
});

function add(
  { store }: ApiApp,
  n: number,
  more: Partial<ContactRecord>,
): Promise<void> {
  return store.contactRecords.add({
    id: `${n}`,
    widget: W1,
    address: "ada",
    media: "chat",
    startedAt: n,
    endedAt: 1_000 + n,
    cause: 16,
    messages: 0,
    ...more,
  });
}

function clientOf(app: ApiApp, cookie: string): AdminClient {
  return new AdminClient((path, { method = "GET" }) =>
    app.call(method, path, { cookie })
  );
}

/** From `top` down to 0. */
function range(top: number): number[] {
  return Array.from({ length: top + 1 }, (_, n) => top - n);
}
