import { deepEqual, equal } from "node:assert/strict";
import type { Core } from "./core.ts";
import { leaveCore, takeCore } from "./orphans.ts";

/** Runs with timers that the test fires. */
function withTimers(run: (end: () => void) => void): void {
  const { setTimeout, clearTimeout } = globalThis;
  const timers = new Map<number, () => void>();
  let count = 0;
  Object.assign(globalThis, {
    setTimeout: (end: () => void, ms: number) => {
      equal(ms, 10_000);
      timers.set(++count, end);
      return count;
    },
    clearTimeout: (timer: number) => timers.delete(timer),
  });
  try {
    run(() => {
      for (const end of timers.values()) end();
      timers.clear();
    });
  } finally {
    Object.assign(globalThis, { setTimeout, clearTimeout });
  }
}

function core(uuid: string, url = "wss://a.example/s") {
  const left = {
    address: { uuid, url, lang: "en" },
    isOver: false,
    onchange: () => {},
    ontell: () => {},
    dispose: () => {
      left.isOver = true;
    },
  };
  return left;
}

const asCore = (left: ReturnType<typeof core>) => left as unknown as Core;

Deno.test("contacts of a removed element move to the next one of the same widget, once", () => {
  withTimers((end) => {
    const left = core("a");
    leaveCore(asCore(left));

    const others = [
      takeCore({ uuid: "b", url: left.address.url }),
      takeCore({ uuid: "a", url: "wss://b.example/s" }),
    ];
    const taken = takeCore(left.address);
    end();

    deepEqual(others, [undefined, undefined]);
    equal(taken, left);
    equal(takeCore(left.address), undefined);
    equal(left.isOver, false);
  });
});

Deno.test("contacts that no element takes within 10 s end, and so do replaced ones", () => {
  withTimers((end) => {
    const [first, second] = [core("a"), core("a")];
    leaveCore(asCore(first));
    leaveCore(asCore(second));

    const replaced = [first.isOver, second.isOver];
    end();

    deepEqual(replaced, [true, false]);
    equal(second.isOver, true);
    equal(takeCore(second.address), undefined);
  });
});
