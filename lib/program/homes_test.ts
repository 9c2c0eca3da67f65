import { deepEqual, equal } from "node:assert/strict";
import type { Socket, SocketEvents } from "@/lib/base/socket.ts";
import type { Member } from "@/lib/cluster/members.ts";
import type { Account } from "@/lib/model/account.ts";
import { FakeAgents } from "@/tests/support/fake_agents.ts";
import { FakeClock } from "@/tests/support/fake_clock.ts";
import { settle } from "@/tests/support/visitor_room.ts";
import { Homes, type HomesOptions } from "./homes.ts";

const OTTO: Account = {
  ...{ id: "o1", name: "otto", displayName: "Otto", roles: ["agent"] },
  ...{ createdAt: 0, updatedAt: 0 },
};
const OWN = "a".repeat(16);
const OTHER: Member = {
  ...{ id: "b".repeat(16), version: "1.1.0", wire: 1, draining: false },
  ...{ store: "ok", report: {} },
};

const BEGINNING = {
  ...{ others: [OTHER], successors: [OTHER.id] },
  ...{ isStoreOk: true, isDead: false },
  /** The chats that are stored. */
  chats: [] as { id: string; seat: string; home?: string }[],
  contacts: [] as string[],
  ...{ drained: Promise.resolve(), settled: Promise.resolve(), pbxCalls: 0 },
};
type State = typeof BEGINNING;

type Note = (what: string) => void;

function eventsOf(name: string, note: Note): SocketEvents {
  return {
    message: (text) => note(`${name} hears ${text.slice(0, 5)}`),
    closed: () => note(`${name} is closed`),
  };
}

function storeOf(state: State): HomesOptions["store"] {
  return {
    instance: OWN,
    instances: { isAlive: () => Promise.resolve(!state.isDead) },
    runningChats: {
      ofSeat: (seat) =>
        Promise.resolve(state.chats.filter((chat) => chat.seat === seat)),
      seatsOfAgent: () => Promise.resolve(state.chats),
      async *owned() {
        yield* state.chats;
      },
    },
    workspaceClaims: {
      claim: () => Promise.resolve(OWN),
      hold: () => Promise.resolve(true),
      release: () => Promise.resolve(),
      homeOf: () => Promise.resolve(OWN),
    },
  };
}

type Banks = Pick<HomesOptions, "desk" | "pbx" | "visitors" | "bridge">;

function banksOf(state: State, note: Note): Banks {
  return {
    desk: {
      accept: () => eventsOf("desk", note),
      ...{ isUnused: () => true, hasRinging: () => false },
      ...{ addressOf: () => OTTO.name, setReachable: () => {} },
      leave: () => note("leaves a desk"),
      hasContact: (_, id) => state.contacts.includes(id),
      overview: () => undefined,
    },
    pbx: { closeIdle: () => state.pbxCalls-- <= 0 },
    visitors: {
      accept: () => eventsOf("visitor", note),
      hasSeat: () => false,
      adopt: () => Promise.resolve(),
      acceptRelayed: () => undefined,
      adoptSeat: (seat) => Promise.resolve(note(`adopts ${seat}`)),
      drain: async (ms, { toOthers = false } = {}) => {
        note(`ends contacts in ${ms / 1_000} s${toOthers ? ", parks" : ""}`);
        await state.drained;
      },
    },
    bridge: {
      settled: async () => {
        await state.settled;
        note("has stored all");
      },
    },
  };
}

/** One instance: notes what happens, in order, with the seconds since the
 * beginning. */
function open(given: Partial<State> = {}) {
  const clock = new FakeClock();
  const begun = clock.now();
  const state: State = { ...BEGINNING, ...given };
  const happened: string[] = [];
  const note: Note = (what) =>
    void happened.push(`${(clock.now() - begun) / 1_000} ${what}`);
  const homes = new Homes({
    ...{ store: storeOf(state), clock, ...banksOf(state, note) },
    members: {
      get: (id) => state.others.find((one) => one.id === id),
      suspect: () => Promise.resolve(),
      ...{ announce: () => note("is known"), drain: () => note("drains") },
    },
    pipes: {
      open: (to) => {
        note(`asks ${to.slice(0, 1)}`);
        return { to, send() {}, close() {} };
      },
    },
    agents: {
      desk: new FakeAgents(),
      gather: () => Promise.resolve(note("gathers")),
    },
    questions: { answer: () => {}, askOne: () => Promise.resolve(undefined) },
    isDead: () => Promise.resolve(state.isDead),
    successors: () => state.successors,
    isStoreOk: () => state.isStoreOk,
    onBadMessage: () => note("bad message"),
  });
  const pass = async (ms: number) => {
    await settle();
    for (let step = 0; step < ms; step += 100) {
      clock.advance(100);
      await settle();
    }
  };
  const drain = (withinMs: number) =>
    homes.drain(withinMs, () => note("closes the port"))
      .then(() => note("is drained"));
  const close = (code: number) => note(`page gets ${code}`);
  const page = (): Socket => ({ send() {}, close, bufferedAmount: 0 });
  return {
    ...{ homes, state, happened, pass, drain, page },
    [Symbol.asyncDispose]: () => homes[Symbol.asyncDispose](),
  };
}

