import { deepEqual, equal, match, ok } from "node:assert/strict";
import * as v from "valibot";
import { WholeWidget, WidgetItem, WidgetItems } from "@/lib/api/widgets.ts";
import { PresencePage } from "@/lib/api/presence.ts";
import { newContent } from "@/lib/model/widget.ts";
import { anAgent, contentWith } from "@/tests/support/any_widget.ts";
import {
  problemOf,
  type TokenApi,
  tokenApi,
} from "@/tests/support/token_api.ts";

const NEW = { type: "sidebar", content: { name: "Shop" } };

async function created(api: TokenApi, key?: string) {
  const headers: HeadersInit = key ? { "idempotency-key": key } : {};
  const response = await api.call("POST", "/widgets", { body: NEW, headers });
  equal(response.status, 201);
  return { response, widget: v.parse(WidgetItem, await response.json()) };
}

Deno.test("[API4] a program creates, reads, lists, replaces and deletes a widget, and the audit log names its token", async () => {
  using api = await tokenApi();
  const { clock } = api.app.store;
  clock.advance(1); // So that the log has an order.
  const { response, widget } = await created(api);
  const path = `/widgets/${widget.uuid}`;
  const content = contentWith([anAgent("ada")], { name: "Renamed" });
  clock.advance(1);
  const headers = { "if-match": response.headers.get("etag") ?? "" };
  const replaced = await api.call("PUT", path, { headers, body: { content } });
  const item = v.parse(WidgetItem, await replaced.json());
  const read = await api.call("GET", path);
  const whole = v.parse(WholeWidget, await read.json());
  const list = await api.call("GET", "/widgets");
  const page = v.parse(v.strictObject(WidgetItems.entries), await list.json());
  clock.advance(1);
  const deleted = await api.call("DELETE", path);
  const again = await api.call("DELETE", path);

  equal(response.headers.get("location"), `/api/v1${path}`);
  deepEqual(
    [widget.name, widget.type, widget.agents],
    ["Shop", "sidebar", 0],
  );
  deepEqual(whole.content, content);
  deepEqual([whole.version, whole.revision], [2, item.revision]);
  equal(read.headers.get("etag"), `"${item.revision}"`);
  deepEqual(page, { widgets: [item] });
  equal(deleted.status, 204);
  equal((await problemOf(again, 404)).reason, "not-found");
  const { entries } = await api.app.services.audit.list();
  deepEqual(
    entries.slice(0, 3).map(({ by, change }) => [by.name, change.type]),
    [
      ["CRM (API)", "widget-deleted"],
      ["CRM (API)", "widget-saved"],
      ["CRM (API)", "widget-created"],
    ],
  );
});

Deno.test("a new widget has the content of a new one of the admin pages, besides what is given", async () => {
  using api = await tokenApi();

  const { widget: { uuid } } = await created(api);
  const read = await api.call("GET", `/widgets/${uuid}`);

  deepEqual((await read.json()).content, newContent("Shop", "en"));
});

Deno.test("[API7] a list is read page by page", async () => {
  using api = await tokenApi();
  const names: string[] = [];
  for (let n = 0; n < 5; n++) {
    api.app.store.clock.advance(1);
    names.push((await created(api)).widget.uuid);
  }
  const seen: string[] = [];
  const sizes: number[] = [];

  let query = "?limit=2";
  while (query !== "") {
    const response = await api.call("GET", `/widgets${query}`);
    const { widgets, next } = v.parse(WidgetItems, await response.json());
    seen.push(...widgets.map(({ uuid }) => uuid));
    sizes.push(widgets.length);
    query = next === undefined ? "" : `?limit=2&after=${next}`;
  }

  deepEqual(seen, names);
  deepEqual(sizes, [2, 2, 1]);
  const wrong: [string, string][] = [
    ["limit=0", "limit"],
    ["limit=101", "limit"],
    ["limit=x", "limit"],
    ["limit=", "limit"],
    ["limit=1.5", "limit"],
    ["limit=1&limit=2", "limit"],
    ["after=x", "after"],
    ["after=", "after"],
    ["page=2", "page"],
  ];
  for (const [text, field] of wrong) {
    const response = await api.call("GET", `/widgets?${text}`);
    equal((await problemOf(response, 400)).field, field, text);
  }
});

Deno.test("[API8] a change needs the current revision, and an outdated one changes nothing", async () => {
  using api = await tokenApi();
  const { widget: { uuid, revision } } = await created(api);
  const put = (name: string, headers: HeadersInit) =>
    api.call("PUT", `/widgets/${uuid}`, {
      ...{ headers, body: { content: newContent(name, "en") } },
    });
  const current = { "if-match": `"${revision}"` };

  const none = await put("None", {});
  const first = await put("First", current);
  const second = await put("Second", current);
  const invalid = [];
  for (const tag of ["*", revision, `W/"${revision}"`, '"a", "b"', '""']) {
    invalid.push(await problemOf(await put("x", { "if-match": tag }), 400));
  }
  const headers = { "if-match": `"${revision}"` };
  const onDelete = await api.call("DELETE", `/widgets/${uuid}`, { headers });

  equal((await problemOf(none, 428)).field, "If-Match");
  equal(first.status, 200);
  equal((await problemOf(second, 412)).reason, "outdated");
  deepEqual(new Set(invalid.map(({ field }) => field)), new Set(["If-Match"]));
  equal((await problemOf(onDelete, 400)).field, "If-Match");
  const stored = await api.app.store.widgets.get(uuid);
  equal(stored?.value.content.name, "First");
  const gone = await api.call("PUT", `/widgets/${"0".repeat(32)}`, {
    ...{ headers, body: { content: newContent("x", "en") } },
  });
  equal((await problemOf(gone, 404)).reason, "not-found");
});

