import { deepEqual, equal, ok } from "node:assert/strict";
import { memoryStore } from "@/tests/support/temporary_store.ts";
import { FakeClock } from "@/tests/support/fake_clock.ts";
import {
  SESSION_IDLE_MS,
  SESSION_MS_MAX,
  SESSIONS_MAX,
  SessionStore,
} from "./session_store.ts";

const ada = crypto.randomUUID();
const ben = crypto.randomUUID();

Deno.test("a session that is used lives on, one that is not ends", async () => {
  using store = await memoryStore();
  const used = await store.sessions.open(ada);
  const idle = await store.sessions.open(ada);

  store.clock.advance(SESSION_IDLE_MS - 1);
  await store.sessions.use(used);
  store.clock.advance(SESSION_IDLE_MS - 1);

  equal((await store.sessions.use(used))?.account, ada);
  equal(await store.sessions.use(idle), undefined);
});

Deno.test("a session that is opened for a time ends then, used or not", async () => {
  using store = await memoryStore();
  const token = await store.sessions.open(ada, 3_600_000);

  store.clock.advance(3_599_999);
  equal((await store.sessions.use(token))?.account, ada);
  store.clock.advance(1);

  equal(await store.sessions.use(token), undefined);
});

Deno.test("a session ends at last, however much it is used", async () => {
  using store = await memoryStore();
  const token = await store.sessions.open(ada);

  const until = store.clock.now() + SESSION_MS_MAX;
  while (store.clock.now() + SESSION_IDLE_MS / 2 < until) {
    store.clock.advance(SESSION_IDLE_MS / 2);
    ok(await store.sessions.use(token));
  }
  store.clock.advance(SESSION_IDLE_MS / 2);

  equal(await store.sessions.use(token), undefined);
});

Deno.test("the store does not hold what signs in", async () => {
  using kv = await Deno.openKv(":memory:");
  const sessions = new SessionStore(kv, new FakeClock());
  const token = await sessions.open(ada);
  const secret = token.split(".")[1] ?? "";

  const entries = await Array.fromAsync(kv.list({ prefix: [] }));

  equal(JSON.stringify(entries).includes(secret), false);
  equal(secret.length, 64);
});

Deno.test("a token of another account, or a part of one, opens nothing", async () => {
  using store = await memoryStore();
  const token = await store.sessions.open(ada);
  const secret = token.split(".")[1] ?? "";
  const wrong = ["", ".", token + "0", `${ben}.${secret}`, secret, ada];

  const sessions = await Promise.all(wrong.map((t) => store.sessions.use(t)));

  deepEqual(sessions, wrong.map(() => undefined));
});

Deno.test("SessionStore.endAll() ends the sessions of one account only", async () => {
  using store = await memoryStore();
  const tokens = [
    await store.sessions.open(ada),
    await store.sessions.open(ada),
  ];
  const other = await store.sessions.open(ben);

  const ended = await store.sessions.endAll(ada);

  equal(ended, 2);
  for (const token of tokens) equal(await store.sessions.use(token), undefined);
  equal((await store.sessions.use(other))?.account, ben);
});

Deno.test("one session too many ends the one used longest ago", async () => {
  using store = await memoryStore();
  const tokens: string[] = [];
  for (let n = 0; n <= SESSIONS_MAX; n++) {
    tokens.push(await store.sessions.open(ada));
    store.clock.advance(1_000);
  }

  const alive = await Promise.all(tokens.map((t) => store.sessions.use(t)));

  equal(alive[0], undefined);
  equal(alive.filter((session) => session !== undefined).length, SESSIONS_MAX);
});
