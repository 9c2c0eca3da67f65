import { deepEqual, ok } from "node:assert/strict";
import { property } from "@/tests/support/chance.ts";
import { countStep, placesOf, secondStep, topOf } from "./plot_scale.ts";

Deno.test("axis labels are round numbers, or times at natural clock intervals", () => {
  const labels = (most: number, step: typeof countStep) =>
    placesOf(topOf(most, step), step);

  deepEqual(labels(0, countStep), [0, 1]);
  deepEqual(labels(3, countStep), [0, 1, 2, 3]);
  deepEqual(labels(58, countStep), [0, 20, 40, 60]);
  deepEqual(labels(1_234, countStep), [0, 500, 1_000, 1_500]);
  deepEqual(labels(43, secondStep), [0, 15, 30, 45]);
  deepEqual(labels(170, secondStep), [0, 60, 120, 180]);
  deepEqual(labels(300, secondStep), [0, 120, 240, 360]);
  deepEqual(labels(20_000, secondStep), [0, 7_200, 14_400, 21_600]);
});

Deno.test("the scale covers every value and has two to five labels", () => {
  property(500, (luck) => {
    const most = luck.below(luck.pick([10, 1_000, 1e6, 1e9]));
    for (const step of [countStep, secondStep]) {
      const top = topOf(most, step);
      const places = placesOf(top, step);
      ok(top >= most && places.length >= 2 && places.length <= 5, `${most}`);
      ok(Math.abs((places.at(-1) ?? NaN) - top) < 1e-6 * top, `${most}`);
    }
  });
});