const chat = (id: string, home?: string) => (
  { id, seat: `seat of ${id}`, ...(home !== undefined && { home }) }
);

Deno.test("an instance without others closes its port immediately when it stops, and waits for its contacts", async () => {
  await using one = open();
  one.state.successors = [];

  await one.drain(30_000);

  equal(
    one.happened.join(", "),
    "0 drains, 0 closes the port, 0 ends contacts in 30 s, 0 is drained",
  );
});

Deno.test("an instance that stops keeps its port open for 5 s, and then leaves everything to others", async () => {
  await using one = open();
  const { state, pass, homes, page } = one;
  homes.desk(page(), OTTO);
  await pass(0);
  equal(homes.workspaces, 1);
  const { promise: settled, resolve } = Promise.withResolvers<void>();
  Object.assign(state, { settled, pbxCalls: 2 });

  const drained = one.drain(30_000);
  await pass(6_000);
  resolve();
  await pass(2_000);
  await drained;
  await pass(1_000);

  equal(state.pbxCalls, -1); // No look follows the last one.
  deepEqual(one.happened, [
    "0 drains",
    "5 closes the port",
    "5 ends contacts in 25 s, parks",
    "6 has stored all", // The agent's pages move only now.
    "6.1 leaves a desk",
    "6.1 page gets 1012",
    "7 is drained", // The calls of PBXs had ended at the third look.
  ]);
  equal(homes.workspaces, 0);
});

Deno.test("half of the time to stop is for the open port at most, and all of it is the limit", async () => {
  await using one = open();
  one.state.drained = new Promise(() => {});

  const drained = one.drain(4_000);
  await one.pass(4_000);
  await drained;

  deepEqual(one.happened, [
    "0 drains",
    "2 closes the port",
    "2 ends contacts in 2 s, parks",
    "2 has stored all",
    "4 is drained",
  ]);
});

Deno.test("an instance whose others have gone while its port was open only waits for its contacts", async () => {
  await using one = open();

  const drained = one.drain(30_000);
  one.state.successors = [];
  await one.pass(5_000);
  await drained;

  deepEqual(one.happened.slice(1), [
    "5 closes the port",
    "5 ends contacts in 25 s",
    "5 is drained",
  ]);
});

Deno.test("the chats of an agent whose home is dead or who were left are continued before the agent's page is served", async () => {
  await using one = open();
  const { state, pass, homes, page, happened } = one;
  state.chats = [chat("left"), chat("dead", OTHER.id), chat("own", OWN)];
  state.isDead = true;

  const socket = homes.desk(page(), OTTO);
  socket.message("hello");
  await pass(0);
  state.contacts = ["left", "dead", "own"];
  await pass(100);

  deepEqual(happened, [
    "0 adopts seat of left",
    "0 adopts seat of dead",
    "0 gathers",
    "0.1 desk hears hello",
  ]);
});

Deno.test("the chats of living instances are gathered for 8 s at most, and not continued", async () => {
  await using one = open();
  one.state.chats = [chat("a", OTHER.id)];

  one.homes.desk(one.page(), OTTO).message("hello");
  await one.pass(8_100);

  const gathers = Array.from({ length: 81 }, (_, n) => `${n / 10} gathers`);
  deepEqual(one.happened, [...gathers, "8 desk hears hello"]);
});

Deno.test("a page of a visitor is offered to its home only if that one can have the seat", async () => {
  const token = `${OTHER.id}.${"0".repeat(64)}`;
  const start = JSON.stringify({
    ...{ mt: "Start", uuid: "a".repeat(32), resume: token },
  });
  const cases: [is: Partial<Member> | undefined, isStoreOk: boolean][] = [
    [{}, true],
    [{}, false],
    [{ store: "away" }, true],
    [{ store: "away" }, false],
    [undefined, true],
    [undefined, false],
  ];
  const asked: boolean[] = [];
  for (const [is, isStoreOk] of cases) {
    await using one = open();
    const others = is === undefined ? [] : [{ ...OTHER, ...is }];
    Object.assign(one.state, { others, isStoreOk });

    one.homes.visitor(one.page(), { address: "::1", origin: null }).message(
      start,
    );
    await one.pass(3_000);

    asked.push(one.happened.includes("0 asks b"));
    equal(one.homes.relayed, 0);
  }

  deepEqual(asked, [true, true, false, true, false, false]);
});

Deno.test("an instance continues the chats that others have left, until it stops itself", async () => {
  await using one = open();
  const { pass, homes, happened } = one;
  const chats = [chat("dead", OTHER.id), chat("own", OWN)];
  Object.assign(one.state, { chats, successors: [], isDead: true });

  homes.begin();
  await pass(100);
  const adopted = happened.splice(0);
  await one.drain(0);
  happened.length = 0;
  await pass(30_000);

  deepEqual([adopted, happened], [
    ["0 is known", "0.1 adopts seat of dead"],
    [],
  ]);
});
