import { deepEqual, equal, match, ok } from "node:assert/strict";
import * as v from "valibot";
import type { DayTally } from "@/lib/model/tally.ts";
import { newContent } from "@/lib/model/widget.ts";
import {
  DAYS_MAX,
  SharesView,
  StatisticsView,
} from "@/lib/protocol/admin/statistics.ts";
import { type ApiApp, apiApp, errorOf } from "@/tests/support/api_app.ts";

const SHOP = "a".repeat(32);
const GONE = "b".repeat(32);
const DAY_MS = 24 * 60 * 60_000;

Deno.test("statistics of everything, one widget, one agent, and one agent in one widget", async () => {
  using app = await seeded();
  const { cookie } = await app.signIn("ada", "admin");
  const asked = async (query: string) => {
    const path = `/api/statistics?period=7d&${query}`;
    const response = await app.call("GET", path, { cookie });
    equal(response.status, 200);
    return v.parse(StatisticsView, await response.json());
  };

  const all = await asked("");
  const shop = await asked(`widget=${SHOP}`);
  const ben = await asked("agent=ben");
  const both = await asked(`widget=${GONE}&agent=ben`);

  deepEqual(
    [all, shop, ben, both].map(({ total: { shown, calls, callsAnswered } }) => [
      shown,
      calls,
      callsAnswered,
    ]),
    [[30, 6, 4], [10, 2, 1], [0, 6, 4], [0, 4, 3]],
  );
  equal(all.points.length, 7);
  deepEqual(all.outcomes["no-answer"], 2);
  equal(all.since, new Date(yesterday(app)).toISOString().slice(0, 10));
});

Deno.test("statistics as CSV have the same query, and the widget's name in the file name", async () => {
  using app = await seeded();
  const { cookie } = await app.signIn("ada", "admin");
  const query = `period=7d&by=day&widget=${SHOP}&agent=`;

  const response = await app.call("GET", `/api/statistics.csv?${query}`, {
    cookie,
  });
  const bytes = await response.bytes();

  deepEqual([...bytes.slice(0, 3)], [0xef, 0xbb, 0xbf]);
  const lines = new TextDecoder().decode(bytes).trimEnd().split("\r\n");
  match(
    response.headers.get("content-type") ?? "",
    /^text\/csv; charset=utf-8/,
  );
  match(
    response.headers.get("content-disposition") ?? "",
    /^attachment; filename="statistics-\d{4}-\d\d-\d\d-\d{4}-\d\d-\d\d\.csv"$/,
  );
  equal(lines.length, 1 + 7);
  ok(lines.slice(1).every((line) => line.includes(",'=Shop,")));
  const day = new Date(yesterday(app)).toISOString().slice(0, 10);
  match(
    lines.find((line) => line.startsWith(day)) ?? "",
    /,UTC,'=Shop,,10,0,0,2,0,0,1,1,/,
  );
});

Deno.test("[ST12] shares include every widget, even a deleted one, and every agent", async () => {
  using app = await seeded();
  const { cookie } = await app.signIn("ada", "admin");
  const shares = async (kind: string, more = "") => {
    const path = `/api/statistics/${kind}?period=7d${more}`;
    const response = await app.call("GET", path, { cookie });
    return v.parse(SharesView, await response.json());
  };

  const widgets = await shares("widgets");
  const agents = await shares("agents");

  const brief = ({ shares }: SharesView) =>
    shares.map(({ id, figures: { shown, calls } }) => [id, shown, calls]);
  deepEqual(brief(widgets), [[GONE, 20, 4], [SHOP, 10, 2]]);
  deepEqual([brief(agents), agents.isCut], [[["ben", 0, 6]], false]);
  const ofShop = await shares("agents", `&widget=${SHOP}`);
  deepEqual(brief(ofShop), [["ben", 0, 2]]);
  await errorOf(
    await app.call("GET", "/api/statistics/visitors", { cookie }),
    404,
  );
});

Deno.test("[ST11] an invalid query is rejected, naming the field", async () => {
  using app = await apiApp();
  const { cookie } = await app.signIn("ada", "admin");
  const refused: [query: string, field: string][] = [
    ["period=1y", "period"],
    ["by=minute", "by"],
    ["by=hour&period=12m", "by"],
    ["zone=Mars/Olympus", "zone"],
    [`zone=${"x".repeat(65)}`, "zone"],
    ["widget=1", "widget"],
    ["agent=a%20b", "agent"],
    ["from=2026-11-01", "from"],
    ["period=own", "from"],
    ["period=own&from=2026-11-01", "to"],
    ["period=own&from=2026-02-30&to=2026-03-01", "from"],
    ["period=own&from=2026-11-02&to=2026-11-01", "to"],
    ["period=own&from=2020-01-01&to=2026-11-01", "to"],
    ["period=own&from=0001-01-01&to=2026-11-01", "from"],
    ["period=7d&period=30d", "period"],
    ["color=red", "color"],
  ];

  const fields: [string, string | undefined][] = [];
  for (const [query] of refused) {
    const path = `/api/statistics?${query}`;
    const error = await errorOf(await app.call("GET", path, { cookie }), 400);
    equal(error.reason, "invalid");
    fields.push([query, error.field]);
  }

  deepEqual(fields, refused);
  const long = `/api/statistics?agent=${"x".repeat(1_000)}`;
  await errorOf(await app.call("GET", long, { cookie }), 413);
  const to = Date.UTC(2026, 0, 1) + (DAYS_MAX - 1) * DAY_MS;
  const own = `from=2026-01-01&to=${new Date(to).toISOString().slice(0, 10)}`;
  for (const path of ["", ".csv", "/widgets", "/agents"]) {
    const query = `/api/statistics${path}?period=own&${own}`;
    equal((await app.call("GET", query, { cookie })).status, 200);
  }
});

/** Two widgets, one of them deleted since, and an agent of both: yesterday. */
async function seeded(): Promise<ApiApp> {
  const app = await apiApp();
  await app.store.widgets.create("sidebar", newContent("=Shop", "en"), SHOP);
  const day = yesterday(app) / DAY_MS;
  const shown = (n: number): DayTally => ({ shown: { "12": n } });
  const calls = (answered: number, missed: number): DayTally => ({
    "voice.ended.16": { "12": answered },
    "voice.wait.3": { "12": answered },
    "voice.missed.19": { "12": missed },
  });
  const counts: [{ widget?: string; agent?: string }, DayTally][] = [
    [{}, { ...shown(30), ...calls(4, 2) }],
    [{ widget: SHOP }, { ...shown(10), ...calls(1, 1) }],
    [{ widget: GONE }, { ...shown(20), ...calls(3, 1) }],
    [{ agent: "ben" }, calls(4, 2)],
    [{ widget: SHOP, agent: "ben" }, calls(1, 1)],
    [{ widget: GONE, agent: "ben" }, calls(3, 1)],
  ];
  const rows = counts.map(([subject, counts]) => ({ day, subject, counts }));
  await app.store.statistics.add(rows);
  return app;
}

function yesterday({ store: { clock } }: ApiApp): number {
  return (Math.floor(clock.now() / DAY_MS) - 1) * DAY_MS;
}
