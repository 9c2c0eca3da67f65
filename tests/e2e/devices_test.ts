import { deepEqual, equal } from "node:assert/strict";
import type { BrowserContext, Locator, Page } from "playwright-core";
import { agentOf } from "@/tests/support/admin_client.ts";
import { AgentPage } from "@/tests/support/agent_page.ts";
import { openProduct } from "@/tests/support/product.ts";
import { received, sounds, watchPeers } from "@/tests/support/media.ts";
import { gone, press, seen } from "@/tests/support/seen.ts";
import { info } from "@/tests/support/visitor_messages.ts";
import { openWidgetPage } from "@/tests/support/widget_page.ts";

const ada = info({ id: "ada", dn: "Ada" });
/** Trouble with a device must be on the screen within this time. */
const SAID_WITHIN_MS = 2_000;

/** Remembers the tracks that pages of a profile open. */
async function watchTracks(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    // A new tab is empty at first, and has no devices.
    if (!navigator.mediaDevices) return;
    const opened: MediaStreamTrack[] = [];
    const open = MediaDevices.prototype.getUserMedia;
    MediaDevices.prototype.getUserMedia = async function (wanted) {
      const stream = await open.call(this, wanted);
      opened.push(...stream.getTracks());
      return stream;
    };
    Object.assign(globalThis, { opened });
  });
}

/** Does to the newest track of a kind what the system does. */
async function happen(
  page: Page,
  kind: "audio" | "video",
  event: "ended" | "mute" | "unmute",
): Promise<void> {
  // The device may not be open yet.
  await page.waitForFunction((kind) => {
    const { opened } = globalThis as unknown as { opened: MediaStreamTrack[] };
    return opened.some((one) => one.kind === kind);
  }, kind);
  await page.evaluate(({ kind, event }) => {
    const { opened } = globalThis as unknown as { opened: MediaStreamTrack[] };
    const track = opened.findLast((one) => one.kind === kind)!;
    if (event === "ended") track.stop();
    else {Object.defineProperty(track, "muted", {
        value: event === "mute",
        configurable: true,
      });}
    track.dispatchEvent(new Event(event));
  }, { kind, event });
}

function liveTracks(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const { opened } = globalThis as unknown as { opened: MediaStreamTrack[] };
    return opened.filter(({ readyState }) => readyState === "live")
      .map(({ kind }) => kind);
  });
}

const said = (text: Locator) => seen(text, { timeout: SAID_WITHIN_MS });

/** A visitor in a video call with a page that answers. */
async function inCall() {
  const shown = await openWidgetPage({ service: { infos: [ada] } });
  const { page, service, profile, url } = shown;
  await watchTracks(profile.context);
  await watchPeers(profile.context);
  await page.reload();
  await press(page.getByRole("button", { name: "Video call with Ada" }));
  const offer = await service.once("Channels");
  const agentPage = await profile.context.newPage();
  await agentPage.goto(`${url}/agent`);
  const agent = new AgentPage(agentPage);
  const sdp = await agent.answer("sdp" in offer ? offer.sdp : "", true);
  await page.bringToFront();
  service.say({ mt: "CallInfo", state: "connected", cmd: "SELECT", sdp });
  await seen(page.getByText("Connected"));
  return Object.assign(shown, { agent });
}

Deno.test("a visitor's lost microphone and camera are reported and replaced, and the agent gets both", async () => {
  await using shown = await inCall();
  const { page, agent } = shown;
  await agent.receives("video");
  for (const kind of ["audio", "video"] as const) {
    await happen(page, kind, "ended");
    await said(page.getByText("You are now using another one."));
    await agent.receives(kind);
  }
  const during = await liveTracks(page);
  await press(page.getByRole("button", { name: "Hang up" }));
  await seen(page.getByText("The call has ended."));

  deepEqual(during, ["audio", "video"]);
  deepEqual(await liveTracks(page), []);
});

Deno.test("a visitor sees that the system has muted the microphone, until it is unmuted", async () => {
  await using shown = await inCall();
  const { page } = shown;
  const notice = page.getByText("has muted your microphone");

  await happen(page, "audio", "mute");
  await said(notice);
  await happen(page, "audio", "unmute");
  await gone(notice, { timeout: SAID_WITHIN_MS });
});

