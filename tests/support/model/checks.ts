import { deepEqual, equal, ok } from "node:assert/strict";
import { isRunning } from "@/widget/contact/chat.ts";
import type { PageChat } from "@/widget/contact/chat_state.ts";
import type { Leg } from "./service_process.ts";
import type { World } from "./world.ts";

/** A connected page with a call must receive something soon: a leg rings. */
export function checkCalling({ visitor, legs }: World): void {
  const state = visitor.run?.call.state;
  if (state !== "calling" && state !== "alerting") return;
  const rings = legs.some(({ kind, isOver }) => kind === "call" && !isOver);
  ok(rings, `the page's call is ${state}, and nothing rings`);
}

/** Checks everything that must be true when the world has come to rest. */
export function check(world: World): void {
  const { visitor, agent, legs, store } = world;
  const running = legs.filter(({ isOver }) => !isOver);
  const calls = running.filter(({ kind }) => kind === "call");
  const chats = running.filter(({ kind }) => kind === "chat");
  const callState = visitor.run?.call.state ?? "none";
  const chatState = visitor.chat?.state ?? "none";

  if (visitor.isOpen) equal(visitor.link, "ready", "the visitor's connection");
  // A call that has ended at one end has ended at the other, and none waits
  // forever.
  ok(
    ["none", "ended", "connected"].includes(callState),
    `the page's call is still ${callState}`,
  );
  equal(calls.length, callState === "connected" ? 1 : 0, "calls at the agent");
  const isChatting = visitor.chat !== undefined && isRunning(visitor.chat);
  equal(
    chats.length,
    isChatting ? 1 : 0,
    `chats at the agent, beside one that is ${chatState} on the page`,
  );
  checkDesk(world, running);
  for (const leg of legs) checkLog(leg);
  for (
    const chat of [...visitor.earlier, ...(visitor.chat ? [visitor.chat] : [])]
  ) {
    checkPage(chat);
  }
  const [chat] = chats;
  if (visitor.chat && chat) checkBothSides(world, visitor.chat, chat);
  // Nothing is open or stored for an ended call.
  if (callState !== "connected") {
    equal(visitor.browser.devices.live, 0, "the visitor's live tracks");
    equal(visitor.browser.devices.openPeers.length, 0, "the visitor's peers");
    equal(agent.devices.live, 0, "the agent's live tracks");
    equal(agent.devices.openPeers.length, 0, "the agent's peers");
  }
  deepEqual(
    [...store.chats.keys()].sort(),
    running.map(({ id }) => id).sort(),
    "stored chats and connected calls",
  );
}

/** The desk shows exactly the running contacts. */
function checkDesk({ agent }: World, running: Leg[]): void {
  const { calls, chats } = agent.desk.state.value;
  const shown = [...calls, ...chats]
    .filter(({ view }) => view.state !== "ended")
    .map(({ view }) => view.id);
  deepEqual(shown.sort(), running.map(({ id }) => id).sort(), "at the desk");
}

/** The messages of a chat belong to it, once and in order. */
function checkLog({ id, log }: Leg): void {
  const entries = log?.since(0) ?? [];
  const own = entries.filter(({ from }) => from === "visitor");
  const theirs = entries.filter(({ from }) => from === "agent");
  inOrder(own.map(({ text }) => text), "of the visitor");
  inOrder(theirs.map(({ text }) => text), "of the agent");
  for (const { text } of theirs) equal(text.split(":")[1], id, "of this chat");
}

function checkPage({ lines }: PageChat): void {
  const own = lines.flatMap((l) => l.type === "own" ? [l.text] : []);
  const theirs = lines.flatMap((l) => l.type === "agent" ? [l.text] : []);
  inOrder(own, "of the visitor, on the page");
  inOrder(theirs, "of the agent, on the page");
}

/** True if all texts belong to one chat, each once, and in order. */
function inOrder(texts: readonly string[], whose: string): void {
  const numbers = texts.map((text) => Number(text.split(":")[2]));
  const sorted = [...new Set(numbers)].sort((a, b) => a - b);
  deepEqual(numbers, sorted, `messages ${whose}: once and in order`);
  const chats = new Set(texts.map((text) => text.split(":")[1]));
  ok(chats.size <= 1, `messages ${whose} are of several chats: ${texts}`);
}

/** Both pages show the service's state, and have sent all their messages. */
function checkBothSides(
  { agent }: World,
  page: PageChat,
  { id, log }: Leg,
): void {
  const has = (log?.since(0) ?? []).map(({ text }) => text);
  const lines = page.lines.flatMap((line) =>
    line.type === "note" ? [] : [line]
  );
  const item = agent.desk.state.value.chats.find(({ view }) => view.id === id);
  deepEqual(lines.map(({ text }) => text), has, "what the visitor sees");
  deepEqual(item?.entries.map(({ text }) => text), has, "what the agent sees");
  deepEqual(item?.outbox, [], "what the agent's page still has to say");
}
