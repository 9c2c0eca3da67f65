import { deepEqual } from "node:assert/strict";
import {
  InMemory,
  turns,
  user,
  users,
} from "@/tests/support/simulated_pbx/in_memory.ts";

Deno.test("[P21] 100 subscriptions are pending at most, and the others follow", async () => {
  using setup = new InMemory();
  const pbx = await setup.linked({ users: users(250) });
  pbx.silent.add("SubscribePresence");
  for (const { sip } of pbx.options.users) setup.bank.watch(sip, () => {});
  const counts: number[] = [];

  for (let n = 0; n < 3; n++) {
    await turns();
    counts.push(pbx.count("SubscribePresence"));
    setup.clock.advance(10_000); // No answer comes in time.
  }

  deepEqual(counts, [100, 200, 250]);
});

Deno.test("[P21] an unanswered subscription is tried again a minute later", async () => {
  using setup = new InMemory();
  const pbx = await setup.linked({ users: [user("silent")] });
  pbx.silent.add("SubscribePresence");
  setup.bank.watch("silent", () => {});
  const counts: number[] = [];

  for (const ms of [9_999, 1, 59_999, 1]) {
    await turns();
    setup.clock.advance(ms);
    await turns();
    counts.push(pbx.count("SubscribePresence"));
  }

  deepEqual(counts, [1, 1, 1, 2]);
  deepEqual(
    setup.bank.status().links[0]?.errors.map(({ text }) => text),
    ["SubscribePresence was not answered"],
  );
});
