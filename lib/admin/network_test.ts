import { deepEqual, equal, match, notEqual, ok } from "node:assert/strict";
import { Ice } from "@/lib/contact/ice.ts";
import { FakeClock } from "@/tests/support/fake_clock.ts";
import { Network, TEST_TTL_SECONDS } from "./network.ts";

const SETTINGS = {
  stun: "s.example",
  turn: "t.example:3478;turns:t.example:443",
  turnSecret: "north",
};

Deno.test("the page gets the servers but no secret", () => {
  const { network } = networkOf(SETTINGS);

  deepEqual(network.view(), {
    source: "settings",
    servers: [
      { url: "stun:s.example", credentials: "none" },
      { url: "turn:t.example:3478?transport=udp", credentials: "minted" },
      { url: "turns:t.example:443", credentials: "minted" },
    ],
  });
});

Deno.test("test credentials expire after minutes and share one user name per session, which doesn't reveal its token", () => {
  const { network, clock } = networkOf(SETTINGS);
  const token = "f".repeat(64);

  const test = network.test(token);
  const [stun, turn] = [test.servers[0], test.servers[1]];
  const again = network.test(token).servers[1];
  const other = network.test("e".repeat(64)).servers[1];

  const [end = "", user = ""] = turn?.own?.username.split(":") ?? [];
  equal(Number(end) * 1_000, clock.now() + TEST_TTL_SECONDS * 1_000);
  match(user, /^test-[0-9a-f]{32}$/);
  ok(!user.includes(token.slice(0, 8)));
  equal(again?.own?.username, turn?.own?.username);
  notEqual(other?.own?.username, turn?.own?.username);
  const [longEnd] = turn?.longer?.username.split(":") ?? [];
  equal(Number(longEnd) * 1_000, clock.now() + 3_600_000);
  equal(stun?.own, undefined);
  equal(test.now, clock.now());
  ok(!JSON.stringify(test).includes("north"));
});

Deno.test("TURN without a secret can't be used, and the page says so", () => {
  const { network } = networkOf({ ...SETTINGS, turnSecret: "" });

  equal(network.view().servers[1]?.credentials, "missing");
  equal(network.test("x").servers[1]?.own, undefined);
});

Deno.test("servers from the PBX are used if the settings name none", () => {
  const pbx = { stun: "p.example", turn: "p.example", turnUsr: "u" };
  const fixed = { ...pbx, turnPwd: "p" };
  const { network } = networkOf({ stun: "", turn: "", turnSecret: "" }, fixed);
  const named = networkOf(SETTINGS, fixed).network;
  const nothing = networkOf({ stun: "", turn: "", turnSecret: "" }).network;

  const { servers } = network.test("x");

  equal(network.view().source, "pbx");
  deepEqual(servers[1], {
    url: "turn:p.example?transport=udp",
    credentials: "fixed",
    own: { username: "u", credential: "p" },
  });
  equal(named.view().source, "settings");
  deepEqual(nothing.view(), { source: "none", servers: [] });
});

function networkOf(
  settings: typeof SETTINGS,
  pbx?: { stun: string; turn: string; turnUsr: string; turnPwd: string },
) {
  const clock = new FakeClock();
  const ice = new Ice(settings, { clock, pbx: () => pbx });
  return { network: new Network(ice, clock), clock };
}
