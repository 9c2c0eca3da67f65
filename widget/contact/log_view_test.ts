import { deepEqual, equal } from "node:assert/strict";
import { replaceGlobals } from "@/tests/support/replace_globals.ts";
import { LogView } from "./log_view.ts";

type Entry = Pick<IntersectionObserverEntry, "target" | "intersectionRatio">;

/** An observer of the browser whose reports the test writes. */
class Observer {
  readonly observed = new Set<object>();
  readonly #report: (entries: Entry[]) => void;

  constructor(report: (entries: Entry[]) => void) {
    this.#report = report;
  }

  observe(target: object): void {
    this.observed.add(target);
  }

  unobserve(target: object): void {
    this.observed.delete(target);
  }

  disconnect(): void {
    this.observed.clear();
  }

  report(entries: Entry[] = []): void {
    this.#report(entries);
  }
}

/** A box of 200 px with 500 px of messages. */
class Box extends EventTarget {
  readonly clientHeight = 200;
  readonly firstElementChild = {};
  scrollHeight = 500;
  #top = 0;

  get scrollTop(): number {
    return this.#top;
  }

  set scrollTop(to: number) {
    const most = this.scrollHeight - this.clientHeight;
    this.#top = Math.min(Math.max(0, to), most);
  }
}

/** A log in a page whose layout the test decides. */
function shownLog() {
  const made: Record<string, Observer[]> = { sizes: [], views: [] };
  const observers = (kind: string) =>
    function (report: (entries: Entry[]) => void) {
      const observer = new Observer(report);
      made[kind]?.push(observer);
      return observer;
    };
  const replaced = replaceGlobals({
    ResizeObserver: observers("sizes"),
    IntersectionObserver: observers("views"),
  });
  const told: string[] = [];
  const log = new LogView({
    changed: () => told.push("changed"),
    looked: () => told.push("looked"),
  });
  const [sizes] = made["sizes"] ?? [];
  const [views] = made["views"] ?? [];
  if (!sizes || !views) throw new Error("The log observes nothing");
  const list = new Box();
  log.box(list as unknown as HTMLElement);
  return {
    log,
    told,
    list,
    sizes,
    views,
    scrollTo(top: number) {
      list.scrollTop = top;
      list.dispatchEvent(new Event("scroll"));
    },
    grow(px: number) {
      list.scrollHeight += px;
      sizes.report();
    },
    [Symbol.dispose]: () => replaced[Symbol.dispose](),
  };
}

Deno.test("a log keeps its end in view while it grows", () => {
  using shown = shownLog();

  shown.grow(0);
  const first = shown.list.scrollTop;
  shown.grow(100);

  deepEqual([first, shown.list.scrollTop], [300, 400]);
  deepEqual([shown.log.follows, shown.told], [true, []]);
});

Deno.test("a log stays where the visitor has scrolled to, until they are back within 24 px of the end", () => {
  using shown = shownLog();
  shown.grow(0);

  shown.scrollTo(276); // 24 px above the end.
  const near = shown.log.follows;
  shown.scrollTo(275);
  const isAway = !shown.log.follows;
  shown.grow(100);
  const stayed = shown.list.scrollTop;
  shown.scrollTo(375); // Down, but not yet near the end.
  const stillAway = !shown.log.follows;
  shown.scrollTo(376);

  deepEqual([near, isAway, stayed, stillAway], [true, true, 275, true]);
  deepEqual([shown.log.follows, shown.told], [true, ["changed", "changed"]]);
});

Deno.test("a log that has only grown isn't scrolled up", () => {
  using shown = shownLog();
  shown.grow(0);

  shown.list.scrollHeight += 100;
  shown.scrollTo(300); // Before the browser reports the new size.

  equal(shown.log.follows, true);
});

Deno.test("toEnd() shows the end of the log and follows it again", () => {
  using shown = shownLog();
  shown.grow(0);
  shown.scrollTo(10);

  shown.log.toEnd();

  deepEqual([shown.list.scrollTop, shown.log.follows], [300, true]);
});

Deno.test("a message is in view if at least half of its last line is", () => {
  using shown = shownLog();
  const lines = [1, 2, 3].map(() => new EventTarget() as Element);
  const entry = (seq: number, intersectionRatio: number) => ({
    target: lines[seq - 1] as Element,
    intersectionRatio,
  });
  lines.forEach((line, at) => shown.log.end(at + 1, line));
  const nothing = [shown.log.inView, shown.log.measured];

  shown.views.report([entry(1, 1), entry(2, 0.5), entry(3, 0.49)]);
  const half = [shown.log.inView, shown.log.measured];
  shown.views.report([entry(2, 0.4)]);
  const scrolled = [shown.log.inView, shown.log.measured];
  shown.log.end(1, null);
  shown.views.report([entry(1, 1)]);

  deepEqual([nothing, half, scrolled], [[0, 0], [2, 3], [1, 3]]);
  deepEqual([shown.log.inView, shown.views.observed.size], [0, 2]);
  equal(shown.told.filter((what) => what === "looked").length, 3);
});

Deno.test("a log that is used for another chat begins at its end, and disposing of it ends both observers", () => {
  using shown = shownLog();
  shown.log.end(4, new EventTarget() as Element);
  shown.grow(0);
  shown.scrollTo(10);
  const isAway = !shown.log.follows;
  shown.log.measured = 4;

  shown.log.begin();
  const begun = [shown.log.follows, shown.log.measured];
  shown.log.dispose();

  deepEqual([isAway, begun], [true, [true, 0]]);
  deepEqual([shown.sizes.observed.size, shown.views.observed.size], [0, 0]);
});

Deno.test("the size of the list is watched, and of its messages, until the list is gone", () => {
  const { log, list, sizes } = shownLog();
  const watched = [...sizes.observed];

  log.box(null);

  deepEqual(watched, [list, list.firstElementChild]);
  equal(sizes.observed.size, 0);
});
