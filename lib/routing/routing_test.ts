import { deepEqual, equal } from "node:assert/strict";
import { ANSWERED_ELSEWHERE, CAUSE } from "@/lib/base/causes.ts";
import { legId } from "@/lib/base/ids.ts";
import type { Route, RouteStep } from "@/lib/model/route.ts";
import { STRATEGIES, type Strategy } from "@/lib/model/team.ts";
import { ADA } from "@/tests/support/bridge.ts";
import { FakeAgents } from "@/tests/support/fake_agents.ts";
import { FakeClock } from "@/tests/support/fake_clock.ts";
import type { CallEvent } from "@/lib/contact/ports.ts";
import { sampleAnswer, sampleOffer } from "@/tests/support/sdp.ts";
import { TeamAgents } from "./team_agents.ts";

const SDP = sampleOffer();

function step(...agents: string[]): RouteStep {
  return { agents, strategy: "all", ringMs: 20_000 };
}

/** Agents of a bank, and calls to a team of them. */
async function teamRoom(...available: string[]) {
  const clock = new FakeClock();
  const bank = new FakeAgents();
  for (const address of available) {
    bank.add({ address, name: address, email: "" });
  }
  const agents = new TeamAgents({
    ...{ agents: bank, clock },
    watch: (...watched) => bank.watch(...watched),
  });
  let count = 0;
  async function call(route: Route) {
    const heard: CallEvent[] = [];
    const leg = agents.dial({
      ...{ id: `call${++count}`, address: "team-1", visitor: ADA },
      ...{ media: "voice", sdp: SDP, route },
    }, (event) => heard.push(event));
    await Promise.resolve();
    return { heard, leg };
  }
  /** The addresses that ring now, in order. */
  const ringing = () =>
    bank.calls.all.filter(({ over }) => !over).map(({ call }) => call.address);
  const at = (address: string) => {
    const found = bank.calls.all.findLast(({ call }) =>
      call.address === address
    );
    if (found === undefined) throw new Error(`${address} was not rung`);
    return found;
  };
  await Promise.resolve();
  return { clock, bank, agents, call, ringing, at };
}

Deno.test("[R1] a team rings all its members, or one after the other from the one who was rung longest ago", async () => {
  const { call, ringing, at, clock } = await teamRoom("ada", "bob", "cleo");

  const all = await call({ steps: [step("ada", "bob", "cleo")] });
  deepEqual(ringing(), ["ada", "bob", "cleo"]);
  all.leg.send({ type: "hang-up", cause: CAUSE.normal });

  clock.advance(1_000);
  const turn = { ...step("ada", "bob", "cleo"), strategy: "turn" } as const;
  const first = await call({ steps: [turn] });
  deepEqual(ringing(), ["ada"]);
  clock.advance(20_000);
  deepEqual(ringing(), ["bob"]);
  at("bob").end(CAUSE.rejected);
  deepEqual(ringing(), ["cleo"]);
  first.leg.send({ type: "hang-up", cause: CAUSE.normal });
  clock.advance(1_000);
  await call({ steps: [turn] });
  deepEqual(ringing(), ["ada"]);
});

Deno.test("[R1] longest idle begins with the member whose last contact ended longest ago", async () => {
  const { agents, call, ringing, at, clock } = await teamRoom("ada", "bob");
  for (const address of ["bob", "ada"]) {
    const direct = agents.dial({
      ...{ id: address, address, visitor: ADA, media: "voice", sdp: SDP },
    }, () => {});
    at(address).emit({ type: "connected", sdp: sampleAnswer() });
    clock.advance(1_000);
    direct.send({ type: "hang-up", cause: CAUSE.normal });
  }

  await call({ steps: [{ ...step("ada", "bob"), strategy: "idle" }] });

  deepEqual(ringing(), ["bob"]);
});

Deno.test("[R2] a team rings members who are available, and those who become available meanwhile", async () => {
  const { bank, call, ringing } = await teamRoom("ada", "bob", "cleo");
  bank.setPresence("bob", "busy");
  bank.setPresence("cleo", "offline");

  await call({ steps: [step("ada", "bob", "cleo")] });
  deepEqual(ringing(), ["ada"]);
  bank.setPresence("cleo", "online");

  deepEqual(ringing(), ["ada", "cleo"]);
});

Deno.test("[R2] a step to one address rings it whatever its presence is", async () => {
  const { bank, call, ringing } = await teamRoom("queue");
  bank.setPresence("queue", "offline");

  await call({ steps: [{ ...step("queue"), always: true }] });

  deepEqual(ringing(), ["queue"]);
});

Deno.test("[R3] the first agent who answers has the call, and the others stop ringing", async () => {
  const { call, ringing, at } = await teamRoom("ada", "bob");
  const { heard, leg } = await call({ steps: [step("ada", "bob")] });
  at("ada").emit({ type: "alerting" });
  at("bob").emit({ type: "alerting" });
  at("bob").emit({
    ...{ type: "channels", channels: { cmd: "SELECT", sdp: "bob's" } },
  });
  at("ada").emit({
    ...{ type: "channels", channels: { cmd: "SELECT", sdp: "ada's" } },
  });

  at("bob").emit({ type: "connected", name: "Bob" });
  at("ada").tellPeer({ type: "connected", name: "Ada" }); // Too late.

  deepEqual(ringing(), ["bob"]);
  deepEqual(at("ada").commands.all, [
    { type: "hang-up", cause: ANSWERED_ELSEWHERE },
  ]);
  const by = { address: "bob", leg: legId("call1", 1) };
  deepEqual(heard, [
    { type: "alerting" },
    { type: "channels", channels: { cmd: "SELECT", sdp: "bob's" } },
    { type: "connected", name: "Bob", by },
  ]);
  leg.send({ type: "dtmf", digits: "1" });
  deepEqual(at("bob").commands.all, [{ type: "dtmf", digits: "1" }]);
  at("bob").end(CAUSE.normal);
  deepEqual(heard.at(-1), { type: "terminated", cause: CAUSE.normal });
});