Deno.test("[API9] a write with the same Idempotency-Key is carried out once", async () => {
  using api = await tokenApi();

  const first = await created(api, "k1");
  const again = await created(api, "k1");
  const other = await created(api, "k2");
  const headers = { "idempotency-key": "k1" };
  const changed = await api.call("POST", "/widgets", {
    ...{ headers, body: { ...NEW, type: "cardset" } },
  });
  const foreign = await api.call("POST", "/widgets", {
    ...{ headers, body: NEW, token: await api.token("widgets:write") },
  });
  const path = `/widgets/${other.widget.uuid}`;
  const deleted = [
    await api.call("DELETE", path, { headers: { "idempotency-key": "k3" } }),
    await api.call("DELETE", path, { headers: { "idempotency-key": "k3" } }),
  ];
  const bad = await api.call("POST", "/widgets", {
    ...{ headers: { "idempotency-key": "a b" }, body: NEW },
  });

  deepEqual(again.widget, first.widget);
  equal(again.response.headers.get("idempotency-replayed"), "true");
  equal(
    again.response.headers.get("etag"),
    first.response.headers.get("etag"),
  );
  equal((await problemOf(changed, 422)).field, "Idempotency-Key");
  equal(foreign.status, 201);
  deepEqual(deleted.map(({ status }) => status), [204, 204]);
  equal((await problemOf(bad, 400)).field, "Idempotency-Key");
  equal((await api.app.services.widgets.list()).length, 2);
});

Deno.test("[API9] a service that is killed between a creation and its answer creates nothing twice", async () => {
  using api = await tokenApi();
  const { apiAnswers } = api.app.store;
  const { answer } = apiAnswers;
  apiAnswers.answer = () => Promise.reject(new Error("killed"));
  const headers = { "idempotency-key": "k1" };

  const killed = await api.call("POST", "/widgets", { headers, body: NEW });
  apiAnswers.answer = answer.bind(apiAnswers);
  const [id] = (await api.app.services.apiTokens.list()).map(({ id }) => id);
  await apiAnswers.release({ token: id ?? "", key: "k1", request: "" });
  const again = await created(api, "k1");

  await problemOf(killed, 500);
  deepEqual(
    (await api.app.services.widgets.list()).map(({ uuid }) => uuid),
    [again.widget.uuid],
  );
});

Deno.test("[API6] an invalid body is refused, naming the field and what is allowed", async () => {
  using api = await tokenApi();
  const { widget: { uuid, revision } } = await created(api);
  const post = (body: unknown) => api.call("POST", "/widgets", { body });
  const headers = { "if-match": `"${revision}"` };
  const put = (content: unknown) =>
    api.call("PUT", `/widgets/${uuid}`, { headers, body: { content } });
  const agents = [anAgent("a"), anAgent("b", { email: "nonsense" })];
  const lost = [anAgent("a", { picture: "0".repeat(64) })];
  const hours = {
    ...{ timeZone: "Mars/Base", holidays: [], exceptions: [], week: [] },
  };

  const found: [Promise<Response>, string][] = [
    [post({}), "type"],
    [post({ ...NEW, type: "popup" }), "type"],
    [post({ ...NEW, content: {} }), "content.name"],
    [post({ ...NEW, content: { name: "x", lang: "?" } }), "content.lang"],
    [
      post({ ...NEW, content: { name: "x", agents } }),
      "content.agents.1.email",
    ],
    [
      post({ ...NEW, content: { name: "x", agents: lost } }),
      "content.agents.0.picture",
    ],
    [put(contentWith(agents)), "content.agents.1.email"],
    [put(contentWith(lost)), "content.agents.0.picture"],
    [put({ ...contentWith([]), extra: 1 }), "content.extra"],
  ];
  for (const [response, field] of found) {
    const problem = await problemOf(await response, 400);
    equal(problem.field, field);
    ok(problem.detail.length > 4);
  }
  match((await problemOf(await put({ hours }), 400)).field ?? "", /^content\./);
  const bytes = new TextEncoder().encode("{");
  const json = { "content-type": "application/json" };
  const type = await api.call("POST", "/widgets", { body: bytes });
  const text = await api.call("POST", "/widgets", {
    body: bytes,
    headers: json,
  });
  equal((await problemOf(type, 415)).field, "Content-Type");
  match((await problemOf(text, 400)).detail, /JSON/);
});

Deno.test("the presence of agents is listed page by page", async () => {
  using api = await tokenApi();
  for (const name of ["eve", "ben", "cem"]) {
    await api.app.signIn(name, "agent");
  }
  api.app.desk.add({ address: "ben", name: "Ben", email: "" }, "busy");

  const first = await api.call("GET", "/presence?limit=2");
  const second = await api.call("GET", "/presence?after=cem");

  deepEqual(v.parse(PresencePage, await first.json()), {
    agents: [
      { address: "ben", name: "ben", presence: "busy" },
      { address: "cem", name: "cem", presence: "offline" },
    ],
    next: "cem",
  });
  deepEqual(await second.json(), {
    agents: [{ address: "eve", name: "eve", presence: "offline" }],
  });
});
