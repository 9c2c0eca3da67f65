import { deepEqual } from "node:assert/strict";
import { FakeClock } from "@/tests/support/fake_clock.ts";
import { memoryStore } from "@/tests/support/temporary_store.ts";
import { SESSION_MS_MAX } from "@/lib/store/session_store.ts";
import { whileSignedIn } from "./signed_in_socket.ts";

/** A socket whose session is as the answers say, one a look. */
function room(...answers: (boolean | Error)[]) {
  const clock = new FakeClock();
  const happened: string[] = [];
  const looked: PromiseWithResolvers<void>[] = [];
  const events = whileSignedIn(
    { close: (code) => happened.push(`close ${code}`) },
    {
      message: (text) => happened.push(text),
      closed: (code) => happened.push(`closed ${code}`),
    },
    {
      async isSignedIn() {
        const look = looked[looked.push(Promise.withResolvers()) - 1];
        await Promise.resolve();
        queueMicrotask(() => queueMicrotask(() => look?.resolve()));
        const answer = answers.shift() ?? true;
        if (answer instanceof Error) throw answer;
        return answer;
      },
      code: 4401,
      clock,
    },
  );
  async function pass(ms = 60_000) {
    const before = looked.length;
    clock.advance(ms);
    await looked[before]?.promise;
    await Promise.resolve();
  }
  return { happened, events, pass, looks: () => looked.length };
}

Deno.test("[D12] an expired session closes its socket, a failing store doesn't", async () => {
  const { happened, events, pass, looks } = room(
    true,
    new Error("The store is slow"),
    false,
  );

  events.message("hello");
  await pass(59_999);
  const early = looks();
  await pass(1);
  await pass();
  const before = [...happened];
  await pass();
  await pass();

  deepEqual([early, looks()], [0, 3]);
  deepEqual([before, happened], [["hello"], ["hello", "close 4401"]]);
});

Deno.test("a closed socket is no longer checked", async () => {
  const { happened, events, pass, looks } = room();

  await pass();
  events.closed(1000);
  await pass();

  deepEqual([happened, looks()], [["closed 1000"], 1]);
});

Deno.test("an open desk keeps its session in use, but not beyond its maximum age", async () => {
  using store = await memoryStore();
  const made = await store.accounts.create(
    { name: "ada", displayName: "Ada", roles: ["agent"] },
    "none",
  );
  const token = await store.sessions.open(made.ok ? made.value.value.id : "");
  let hours = 0;

  while (hours < 10_000) {
    store.clock.advance(3_600_000); // Far more rarely than a desk looks.
    hours++;
    if (await store.sessions.use(token) === undefined) break;
  }

  deepEqual(hours, SESSION_MS_MAX / 3_600_000);
});
