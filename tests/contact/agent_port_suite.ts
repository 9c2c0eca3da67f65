import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import { CAUSE } from "@/lib/base/causes.ts";
import type { Presence } from "@/lib/model/presence.ts";
import { Heard } from "../support/heard.ts";
import { sampleAnswer, sampleOffer } from "../support/sdp.ts";
import type { OpenHarness } from "./agent_port_harness.ts";
import { testChatEnds, testChats } from "./agent_port_chats.ts";
import { dialled } from "./agent_port_steps.ts";

/**
 * The acceptance suite of AgentPort (lib/contact/ports.ts), which registers its
 * tests. A bank calls it from its own `_test.ts`, with a harness that plays an
 * agent of that bank.
 */
export function agentPortSuite(bank: string, open: OpenHarness): void {
  testWatches(bank, open);
  testSearch(bank, open);
  testCalls(bank, open);
  testCallEnds(bank, open);
  testOffers(bank, open);
  testChats(bank, open);
  testChatEnds(bank, open);
}

function testWatches(bank: string, open: OpenHarness): void {
  Deno.test(`${bank}: watch() reports the presence before it returns`, async () => {
    await using harness = await open();
    const told: Presence[] = [];

    using _known = harness.port.watch(
      harness.agent.address,
      (presence) => told.push(presence),
    );
    using _unknown = harness.port.watch(
      harness.unknown,
      (presence) => told.push(presence),
    );

    deepEqual(told, ["online", "offline"]);
  });

  Deno.test(`${bank}: watch() reports each change to every watcher until disposed`, async () => {
    await using harness = await open();
    const first = new Heard<Presence>();
    const second = new Heard<Presence>();
    const { address } = harness.agent;
    const watch = harness.port.watch(address, first.tell);
    using _other = harness.port.watch(address, second.tell);

    await harness.setPresence("dnd");
    await first.until((presence) => presence === "dnd");
    watch[Symbol.dispose]();
    await harness.setPresence("away");
    await second.until((presence) => presence === "away");

    deepEqual(first.all, ["online", "dnd"]);
    deepEqual(second.all, ["online", "dnd", "away"]);
  });

  Deno.test(`${bank}: watch() reports offline when the agent is lost`, async () => {
    await using harness = await open();
    const heard = new Heard<Presence>();
    using _watch = harness.port.watch(harness.agent.address, heard.tell);

    await harness.loseAgent();

    await heard.until((presence) => presence === "offline");
  });
}

function testSearch(bank: string, open: OpenHarness): void {
  Deno.test(`${bank}: search() matches a part of the name and ignores case`, async () => {
    await using harness = await open();
    const { agent, port } = harness;
    const text = agent.name.slice(1, -1).toUpperCase();

    const page = await port.search(
      { text, limit: 10 },
      new AbortController().signal,
    );
    const none = await port.search(
      { text: harness.unknown, limit: 10 },
      new AbortController().signal,
    );

    deepEqual(page.agents.filter((a) => a.address === agent.address), [agent]);
    deepEqual(none.agents, []);
  });

  Deno.test(`${bank}: search() rejects with an AbortError when aborted`, async () => {
    await using harness = await open();
    const before = AbortSignal.abort();
    const during = new AbortController();

    const search = harness.port.search({ text: "", limit: 1 }, during.signal);
    during.abort();

    await rejects(search, { name: "AbortError" });
    await rejects(harness.port.search({ text: "", limit: 1 }, before), {
      name: "AbortError",
    });
  });
}

