import { deepEqual, equal, match, ok } from "node:assert/strict";
import { DAY_MS } from "@/lib/base/times.ts";
import { memoryStore } from "@/tests/support/temporary_store.ts";
import { ApiTokens } from "./api_tokens.ts";

async function room() {
  const store = await memoryStore();
  const { accounts, apiTokens, clock } = store;
  const content = {
    name: "ada",
    displayName: "Ada",
    roles: ["admin" as const],
  };
  const made = await accounts.create(content, "none");
  ok(made.ok);
  const tokens = new ApiTokens({ tokens: apiTokens, accounts, clock });
  const by = { id: made.value.value.id, name: "ada" };
  return { store, tokens, by, account: made.value };
}

const CRM = { name: "CRM", scopes: ["widgets:read" as const] };

Deno.test("[API3] a token's text is in the answer to its creation, and nowhere else", async () => {
  const { store, tokens, by } = await room();
  using _store = store;

  const made = await tokens.create({ ...CRM, days: 30 }, by);

  ok(made.ok);
  const { text, token } = made.value;
  match(text, /^cwt_[0-9a-f]{32}_[0-9a-f]{64}$/);
  const now = store.clock.wall();
  deepEqual(token, {
    ...{ id: token.id, ...CRM, createdAt: now, by: "ada" },
    ...{ expiresAt: now + 30 * DAY_MS, state: "active" },
  });
  const listed = JSON.stringify(await tokens.list());
  equal(listed.includes(text.slice(-64)), false);
  deepEqual(await tokens.list(), [token]);
});

Deno.test("[API2] a token is accepted until it expires or is revoked", async () => {
  const { store, tokens, by } = await room();
  using _store = store;
  const [short, long] = [
    await tokens.create({ ...CRM, days: 1 }, by),
    await tokens.create(CRM, by),
  ];
  ok(short.ok && long.ok);
  const states = async () => {
    const used = [short, long].map(({ value }) => tokens.use(value.text));
    return (await Promise.all(used)).map((one) => one.ok || one.error);
  };

  const before = await states();
  store.clock.advance(DAY_MS);
  const expired = await states();
  const isGone = await tokens.revoke(long.value.token.id, by);

  deepEqual(before, [true, true]);
  deepEqual(expired, ["expired", true]);
  equal(isGone, true);
  deepEqual(await states(), ["expired", "unknown"]);
  equal(await tokens.revoke(long.value.token.id, by), false);
});

Deno.test("[API2] a token whose creator is no longer an administrator is disabled", async () => {
  const { store, tokens, by, account } = await room();
  using _store = store;
  const made = await tokens.create(CRM, by);
  ok(made.ok);
  const ben = { name: "ben", displayName: "Ben", roles: ["admin" as const] };
  await store.accounts.create(ben, "none");

  const agent = {
    ...{ name: "ada", displayName: "Ada", roles: ["agent" as const] },
  };
  const saved = await store.accounts
    .save(account.value.id, account.revision, agent);

  ok(saved.ok);
  deepEqual(await tokens.use(made.value.text), {
    ok: false,
    error: "disabled",
  });
  equal((await tokens.list())[0]?.state, "disabled");
  await store.accounts.delete(account.value.id, by);
  equal((await tokens.list())[0]?.state, "disabled");
});

Deno.test("[API1] only the exact text of a token is accepted", async () => {
  const { store, tokens, by } = await room();
  using _store = store;
  const made = await tokens.create(CRM, by);
  ok(made.ok);
  const { text } = made.value;

  for (
    const wrong of [
      ...["", "cwt_", text.slice(0, -1), `${text}0`, text.toUpperCase()],
      ...[text.slice(4), text.replace(/.$/, (c) => c === "0" ? "1" : "0")],
    ]
  ) {
    deepEqual(await tokens.use(wrong), { ok: false, error: "unknown" }, wrong);
  }
});
