import { deepEqual, equal } from "node:assert/strict";
import { FakeClock } from "../../tests/support/fake_clock.ts";
import { FakeMedia, type FakeTrack } from "../../tests/support/fake_media.ts";
import { LocalMedia } from "./local_media.ts";

const turn = async () => {
  for (let n = 0; n < 8; n++) await Promise.resolve();
};

/** Local media of one call, with fake devices. */
function openCall() {
  const clock = new FakeClock();
  const fake = new FakeMedia();
  const sent: string[] = [];
  let changes = 0;
  const local = new LocalMedia({ ...fake.deps(), clock, askMs: 60_000 }, {
    changed: () => changes++,
    send: (kind, track) =>
      sent.push(`${kind} ${track?.getSettings().deviceId ?? "off"}`),
  });
  return { clock, fake, sent, local, changes: () => changes };
}

async function connected(video = false) {
  const call = openCall();
  await call.local.open(video);
  return call;
}

const ids = (tracks: FakeTrack[]) => tracks.map(({ deviceId }) => deviceId);

Deno.test("open() reports why there is no microphone or camera", async () => {
  const errors = [
    ["NotAllowedError", "denied"],
    ["NotFoundError", "missing"],
    ["NotReadableError", "busy"],
    ["AbortError", "busy"],
  ] as const;
  for (const [name, trouble] of errors) {
    const call = openCall();
    call.fake.broken.camera = name;
    const voice = await call.local.open(true);
    call.fake.broken.microphone = name;
    const none = await call.local.open(false);

    deepEqual(voice, { ok: true, value: { noCamera: trouble } });
    deepEqual(none, { ok: false, error: trouble });
  }
});

Deno.test("open() asks for no permission where calls aren't possible", async () => {
  const { fake } = openCall();
  const local = new LocalMedia({
    ...fake.deps(),
    callTrouble: () => "unsupported",
    clock: new FakeClock(),
    askMs: 1,
  }, { changed() {}, send() {} });

  deepEqual(await local.open(false), { ok: false, error: "unsupported" });
  deepEqual(fake.asked, []);
});

Deno.test("[MEDIA1] a track of any kind that arrives after the end is stopped", async () => {
  for (const kind of ["open", "camera", "microphone", "screen"] as const) {
    const { fake, local, sent } = await connected();
    fake.devices.isAsking = true;
    const request = kind === "open"
      ? local.open(true)
      : kind === "camera"
      ? local.openCamera()
      : kind === "microphone"
      ? local.openMicrophone()
      : local.openScreen();
    local.close();
    fake.devices.allow();
    await request;

    deepEqual([kind, ids(fake.live)], [kind, []]);
    deepEqual(sent, []);
  }
});

Deno.test("[MEDIA2] the newer of two camera requests wins", async () => {
  const { fake, local, sent } = await connected();
  fake.devices.isAsking = true;
  const first = local.openCamera();
  local.chosen.camera = "cam-2";
  const second = local.openCamera();
  fake.devices.allow();
  await Promise.all([first, second]);

  deepEqual(ids(fake.live), ["mic-1", "cam-2"]);
  deepEqual(sent, ["video cam-2"]);
});

Deno.test("[MEDIA2] a camera turned off during the permission prompt stays off", async () => {
  const { fake, local } = await connected();
  fake.devices.isAsking = true;
  const request = local.openCamera();
  local.closeVideo();
  fake.devices.allow();

  equal(await request, undefined);
  equal(local.video, undefined);
  deepEqual(ids(fake.live), ["mic-1"]);
});

Deno.test("[MEDIA3] an unanswered permission prompt is reported after 4 s and ends after askMs", async () => {
  const { clock, fake, local } = openCall();
  fake.devices.isAsking = true;
  const opening = local.open(true);
  clock.advance(3_999);
  const before = local.notices;
  clock.advance(1);
  const reminded = local.notices;
  clock.advance(56_000);
  const opened = await opening;
  fake.devices.allow();
  await turn();

  deepEqual([before, reminded, local.notices], [[], ["asking"], []]);
  deepEqual(opened, { ok: false, error: "late" });
  deepEqual(fake.asked, ["audio video"]);
  deepEqual(fake.live, []);
  equal(clock.pending, 0);
});

Deno.test("[MEDIA3] choosing a screen can take 120 s", async () => {
  const { clock, fake, local } = await connected();
  fake.devices.isAsking = true;
  const request = local.openScreen();
  clock.advance(119_999);
  await turn();
  const before = local.notices;
  clock.advance(1);

  equal(await request, "late");
  deepEqual([before, local.notices], [["asking"], []]);
});

