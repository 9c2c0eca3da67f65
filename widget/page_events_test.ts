import { deepEqual, equal } from "node:assert/strict";
import { chance } from "@/tests/support/chance.ts";
import { FakeClock } from "@/tests/support/fake_clock.ts";
import {
  FakeBrowser,
  installBrowser,
} from "@/tests/support/model/fake_browser.ts";
import { watchPage } from "./page_events.ts";

/** A watched page whose time, visibility and events the test decides. */
function watchedPage() {
  const clock = new FakeClock();
  const browser = new FakeBrowser(clock, chance(1), new Map());
  const installed = installBrowser(() => browser);
  const { now } = Date;
  Date.now = () => clock.wall();
  const life = new AbortController();
  const told: string[] = [];
  watchPage(({ type }) => told.push(type), life.signal);
  const show = (isShown: boolean) => {
    browser.document.hidden = !isShown;
    browser.document.dispatchEvent(new Event("visibilitychange"));
  };
  return {
    clock,
    browser,
    life,
    told,
    show,
    [Symbol.dispose]() {
      life.abort();
      Date.now = now;
      installed[Symbol.dispose]();
    },
  };
}

Deno.test("a page that has slept for more than 75 s wakes once", () => {
  using page = watchedPage();

  page.clock.advance(600_000);
  page.clock.stall(75_000);
  const awake = page.told.splice(0);
  page.clock.stall(75_001);
  page.clock.advance(600_000);

  deepEqual([awake, page.told], [[], ["wake"]]);
});

Deno.test("a tab that was hidden wakes when it is shown, but only if it has slept", () => {
  using page = watchedPage();

  page.show(false);
  page.clock.advance(600_000);
  page.show(true);
  const onlyHidden = page.told.splice(0);
  page.show(false);
  page.clock.stall(75_001);
  page.clock.advance(30_000);
  const stillHidden = page.told.splice(0);
  page.show(true);
  page.show(false);
  page.show(true);

  deepEqual([onlyHidden, stillHidden, page.told], [[], [], ["wake"]]);
});

Deno.test("a page leaves and arrives with the back/forward cache only", () => {
  using page = watchedPage();

  page.browser.dispatch("pageshow", { persisted: false });
  page.browser.dispatch("pagehide", { persisted: true });
  page.browser.dispatch("pageshow", { persisted: true });
  page.browser.dispatch("pagehide", { persisted: false });

  deepEqual(page.told, ["leave", "arrive"]);
});

Deno.test("a page tells when the network is back, and nothing once its widget is removed", () => {
  using page = watchedPage();

  page.browser.dispatch("online");
  const online = page.told.splice(0);
  page.life.abort();
  page.browser.dispatch("online");
  page.browser.dispatch("pagehide", { persisted: true });
  page.browser.dispatch("pageshow", { persisted: true });
  page.clock.stall(600_000);
  page.show(true);

  deepEqual([online, page.told], [["network"], []]);
  equal(page.clock.pending, 0);
});
