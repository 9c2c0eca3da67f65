import { deepEqual } from "node:assert/strict";
import { InMemory, turns } from "@/tests/support/simulated_pbx/in_memory.ts";

const never = new AbortController().signal;

Deno.test("[P44] queues and groups are read again by a search 15 minutes later, or one minute after a missing answer", async () => {
  using setup = new InMemory();
  const pbx = await setup.linked({
    queues: [{ sip: "q.sales", name: "Sales queue" }],
  });
  const search = async () => {
    await setup.bank.search({ text: "q.", limit: 5 }, never);
    await turns();
    return pbx.count("GetPseudoObjects");
  };
  const counts: number[] = [];

  for (const ms of [899_999, 1]) {
    setup.clock.advance(ms);
    counts.push(await search());
  }
  setup.clock.advance(900_000);
  pbx.silent.add("GetPseudoObjects");
  const unanswered = search();
  await turns();
  setup.clock.advance(10_000);
  counts.push(await unanswered);
  pbx.silent.clear();
  for (const ms of [59_999, 1]) {
    setup.clock.advance(ms);
    counts.push(await search());
  }

  deepEqual(counts, [1, 2, 3, 3, 4]);
});