Deno.test("[MEDIA4] a lost microphone or camera is replaced by another one", async () => {
  const { clock, fake, local, sent } = await connected(true);
  const [microphone, camera] = fake.tracks;
  fake.devices.list = ["mic-2", "cam-2"];

  microphone?.lose();
  const lost = local.notices;
  await turn();
  camera?.lose();
  await turn();
  const replaced = local.notices;
  clock.advance(8_000);

  deepEqual(lost, ["microphoneLost"]);
  deepEqual(replaced, ["deviceReplaced"]);
  deepEqual(local.notices, []);
  deepEqual(sent, ["audio mic-2", "video cam-2"]);
  deepEqual(ids(fake.live), ["mic-2", "cam-2"]);
});

Deno.test("[MEDIA4] an unlisted device is lost, even if its track is still live", async () => {
  const { fake, local, sent } = await connected(true);

  fake.devices.plug("mic-2", "cam-1");
  await turn();
  await turn();

  deepEqual(sent, ["audio mic-2"]);
  deepEqual(ids(fake.live), ["cam-1", "mic-2"]);
  deepEqual(local.notices, ["deviceReplaced"]);
});

Deno.test("[MEDIA4] plugging in another device changes nothing", async () => {
  const { fake, sent } = await connected(true);

  fake.devices.plug("mic-0", "mic-1", "cam-0", "cam-1");
  await turn();

  deepEqual(sent, []);
  deepEqual(fake.asked, ["audio video"]);
});

Deno.test("[MEDIA5] a microphone plugged in later is used, however late", async () => {
  const { clock, fake, local, sent } = await connected();
  fake.broken.microphone = "NotFoundError";
  fake.tracks[0]?.lose();
  await turn();
  const lost = local.notices;

  clock.advance(600_000);
  delete fake.broken.microphone;
  fake.devices.plug("mic-3");
  await turn();

  deepEqual(lost, ["microphoneLost"]);
  deepEqual(sent, ["audio mic-3"]);
});

Deno.test("[MEDIA5] a camera that returns within 10 s is used, later it stays off", async () => {
  for (const [ms, now] of [[9_999, "video cam-3"], [10_000, "video off"]]) {
    const { clock, fake, sent } = await connected(true);
    fake.broken.camera = "NotFoundError";
    fake.tracks[1]?.lose();
    await turn();
    clock.advance(Number(ms));
    delete fake.broken.camera;
    fake.devices.plug("mic-1", "cam-3");
    await turn();

    equal(sent.at(-1), now);
  }
});

Deno.test("[MEDIA6] devices muted by the system are reported and stay in use", async () => {
  const { fake, local, changes } = await connected(true);
  const before = changes();
  for (const track of fake.tracks) track.setMuted(true);
  const muted = local.notices;
  const changed = changes() - before;
  for (const track of fake.tracks) track.setMuted(false);

  deepEqual(muted, ["microphoneSilent", "cameraSilent"]);
  equal(changed, 2);
  deepEqual(local.notices, []);
  deepEqual(fake.asked, ["audio video"]);
});

Deno.test("[MEDIA6] a muted person isn't told that the system mutes", async () => {
  const { fake, local } = await connected();
  local.silence({ muted: true, held: false });
  fake.tracks[0]?.setMuted(true);

  deepEqual(local.notices, []);
});

Deno.test("[MEDIA7] a microphone that replaces a muted one is muted too", async () => {
  const { fake, local } = await connected();
  local.silence({ muted: true, held: false });
  fake.tracks[0]?.lose();
  await turn();
  const muted = local.audio?.enabled;
  local.silence({ muted: false, held: false });

  deepEqual([muted, local.audio?.enabled], [false, true]);
});

Deno.test("hold silences microphone and camera, mute only the microphone", async () => {
  const { local } = await connected(true);
  const enabled = () => [local.audio?.enabled, local.video?.enabled];
  local.silence({ muted: true, held: false });
  const muted = enabled();
  local.silence({ muted: false, held: true });

  deepEqual([muted, enabled()], [[false, true], [false, false]]);
});

Deno.test("the screen replaces the camera until the browser or the person stops sharing", async () => {
  const { fake, local, sent } = await connected(true);
  await local.openScreen();
  const sharing = local.sharing;
  fake.live.at(-1)?.lose();

  equal(sharing, true);
  equal(local.sharing, false);
  deepEqual(sent, ["video screen", "video off"]);
  deepEqual(local.notices, []);
  deepEqual(ids(fake.live), ["mic-1"]);
});

Deno.test("cancelling the screen picker leaves the camera on", async () => {
  const { fake, local, sent } = await connected(true);
  fake.broken.screen = "NotAllowedError";

  equal(await local.openScreen(), "denied");
  deepEqual(sent, []);
  deepEqual(ids(fake.live), ["mic-1", "cam-1"]);
});

Deno.test("close() stops all tracks and all watching", async () => {
  const { clock, fake, local, changes } = await connected(true);
  fake.tracks[0]?.lose();
  await turn();
  local.close();
  const before = changes();
  fake.devices.plug("mic-9");
  for (const track of fake.tracks) track.lose();
  await turn();

  deepEqual(fake.live, []);
  equal(changes(), before);
  equal(clock.pending, 0);
});
