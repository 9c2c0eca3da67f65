import { equal, ok } from "node:assert/strict";
import * as v from "valibot";
import { newContent } from "@/lib/model/widget.ts";
import { ApiError } from "@/lib/protocol/admin/messages.ts";
import { anAgent, contentWith } from "@/tests/support/any_widget.ts";
import { apiApp } from "@/tests/support/api_app.ts";
import { type Chance, chance } from "@/tests/support/chance.ts";

const ROUNDS = 800;

/** What people, programs and attackers put where something else belongs. */
const JUNK = [
  null,
  true,
  -1,
  1e308,
  0.5,
  "",
  " ",
  "x".repeat(70_000),
  "\u0000",
  "\ud800",
  "__proto__",
  "../../etc/passwd",
  "<script>alert(1)</script>",
  "javascript:alert(1)",
  [],
  {},
  [[[[[]]]]],
  { __proto__: null, constructor: 1 },
] as const;

Deno.test("no body makes the API fail, and what it takes can be read again", async () => {
  using app = await apiApp();
  const { cookie, id } = await app.signIn("ada", "admin");
  const luck = chance();
  const uuid = "a".repeat(32);
  const content = contentWith([anAgent("ada"), anAgent("ben")]);
  await app.store.widgets.create("cardset", newContent("x", "en"), uuid);
  const bodies: [string, string, unknown][] = [
    ["POST", "/api/widgets", { type: "sidebar" }],
    ["PUT", `/api/widgets/${uuid}`, { revision: "current", content }],
    ["POST", `/api/widgets/${uuid}/restore`, {
      revision: "current",
      version: 1,
    }],
    ["PUT", `/api/people/${id}`, {
      revision: "current",
      name: "ada",
      displayName: "Ada",
      roles: ["admin"],
    }],
  ];

  for (let round = 0; round < ROUNDS; round++) {
    const why = `CW_SEED=${luck.seed}, round ${round}`;
    const [method, path, body] = luck.pick(bodies as [typeof bodies[number]]);
    const response = await app.call(method, path, {
      cookie,
      body: await current(broken(body, luck)),
    });

    ok(response.status < 500, why);
    const answer: unknown = await response.json();
    if (response.status >= 400) ok(v.is(ApiError, answer), why);
  }

  // Whatever was taken is whole, and the administrator still is one.
  const list = await app.call("GET", "/api/widgets", { cookie });
  equal(list.status, 200);
  ok(await app.store.widgets.get(uuid));

  /** Names the state that is stored in most bodies, so that many are taken. */
  async function current(body: unknown): Promise<unknown> {
    if (typeof body !== "object" || body === null) return body;
    if (!("revision" in body) || body.revision !== "current") return body;
    const stored = "name" in body
      ? await app.store.accounts.get(id)
      : await app.store.widgets.get(uuid);
    return { ...body, revision: stored?.revision };
  }
});

/** The value with some of it replaced, removed, doubled or added to. */
function broken(value: unknown, luck: Chance): unknown {
  if (luck.below(30) === 0) return luck.pick(JUNK);
  if (Array.isArray(value)) {
    const items = value.map((item) => broken(item, luck));
    if (luck.below(20) === 0) items.push(...items);
    if (luck.below(20) === 0) items.push(luck.pick(JUNK));
    return items;
  }
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value)
    .filter(() => luck.below(60) > 0)
    .map(([name, inner]) => [name, broken(inner, luck)]);
  if (luck.below(30) === 0) entries.push(["extra", luck.pick(JUNK)]);
  return Object.fromEntries(entries);
}
