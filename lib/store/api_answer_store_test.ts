import { deepEqual } from "node:assert/strict";
import { eachEngine, storeOn } from "@/tests/support/store_engines.ts";

const KEYED = { token: "t", key: "k", request: "r" };
const ANSWER = { status: 201, headers: { etag: '"1"' }, body: "{}" };

eachEngine(
  "a key is claimed once, has one answer, and belongs to its token and request",
  async (engine) => {
    await using store = await storeOn(engine);
    const { apiAnswers } = store;

    const both = await Promise.all([
      apiAnswers.claim(KEYED),
      apiAnswers.claim(KEYED),
    ]);
    await apiAnswers.answer(KEYED, ANSWER);
    const later = [
      await apiAnswers.claim(KEYED),
      await apiAnswers.claim({ ...KEYED, request: "other" }),
      await apiAnswers.claim({ ...KEYED, token: "other" }),
    ];

    deepEqual(both.map(({ is }) => is).sort(), ["new", "running"]);
    deepEqual(later, [
      { is: "answered", answer: ANSWER },
      { is: "different" },
      { is: "new" },
    ]);
  },
);

eachEngine("a key that was released can be claimed again", async (engine) => {
  await using store = await storeOn(engine);
  const { apiAnswers } = store;

  await apiAnswers.claim(KEYED);
  await apiAnswers.release(KEYED);

  deepEqual(await apiAnswers.claim(KEYED), { is: "new" });
});
