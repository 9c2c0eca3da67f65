import { equal, ok } from "node:assert/strict";
import { bells } from "./bell.ts";

Deno.test("bells() begin and end softly, and never clip", () => {
  const options = { seconds: 1, sampleRate: 8_000 };

  const samples = bells([[440, 0, 0.5], [660, 0.1, 0.9]], options);

  equal(samples.length, 8_000);
  ok(Math.max(...samples.map(Math.abs)) <= 1);
  ok(Math.max(...samples.map(Math.abs)) > 0.3);
  equal(samples[0], 0);
  ok(Math.abs(samples.at(-1) ?? 1) < 0.01);
});
