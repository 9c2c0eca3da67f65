import { deepEqual } from "node:assert/strict";
import { InMemory, user } from "@/tests/support/simulated_pbx/in_memory.ts";

const never = new AbortController().signal;

Deno.test("[P51] names in search results have no hidden characters", async () => {
  using house = new InMemory();
  await house.linked({ users: [user("a", "Ada\u202e\u0085Lovelace\u0007")] });

  const { agents } = await house.bank.search({ text: "", limit: 10 }, never);

  deepEqual(agents.map(({ name }) => name), ["Ada Lovelace"]);
});
