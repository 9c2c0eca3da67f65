import { deepEqual, equal } from "node:assert/strict";
import * as v from "valibot";
import { Address } from "@/lib/model/address.ts";
import { InMemory, turns } from "@/tests/support/simulated_pbx/in_memory.ts";
import { addressOf, endpointOf } from "./address.ts";

const never = new AbortController().signal;

Deno.test("[P45] endpointOf() treats typed digits as a number, and those of the directory as a SIP-ID", () => {
  deepEqual(endpointOf("201"), { num: "201" });
  deepEqual(endpointOf("+49170"), { num: "I49170" });
  deepEqual(endpointOf("atlantis"), { sip: "atlantis" });
  for (const sip of ["201", "+49170", "atlantis", "a.b@example.com"]) {
    const address = v.parse(Address, addressOf(sip));

    deepEqual(endpointOf(address), { sip });
  }
});

Deno.test("[P45] a found agent whose SIP-ID has only digits is watched and called by SIP-ID", async () => {
  using setup = new InMemory();
  const pbx = await setup.linked({
    users: [
      { sip: "201", num: "555", name: "Ada", email: "" },
      { sip: "bob", num: "201", name: "Bob", email: "" },
    ],
    queues: [{ sip: "4711", name: "Sales queue" }],
  });
  const { agents } = await setup.bank.search({ text: "", limit: 5 }, never);
  const presences: string[] = [];
  for (const { address } of agents) {
    setup.bank.watch(address, (presence) => presences.push(presence));
    await turns();
    setup.dial(address);
  }
  await turns();

  const dialled = pbx.received.flatMap((message) => setupOf(message));
  deepEqual(dialled, [{ sip: "201" }, { sip: "bob" }, { sip: "4711" }]);
  equal(presences.filter((presence) => presence === "online").length, 3);
});

function setupOf({ sig }: Record<string, unknown>): unknown[] {
  if (typeof sig !== "object" || sig === null) return [];
  return "type" in sig && sig.type === "setup" && "cd" in sig ? [sig.cd] : [];
}
