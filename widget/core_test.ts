import { deepEqual, equal } from "node:assert/strict";
import { FakeClock } from "@/tests/support/fake_clock.ts";
import { info, session } from "@/tests/support/visitor_messages.ts";
import { Core, type CoreEvent, type WireEvents } from "./core.ts";

const UUID = "a".repeat(32);

/** A widget whose sockets the test answers. */
function widget(lang = "en") {
  const clock = new FakeClock();
  const wires: { events: WireEvents; sent: unknown[]; closed?: number }[] = [];
  const core = new Core({ uuid: UUID, url: "wss://a.example/s", lang }, {
    clock,
    chance: () => 0.5,
    openWire: (_url, events) => {
      const wire: (typeof wires)[number] = { events, sent: [] };
      wires.push(wire);
      return {
        send: (text) => wire.sent.push(JSON.parse(String(text))),
        close: (code = 1005) => wire.closed = code,
      };
    },
  });
  const told: CoreEvent[] = [];
  core.ontell = (event) => told.push(event);
  return {
    core,
    clock,
    wires,
    told,
    hear: (...messages: object[]) =>
      messages.forEach((message) =>
        wires.at(-1)?.events.heard(JSON.stringify(message))
      ),
    connect() {
      wires.at(-1)?.events.opened();
      wires.at(-1)?.events.heard(JSON.stringify(session()));
    },
  };
}

Deno.test("another language opens a new connection, unless there is none yet", () => {
  const { core, wires, connect } = widget();
  core.speak("de");
  const parked = wires.length;
  core.dispatch({ type: "arrive" });
  connect();

  core.speak("fr");
  connect();

  equal(parked, 0);
  deepEqual(wires.map(({ closed }) => closed), [1000, undefined]);
  deepEqual(wires.map(({ sent }) => sent[0]), [
    { mt: "Start", uuid: UUID, v: 1, lang: "de" },
    { mt: "Start", uuid: UUID, v: 1, lang: "fr", resume: "token" },
  ]);
});

Deno.test("a language that isn't one is left to the service", () => {
  const { core, wires, connect } = widget("C.UTF-8");

  core.dispatch({ type: "arrive" });
  connect();

  deepEqual(wires[0]?.sent, [{ mt: "Start", uuid: UUID, v: 1 }]);
});

Deno.test("the page is told when the cards are there, and each change of a presence once", () => {
  const { core, clock, told, hear, connect } = widget();
  core.dispatch({ type: "arrive" });
  connect();
  hear(info({ id: "ada", presence: "online" }));
  clock.advance(10_000);

  hear(info({ id: "ada", presence: "busy" }));
  hear(info({ id: "ada", presence: "busy", dn: "Ada" }));

  deepEqual(told, [
    { type: "ready" },
    { type: "presence", agent: "ada", presence: "online" },
    { type: "presence", agent: "ada", presence: "busy" },
  ]);
  equal(core.roster.cards[0]?.dn, "Ada");
});

Deno.test("nothing is sent unless the service has answered, and events of an old socket change nothing", () => {
  const { core, wires, connect } = widget();
  core.dispatch({ type: "arrive" });
  const early = core.send({ mt: "ClearCall" });
  connect();
  const [old] = wires;
  core.speak("de");
  connect();

  old?.events.closed(1006);
  const isSent = core.send({ mt: "ClearCall" });
  core.dispose();

  deepEqual([early, isSent], [false, true]);
  deepEqual(wires[1]?.sent.at(-1), { mt: "ClearCall" });
  deepEqual([wires.length, wires[1]?.closed], [2, 1000]);
});

Deno.test("a widget that was deleted has no cards", () => {
  const { core, clock, wires, hear, connect } = widget();
  core.dispatch({ type: "arrive" });
  connect();
  hear(info({ id: "ada" }));
  clock.advance(10_000);
  const before = core.roster.cards.length;

  wires[0]?.events.closed(4404);

  deepEqual([before, core.roster.cards.length], [1, 0]);
});

Deno.test("a visible card's picture is requested once", () => {
  const { core, clock, wires, hear, connect } = widget();
  core.dispatch({ type: "arrive" });
  connect();
  hear(info({ id: "ada", picture: "p1" }));
  clock.advance(10_000);

  core.see("ada");
  core.see("ada");

  deepEqual(wires[0]?.sent.slice(1), [{ mt: "GetPicture", id: "ada" }]);
});
