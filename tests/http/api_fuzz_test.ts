import { equal, ok } from "node:assert/strict";
import * as v from "valibot";
import { newContent } from "@/lib/model/widget.ts";
import { ApiError } from "@/lib/protocol/admin/messages.ts";
import { anAgent, contentWith } from "@/tests/support/any_widget.ts";
import { apiApp } from "@/tests/support/api_app.ts";
import { broken } from "@/tests/support/broken.ts";
import { chance } from "@/tests/support/chance.ts";

const ROUNDS = 800;

Deno.test("no body makes the API fail, and whatever it accepts can be read again", async () => {
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
    ["PUT", "/api/account", { displayName: "Ada", language: "de" }],
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
