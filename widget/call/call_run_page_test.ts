import { deepEqual, equal, ok } from "node:assert/strict";
import { CallPage, ICE, turn } from "../../tests/support/call_page.ts";
import { replaceGlobals } from "../../tests/support/replace_globals.ts";

/** A connected call. */
async function connected(page: CallPage): Promise<CallPage> {
  page.call();
  await turn();
  await page.connect();
  return page;
}

Deno.test("the page is notified of each state of a call once, and of why it ended", async () => {
  using page = new CallPage().call();
  await turn();
  page.run.hear(ICE);
  await turn();

  page.run.hear({ mt: "CallInfo", state: "alerting" });
  page.run.hear({ mt: "CallInfo", state: "alerting" });
  await page.connect();
  page.run.hear({ mt: "CallHold", held: true });
  page.run.hear({ mt: "CallInfo", state: "terminated", cause: 17 });

  deepEqual(page.told, [
    { type: "call", state: "calling", agent: "ada" },
    { type: "call", state: "alerting", agent: "ada" },
    { type: "call", state: "connected", agent: "ada" },
    { type: "call", state: "ended", agent: "ada", cause: 17 },
  ]);
});

Deno.test("the visitor hears the phone ring until the agent answers, or the call ends", async () => {
  for (const ends of [false, true]) {
    let open = 0;
    class Audio {
      constructor() {
        open++;
        throw new Error("No sound in this test"); // Counted all the same.
      }
    }
    const ticking = new Set<number>();
    let timers = 0;
    using _globals = replaceGlobals({
      AudioContext: Audio,
      setInterval: (_: () => void, ms: number) => {
        if (ms === 5_000) ticking.add(++timers);
        return timers;
      },
      clearInterval: (timer: number) => ticking.delete(timer),
    });
    using page = new CallPage().call();
    await turn();
    page.run.hear(ICE);
    await turn();
    const rings = [ticking.size];

    page.run.hear({ mt: "CallInfo", state: "alerting" });
    rings.push(ticking.size);
    if (ends) page.run.hangUp();
    else await page.connect();
    rings.push(ticking.size);

    deepEqual([rings, open], [[0, 1, 0], 1]);
  }
});

Deno.test("a connected call is drawn each second", async () => {
  let tick = () => {};
  using _globals = replaceGlobals({
    setInterval: (callback: () => void, ms: number) => {
      if (ms === 1_000) tick = callback;
      return 1;
    },
    clearInterval: () => {},
  });
  using page = await connected(new CallPage());
  const before = page.changes;

  tick();

  equal(page.changes, before + 1);
});

Deno.test("a refusal ends a call that the agent hasn't answered, and no other", async () => {
  using waiting = new CallPage().call();
  await turn();
  waiting.run.hear(ICE);
  await turn();
  using running = await connected(new CallPage());

  for (const { run } of [waiting, running]) {
    run.refused("bad-message"); // It's about something else.
    run.refused("rate-limited");
  }

  deepEqual([waiting.run.call.reason, waiting.run.running], ["tooMany", false]);
  equal(running.run.call.state, "connected");
});

Deno.test("a call survives a lost connection if the service still knows the seat", async () => {
  const reasons = [];
  for (const resumed of [true, false]) {
    using page = await connected(new CallPage());
    page.run.disconnected();
    const { isOnline } = page.run.call;
    page.run.reconnected(resumed);
    reasons.push([isOnline, page.run.call.state, page.run.call.reason]);
  }

  deepEqual(reasons, [
    [false, "connected", "ended"],
    [false, "ended", "endedLost"],
  ]);
});

Deno.test("media that breaks has the connection to the service checked", async () => {
  using page = await connected(new CallPage());
  const before = page.checks;

  page.media.peer.become("connected");
  const flowing = page.checks;
  page.media.peer.become("failed");

  deepEqual([before, flowing, page.checks], [0, 0, 1]);
});

Deno.test("a network that is back has the media restarted", async () => {
  using page = await connected(new CallPage());
  const before = page.run.call.offering;

  dispatchEvent(new Event("online"));

  deepEqual([before, page.run.call.offering], [false, true]);
});

Deno.test("a video call without a camera starts with sound, and says so", async () => {
  const seen = [];
  for (const camera of [undefined, "NotFoundError"]) {
    using page = new CallPage();
    if (camera) page.media.broken.camera = camera;
    page.call({ video: true });
    const before = page.changes;
    await turn();
    seen.push([page.run.noCamera, page.run.running, page.changes > before]);
  }

  deepEqual(seen, [[false, true, true], [true, true, true]]);
});

Deno.test("a camera that is turned on during a call is sent", async () => {
  using page = await connected(new CallPage());

  await page.run.toggleCamera();
  await turn();

  const sent = page.media.peer.transceivers.map(({ sender }) =>
    sender.track?.kind
  );
  deepEqual(sent, ["audio", "video"]);
});

Deno.test("the agent's offer is answered", async () => {
  using page = await connected(new CallPage());

  page.run.hear({ mt: "Channels", cmd: "PROPOSAL", sdp: "m=audio" });
  await turn();

  const last = page.said.at(-1);
  ok(last?.mt === "Channels" && last.cmd === "SELECT");
  ok(last.sdp.startsWith("answer"));
});

Deno.test("a call that ends closes its sheet, its sound and its connection", async () => {
  using page = await connected(new CallPage());
  page.media.peer.receive("audio");
  page.run.sheet.toggle("keypad");
  const before = [page.run.sheet.shown, page.playing !== null];

  page.run.hangUp();

  deepEqual([before, page.run.sheet.shown, page.playing], [
    ["keypad", true],
    "none",
    null,
  ]);
  equal(page.run.phone, undefined);
});

Deno.test("a page that is left during a call asks first, and hangs up if it goes", async () => {
  using page = await connected(new CallPage());
  const leave = () => {
    const event = new Event("beforeunload", { cancelable: true });
    dispatchEvent(event);
    return event.defaultPrevented;
  };
  const running = leave();

  dispatchEvent(new Event("pagehide"));

  deepEqual([running, leave()], [true, false]);
  deepEqual([page.words.at(-1), page.run.call.state], ["ClearCall", "ended"]);
});

Deno.test("a call whose widget leaves the page is hung up and asks nothing any more", async () => {
  const page = await connected(new CallPage());

  page.run.dispose();
  const { changes, said: { length } } = page;
  dispatchEvent(new Event("online"));
  await turn();

  deepEqual([page.words.at(-1), page.open], ["ClearCall", 0]);
  deepEqual([page.changes, page.said.length], [changes, length]);
});
