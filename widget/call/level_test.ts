import { deepEqual, equal } from "node:assert/strict";
import { chance } from "@/tests/support/chance.ts";
import { FakeClock } from "@/tests/support/fake_clock.ts";
import {
  FakeBrowser,
  installBrowser,
} from "@/tests/support/model/fake_browser.ts";
import { replaceGlobals } from "@/tests/support/replace_globals.ts";
import { showLevel } from "./level.ts";

/** A meter next to a microphone whose loudness (0 to 1) the test decides. */
function metered({ isBroken = false } = {}) {
  const clock = new FakeClock();
  const browser = new FakeBrowser(clock, chance(1), new Map());
  const installed = installBrowser(() => browser);
  const heard: unknown[] = [];
  const scene = {
    clock,
    heard,
    loudness: 0,
    track: {} as MediaStreamTrack | undefined,
    isOpen: false,
    isConnected: false,
    disconnected: 0,
    meter: { value: 0.5 },
    close: () => {},
    [Symbol.dispose]() {
      scene.close();
      replaced[Symbol.dispose]();
      installed[Symbol.dispose]();
    },
  };
  class Audio {
    constructor() {
      if (isBroken) throw new Error("no audio");
      scene.isOpen = true;
    }
    createAnalyser() {
      return {
        getFloatTimeDomainData: (wave: Float32Array) =>
          wave.fill(scene.isConnected ? scene.loudness : 0),
      };
    }
    createMediaStreamSource(stream: { tracks: unknown[] }) {
      heard.push(...stream.tracks);
      return {
        connect: () => scene.isConnected = true,
        disconnect: () => scene.disconnected++,
      };
    }
    close(): Promise<void> {
      scene.isOpen = false;
      return Promise.resolve();
    }
  }
  const fakes = {
    AudioContext: Audio,
    MediaStream: class {
      constructor(readonly tracks: unknown[]) {}
    },
  };
  const replaced = replaceGlobals(fakes);
  scene.close = showLevel(
    () => scene.track,
    scene.meter as unknown as HTMLMeterElement,
  );
  return scene;
}

Deno.test("the meter follows the loudness of the microphone, and is full at a quarter", () => {
  using scene = metered();
  const levels = [0, 0.1, 0.25, 1].map((loudness) => {
    scene.loudness = loudness;
    scene.clock.advance(80);
    return Number(scene.meter.value.toFixed(3));
  });

  deepEqual(levels, [0, 0.4, 1, 1]);
});

Deno.test("the meter listens to the microphone that replaced the first one, and to none while there is none", () => {
  using scene = metered();
  const [first, second] = [scene.track, {} as MediaStreamTrack];
  scene.loudness = 0.1;

  scene.clock.advance(800);
  scene.track = second;
  scene.clock.advance(800);
  const loud = scene.meter.value > 0;
  scene.track = undefined;
  scene.clock.advance(800);

  equal(loud, true);
  deepEqual(
    scene.heard.map((track) => [first, second].indexOf(track as never)),
    [
      0,
      1,
    ],
  );
  deepEqual([scene.meter.value, scene.disconnected], [0, 2]);
});

Deno.test("a closed meter measures no more and releases the sound", () => {
  using scene = metered();
  scene.clock.advance(80);
  const wasOpen = scene.isOpen;

  scene.close();

  deepEqual([wasOpen, scene.isOpen, scene.clock.pending], [true, false, 0]);
});

Deno.test("a browser that can't measure leaves the meter empty", () => {
  using scene = metered({ isBroken: true });

  scene.clock.advance(80);

  deepEqual([scene.meter.value, scene.clock.pending], [0, 0]);
});
