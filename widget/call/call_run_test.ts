import { deepEqual, equal } from "node:assert/strict";
import { CallPage, ICE, turn } from "../../tests/support/call_page.ts";

Deno.test("hanging up during the permission prompt releases the devices and opens no connection", async () => {
  using asking = new CallPage();
  asking.media.devices.isAsking = true;
  asking.call({ video: true });
  await turn();

  asking.run.hangUp();
  asking.media.devices.allow();
  await turn();
  asking.clock.advance(5_000);
  await turn();

  equal(asking.media.tracks.length, 2);
  deepEqual(asking.media.live, []);
  equal(asking.media.peers.length, 0);
  deepEqual(asking.words, ["GetIceConfig"]);
});

Deno.test("hanging up before the ICE servers are known opens no connection", async () => {
  using page = new CallPage().call();
  await turn();

  page.run.hangUp();
  page.clock.advance(5_000);
  await turn();

  deepEqual(page.media.live, []);
  equal(page.open, 0);
  equal(page.clock.pending, 0);
});

Deno.test("the connection is closed in every state in which a call can end", async () => {
  const phases: ((page: CallPage) => Promise<void>)[] = [
    async (page) => {
      page.run.hear(ICE);
      await turn();
    },
    async (page) => {
      page.run.hear(ICE);
      await turn();
      page.run.hear({ mt: "CallInfo", state: "alerting" });
    },
    (page) => page.connect(),
  ];
  for (const reach of phases) {
    using page = new CallPage().call({ video: true });
    await turn();
    await reach(page);
    const before = page.open;
    page.run.hangUp();

    deepEqual([before, page.open], [1, 0]);
    deepEqual(page.media.live, []);
    equal(page.words.at(-1), "ClearCall");
    equal(page.awake, 0);
  }
});

Deno.test("without ICE servers the call continues after 3 s", async () => {
  using page = new CallPage().call();
  await turn();
  page.clock.advance(2_999);
  await turn();
  const before = page.words;
  page.clock.advance(1);
  await turn();

  deepEqual(before, ["GetIceConfig"]);
  deepEqual(page.words, ["GetIceConfig", "CreateCall", "Channels"]);
});

Deno.test("an unanswered permission prompt reminds the visitor, and ends the call after 60 s", async () => {
  using page = new CallPage();
  page.media.devices.isAsking = true;
  page.call();
  page.clock.advance(4_000);
  await turn();
  const notices = page.run.own.notices;
  page.clock.advance(56_000);
  await turn();

  deepEqual(notices, ["asking"]);
  equal(page.run.call.reason, "deviceLate");
});

Deno.test("a browser that can't create an offer ends the call without throwing at the page", async () => {
  for (const fault of ["refuses", "hangs"] as const) {
    using page = new CallPage();
    page.media[fault] = true;
    page.call();
    page.run.hear(ICE);
    await turn();
    page.clock.advance(10_000);
    await turn();

    equal(page.run.call.reason, "callFailed");
    equal(page.open, 0);
    deepEqual(page.media.live, []);
  }
});

Deno.test("an answer that the browser can't use ends the call on both sides", async () => {
  using page = new CallPage().call();
  await turn();
  page.run.hear(ICE);
  await turn();
  page.media.peer.refuses = true;
  page.run.hear({
    mt: "CallInfo",
    state: "connected",
    cmd: "SELECT",
    sdp: "nonsense",
  });
  await turn();

  equal(page.run.call.reason, "callFailed");
  equal(page.words.at(-1), "ClearCall");
});

Deno.test("a later description that the browser can't use restarts the media once", async () => {
  using page = new CallPage().call();
  await turn();
  await page.connect();
  page.media.peer.refuses = true;
  page.run.hear({ mt: "Channels", cmd: "PROPOSAL", sdp: "nonsense" });
  await turn();

  equal(page.run.call.state, "connected");
  equal(page.run.call.broken, true);
});

Deno.test("keys pressed quickly are all sent, once the agent's side accepts keys", async () => {
  using page = new CallPage().call();
  await turn();
  await page.connect();
  const { dtmf } = page.media.peer.transceivers[0]!.sender;
  const before = page.run.phone?.dials;

  dtmf.canInsertDTMF = true;
  page.run.phone?.dial("2");
  page.run.phone?.dial("3");

  equal(before, false);
  equal(page.run.phone?.dials, true);
  equal(dtmf.toneBuffer, "23");
});

Deno.test("another microphone needs no offer, turning on a camera needs one", async () => {
  using page = new CallPage().call();
  await turn();
  await page.connect();
  page.media.tracks[0]?.lose();
  await turn();
  const sent = page.media.peer.transceivers[0]?.sender.track;
  const offers = page.words.filter((mt) => mt === "Channels").length;
  await page.run.toggleCamera();
  await turn();

  equal(sent, page.media.tracks[1]);
  deepEqual(page.run.own.notices, ["deviceReplaced"]);
  equal(page.words.filter((mt) => mt === "Channels").length, offers + 1);
});

Deno.test("a camera that doesn't open is reported, and the call continues", async () => {
  using page = new CallPage().call();
  await turn();
  await page.connect();
  page.media.devices.isAsking = true;
  page.run.toggleCamera();
  page.clock.advance(60_000);
  await turn();

  equal(page.run.noCamera, true);
  equal(page.run.call.state, "connected");
});

Deno.test("a browser without WebRTC doesn't ask for devices, doesn't ring, and says so", async () => {
  using page = new CallPage().call({
    deps: { callTrouble: () => "unsupported" },
  });
  await turn();

  equal(page.run.call.reason, "noWebrtc");
  deepEqual(page.media.asked, []);
  equal(page.words.includes("CreateCall"), false);
});

Deno.test("a call's duration doesn't depend on the host's clock", async () => {
  using page = new CallPage().call();
  await turn();
  await page.connect();
  page.clock.advance(61_000);
  page.clock.jumpWall(-3_600_000);

  equal(page.run.lasts, 61_000);
});

Deno.test("if the browser blocks playback, a button is shown until it plays", async () => {
  using page = new CallPage();
  let begin = () => {};
  page.plays = () => new Promise((resolve) => begin = resolve);
  page.call();
  await turn();
  await page.connect();
  page.media.peer.receive("audio");
  page.clock.advance(5_000);
  await turn();
  const late = page.run.speaker.silent;
  begin();
  await turn();

  deepEqual([late, page.run.speaker.silent], [true, false]);
});

Deno.test("media that stops restarts after 2.5 s, and not before", async () => {
  using page = new CallPage().call();
  await turn();
  await page.connect();
  page.media.peer.become("connected");
  page.media.peer.become("disconnected");
  page.clock.advance(2_499);
  const before = page.run.call.broken;
  page.clock.advance(1);

  deepEqual([before, page.run.call.broken], [false, true]);
});
