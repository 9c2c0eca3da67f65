import { deepEqual, equal } from "node:assert/strict";
import { FakeClock } from "@/tests/support/fake_clock.ts";
import { PushBrowser } from "@/tests/support/push_browser.ts";
import type { PushAnswer, PushRequest } from "./post_push.ts";
import { type PushContent, PushSender } from "./send_push.ts";
import { newVapidKey } from "./vapid.ts";

const key = await newVapidKey();

/** A sender whose requests are answered with these statuses. */
function openSender(...answers: (number | "lost")[]) {
  const clock = new FakeClock();
  const posted: PushRequest[] = [];
  const counted: string[] = [];
  const sender = new PushSender({
    clock,
    keys: { get: () => Promise.resolve(key) },
    counters: {
      count: (name, labels = {}) =>
        void counted.push(`${name} ${labels.outcome}`),
    },
    post: (request): Promise<PushAnswer> => {
      posted.push(request);
      const status = answers.shift() ?? 201;
      return status === "lost"
        ? Promise.reject(new Error("connection lost"))
        : Promise.resolve({ status });
    },
  });
  const device = {
    ...{ id: "1", name: "", session: "", lang: "de", host: "desk.example.com" },
    ...{ endpoint: "https://push.example.com/a", key: "", createdAt: 0 },
    ...new PushBrowser().keys,
  };
  return {
    ...{ clock, posted, counted },
    /** Sends a push; a second passes if it has to be repeated. */
    async send(content: PushContent = { type: "test" }, forSeconds = 60) {
      let isDone = false;
      const sending = sender.send(device, content, forSeconds)
        .finally(() => isDone = true);
      while (!isDone && clock.pending === 0) {
        await new Promise((go) => setTimeout(go));
      }
      clock.advance(999);
      await new Promise((go) => setTimeout(go));
      const before = posted.length;
      clock.advance(1);
      return `${await sending} ${before} ${posted.length}`;
    },
  };
}

Deno.test("[PUSH4] the outcome of a push follows from the status, and only some are asked for again", async () => {
  const cases: [answers: (number | "lost")[], outcome: string][] = [
    [[200], "sent 1 1"],
    [[299], "sent 1 1"],
    [[199], "failed 1 1"],
    [[300], "failed 1 1"],
    [[404], "gone 1 1"],
    [[410], "gone 1 1"],
    [[400], "failed 1 1"],
    [[428], "failed 1 1"],
    [[499], "failed 1 1"],
    [[429, 201], "sent 1 2"],
    [[500, 410], "gone 1 2"],
    [["lost", 201], "sent 1 2"],
    [["lost", "lost"], "failed 1 2"],
    [[503, "lost"], "failed 1 2"],
    [[503, 503, 201], "failed 1 2"],
  ];
  for (const [answers, outcome] of cases) {
    const { send, counted } = openSender(...answers);

    equal(await send(), outcome, String(answers));
    deepEqual(counted, [`push_sent ${outcome.split(" ")[0]}`]);
  }
});

Deno.test("[PUSH2] all pushes have the same length, and only those of a contact have a topic", async () => {
  const { send, posted } = openSender();

  await send();
  await send({ type: "ring", contact: "a".repeat(32), kind: "call" }, 90);
  await send({ type: "over", contact: "a".repeat(32) }, 300);

  // RFC 8188 and 8291: a head of 86 bytes, 200 of text, its end, and 16 more.
  deepEqual(posted.map(({ body }) => body.length), Array(3).fill(303));
  const [test, ring, over] = posted.map(({ headers }) => headers);
  deepEqual([test?.ttl, ring?.ttl, over?.ttl], ["60", "90", "300"]);
  deepEqual(Object.keys(test ?? {}).includes("topic"), false);
  deepEqual([ring?.topic?.length, ring?.topic], [32, over?.topic]);
});