function testCalls(bank: string, open: OpenHarness): void {
  Deno.test(`${bank}: a call rings, is answered with SDP, and ends once`, async () => {
    await using harness = await open();
    const { leg, heard } = dialled(harness);
    const phone = await harness.nextCall();

    await heard.until((event) => event.type === "alerting");
    await phone.answer();
    const sdp = await heard.answer();
    leg.send({ type: "hang-up", cause: CAUSE.normal });
    const ended = await heard.until((event) => event.type === "terminated");
    await phone.ended();

    equal(phone.visitorName, "Ada");
    equal(phone.video, true);
    match(sdp, /^a=fingerprint:/m);
    equal(ended.type === "terminated" && ended.cause, CAUSE.normal);
    await heard.nothingMore();
  });

  Deno.test(`${bank}: a voice call offers no video`, async () => {
    await using harness = await open();
    const { heard } = dialled(harness, { media: "voice" });
    const phone = await harness.nextCall();

    await phone.answer();
    await heard.answer();

    equal(phone.video, false);
  });

  Deno.test(`${bank}: no event is sent before dial() returns`, async () => {
    await using harness = await open();
    let returned = false;
    const early: string[] = [];
    const call = {
      id: "c1",
      address: harness.unknown,
      visitor: { name: "", widget: { uuid: "", name: "" }, lang: "en" },
      media: "voice" as const,
      sdp: sampleOffer("voice"),
    };
    const over = Promise.withResolvers<number>();

    harness.port.dial(call, (event) => {
      if (!returned) early.push(event.type);
      if (event.type === "terminated") over.resolve(event.cause);
    });
    returned = true;

    ok(await over.promise > 0);
    deepEqual(early, []);
  });
}

function testCallEnds(bank: string, open: OpenHarness): void {
  Deno.test(`${bank}: a declined call is terminated and never connected`, async () => {
    await using harness = await open();
    const { leg, heard } = dialled(harness);
    const phone = await harness.nextCall();

    await phone.hangUp();
    const ended = await heard.until((event) => event.type === "terminated");
    leg.send({ type: "hang-up", cause: CAUSE.normal });
    leg.send({ type: "dtmf", digits: "1" });

    ok(ended.type === "terminated" && ended.cause > 0);
    ok(!heard.all.some((event) => event.type === "connected"));
    await heard.nothingMore();
  });

  Deno.test(`${bank}: an answered call that the agent ends has cause 16`, async () => {
    await using harness = await open();
    const { heard } = dialled(harness);
    const phone = await harness.nextCall();
    await phone.answer();
    await heard.answer();

    await phone.hangUp();

    const ended = await heard.until((event) => event.type === "terminated");
    deepEqual(ended, { type: "terminated", cause: CAUSE.normal });
    await heard.nothingMore();
  });

  Deno.test(`${bank}: hanging up right after dial() ends the call once`, async () => {
    await using harness = await open();
    const { leg, heard } = dialled(harness);

    leg.send({ type: "hang-up", cause: CAUSE.normal });
    leg.send({ type: "hang-up", cause: CAUSE.normal });

    await heard.until((event) => event.type === "terminated");
    await heard.nothingMore();
  });

  Deno.test(`${bank}: a lost agent ends the call once`, async () => {
    await using harness = await open();
    const { heard } = dialled(harness);
    const phone = await harness.nextCall();
    await phone.answer();
    await heard.answer();

    await harness.loseAgent();

    await heard.until((event) => event.type === "terminated");
    await heard.nothingMore();
  });
}

function testOffers(bank: string, open: OpenHarness): void {
  Deno.test(`${bank}: the visitor's new offer is answered`, async () => {
    await using harness = await open();
    const { leg, heard } = dialled(harness);
    const phone = await harness.nextCall();
    await phone.answer();
    await heard.answer();
    const before = heard.all.length;

    leg.send({
      type: "channels",
      channels: { cmd: "PROPOSAL", sdp: sampleOffer() },
    });
    await phone.gotOffer();
    await heard.channels("SELECT", before);
  });

  Deno.test(`${bank}: the agent's new offer reaches the visitor, and the answer the agent`, async () => {
    await using harness = await open();
    const { leg, heard } = dialled(harness);
    const phone = await harness.nextCall();
    await phone.answer();
    await heard.answer();
    const before = heard.all.length;

    await phone.offer();
    await heard.channels("PROPOSAL", before);
    leg.send({
      type: "channels",
      channels: { cmd: "SELECT", sdp: sampleAnswer() },
    });

    await phone.gotAnswer();
  });
}
