import { deepEqual, equal, ok } from "node:assert/strict";
import { Hub } from "@/lib/base/hub.ts";
import { legId } from "@/lib/base/ids.ts";
import type { Account, Role } from "@/lib/model/account.ts";
import type { Topics } from "@/lib/model/topics.ts";
import { memoryStore } from "@/tests/support/temporary_store.ts";
import { Blocks } from "./blocks.ts";

function accountOf(name: string, ...roles: Role[]): Account {
  return { id: name, name, displayName: name, roles, createdAt: 0 };
}

const ADA = accountOf("ada", "agent");

async function room() {
  const store = await memoryStore();
  const hub = new Hub<Topics>();
  const told: string[] = [];
  hub.on("blocks-changed", ({ block }) => told.push(block));
  const { blocks: stored, clock } = store;
  const blocks = new Blocks({ blocks: stored, hub, clock });
  const of = { widget: "w", address: "Ada" };
  await stored.remember("c1", { ...of, marks: { visit: "v", network: "n" } });
  await stored.remember("c2", { ...of, marks: { visit: "v" } });
  return { store, told, blocks, now: clock.wall() };
}

const HOUR = { contact: "c1", for: "hour", network: false } as const;

Deno.test("[BLOCK1] an agent blocks the visitor of an own contact, by the visit or with the network", async () => {
  const { store, blocks, told, now } = await room();
  using _store = store;

  const visit = await blocks.block(HOUR, ADA);
  store.clock.advance(1);
  const network = await blocks.block(
    { contact: "c1", for: "permanent", network: true },
    ADA,
  );

  ok(visit.ok && network.ok);
  const { id, ...shown } = visit.value;
  deepEqual(shown, {
    ...{ at: now, until: now + 3_600_000, by: "ada", network: false },
    ...{ contact: "c1", widget: "w", address: "Ada" },
  });
  equal(network.value.until, undefined);
  deepEqual(told, [id, network.value.id]);
  deepEqual(
    (await store.blocks.list()).map(({ marks }) => marks), // The newest first.
    [{ visit: "v", network: "n" }, { visit: "v" }],
  );
});

Deno.test("[BLOCK1] the visitor of another agent's contact, or of one that is too old, cannot be blocked; an administrator can block all", async () => {
  const { store, blocks, told } = await room();
  using _store = store;
  const bob = accountOf("bob", "agent");
  const noAgent = accountOf("ada");
  const admin = accountOf("root", "admin");

  const refused = [
    await blocks.block(HOUR, bob),
    await blocks.block(HOUR, noAgent),
    await blocks.block({ ...HOUR, contact: "c3" }, admin),
  ];

  for (const one of refused) {
    deepEqual(one, { ok: false, error: { reason: "not-found" } });
  }
  equal(await blocks.blockable("c1", bob), undefined);
  deepEqual(await blocks.blockable("c1", ADA), { network: true });
  deepEqual(await blocks.blockable("c2", admin), { network: false });
  equal((await blocks.block(HOUR, admin)).ok, true);
  equal(told.length, 1);
});

Deno.test("[BLOCK1] an agent to whom a chat was handed over can block its visitor, too", async () => {
  const { store, blocks } = await room();
  using _store = store;
  const bob = accountOf("bob", "agent");

  await store.blocks.share("c1", "Bob");
  await store.blocks.share("c1", "Bob");
  await store.blocks.share("unknown", "Bob");

  deepEqual(await blocks.blockable("c1.1h", bob), { network: true });
  deepEqual(await blocks.blockable("c1", ADA), { network: true });
  const blocked = await blocks.block({ ...HOUR, contact: "c1.1h" }, bob);
  equal(blocked.ok && blocked.value.contact, "c1");
});

Deno.test("[BLOCK2] an address that may be that of a proxy is refused", async () => {
  const { store, blocks } = await room();
  using _store = store;

  const done = await blocks.block(
    { ...HOUR, contact: "c2", network: true },
    ADA,
  );

  deepEqual(done, { ok: false, error: { reason: "shared-address" } });
  deepEqual(await blocks.list(), []);
});

Deno.test("[BLOCK3] an administrator ends a block once, and both are in the audit log", async () => {
  const { store, blocks, told } = await room();
  using _store = store;
  const by = { id: "1", name: "root" };
  const made = await blocks.block(HOUR, ADA);
  ok(made.ok);

  const ended = [
    await blocks.delete(made.value.id, by),
    await blocks.delete(made.value.id, by),
  ];

  deepEqual(ended, [true, false]);
  deepEqual(await blocks.list(), []);
  equal(told.length, 2);
  const changes = await Array.fromAsync(store.audit.all());
  deepEqual(changes.map(({ by, change }) => [by.name, change.type]), [
    ["ada", "visitor-blocked"],
    ["root", "visitor-unblocked"],
  ]);
});

Deno.test("[BLOCK1] a member of a team blocks the visitor of the team's contact by the id of their own leg", async () => {
  const { store, blocks } = await room();
  using _store = store;
  await store.blocks.remember("c3", {
    ...{ widget: "w", address: "team-1", agents: ["Ada", "cleo"] },
    marks: { visit: "v3" },
  });
  const own = { ...HOUR, contact: legId("c3", 1) };

  const byMember = await blocks.block(own, ADA);
  const byOther = await blocks.block(own, accountOf("bob", "agent"));

  deepEqual([byMember.ok, byOther.ok], [true, false]);
  const [stored] = await store.blocks.list();
  deepEqual([stored?.address, stored?.marks], ["team-1", { visit: "v3" }]);
});
