import { deepEqual } from "node:assert/strict";
import type { Respond } from "@/lib/cluster/questions.ts";
import type { Account } from "@/lib/model/account.ts";
import { FakeAgents } from "@/tests/support/fake_agents.ts";
import { desksElsewhere } from "./desks_elsewhere.ts";

const OTTO: Account = {
  ...{ id: "o1", name: "otto", displayName: "Otto", roles: ["agent"] },
  ...{ createdAt: 0, updatedAt: 0 },
};
const STATE = { presence: "away", waiting: 2 } as const;

/** This instance, and what the other one answers. */
function open({ answer, home = "other", isUnused = true }: {
  answer: unknown;
  home?: string | undefined;
  isUnused?: boolean;
}) {
  let respond: Respond = () => [];
  const asked: unknown[] = [];
  const agents = new FakeAgents();
  agents.add({ address: "otto", name: "Otto", email: "" }, "away");
  const desks = desksElsewhere({
    desk: { isUnused: () => isUnused, overview: () => STATE },
    agents: { desk: agents },
    questions: {
      answer: (_, given) => respond = given,
      askOne: (...question) => {
        asked.push(question);
        return Promise.resolve(answer === undefined ? undefined : [answer]);
      },
    },
    homeOf: () => Promise.resolve(home === "" ? undefined : home),
  });
  return { desks, asked, respond: (body: unknown) => [...respond(body)] };
}

Deno.test("an agent's page at another instance shows the state of the desk at its home", async () => {
  const { desks, asked } = open({ answer: STATE });

  deepEqual(desks.known(OTTO), { presence: "away", waiting: 0 });
  deepEqual(await desks.ask(OTTO), STATE);
  deepEqual(asked, [["other", "desk", "o1"]]);
});

Deno.test("a desk that is here, without a home, or whose home does not answer is not asked for elsewhere", async () => {
  for (
    const room of [
      open({ answer: STATE, isUnused: false }),
      open({ answer: STATE, home: "" }),
      open({ answer: undefined }),
      open({ answer: { presence: "asleep" } }),
    ]
  ) deepEqual(await room.desks.ask(OTTO), undefined);
});

Deno.test("an instance answers for an account's desk, and for nothing else", () => {
  const { respond } = open({ answer: undefined });

  deepEqual([respond("o1"), respond({ id: 1 })], [[STATE], []]);
});
