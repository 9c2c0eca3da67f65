import { deepEqual, equal, ok } from "node:assert/strict";
import { Hub } from "@/lib/base/hub.ts";
import { PROGRAM } from "@/lib/model/audit.ts";
import type { Topics } from "@/lib/model/topics.ts";
import { memoryStore } from "@/tests/support/temporary_store.ts";
import { PbxPeople } from "./pbx_people.ts";
import { People } from "./people.ts";
import { Sessions } from "./sessions.ts";
import { SignIn } from "./sign_in.ts";

const ATLANTIS = {
  domain: "example.com",
  id: "f48b06484a8a61015853009033400109",
  sip: "atlantis",
  displayName: "Käthe <Atlantis> & Co",
};

Deno.test("the first sign-in of a PBX user creates one administrator account", async () => {
  using product = await openProduct();

  const first = await product.pbxPeople.enter(ATLANTIS);
  const renamed = { ...ATLANTIS, sip: "käthe", displayName: "Käthe" };
  const second = await product.pbxPeople.enter(renamed);
  const [one, ...others] = await product.people.list();
  const [change] = await product.store.audit.list({ limit: 9 });

  ok(first.ok && second.ok);
  equal(first.value.id, second.value.id);
  deepEqual(others, []);
  deepEqual(
    [one?.name, one?.displayName, one?.roles, one?.pbxUser],
    ["atlantis@example.com", "Käthe <Atlantis> & Co", ["admin"], {
      domain: "example.com",
      id: ATLANTIS.id,
      sip: "atlantis",
    }],
  );
  equal(change?.change.type, "person-created");
  deepEqual(change?.by, { id: one?.id, name: "atlantis@example.com" });
});

Deno.test("users of two domains, or a reused name, get separate accounts", async () => {
  using product = await openProduct();

  await product.pbxPeople.enter(ATLANTIS);
  await product.pbxPeople.enter({ ...ATLANTIS, domain: "example.org" });
  await product.pbxPeople.enter({ ...ATLANTIS, id: "another" });

  deepEqual((await product.people.list()).map(({ name }) => name), [
    "atlantis@example.com",
    "atlantis@example.com-2",
    "atlantis@example.org",
  ]);
});

Deno.test("a display name is cut between visible characters", async () => {
  using product = await openProduct();
  const almost = "x".repeat(61);

  await product.pbxPeople
    .enter({ ...ATLANTIS, displayName: `${almost}👩‍💻 of Berlin` });

  const [one] = await product.people.list();
  equal(one?.displayName, `${almost}…`);
});

Deno.test("two simultaneous first sign-ins of a user create one account", async () => {
  using product = await openProduct();

  const all = await Promise.all(
    Array.from({ length: 5 }, () => product.pbxPeople.enter(ATLANTIS)),
  );

  equal(new Set(all.map((one) => one.ok && one.value.id)).size, 1);
  equal((await product.people.list()).length, 1);
});

Deno.test("any SIP-ID becomes a valid name, and any display name a single line", async () => {
  using product = await openProduct();
  const odd = [
    { sip: "+49 (89) 123", displayName: "" },
    { sip: "Ä".repeat(90), displayName: "x".repeat(90) },
    { sip: "日本", displayName: "a\nb\u0000" },
    { sip: "💥", displayName: " " },
    { sip: "../..", displayName: "<b>" },
  ];

  for (const [n, user] of odd.entries()) {
    const entered = await product.pbxPeople
      .enter({ ...ATLANTIS, id: `${n}`, ...user });
    ok(entered.ok, user.sip);
  }

  const names = (await product.people.list()).map((one) => [
    one.name,
    one.displayName,
  ]);
  deepEqual(names, [
    ["49-89-123@example.com", "+49 (89) 123"],
    ["user@example.com", "💥"],
    ["user@example.com-2", "<b>"],
    ["ä".repeat(60), "x".repeat(63) + "…"],
    ["日本@example.com", "a b"],
  ]);
});

Deno.test("a user without a role is rejected, and their sessions end", async () => {
  using product = await openProduct();
  const { people, sessions } = product;
  const entered = await product.pbxPeople.enter(ATLANTIS);
  ok(entered.ok);
  const token = await sessions.open(entered.value.id);
  await people.ensureAdmin("correct horse battery");
  const person = await people.get(entered.value.id);
  ok(person);
  const { id, revision, name, displayName } = person;

  const saved = await people
    .save(id, { revision, name, displayName, roles: [] }, PROGRAM);

  ok(saved.ok);
  equal(await sessions.load(token), undefined);
  deepEqual(await product.pbxPeople.enter(ATLANTIS), {
    ok: false,
    error: "denied",
  });
});

Deno.test("a PBX user can't be renamed or get a password, and only a PBX user can be without a role", async () => {
  using product = await openProduct();
  const { people } = product;
  const entered = await product.pbxPeople.enter(ATLANTIS);
  const admin = await people.ensureAdmin("correct horse battery");
  const person = await people.get(entered.ok ? entered.value.id : "");
  ok(person);
  const { id, revision, name, displayName, roles } = person;
  const content = { revision, name, displayName, roles };

  const renamed = await people.save(
    id,
    { ...content, name: "admin2" },
    PROGRAM,
  );
  const password = "correct horse battery";
  const opened = await people.save(id, { ...content, password }, PROGRAM);
  const reset = await people.resetPassword(name);
  const { revision: of, name: local } = admin;
  const out = await people.save(
    admin.id,
    { revision: of, name: local, displayName: local, roles: [] },
    PROGRAM,
  );
  const byForm = await product.signIn
    .try({ name, password, address: "192.0.2.1" });

  deepEqual(
    [renamed, opened, reset, out, byForm].map((r) => !r.ok && r.error),
    [
      { reason: "of-pbx", field: "name" },
      { reason: "of-pbx", field: "password" },
      { reason: "of-pbx" },
      { reason: "no-role" },
      { reason: "wrong" },
    ],
  );
});

Deno.test("a deleted PBX user gets a new account at the next sign-in", async () => {
  using product = await openProduct();
  await product.people.ensureAdmin("correct horse battery");
  const first = await product.pbxPeople.enter(ATLANTIS);
  ok(first.ok);

  await product.people.delete(first.value.id, PROGRAM);
  const second = await product.pbxPeople.enter(ATLANTIS);

  ok(second.ok && second.value.id !== first.value.id);
});

async function openProduct() {
  const store = await memoryStore();
  const hub = new Hub<Topics>();
  const { accounts, clock } = store;
  const sessions = new Sessions({ sessions: store.sessions, accounts, hub });
  return {
    store,
    sessions,
    people: new People({ accounts, sessions, hub }),
    pbxPeople: new PbxPeople({ accounts, hub }),
    signIn: new SignIn({ accounts, places: store.signInPlaces, clock }),
    [Symbol.dispose]: () => store[Symbol.dispose](),
  };
}
