import { deepEqual } from "node:assert/strict";
import { replaceMember } from "@/tests/support/replace_globals.ts";
import { lastUsedTab, soleTab } from "./sole_tab.ts";

/** Opens a tab and records its states. */
function tab(name: string) {
  const told: boolean[] = [];
  const sole = Promise.withResolvers<void>();
  const end = soleTab(name, (is) => {
    told.push(is);
    if (is) sole.resolve();
  });
  return { told, end, sole: sole.promise };
}

Deno.test("one of several tabs is the sole one, and closing it promotes the next", async () => {
  const first = tab("rings");
  const second = tab("rings");
  const third = tab("rings");
  const other = tab("notifies");
  const all = [first, second, third, other];
  const seen = () => all.map(({ told }) => [...told]);
  await Promise.all([first.sole, other.sole]);
  const before = seen();

  second.end();
  first.end();
  await third.sole;
  const after = seen();
  third.end();
  other.end();

  deepEqual(before, [[true], [], [], [true]]);
  deepEqual(after, [[true, false], [false], [true], [true]]);
});

Deno.test("the tab that got the focus last is told so, and the one before it after that one closes", async () => {
  let hasFocus = false;
  const restore = replaceMember(globalThis, "document", {
    hasFocus: () => hasFocus,
  });
  const log: string[] = [];
  const changed: (() => void)[] = [];
  const until = async (last: string) => {
    while (log.at(-1) !== last) {
      await new Promise<void>((done) => changed.push(done));
    }
  };
  const open = (name: string) =>
    lastUsedTab("uses", (isLast) => {
      log.push(`${name} ${isLast}`);
      for (const tell of changed.splice(0)) tell();
    });
  try {
    hasFocus = true;
    const endFirst = open("first");
    await until("first true");
    dispatchEvent(new Event("focus")); // It is the last one already.
    await navigator.locks.query();
    const endSecond = open("second");
    await until("first false");
    log.push("closed");
    endSecond();
    await until("first true");
    endFirst();

    deepEqual(log, [
      ...["first true", "second true", "first false", "closed"],
      ...["second false", "first true", "first false"],
    ]);
  } finally {
    restore();
  }
});

Deno.test("a page that is being left, where no lock is granted, does not ask for it forever", async () => {
  let requests = 0;
  let isLeft = false;
  const lost = Promise.withResolvers<never>();
  const restored = [
    replaceMember(globalThis, "document", { hasFocus: () => true }),
    replaceMember(navigator, "locks", {
      request(_: string, _options: unknown, hold: () => void) {
        if (++requests > 10) return new Promise(() => {});
        if (isLeft) return Promise.reject(new Error("The page is gone"));
        hold();
        return lost.promise;
      },
    }),
  ];
  const told: boolean[] = [];
  const end = lastUsedTab("uses", (isLast) => told.push(isLast));
  try {
    isLeft = true;
    lost.reject(new Error("The page is gone"));
    await new Promise((resolve) => setTimeout(resolve));

    deepEqual([requests, told], [2, [true, false]]);
  } finally {
    end();
    for (const restore of restored) restore();
  }
});

Deno.test("without Web Locks, every tab acts as the sole one", () => {
  const restore = replaceMember(navigator, "locks", undefined);
  try {
    const first = tab("rings");
    const second = tab("rings");
    first.end();

    deepEqual([first.told, second.told], [[true, false], [true]]);
  } finally {
    restore();
  }
});
