import { deepEqual, equal, match, notEqual, ok } from "node:assert/strict";
import { newInstanceId } from "@/lib/base/ids.ts";
import type { Presence } from "@/lib/model/presence.ts";
import { broken } from "@/tests/support/broken.ts";
import { property } from "@/tests/support/chance.ts";
import { crowd } from "@/tests/support/crowd.ts";

Deno.test("[MEMBER1] an id has 64 random bits", () => {
  match(newInstanceId(), /^[0-9a-f]{16}$/);
  notEqual(newInstanceId(), newInstanceId());
});

Deno.test("[MEMBER1] instances know each other in the turn in which one joins, and their version, store and draining at each change", () => {
  const { clock, create } = crowd();
  const [a, b] = [create("a"), create("b")];
  clock.advance(1);
  const c = create("c");
  clock.advance(1);
  deepEqual([a.ids, b.ids, c.ids], [["b", "c"], ["a", "c"], ["a", "b"]]);
  deepEqual(a.members.get("c"), {
    ...{ id: "c", version: "1.2.3", wire: 1, draining: false, store: "ok" },
    report: {},
  });

  c.members.drain();
  clock.advance(1);
  equal(a.members.get("c")?.draining, true);
  c.isStoreOk = false;
  clock.advance(500);
  equal(a.members.get("c")?.store, "away");
  equal(a.members.latencyMs, 0);
});

Deno.test("[MEMBER2] an instance is gone 2 s after its last beacon", () => {
  const { clock, create } = crowd();
  const [a, b] = [create("a"), create("b")];
  clock.advance(500);

  b.bus.isCut = true;
  clock.advance(1_999);
  deepEqual(a.gone, []);
  clock.advance(501);

  deepEqual([a.gone, a.ids], [["b lost"], []]);
});

Deno.test("[MEMBER2] an instance that says goodbye is gone immediately, as planned, and its late beacons are ignored", () => {
  const { clock, bus, create } = crowd();
  const [a, b] = [create("a"), create("b")];
  const beacons: unknown[] = [];
  bus.on("cw.here", (beacon) => beacons.push(beacon));
  clock.advance(500);

  b[Symbol.dispose]();
  clock.advance(1);
  deepEqual([a.gone, a.ids], [["b planned"], []]);
  for (const beacon of beacons) bus.tell("cw.here", beacon);
  clock.advance(5_000);

  deepEqual([a.gone, a.ids], [["b planned"], []]);
});

Deno.test("[MEMBER3] without the bus, the others are gone after 10 s, and not when it returns earlier", () => {
  const { clock, create } = crowd();
  const [a, b] = [create("a"), create("b")];
  clock.advance(500);

  for (const { bus } of [a, b]) bus.isCut = true;
  clock.advance(9_000);
  for (const { bus } of [a, b]) bus.isCut = false;
  clock.advance(3_000);
  deepEqual([a.gone, b.gone], [[], []]);

  for (const { bus } of [a, b]) bus.isCut = true;
  clock.advance(9_000);
  deepEqual([a.gone, b.gone], [[], []]);
  clock.advance(2_000);
  deepEqual([a.gone, b.gone], [["b lost"], ["a lost"]]);
});

Deno.test("[MEMBER3] an instance that is back on the bus waits for the others, which may reconnect later", () => {
  const { clock, create } = crowd();
  const [a, b] = [create("a"), create("b")];
  clock.advance(500);
  for (const { bus } of [a, b]) bus.isCut = true;
  clock.advance(6_000);

  a.bus.isCut = false;
  clock.advance(1_500);
  b.bus.isCut = false;
  clock.advance(3_000);

  deepEqual([a.gone, b.gone], [[], []]);
});

Deno.test("[MEMBER3] an instance that was suspended takes no other for dead", () => {
  const { clock, create } = crowd();
  const [a] = [create("a"), create("b")];
  clock.advance(500);

  clock.stall(60_000);
  clock.advance(3_000);

  deepEqual([a.gone, a.ids], [[], ["b"]]);
});

Deno.test("[MEMBER4] a change of the report reaches all in the next turn, also after a lost beacon", () => {
  const { clock, create } = crowd();
  const [a, b] = [create("a"), create("b")];
  a.report = {
    presences: { ada: "online", otto: "busy" },
    ...{ pbx: ["pbx 1"], wants: ["max"] },
    contacts: { "2001:db8:0:1": 2, "192.0.2.1": 4 },
    links: { "example.com/master/app": "{}" },
  };
  a.members.changed();
  clock.advance(1);
  deepEqual(b.reports.get("a"), a.report);

  a.report = { presences: { ada: "away" }, pbx: ["pbx 1"], wants: [] };
  a.members.changed();
  clock.advance(1);
  deepEqual(b.reports.get("a"), a.report);
  a.bus.isCut = true;
  a.report = { presences: {}, pbx: [], wants: ["otto"] };
  a.members.changed();
  clock.advance(1);
  a.bus.isCut = false;
  clock.advance(500);

  deepEqual(b.reports.get("a"), a.report);
  equal(b.reported, 3);
});

