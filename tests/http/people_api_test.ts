import { deepEqual, equal, ok } from "node:assert/strict";
import * as v from "valibot";
import { AdminClient } from "@/lib/protocol/admin/client.ts";
import { ApiError } from "@/lib/protocol/admin/messages.ts";
import { type ApiApp, apiApp, errorOf } from "@/tests/support/api_app.ts";

const ben = { name: "ben", displayName: "Ben", roles: ["agent" as const] };
const password = "correct horse";

Deno.test("a person is created, renamed, listed and deleted, and no answer contains a password", async () => {
  using app = await apiApp();
  const { cookie } = await app.signIn("ada", "admin");
  const answers: string[] = [];
  const client = clientOf(app, cookie, answers);

  const made = await client.createPerson({ ...ben, password });
  ok(made.ok);
  const { id, revision } = made.value;
  const saved = await client.savePerson(id, { ...ben, name: "Bo", revision });
  const people = await client.listPeople();
  const deleted = await client.deletePerson(id);
  const again = await client.deletePerson(id);

  equal(saved.ok && saved.value.name, "bo");
  deepEqual(people.ok && people.value.map(({ name }) => name), ["ada", "bo"]);
  ok(deleted.ok);
  equal(again.ok || again.error.reason, "not-found");
  equal(
    answers.join().includes("argon2") || answers.join().includes("none"),
    false,
  );
});

Deno.test("errors about a taken name or the last administrator name their field", async () => {
  using app = await apiApp();
  const { cookie, id } = await app.signIn("ada", "admin");
  const client = clientOf(app, cookie);
  const people = await client.listPeople();
  const revision = people.ok ? people.value[0]?.revision ?? "" : "";

  const taken = await client.createPerson({ ...ben, name: "ADA", password });
  const demoted = await client
    .savePerson(id, { ...ben, name: "ada", revision });
  const deleted = await client.deletePerson(id);

  deepEqual(
    [taken, demoted, deleted].map((r) =>
      r.ok ? [] : [r.error.reason, fieldOf(r.error)]
    ),
    [["exists", "name"], ["last-admin", "roles"], ["last-admin", undefined]],
  );
});

Deno.test("the second of two saves of a person gets the state saved first", async () => {
  using app = await apiApp();
  const { cookie } = await app.signIn("ada", "admin");
  const client = clientOf(app, cookie);
  const made = await client.createPerson({ ...ben, password });
  ok(made.ok);
  const { id, revision } = made.value;

  const first = await client
    .savePerson(id, { ...ben, displayName: "First", revision });
  const second = await client
    .savePerson(id, { ...ben, displayName: "Second", revision });

  ok(first.ok && !second.ok && second.error.reason === "conflict");
  deepEqual(second.error.currentPerson, first.value);
});

Deno.test("[ACC3] PUT /api/people/<id> rejects the caller's own password and ends no session", async () => {
  using app = await apiApp();
  const { cookie, id } = await app.signIn("ada", "admin");
  const account = await app.store.accounts.get(id);
  const body = {
    name: "ada",
    displayName: "Ada",
    roles: ["admin"],
    revision: account?.revision,
    password,
  };

  const refused = await app.call("PUT", `/api/people/${id}`, { cookie, body });
  const after = await app.call("GET", "/api/people", { cookie });

  const error = await errorOf(refused, 400);
  deepEqual([error.field, error.text], [
    "password",
    "needs the current one: change it at /account/password",
  ]);
  equal(after.status, 200);
});

function clientOf(app: ApiApp, cookie: string, answers: string[] = []) {
  return new AdminClient(async (path, { method = "GET", body }) => {
    const options = typeof body === "string" ? { body: JSON.parse(body) } : {};
    const response = await app.call(method, path, { cookie, ...options });
    answers.push(await response.clone().text());
    return response;
  });
}

function fieldOf(error: object): string | undefined {
  return v.is(ApiError, error) ? error.field : undefined;
}
