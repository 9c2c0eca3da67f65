import { deepEqual, equal, ok } from "node:assert/strict";
import type { Page } from "playwright-core";
import {
  AGENT,
  type CallScene,
  type CallSide,
  openCallScene,
  recordsOf,
  type Span,
  timed,
} from "@/tests/support/call_scene.ts";
import {
  longestOutage,
  openedSockets,
  reconnected,
} from "@/tests/support/count_sockets.ts";
import { plays } from "@/tests/support/media.ts";
import { OUTAGE_SHOWN_AFTER_MS } from "@/lib/base/outage.ts";
import { en as deskEn } from "@/lib/i18n/desk/en.ts";
import { en } from "@/lib/i18n/widget/en.ts";
import { TextWatch } from "@/tests/support/text_watch.ts";
import { enter, gone, press, seen } from "@/tests/support/seen.ts";

// Three programs on one PostgreSQL and one NATS, and two browsers in a call.

/** Audio has 50 packets per second, so a second without one is a pause. */
const SILENCE_MAX_MS = 1_000;

Deno.test("[CALL22] a call is heard while the visitor's instance is killed, then the agent's, and both sides can write and hang up", async () => {
  await using scene = await openCallScene(1280);
  const { visitor: { page }, agent: { page: desk } } = scene;

  await leave(scene, scene.visitor, "SIGKILL");
  await seen(page.getByRole("timer"));
  await seen(desk.getByRole("button", { name: "Hang up" }));
  await press(page.getByRole("button", { name: "Chat", exact: true }));
  await say(page, "Are you still there?");
  await press(desk.getByRole("button", { name: "Join chat" }).first());
  await say(desk, "I never left");
  await arrived(page, "I never left");
  await scene.visitor.instance.start();

  await leave(scene, scene.agent, "SIGKILL");
  await say(desk, "And now?");
  await arrived(page, "And now?");
  await say(page, "I hear you");
  await arrived(desk, "I hear you");
  await press(desk.getByRole("button", { name: "Mute" }));
  await seen(desk.getByRole("button", { name: "Unmute" }));
  await heard(scene);
  const ended = await timed(async () => {
    await press(page.getByRole("button", { name: "Hang up" }));
    await gone(desk.getByRole("button", { name: "Hang up" }));
  });

  await recorded(scene, ended);
});

Deno.test("[CALL22] each side of a call turns its camera on after its instance was killed, and the agent hangs up", async () => {
  await using scene = await openCallScene(390, "video");
  const { visitor: { page }, agent: { page: desk } } = scene;
  await press(page.getByRole("button", { name: "Turn camera off" }));
  const turnOn = page.getByRole("button", { name: "Turn camera on" });
  await seen(turnOn);

  // The page has noticed nothing yet, or is not connected again.
  await leave(scene, scene.visitor, "SIGKILL", () => press(turnOn));
  await plays(desk);
  await scene.visitor.instance.start();
  await leave(
    scene,
    scene.agent,
    "SIGKILL",
    () => press(desk.getByRole("button", { name: "Camera" })),
  );
  await plays(page);
  await press(desk.getByRole("button", { name: "Hold" }));
  await seen(page.getByText(`${AGENT} has put the call on hold.`));
  await press(desk.getByRole("button", { name: "Resume" }));
  await gone(page.getByText(`${AGENT} has put the call on hold.`));
  await heard(scene);
  const ended = await timed(async () => {
    await press(desk.getByRole("button", { name: "Hang up" }));
    await seen(page.getByText("The call has ended."));
  });

  await recorded(scene, ended);
});

Deno.test("[V48] [D36] neither side of a call sees a planned stop of its instance", async () => {
  await using scene = await openCallScene(1280);
  const { visitor: { page }, agent: { page: desk } } = scene;
  await press(page.getByRole("button", { name: "Chat", exact: true }));
  await say(page, "Hello");
  await press(desk.getByRole("button", { name: "Join chat" }).first());
  await say(desk, "Welcome");
  await arrived(page, "Welcome");
  const [atVisitor, atDesk] = await Promise.all([
    TextWatch.begin(page, [en.connectionLost, en.reconnecting]),
    TextWatch.begin(desk, [
      ...[deskEn.presence.notConnected, deskEn.connection.lost],
      deskEn.call.reconnecting,
    ]),
  ]);

  for (const side of [scene.visitor, scene.agent]) {
    await leave(scene, side, "SIGTERM");
    await side.instance.start();
  }
  await say(desk, "Still here");
  await arrived(page, "Still here");
  await heard(scene);
  const ended = await timed(async () => {
    await press(page.getByRole("button", { name: "Hang up" }));
    await gone(desk.getByRole("button", { name: "Hang up" }));
  });

  for (const [watch, at] of [[atVisitor, page], [atDesk, desk]] as const) {
    const outageMs = await longestOutage(at);
    // A host that is too busy needs longer for the move, and that is shown.
    const isShort = outageMs < OUTAGE_SHOWN_AFTER_MS;
    deepEqual(isShort ? await watch.found() : [], [], `${outageMs} ms`);
  }
  await recorded(scene, ended);
});

/** Kills the instance of a side, or stops it. Resolves when the side's page has
 * another socket. */
async function leave(
  { fleet }: CallScene,
  { instance, page }: CallSide,
  signal: Deno.Signal,
  meanwhile = () => Promise.resolve(),
): Promise<void> {
  await fleet.balancer.ready(fleet.instances.length);
  const before = await openedSockets(page);
  await instance.stop(signal);
  await meanwhile();
  await reconnected(page, before);
}

async function say(page: Page, text: string): Promise<void> {
  const field = page.getByRole("textbox", { name: "Message" });
  await enter(field, text);
  await field.press("Enter");
}

async function arrived(page: Page, text: string): Promise<void> {
  await seen(page.getByRole("log").getByText(text, { exact: true }));
}

/** Checks that audio never stopped, on one connection of each side. */
async function heard({ visitor, agent }: CallScene): Promise<void> {
  for (const [who, { audio }] of Object.entries({ visitor, agent })) {
    const { silentMs, states, peers, looks } = await audio.result();
    const found = `${who}: ${silentMs.toFixed()} ms silent, ${looks} looks`;
    ok(looks > 10 && silentMs < SILENCE_MAX_MS, found);
    deepEqual([states, peers], [["connected"], 1], found);
  }
}

/** Checks that the call left one record with its true times. */
async function recorded(
  { fleet, called, answered, errors }: CallScene,
  ended: Span,
): Promise<void> {
  const calls = async () =>
    (await recordsOf(fleet)).filter(({ media }) => media !== "chat");
  while ((await calls()).length === 0);
  const [record, ...others] = await calls();
  deepEqual(others, []);
  equal(record?.cause, 16);
  within(record?.startedAt, called);
  within(record?.answeredAt, answered);
  within(record?.endedAt, ended);
  deepEqual(errors(), []);
}

function within(at: number | undefined, { from, to }: Span): void {
  ok(at !== undefined && at >= from && at <= to, `${at} of ${from} to ${to}`);
}
