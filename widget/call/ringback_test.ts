import { deepEqual } from "node:assert/strict";
import { chance } from "@/tests/support/chance.ts";
import { FakeClock } from "@/tests/support/fake_clock.ts";
import {
  FakeBrowser,
  installBrowser,
} from "@/tests/support/model/fake_browser.ts";
import { replaceGlobals } from "@/tests/support/replace_globals.ts";
import { Ringback } from "./ringback.ts";

/** A browser that notes each tone: when it begins, its pitch and length in ms. */
function listener({ isMute = false } = {}) {
  const clock = new FakeClock();
  const began = clock.now();
  const browser = new FakeBrowser(clock, chance(1), new Map());
  const installed = installBrowser(() => browser);
  const tones: [at: number, hz: number, ms: number][] = [];
  const level = () => {};
  let open = 0;
  class Audio {
    readonly currentTime = 0;
    readonly destination = {};
    constructor() {
      if (isMute) throw new Error("no audio");
      open++;
    }
    createGain() {
      return {
        connect() {},
        gain: { setValueAtTime: level, linearRampToValueAtTime: level },
      };
    }
    createOscillator() {
      const frequency = { value: 0 };
      let from = 0;
      return {
        frequency,
        connect() {},
        start: (at: number) => from = at,
        stop: (to: number) => {
          const ms = Math.round((to - from) * 1_000);
          tones.push([clock.now() - began, frequency.value, ms]);
        },
      };
    }
    close(): Promise<void> {
      open--;
      return Promise.resolve();
    }
  }
  const replaced = replaceGlobals({ AudioContext: Audio });
  return {
    clock,
    tones,
    get open() {
      return open;
    },
    [Symbol.dispose]() {
      replaced[Symbol.dispose]();
      installed[Symbol.dispose]();
    },
  };
}

Deno.test("the caller hears a second of 425 Hz every 5 s until the call is answered", () => {
  using heard = listener();
  const ringback = new Ringback();

  ringback.start();
  ringback.start(); // The PBX may say twice that it rings.
  heard.clock.advance(10_000);
  ringback.stop();
  heard.clock.advance(60_000);

  deepEqual(heard.tones, [
    [0, 425, 1_000],
    [5_000, 425, 1_000],
    [10_000, 425, 1_000],
  ]);
  deepEqual([heard.open, heard.clock.pending], [0, 0]);
});

Deno.test("the tone starts again for the next call", () => {
  using heard = listener();
  const ringback = new Ringback();

  ringback.start();
  ringback.stop();
  ringback.start();
  ringback.stop();

  deepEqual([heard.tones.length, heard.open], [2, 0]);
});

Deno.test("a browser without audio rings silently", () => {
  using heard = listener({ isMute: true });
  const ringback = new Ringback();

  ringback.start();
  heard.clock.advance(20_000);
  ringback.stop();

  deepEqual([heard.tones, heard.clock.pending], [[], 0]);
});