Deno.test("[MEMBER4] an instance that joins later gets the reports of 10,000 agents in messages of less than 512 KiB", () => {
  const { clock, bus, create } = crowd();
  let longest = 0;
  for (const subject of ["cw.here", "cw.i.b.ask"]) {
    bus.on(subject, (message) => {
      longest = Math.max(longest, JSON.stringify(message).length);
    });
  }
  const a = create("a");
  const agents = Array.from({ length: 10_000 }, (_, n): [string, Presence] => [
    `agent-${n}@a-company-with-a-long-name.example.com`,
    n % 2 ? "online" : "dnd",
  ]);
  a.report = { presences: Object.fromEntries(agents), pbx: [], wants: [] };
  clock.advance(500);
  const b = create("b");
  clock.advance(10);

  deepEqual(b.reports.get("a"), a.report);
  ok(longest > 100_000 && longest < 512 * 1_024, `${longest} characters`);
});

Deno.test("[MEMBER4] on a bus that loses 30 %, the reports are right 3 s after the last change", () => {
  property(20, (luck) => {
    const { clock, create } = crowd();
    const lost = { luck, lost: 0.3, twice: 0.2, late: 0.2, lateMs: 300 };
    const all = ["a", "b", "c"].map((id) => create(id, lost));
    for (let step = 0; step < 40; step++) {
      const one = all[luck.below(3)]!;
      const address = luck.pick(["ada", "otto", "max", "__proto__"]);
      const presence = luck.pick<Presence>(["online", "busy", "dnd"]);
      const others = Object.entries(one.report.presences ?? {})
        .filter(([name]) => name !== address || luck.below(2) > 0);
      one.report = {
        presences: Object.fromEntries([...others, [address, presence]]),
        ...{ pbx: luck.below(2) ? ["pbx"] : [], wants: [] },
      };
      one.members.changed();
      clock.advance(luck.below(300));
    }
    for (const one of all) one.bus.heal();
    clock.advance(3_000);

    for (const one of all) {
      for (const other of all) {
        if (one === other) continue;
        const id = "abc"[all.indexOf(other)]!;
        deepEqual(one.members.get(id)?.report, other.report);
      }
    }
  });
});

Deno.test("[MEMBER5] broken messages are dropped and counted", () => {
  property(30, (luck) => {
    const { clock, bus, create } = crowd();
    const [a] = [create("a"), create("b")];
    const all: [string, unknown][] = [];
    for (const subject of ["cw.here", "cw.bye", "cw.lost", "cw.i.a.ask"]) {
      bus.on(subject, (message) => all.push([subject, message]));
    }
    clock.advance(1);
    const seen = [...all];

    for (let n = 0; n < 30; n++) {
      for (const [subject, message] of seen) {
        bus.tell(subject, broken(message, luck) ?? null);
      }
      bus.tell("cw.bye", luck.pick([null, 7, {}, { id: "no id" }]));
      bus.tell("cw.lost", luck.pick([null, 7, {}, { id: "no id" }]));
      bus.tell("cw.i.a.ask", luck.pick([null, 7, {}, { type: "later" }]));
    }
    clock.advance(1);

    ok(a.badFrames >= 60, `${a.badFrames} bad messages`);
    ok(a.ids.includes("b"));
  });
});

Deno.test("[MEMBER5] a beacon of a later version is understood", () => {
  const { clock, bus, create } = crowd();
  const a = create("a");

  bus.tell("cw.here", {
    ...{ id: "new", version: "9.0.0", wire: 2, beat: 1, n: 1, zone: "east" },
    ...{ draining: false, store: "ok", unset: [] },
    set: { "presence ada": "online", "presence otto": "asleep", "skill x": "" },
  });
  clock.advance(1);

  deepEqual(a.members.get("new")?.wire, 2);
  deepEqual(a.reports.get("new"), {
    presences: { ada: "online" },
    ...{ pbx: [], wants: [] },
  });
});

Deno.test("[MEMBER6] an instance that was taken for dead is a member again with its next beacon", () => {
  const { clock, create } = crowd();
  const [a, b] = [create("a"), create("b")];
  b.report = { presences: { ada: "online" }, pbx: [], wants: [] };
  clock.advance(500);
  b.bus.isCut = true;
  clock.advance(3_000);
  deepEqual([a.gone, a.ids], [["b lost"], []]);

  a.reports.clear();
  b.bus.isCut = false;
  clock.advance(501);

  deepEqual([a.ids, a.reports.get("b")], [["b"], b.report]);
});
