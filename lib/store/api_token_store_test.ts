import { deepEqual, equal, ok } from "node:assert/strict";
import { API_TOKENS_MAX, type ApiToken } from "@/lib/model/api_token.ts";
import { eachEngine, kvOn, storeOn } from "@/tests/support/store_engines.ts";
import { everythingIn, memoryStore } from "@/tests/support/temporary_store.ts";
import { FakeClock } from "@/tests/support/fake_clock.ts";
import { ApiTokenStore, TOKEN_TOUCH_MS } from "./api_token_store.ts";

const by = { id: "1", name: "ada" };

function tokenOf(id: string, more: Partial<ApiToken> = {}): ApiToken {
  return {
    ...{ id: id.repeat(32), name: id, scopes: ["widgets:read"] },
    ...{ createdAt: 1, by },
    ...more,
  };
}

const created = ({ id, name, scopes }: ApiToken) =>
  ({ type: "token-created", token: id, name, scopes }) as const;
const revoked = (token: string) => (name: string) =>
  ({ type: "token-revoked", token, name }) as const;

eachEngine(
  "[API4] a token is found by its secret until it is revoked, and both are in the audit log",
  async (engine) => {
    await using store = await storeOn(engine);
    const { apiTokens, audit } = store;
    const [one, two] = [tokenOf("a"), tokenOf("b", { createdAt: 2 })];

    await apiTokens.add(one, "s1", created(one));
    await apiTokens.add(two, "s2", created(two));
    const listed = await apiTokens.list();
    const found = [
      await apiTokens.find(one.id, "s1"),
      await apiTokens.find(one.id, "s2"),
      await apiTokens.find("c".repeat(32), "s1"),
    ];
    const ended = [
      await apiTokens.delete(one.id, by, revoked(one.id)),
      await apiTokens.delete(one.id, by, revoked(one.id)),
    ];

    deepEqual(listed, [two, one]);
    deepEqual(found, [one, undefined, undefined]);
    deepEqual(ended, [true, false]);
    equal(await apiTokens.find(one.id, "s1"), undefined);
    const changes = await Array.fromAsync(audit.all());
    deepEqual(changes.map(({ change }) => change), [
      created(one),
      created(two),
      { type: "token-revoked", token: one.id, name: "a" },
    ]);
  },
);

eachEngine(
  "[API3] the store has only the hash of a secret",
  async (engine) => {
    await using kv = await kvOn(engine);
    const tokens = new ApiTokenStore(kv, new FakeClock());
    const one = tokenOf("a");

    await tokens.add(one, "the secret", created(one));

    const all = JSON.stringify(await everythingIn(kv));
    ok(all.includes(one.id) && !all.includes("the secret"));
  },
);

Deno.test("[API11] the last use is recorded once per minute, and does not bring a revoked token back", async () => {
  using store = await memoryStore();
  const { apiTokens, clock } = store;
  const one = tokenOf("a");
  await apiTokens.add(one, "s", created(one));
  const used: (number | undefined)[] = [];
  const start = clock.now();

  for (const ms of [0, TOKEN_TOUCH_MS - 1, 1]) {
    clock.advance(ms);
    const found = await apiTokens.find(one.id, "s");
    await apiTokens.touch(found ?? one);
    used.push((await apiTokens.find(one.id, "s"))?.usedAt);
  }
  await apiTokens.delete(one.id, by, revoked(one.id));
  await apiTokens.touch(one);

  deepEqual(used, [start, start, start + TOKEN_TOUCH_MS]);
  deepEqual(await apiTokens.list(), []);
});

Deno.test("[API13] there are at most 100 tokens", async () => {
  using store = await memoryStore();
  const { apiTokens } = store;
  for (let n = 0; n < API_TOKENS_MAX; n++) {
    const id = String(n).padStart(32, "0");
    await apiTokens.addAs({ ...tokenOf("a", { id }), hash: "0".repeat(64) });
  }
  const one = tokenOf("b");

  const isAdded = await apiTokens.add(one, "s", created(one));

  equal(isAdded, false);
  equal(await apiTokens.has(one.id), false);
});
