import {
  changeTimes,
  CrowdPage,
  openCrowdProduct,
  quantile,
  showsAll,
} from "../tests/support/pbx_crowd.ts";
import { turns } from "../tests/support/simulated_pbx/in_memory.ts";

// deno run -A bench/pbx.ts: 1,000 agents of a PBX in 50 widgets on 1,000 pages.

const AGENTS = 1_000;
const WIDGETS = 50;
const PAGES = 1_000;
const CHANGES = 200;

const allShow = (presence: string) =>
  Promise.all(
    pages.map((page) => page.until(showsAll(AGENTS / WIDGETS, presence))),
  );

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
await allShow("online");
console.log(
  `subscriptions of ${AGENTS} agents on ${PAGES} pages: ${
    pbx.count("SubscribePresence")
  }`,
);

const times = await changeTimes(product, pages, CHANGES);
const inMs = (q: number) => quantile(times, q).toFixed(1);
console.log(
  `change to page, ms: p50 ${inMs(0.5)}, p99 ${inMs(0.99)}, of ${times.length}`,
);

const cutAt = performance.now();
pbx.cut();
const offline = await allShow("offline");
console.log(
  `link cut: last page offline after ${
    (Math.max(...offline) - cutAt).toFixed(0)
  } ms`,
);
const linkedAt = performance.now();
await pbx.connect();
const online = await allShow("online");
console.log(
  `reconnect: last page right after ${
    (Math.max(...online) - linkedAt).toFixed(0)
  } ms`,
);
pbx.cut();
await turns();
Deno.exit(0);
