import { deepEqual } from "node:assert/strict";
import { account } from "@/tests/support/desk_room.ts";
import { FakeAgents } from "@/tests/support/fake_agents.ts";
import { FakeClock } from "@/tests/support/fake_clock.ts";
import { ColleagueList } from "./colleagues.ts";

Deno.test("[D44] ColleagueList.find() returns at most 50 agents, by name, and says whether there are more", async () => {
  const names = Array.from({ length: 52 }, (_, n) => `agent-${10 + n}`);
  const agents = new FakeAgents(
    ...names.map((name) => ({ address: name, name, email: "" })),
  );
  agents.setPresence("agent-11", "offline");
  const accounts = names.toReversed().map((name) => account(name));
  const list = new ColleagueList({
    agents,
    clock: new FakeClock(),
    widgets: { get: () => Promise.resolve(undefined) },
    accounts: {
      list: () =>
        Promise.resolve(
          accounts.map((value) => ({ revision: "1", value })),
        ),
    },
  });
  const find = async (of: string) => {
    const found = await list.find(account(of), { text: "" });
    const addresses = found.agents.map(({ address }) => address);
    return [addresses.length, addresses[0], addresses.at(-1), found.hasMore];
  };

  const oneOfThem = await find("agent-10");
  const another = await find("ada");

  deepEqual(oneOfThem, [50, "agent-12", "agent-61", false]);
  deepEqual(another, [50, "agent-10", "agent-60", true]);
});