Deno.test("[R4] the next step begins when the time is over, or all members have declined", async () => {
  const { call, ringing, at, clock } = await teamRoom("ada", "bob", "cleo");
  await call({ steps: [step("ada"), step("bob"), step("cleo")] });

  at("ada").end(CAUSE.rejected);
  deepEqual(ringing(), ["bob"]);
  clock.advance(20_000);

  deepEqual(ringing(), ["cleo"]);
});

Deno.test("[R5] after the last step the contact ends with the reason that matters to the visitor", async () => {
  const { bank, call, at, clock } = await teamRoom("ada", "bob");
  const late = await call({ steps: [step("ada"), step("bob")] });
  clock.advance(20_000);
  at("bob").end(CAUSE.rejected);
  const declined = await call({ steps: [step("ada")] });
  at("ada").end(CAUSE.rejected);
  bank.setPresence("ada", "away");
  const nobody = await call({ steps: [step("ada")] });

  const ends = [late, declined, nobody].map(({ heard }) => heard);

  deepEqual(ends, [
    [{ type: "terminated", cause: CAUSE.noAnswer }],
    [{ type: "terminated", cause: CAUSE.rejected }],
    [{ type: "terminated", cause: CAUSE.noResponse }],
  ]);
  equal(bank.watching("ada"), 0);
});

Deno.test("[R6] nobody is rung after the end of the opening time", async () => {
  const { call, ringing, clock } = await teamRoom("ada", "bob");
  const closesAt = clock.wall() + 10_000;
  const steps = [step("ada"), step("bob")];
  const { heard } = await call({ steps, closesAt });
  deepEqual(ringing(), ["ada"]);

  clock.advance(20_000);

  deepEqual(ringing(), []);
  deepEqual(heard, [{ type: "terminated", cause: CAUSE.noAnswer }]);
});

Deno.test("[R9] a visitor who leaves ends all that rings, and is told once", async () => {
  const { call, ringing, leg } = await (async () => {
    const room = await teamRoom("ada", "bob");
    const made = await room.call({ steps: [step("ada", "bob")] });
    return { ...room, ...made, call: made };
  })();

  leg.send({ type: "hang-up", cause: CAUSE.normal });
  leg.send({ type: "hang-up", cause: CAUSE.normal });

  deepEqual(ringing(), []);
  deepEqual(call.heard, [{ type: "terminated", cause: CAUSE.normal }]);
});

/** Ada is free, Bob and Cleo are busy; a contact waits for them up to 10 min. */
async function queueRoom(strategy: Strategy) {
  const room = await teamRoom("ada", "bob", "cleo");
  for (const one of ["bob", "cleo"]) room.bank.setPresence(one, "busy");
  const { heard } = await room.call({
    steps: [{ ...step("ada", "bob", "cleo"), strategy }],
    queueMs: 600_000,
  });
  const rings = () => room.bank.calls.all.map(({ call }) => call.address);
  return { ...room, heard, rings };
}

for (const strategy of STRATEGIES) {
  Deno.test(`[R10] a member who declines a waiting contact is rung again only after not being available, with ${strategy}`, async () => {
    const { bank, at, clock, heard, rings } = await queueRoom(strategy);
    at("ada").end(CAUSE.rejected);
    clock.advance(60_000);
    deepEqual(rings(), ["ada"]);

    bank.setPresence("bob", "online");
    at("bob").end(CAUSE.rejected);
    bank.setPresence("bob", "busy");
    clock.advance(60_000);
    deepEqual(rings(), ["ada", "bob"]);
    bank.setPresence("ada", "busy");
    bank.setPresence("ada", "online");

    deepEqual(rings(), ["ada", "bob", "ada"]);
    equal(heard.some(({ type }) => type === "terminated"), false);
  });

  Deno.test(`[R10] a contact that an available member does not answer waits for the others until its time is over, with ${strategy}`, async () => {
    const { clock, heard, rings } = await queueRoom(strategy);

    clock.advance(600_000);
    const waiting = rings();
    clock.advance(20_000);
    const again = rings();
    clock.advance(20_000);

    deepEqual([waiting, again], [["ada"], ["ada", "ada"]]);
    deepEqual(heard.at(-1), { type: "terminated", cause: CAUSE.noAnswer });
  });
}

Deno.test("[R10] a member who became available again while others were rung is rung for the contact", async () => {
  const { bank, at, rings } = await queueRoom("turn");
  at("ada").end(CAUSE.rejected);
  bank.setPresence("bob", "online");
  bank.setPresence("ada", "busy");
  bank.setPresence("ada", "online");

  at("bob").end(CAUSE.rejected);

  deepEqual(rings(), ["ada", "bob", "ada"]);
});

Deno.test("[R10] a member who had no room for a waiting contact is asked again", async () => {
  const { at, clock, rings } = await queueRoom("all");

  at("ada").end(CAUSE.busy);
  clock.advance(6_000);

  deepEqual(rings(), ["ada", "ada"]);
});
