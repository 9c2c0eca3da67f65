import { deepEqual } from "node:assert/strict";
import { Help } from "./help.ts";

/** Runs with timers that the test fires. */
function withTimers(run: (end: () => void) => void): void {
  const { setTimeout, clearTimeout } = globalThis;
  const timers = new Map<number, () => void>();
  let count = 0;
  Object.assign(globalThis, {
    setTimeout: (end: () => void) => (timers.set(++count, end), count),
    clearTimeout: (timer: number) => timers.delete(timer),
  });
  try {
    run(() => {
      const due = [...timers.values()];
      timers.clear();
      for (const end of due) end();
    });
  } finally {
    Object.assign(globalThis, { setTimeout, clearTimeout });
  }
}

const TEXTS = ["one", "two"];

Deno.test("each help text is shown once, then there is none", () => {
  withTimers((end) => {
    const help = new Help();
    const seen = [help.text(TEXTS)];
    for (let n = 0; n < 4; n++) {
      const changed = () => seen.push(help.text(TEXTS));
      help.run(TEXTS, changed);
      help.run(TEXTS, changed); // One timer at a time.
      end();
    }

    deepEqual(seen, ["one", "two", ""]);
  });
});

Deno.test("a visitor who has seen enough help texts sees no more", () => {
  withTimers((end) => {
    const help = new Help();
    const told: string[] = [];
    help.run(TEXTS, () => told.push("changed"));

    help.hush();
    end();

    deepEqual([help.text(TEXTS), told], ["", []]);
  });
});

Deno.test("a removed widget shows no more help texts until it is back", () => {
  withTimers((end) => {
    const help = new Help();
    const told: string[] = [];
    const changed = () => told.push(help.text(TEXTS));
    help.run(TEXTS, changed);

    help.stop();
    end();
    const removed = [...told];
    help.run(TEXTS, changed);
    end();

    deepEqual([removed, told], [[], ["two"]]);
  });
});
