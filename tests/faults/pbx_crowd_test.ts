import { deepEqual, equal, ok } from "node:assert/strict";
import {
  changeTimes,
  CrowdPage,
  openCrowdProduct,
  quantile,
  showsAll,
} from "../support/pbx_crowd.ts";

const AGENTS = 1_000;
const WIDGETS = 50;
const PAGES = 1_000;
/** Maximum number of identical rounds; the other load of the host varies. */
const ROUNDS_MAX = 3;
const CHANGES = 60;
const P99_MS_MAX = 100;

// The other half of "what must show": pbx_cut_test.ts.
Deno.test("1,000 agents in 50 widgets on 1,000 pages have 1,000 subscriptions, and a change shows within 100 ms", async () => {
  await using product = await openCrowdProduct({
    agents: AGENTS,
    widgets: WIDGETS,
  });
  const { pbx, service, widgets } = product;
  const pages: CrowdPage[] = [];
  for (let n = 0; n < PAGES; n++) {
    const uuid = widgets[n % WIDGETS] ?? "";
    pages.push(await CrowdPage.open(service.url, uuid, n));
  }
  await Promise.all(
    pages.map((page) => page.until(showsAll(AGENTS / WIDGETS, "online"))),
  );

  equal(pbx.count("SubscribePresence"), AGENTS);
  equal(pbx.subscriptions, AGENTS);

  // The 99th percentile of the best round: a slow one may be another program's.
  const rounds: number[] = [];
  do {
    const times = await changeTimes(product, pages, CHANGES);
    equal(times.length, CHANGES * PAGES / WIDGETS);
    rounds.push(quantile(times, 0.99));
  } while (Math.min(...rounds) >= P99_MS_MAX && rounds.length < ROUNDS_MAX);
  ok(Math.min(...rounds) < P99_MS_MAX, `p99 of each round, ms: ${rounds}`);

  // Changes, and pages that come and go, have subscribed to nobody again.
  pages.splice(0, PAGES / 2).forEach((page) => page.drop());
  const late = await CrowdPage.open(service.url, widgets[0] ?? "", PAGES);
  await late.until(showsAll(AGENTS / WIDGETS, "online"));
  deepEqual(
    [pbx.count("SubscribePresence"), pbx.count("UnsubscribePresence")],
    [AGENTS, 0],
  );
  for (const page of [late, ...pages]) page.drop();
});
