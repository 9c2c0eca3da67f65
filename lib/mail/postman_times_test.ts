import { deepEqual, equal } from "node:assert/strict";
import { logInto } from "@/tests/support/log_into.ts";
import { memoryStore } from "@/tests/support/temporary_store.ts";
import { Postman } from "./postman.ts";
import type { Letter } from "./smtp.ts";

const MINUTE_MS = 60_000;
const turn = () => new Promise((done) => setTimeout(done, 0));

/** An outbox with one e-mail, whose rounds end before time goes on. */
async function outbox(send: (letter: Letter) => Promise<void>) {
  const store = await memoryStore();
  const { clock } = store;
  let isQueued = false;
  let rounds = Promise.resolve();
  const tasks = {
    isAway: false,
    async run(_task: string, run: () => Promise<void>) {
      if (tasks.isAway) throw new Error("connection lost");
      if (isQueued) return false; // However much time passes, one round follows.
      isQueued = true;
      await (rounds = rounds.then(() => {
        isQueued = false;
        return run();
      }));
      return true;
    },
  };
  const { mails, inquiries, widgets } = store;
  const postman = new Postman({
    ...{ store: { mails, inquiries, widgets, tasks }, send, clock },
    ...{ publicUrl: "", chance: () => 1 },
  });
  const made = await inquiries.create({
    ...{ id: "m1", widget: "a".repeat(32), address: "ada", name: "Jonas" },
    ...{ lang: "en", reply: "jonas@example.com", text: "Hello" },
  }, { to: "shop@example.com" });
  equal(made.ok, true);
  return {
    ...{ clock, tasks, mails, postman },
    async pass(ms: number) {
      clock.advance(ms);
      await turn(); // For the log of a failure.
      await rounds;
    },
    [Symbol.dispose]() {
      postman[Symbol.dispose]();
      store[Symbol.dispose]();
    },
  };
}

Deno.test("[MAIL3] an e-mail is tried 18 times, a minute after the first and up to two hours after the next ones", async () => {
  const tries: number[] = [];
  using box = await outbox(() => {
    tries.push(box.clock.now());
    return Promise.reject(new Error("down"));
  });
  const start = box.clock.now();

  for (let ms = 0; ms < 48 * 60 * MINUTE_MS; ms += 5_000) {
    const [mail] = await box.mails.all();
    const { dueAt = 0, isDead } = mail?.value ?? {};
    if (isDead) break;
    // Nothing happens before it is due.
    await box.pass(Math.max(5_000, dueAt - box.clock.now()));
  }

  const waits = tries.map((at, n) =>
    Math.round((at - (tries[n - 1] ?? start)) / MINUTE_MS)
  );
  deepEqual(waits, [
    ...[0, 1, 2, 4, 8, 16, 32, 64],
    ...Array(10).fill(120),
  ]);
});

Deno.test("[MAIL2] an e-mail that is being sent is due again in ten minutes, and its last error is gone", async () => {
  const errors = ["x".repeat(301), undefined];
  const seen: unknown[] = [];
  using box = await outbox(async () => {
    const [mail] = await box.mails.all();
    const { tries, dueAt = 0, error } = mail?.value ?? {};
    seen.push([tries, dueAt - box.clock.now(), error]);
    const text = errors.shift();
    if (text !== undefined) throw new Error(text);
  });

  await box.pass(4_999);
  equal(seen.length, 0);
  await box.pass(1);
  const [failed] = await box.mails.all();
  await box.pass(MINUTE_MS - 1);
  equal(seen.length, 1);
  await box.pass(5_000);

  deepEqual(seen, [
    [1, 10 * MINUTE_MS, undefined],
    [2, 10 * MINUTE_MS, undefined],
  ]);
  deepEqual(failed?.value.error, "x".repeat(300));
  deepEqual(failed?.value.isDead, undefined);
  deepEqual(await box.mails.all(), []);
});

Deno.test("[MAIL2] an e-mail that another instance has claimed first is not sent", async () => {
  let sent = 0;
  using box = await outbox(() => Promise.resolve(void sent++));
  const { mails } = box;
  const all = mails.all.bind(mails);
  mails.all = async () => {
    const found = await all();
    for (const one of found) {
      await mails.change(one, { ...one.value, tries: 1 });
    }
    return found;
  };

  await box.pass(5_000);

  equal(sent, 0);
});

Deno.test("a store that doesn't answer is logged, and tried again until the postman stops", async () => {
  const lines: string[] = [];
  using _log = await logInto(lines);
  let sent = 0;
  using box = await outbox(() => Promise.resolve(void sent++));
  box.tasks.isAway = true;
  await box.pass(5_000);
  box.tasks.isAway = false;
  await box.pass(5_000);

  box.postman[Symbol.dispose]();

  equal(box.clock.pending, 0);
  deepEqual([sent, lines[0]], [
    1,
    "Cannot read the outbox: Error: connection lost",
  ]);
});
