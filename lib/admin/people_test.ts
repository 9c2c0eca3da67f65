import { deepEqual, equal, ok } from "node:assert/strict";
import * as v from "valibot";
import { Hub } from "@/lib/base/hub.ts";
import { PROGRAM } from "@/lib/model/audit.ts";
import type { Topics } from "@/lib/model/topics.ts";
import { memoryStore } from "@/tests/support/temporary_store.ts";
import { isPassword } from "./passwords.ts";
import { People } from "./people.ts";
import { Sessions } from "./sessions.ts";
import { Setup } from "./setup.ts";

const password = "correct horse";

Deno.test("the setup link creates the first administrator once", async () => {
  using office = await open();
  const token = await office.setup.newToken() ?? "";

  const first = await office.setup.use(token, { ...ada, password });
  const second = await office.setup.use(token, { ...ben, password });

  deepEqual(first.ok && first.value.roles, ["admin", "agent"]);
  deepEqual(office.adopted, ["ada"]); // As an agent of the examples.
  deepEqual(second, { ok: false, error: { reason: "void" } });
  equal((await office.people.list()).length, 1);
  equal(await office.setup.newToken(), undefined);
});

Deno.test("one of two simultaneous uses of the setup link succeeds", async () => {
  using office = await open();
  const token = await office.setup.newToken() ?? "";

  const made = await Promise.all(
    [ada, ben].map((one) => office.setup.use(token, { ...one, password })),
  );

  equal(made.filter((one) => one.ok).length, 1);
  equal((await office.people.list()).length, 1);
});

Deno.test("the setup link expires when an account exists, or a new link is created an hour later", async () => {
  using office = await open();
  const old = await office.setup.newToken() ?? "";
  office.store.clock.advance(3_600_000);
  const current = await office.setup.newToken() ?? "";

  const before = [old, current, "", "x"].map((t) => office.setup.isOpen(t));
  deepEqual(await Promise.all(before), [false, true, false, false]);
  await office.people.ensureAdmin(password);

  equal(await office.setup.isOpen(current), false);
});

Deno.test("the setup links of instances that are started together all work", async () => {
  using office = await open();
  const first = await office.setup.newToken() ?? "";
  office.store.clock.advance(3_599_999);
  const second = await office.setup.newToken() ?? "";

  const links = [first, second].map((token) => office.setup.isOpen(token));
  deepEqual(await Promise.all(links), [true, true]);
  const made = await office.setup.use(first, { ...ada, password });

  equal(made.ok, true);
  equal(await office.setup.isOpen(second), false);
});

Deno.test("the setup token isn't stored in plain text", async () => {
  using office = await open();

  const token = await office.setup.newToken() ?? "";

  const setting = { name: "setup_tokens", schema: v.array(v.unknown()) };
  const stored = await office.store.settings.get(setting);
  equal(stored?.value.length, 1);
  equal(JSON.stringify(stored?.value).includes(token), false);
});

Deno.test("CW_ADMIN_PASSWORD creates admin, resets its password, and then leaves it alone", async () => {
  using office = await open();
  const made = await office.people.ensureAdmin(password);
  const session = await office.sessions.open(made.id);

  await office.people.ensureAdmin(password);
  const stillSignedIn = await office.sessions.load(session);
  await office.people.ensureAdmin("another horse");

  equal(stillSignedIn?.name, "admin");
  equal(await office.sessions.load(session), undefined);
  const hash = await office.store.accounts.passwordHash(made.id);
  equal(await isPassword("another horse", hash), true);
  equal(await isPassword(password, hash), false);
});

Deno.test("CW_ADMIN_PASSWORD restores admin's role", async () => {
  using office = await open();
  const admin = await office.people.ensureAdmin(password);
  await office.people.create({ ...ada, roles: ["admin"], password }, PROGRAM);
  const { id, revision, name, displayName } = admin;
  await office.people
    .save(id, { revision, name, displayName, roles: ["agent"] }, PROGRAM);

  const again = await office.people.ensureAdmin(password);

  deepEqual(again.roles, ["agent", "admin"]);
});

Deno.test("a new password ends the person's sessions, a new name doesn't", async () => {
  using office = await open();
  const made = await office.people
    .create({ ...ada, roles: ["agent"], password }, PROGRAM);
  ok(made.ok);
  const { id, createdAt: _, ...person } = made.value;
  const session = await office.sessions.open(id);

  const renamed = await office.people.save(
    id,
    { ...person, name: "al" },
    PROGRAM,
  );
  const stillSignedIn = await office.sessions.load(session);
  ok(renamed.ok);
  const { revision } = renamed.value;
  await office.people.save(
    id,
    { ...person, revision, password: "new horse 2" },
    PROGRAM,
  );

  equal(stillSignedIn?.name, "al");
  equal(await office.sessions.load(session), undefined);
  deepEqual(office.heard.filter((topic) => topic === "signed-out").length, 1);
});

Deno.test("the last administrator can't be deleted or lose the role", async () => {
  using office = await open();
  const made = await office.people
    .create({ ...ada, roles: ["admin"], password }, PROGRAM);
  ok(made.ok);
  const { id, createdAt: _, ...person } = made.value;

  const deleted = await office.people.delete(id, PROGRAM);
  const demoted = await office.people.save(
    id,
    { ...person, roles: ["agent"] },
    PROGRAM,
  );

  deepEqual(deleted, { ok: false, error: { reason: "last-admin" } });
  deepEqual(demoted, { ok: false, error: { reason: "last-admin" } });
});

Deno.test("deleting a person signs them out", async () => {
  using office = await open();
  await office.people.ensureAdmin(password);
  const made = await office.people
    .create({ ...ada, roles: ["agent"], password }, PROGRAM);
  ok(made.ok);
  const session = await office.sessions.open(made.value.id);

  await office.people.delete(made.value.id, PROGRAM);

  equal(await office.sessions.load(session), undefined);
  deepEqual(office.heard.slice(-2), ["signed-out", "account-changed"]);
});

Deno.test("a hash contains its parameters and a fresh salt", async () => {
  using office = await open();
  const made = await Promise.all(
    [ada, ben].map((one) =>
      office.people.create({ ...one, roles: ["agent"], password }, PROGRAM)
    ),
  );

  const hashes = await Promise.all(
    made.map((one) =>
      office.store.accounts.passwordHash(one.ok ? one.value.id : "")
    ),
  );

  for (const hash of hashes) {
    ok(hash?.startsWith("$argon2id$v=19$m=19456,t=2,p=1$"));
  }
  equal(new Set(hashes).size, 2);
});

const ada = { name: "ada", displayName: "Ada" };
const ben = { name: "ben", displayName: "Ben" };

async function open() {
  const store = await memoryStore();
  const hub = new Hub<Topics>();
  const heard: string[] = [];
  const adopted: string[] = [];
  hub.on("signed-out", () => heard.push("signed-out"));
  hub.on("account-changed", () => heard.push("account-changed"));
  const { accounts, settings } = store;
  const sessions = new Sessions({ sessions: store.sessions, accounts, hub });
  const people = new People({ accounts, sessions, hub });
  const setup = new Setup({
    settings,
    people,
    examples: { adopt: ({ name }) => Promise.resolve(void adopted.push(name)) },
    clock: store.clock,
  });
  const close = () => store[Symbol.dispose]();
  return {
    store,
    sessions,
    people,
    setup,
    heard,
    adopted,
    [Symbol.dispose]: close,
  };
}
