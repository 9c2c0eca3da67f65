import { deepEqual } from "node:assert/strict";
import { InMemory } from "@/tests/support/simulated_pbx/in_memory.ts";

const never = new AbortController().signal;

Deno.test("[P38] 20,000 users of a PBX are read at most", async () => {
  using setup = new InMemory();
  const pbx = await setup.linked();
  let count = 0;
  pbx.distort = (answer) => {
    if (answer.mt !== "SearchUsersResult") return [answer];
    const names = Array.from({ length: 20 }, () => `u${count++}`);
    return [{ ...answer, user: names.map((cn) => ({ cn, h323: cn })) }];
  };

  const found = await setup.bank.search({ text: "", limit: 50_000 }, never);

  deepEqual([found.agents.length, count], [20_000, 20_000]);
});
