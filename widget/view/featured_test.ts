import { deepEqual } from "node:assert/strict";
import { info } from "@/tests/support/visitor_messages.ts";
import { Featured } from "./featured.ts";

const away = info({ id: "away", presence: "away" });
const a = info({ id: "a" });
const b = info({ id: "b" });
const ids = (cards: readonly { id: string }[]) => cards.map(({ id }) => id);

Deno.test("Featured puts an available agent first and keeps the choice", () => {
  const featured = new Featured();

  deepEqual(ids(featured.first([away, a, b], 0.9)), ["b", "away", "a"]);
  deepEqual(ids(featured.first([away, a, b], 0)), ["b", "away", "a"]);
  deepEqual(ids(featured.first([away, a], 0)), ["a", "away"]);
});

Deno.test("Featured keeps the order if no agent is available", () => {
  deepEqual(ids(new Featured().first([away], 0.5)), ["away"]);
  deepEqual(new Featured().first([], 0.5), []);
});
