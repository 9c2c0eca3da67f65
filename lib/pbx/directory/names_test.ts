import { deepEqual } from "node:assert/strict";
import { InMemory, user } from "@/tests/support/simulated_pbx/in_memory.ts";

const never = new AbortController().signal;

Deno.test("[P51] names and mail addresses in search results have no hidden characters", async () => {
  using setup = new InMemory();
  const ada = user("a", "Ada\u202e\u0085Lovelace\u0007");
  await setup.linked({ users: [{ ...ada, email: "ada\u202e@example.com" }] });

  const { agents } = await setup.bank.search({ text: "", limit: 10 }, never);

  deepEqual(agents.map(({ name, email }) => [name, email]), [
    ["Ada Lovelace", "ada@example.com"],
  ]);
});
