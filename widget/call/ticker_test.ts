import { deepEqual, equal } from "node:assert/strict";
import { chance } from "@/tests/support/chance.ts";
import { FakeClock } from "@/tests/support/fake_clock.ts";
import {
  FakeBrowser,
  installBrowser,
} from "@/tests/support/model/fake_browser.ts";
import "./quality.ts"; // Loaded already, so it is there after one turn.
import { Ticker } from "./ticker.ts";

Deno.test("a connected call is drawn each second, and rated from its reports until it ends", async () => {
  const clock = new FakeClock();
  const browser = new FakeBrowser(clock, chance(1), new Map());
  using _browser = installBrowser(() => browser);
  const ticker = new Ticker();
  let drawn = 0;
  let reports = 0;
  ticker.start(() => drawn++, () => {
    reports++;
    const stats = { type: "inbound-rtp", kind: "audio", packetsReceived: 50 };
    const report = new Map([["1", {
      ...stats,
      packetsReceived: reports * 50,
    }]]);
    return Promise.resolve(report as unknown as RTCStatsReport);
  });
  const { quality } = await import("./quality.ts").then(() => ticker);

  for (let second = 0; second < 6; second++) {
    clock.advance(1_000);
    await Promise.resolve();
  }
  const before = [drawn, reports];
  for (let n = 0; n < 5; n++) await Promise.resolve();
  ticker.stop();
  clock.advance(60_000);

  equal(quality, undefined);
  deepEqual([before, drawn, reports], [[6, 2], 6, 2]);
  equal(ticker.quality, "qualityGood");
});

Deno.test("a report that fails because the call has just ended is ignored", async () => {
  const clock = new FakeClock();
  const browser = new FakeBrowser(clock, chance(1), new Map());
  using _browser = installBrowser(() => browser);
  const ticker = new Ticker();
  ticker.start(() => {}, () => Promise.reject(new Error("closed")));
  await import("./quality.ts");

  clock.advance(3_000);
  for (let n = 0; n < 5; n++) await Promise.resolve();
  ticker.stop();

  equal(ticker.quality, undefined);
});
