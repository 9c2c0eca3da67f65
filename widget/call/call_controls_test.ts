import { deepEqual, equal } from "node:assert/strict";
import { CallPage, turn } from "../../tests/support/call_page.ts";

/** A running call of two. */
async function connected(): Promise<CallPage> {
  const page = new CallPage().call();
  await turn();
  await page.connect();
  return page;
}

/** True if the page asks the visitor whether to leave it. */
function asksBeforeLeaving(): boolean {
  const event = new Event("beforeunload", { cancelable: true });
  globalThis.dispatchEvent(event);
  return event.defaultPrevented;
}

Deno.test("a page asks before it is left during a call, and not after it", async () => {
  using page = await connected();

  const during = asksBeforeLeaving();
  page.run.hangUp();
  const after = asksBeforeLeaving();

  deepEqual([during, after], [true, false]);
});

Deno.test("a page that is left hangs up", async () => {
  using page = await connected();

  globalThis.dispatchEvent(new Event("pagehide"));

  equal(page.run.running, false);
  equal(page.words.at(-1), "ClearCall");
});

Deno.test("the screen is shared instead of the camera until the visitor ends it", async () => {
  using page = await connected();
  const shown = () => [page.run.own.sharing, page.run.own.video !== undefined];

  await page.run.toggleCamera();
  const camera = shown();
  await page.run.toggleScreen();
  const screen = shown();
  await page.run.toggleScreen();
  const ended = shown();
  await page.run.toggleScreen();
  await page.run.toggleCamera();
  const cameraAgain = shown();
  await page.run.toggleCamera();

  deepEqual([camera, screen, ended], [[false, true], [true, true], [
    false,
    false,
  ]]);
  deepEqual([cameraAgain, shown()], [[false, true], [false, false]]);
  deepEqual(page.media.asked, ["audio", "video", "screen", "screen", "video"]);
});

Deno.test("mute silences the microphone until it is pressed again", async () => {
  using page = await connected();
  const [track] = page.media.tracks;

  page.run.mute();
  const muted = [page.run.own.muted, track?.enabled];
  page.run.mute();

  deepEqual([muted, page.run.own.muted, track?.enabled], [
    [true, false],
    false,
    true,
  ]);
});

Deno.test("a call that has ended shows no picture of the agent and takes no keys", async () => {
  using page = await connected();
  page.media.peer.receive("video");
  const during = page.run.remote?.getVideoTracks().length;

  page.run.hangUp();

  deepEqual([during, page.run.remote, page.run.phone], [
    1,
    undefined,
    undefined,
  ]);
});

Deno.test("the agent's sound is played, and their picture drawn, as soon as they arrive", async () => {
  using page = await connected();
  let drawn = 0;
  page.run.owner.changed = () => drawn++;

  page.media.peer.receive("video");

  deepEqual([drawn, page.run.remote?.getVideoTracks().length], [1, 1]);
});
