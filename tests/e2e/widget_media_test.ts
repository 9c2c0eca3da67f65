import { equal, ok } from "node:assert/strict";
import { AgentPage } from "@/tests/support/agent_page.ts";
import { gone, press, seen } from "@/tests/support/seen.ts";
import { info } from "@/tests/support/visitor_messages.ts";
import { openWidgetPage } from "@/tests/support/widget_page.ts";

const ada = info({ id: "ada", dn: "Ada" });

/** A video call that is connected. */
async function inCall() {
  const shown = await openWidgetPage({ service: { infos: [ada] } });
  const { page, service, profile, url } = shown;
  await press(page.getByRole("button", { name: "Video call with Ada" }));
  const offer = await service.once("Channels");
  const agentPage = await profile.context.newPage();
  await agentPage.goto(`${url}/agent`);
  const agent = new AgentPage(agentPage);
  const sdp = await agent.answer("sdp" in offer ? offer.sdp : "", true);
  await page.bringToFront();
  service.say({ mt: "CallInfo", state: "connected", cmd: "SELECT", sdp });
  await seen(page.locator("video.remote"));
  return Object.assign(shown, { agent });
}

Deno.test("a shared screen replaces the camera until sharing stops", async () => {
  await using shown = await inCall();
  const { page, agent } = shown;
  await page.evaluate(() => {
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = 77;
    canvas.getContext("2d")?.fillRect(0, 0, 9, 9);
    navigator.mediaDevices.getDisplayMedia = () =>
      Promise.resolve(canvas.captureStream(5));
  });
  const share = page.getByRole("button", { name: "Share screen" });
  const own = () =>
    page.locator("video.own").evaluate((video: HTMLVideoElement) =>
      (video.srcObject as MediaStream).getVideoTracks()[0]?.getSettings().width
    );

  await press(share);
  await seen(page.locator("video.own:not(.mirrored)"));
  const width = await own();
  const pressed = await share.getAttribute("aria-pressed");
  await agent.receives("audio");
  await press(share);
  await gone(page.locator("video.own"));

  equal(width, 77);
  equal(pressed, "true");
});

Deno.test("the agent's video can be shown full screen and picture-in-picture", async () => {
  await using shown = await inCall();
  const { page } = shown;
  await page.evaluate(() => {
    const asked: string[] = [];
    Object.assign(globalThis, { asked });
    for (const name of ["requestFullscreen", "requestPictureInPicture"]) {
      Reflect.set(HTMLVideoElement.prototype, name, function (this: Element) {
        asked.push(`${name} ${this.className}`);
        return Promise.resolve();
      });
    }
  });

  await press(page.getByRole("button", { name: "Full screen" }));
  await press(page.getByRole("button", { name: "Picture in picture" }));

  equal(
    await page.evaluate(() => Reflect.get(globalThis, "asked").join()),
    "requestFullscreen remote,requestPictureInPicture remote",
  );
});

Deno.test("the quality of a call is described in words", async () => {
  await using shown = await inCall();
  const { page } = shown;

  await seen(page.getByText(/^(Good|Unsteady|Poor) connection$/));
});

Deno.test("devices chosen while ringing are used for the next call too", async () => {
  await using shown = await openWidgetPage({ service: { infos: [ada] } });
  const { page, service } = shown;
  const devices = page.getByRole("button", {
    name: "Microphone, camera, speaker",
  });
  const microphone = page.getByRole("combobox", { name: "Microphone" });
  await press(page.getByRole("button", { name: "Call Ada" }));
  await service.once("Channels");
  service.say({ mt: "CallInfo", state: "alerting" });
  await press(devices);
  await microphone.selectOption({ index: 1 });
  const chosen = await microphone.inputValue();
  await press(page.getByRole("button", { name: "Hang up" }));
  await service.once("ClearCall");

  await press(devices);
  const kept = await microphone.inputValue();
  await microphone.selectOption({ index: 2 });
  const next = await microphone.inputValue();
  await page.evaluate(() => {
    const { mediaDevices } = navigator;
    const open = mediaDevices.getUserMedia.bind(mediaDevices);
    mediaDevices.getUserMedia = (wanted) => {
      Object.assign(globalThis, { wanted: JSON.stringify(wanted) });
      return open(wanted);
    };
  });
  await press(page.getByRole("button", { name: "Call again" }));
  await service.once("CreateCall", 2);
  const wanted = await page.evaluate(() => Reflect.get(globalThis, "wanted"));

  equal(kept, chosen);
  ok(next !== chosen && String(wanted).includes(next), wanted);
});

Deno.test("if media stops silently, the widget checks the socket and restarts ICE", async () => {
  await using shown = await inCall();
  const { page, service, agent } = shown;
  const ufrag = async (count: number) => {
    const channels = await service.once("Channels", count);
    return /a=ice-ufrag:(\S+)/.exec("sdp" in channels ? channels.sdp : "")?.[1];
  };
  await agent.receives("audio");

  await agent.page.close();
  await seen(page.getByText("Reconnecting"));
  await service.once("GetIceConfig", 2); // The first one was for the call.

  ok(await ufrag(2) !== await ufrag(1));
});