Deno.test("a visitor sees that the browser is waiting for permission, and can hang up", async () => {
  await using shown = await openWidgetPage({ service: { infos: [ada] } });
  const { page, service } = shown;
  await page.evaluate(() => {
    navigator.mediaDevices.getUserMedia = () => new Promise(() => {});
  });
  await press(page.getByRole("button", { name: "Call Ada" }));
  await seen(page.getByText("Your browser is waiting for you"));
  await press(page.getByRole("button", { name: "Hang up" }));
  await seen(page.getByText("The call has ended."));

  equal(service.heard.some(({ mt }) => mt === "CreateCall"), false);
});

Deno.test("a visitor without WebRTC is told so and offered only what works", async () => {
  await using shown = await openWidgetPage({ service: { infos: [ada] } });
  const { page, service } = shown;
  await page.evaluate(() =>
    Reflect.deleteProperty(globalThis, "RTCPeerConnection")
  );
  await press(page.getByRole("button", { name: "Call Ada" }));
  await seen(page.getByText("This browser cannot make calls."));

  equal(await page.getByRole("button", { name: "Call again" }).count(), 0);
  equal(
    await page.getByRole("button", { name: "Microphone, camera" }).count(),
    0,
  );
  equal(service.heard.some(({ mt }) => mt === "CreateCall"), false);
});

/** A visitor before the card of an agent whose desk is open. */
async function openStage(
  prepare: (context: BrowserContext) => Promise<unknown>,
) {
  const product = await openProduct([], "plain");
  const widget = await product.admin.addWidget("cardset", (content) => {
    content.agents = [agentOf("ada", "Ada")];
  });
  const desk = await product.openDesk("ada", "Ada");
  await prepare(desk.context);
  await desk.page.reload();
  const visitor = await product.browser.open({
    permissions: ["camera", "microphone"],
  });
  await watchPeers(visitor.context);
  await visitor.page.goto(product.website([widget.uuid]).origin);
  await press(visitor.page.getByRole("button", { name: "Call Ada" }));
  const ring = desk.page.getByRole("region", { name: /is calling/ });
  await seen(ring);
  return {
    desk: desk.page,
    ring,
    visitor: visitor.page,
    [Symbol.asyncDispose]: () => product[Symbol.asyncDispose](),
  };
}

Deno.test("an agent's lost microphone is reported and replaced, and the visitor still hears the agent", async () => {
  await using stage = await openStage(watchTracks);
  const { desk, ring, visitor } = stage;
  await press(ring.getByRole("button", { name: "Answer" }));
  await received(visitor, "audio");

  await happen(desk, "audio", "ended");
  await said(desk.getByText("You are now using another one."));
  await sounds(visitor);
  await happen(desk, "audio", "mute");
  await said(desk.getByText("has muted your microphone"));
  await press(visitor.getByRole("button", { name: "Hang up" }));
  await gone(desk.getByRole("button", { name: "Hang up" }));

  deepEqual(await liveTracks(desk), []);
});

Deno.test("an agent whose browser never opens the microphone is told, and the visitor doesn't wait", async () => {
  await using stage = await openStage((context) =>
    context.addInitScript(() => {
      MediaDevices.prototype.getUserMedia = () => new Promise(() => {});
    })
  );
  const { desk, ring, visitor } = stage;
  await press(ring.getByRole("button", { name: "Answer" }));
  await seen(desk.getByText("The browser is waiting for you"));
  await seen(visitor.getByText("Ada cannot be reached at the moment."), {
    timeout: 25_000,
  });

  await seen(
    desk.getByText("The browser did not open the microphone in time."),
  );
});

Deno.test("a desk without WebRTC says so before a call and offers no answer that would fail", async () => {
  await using stage = await openStage((context) =>
    context.addInitScript(() =>
      Reflect.deleteProperty(globalThis, "RTCPeerConnection")
    )
  );
  const { desk, ring, visitor } = stage;
  await seen(desk.getByText("This browser cannot make calls."));
  await seen(ring.getByText("You cannot answer calls in this browser."));
  const answers = await ring.getByRole("button", { name: /^Answer/ }).count();
  await press(ring.getByRole("button", { name: "Decline" }));
  await seen(visitor.getByText("Ada cannot take the call right now."));

  equal(answers, 0);
});
