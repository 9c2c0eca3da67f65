import { deepEqual, equal } from "node:assert/strict";
import type { ClientMessage } from "@/lib/protocol/visitor/client_messages.ts";
import type { FakePeer } from "@/tests/support/fake_media.ts";
import { CallPage, ICE, turn } from "../../tests/support/call_page.ts";
import "./mover.ts"; // Loaded before the clock is asked.

const REQUEST = { mt: "CallMove", cmd: "REQUEST", peer: 1 } as const;
const SELECT = { ...REQUEST, cmd: "SELECT", sdp: "m=audio" } as const;
const DONE = { ...REQUEST, cmd: "DONE", dn: "Bob" } as const;
const CLOSE = { ...REQUEST, cmd: "CLOSE" } as const;

/** Lets a module load, and promises settle. */
async function loaded(): Promise<void> {
  await import("./mover.ts");
  await turn();
}

/** A call that the agent hands over, and the page's offer for it. */
async function asked(page: CallPage): Promise<FakePeer> {
  page.call();
  await turn();
  await page.connect();
  page.said.length = 0;
  page.run.hear(REQUEST);
  await loaded();
  page.run.hear(ICE);
  await turn();
  const next = page.media.peers.at(-1);
  if (next === undefined) throw new Error("Cannot find the connection");
  return next;
}

/** The same, and media flow over the new connection. */
async function ready(page: CallPage): Promise<FakePeer> {
  const next = await asked(page);
  page.run.hear(SELECT);
  await turn();
  next.connectionState = "connected";
  next.dispatchEvent(new Event("connectionstatechange"));
  return next;
}

function moves(said: readonly ClientMessage[]): string[] {
  return said.flatMap((one) => one.mt === "CallMove" ? one.cmd : []);
}

Deno.test("[CALL23] a second connection sends the same tracks, and replaces the first one when the service says so", async () => {
  using page = new CallPage();
  const next = await ready(page);
  const before = page.open;
  const requests = page.media.tracks.length;

  page.run.hear(DONE);
  await turn();

  deepEqual(page.words, ["GetIceConfig", "CallMove", "CallMove"]);
  deepEqual(moves(page.said), ["PROPOSAL", "READY"]);
  equal(before, 2);
  deepEqual(page.media.peers.map(({ isClosed }) => isClosed), [true, false]);
  deepEqual(next.getSenders().map(({ track }) => track?.kind), ["audio"]);
  equal(next.getSenders()[0]?.track, page.media.tracks[0]);
  equal(page.media.tracks.length, requests);
  equal(page.run.call.agent.name, "Bob");
  equal(page.playing, page.run.remote);
});

Deno.test("[CALL23] later messages name the new connection, and an open offer is made again", async () => {
  using page = new CallPage();
  await ready(page);
  page.run.dispatch({ type: "changed" });
  await turn();
  page.said.length = 0;

  page.run.hear(DONE);
  await turn();

  deepEqual(
    page.said.map((one) =>
      "cmd" in one && [one.cmd, "peer" in one && one.peer]
    ),
    [
      ["PROPOSAL", 1],
    ],
  );
});

Deno.test("[CALL23] a call that stays keeps its connection, and closes the other one", async () => {
  using page = new CallPage();
  await ready(page);

  page.run.hear(CLOSE);
  page.run.hear(DONE); // Of no connection that the page has.
  await turn();

  deepEqual(page.media.peers.map(({ isClosed }) => isClosed), [false, true]);
  equal(page.run.call.agent.name, "Ada");
});

Deno.test("[CALL24] after a reconnect the page repeats what it has said last", async () => {
  using page = new CallPage();
  const next = await asked(page);
  page.run.hear(REQUEST); // Repeated by the service.
  page.run.reconnected(true);
  await turn();
  const first = moves(page.said);
  page.run.hear(SELECT);
  page.run.hear(SELECT);
  await turn();
  next.connectionState = "connected";
  next.dispatchEvent(new Event("connectionstatechange"));
  page.run.reconnected(true);
  await turn();
  page.run.hear(DONE);
  await turn();
  page.run.reconnected(true);
  await turn();

  deepEqual(first, ["PROPOSAL", "PROPOSAL"]);
  deepEqual(moves(page.said).slice(2), ["READY", "READY"]);
  equal(page.media.peers.length, 2);
});

Deno.test("[CALL23] what was to be done with the first connection does not reach the second", async () => {
  using page = new CallPage();
  const next = await ready(page);
  page.said.length = 0;
  page.run.hear({ mt: "Channels", cmd: "PROPOSAL", sdp: "m=audio" });
  page.run.hear(DONE);
  await turn();
  const [first] = page.media.peers;
  first?.dispatchEvent(new Event("iceconnectionstatechange"));

  equal(next.signalingState, "stable");
  equal(page.run.call.broken, false);
});

Deno.test("[CALL23] the end of a call closes both connections", async () => {
  using page = new CallPage();
  await ready(page);

  page.run.hangUp();
  await turn();

  equal(page.open, 0);
  deepEqual(page.media.live, []);
  equal(page.clock.pending, 0);
});
