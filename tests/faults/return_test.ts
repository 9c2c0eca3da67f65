import { deepEqual, equal, ok } from "node:assert/strict";
import { BACKOFF } from "@/widget/connection.ts";
import { type Loyalty } from "../../bench/faithful_crowd.ts";
import { Load } from "../../bench/load.ts";
import { DeskAgent } from "../support/desk_agent.ts";
import { startService } from "../support/service.ts";
import { setStage } from "../support/stage.ts";
import { watchPeak } from "./peak_memory.ts";

const PAGES = 10_000;
/** Each takes a file descriptor; the limit is raised as far as one may. */
const MANY_FILES = ["sh", "-c", 'ulimit -n "$(ulimit -Hn)"; exec "$@"', "sh"];
const BY_PROXY = "--trusted-proxies=127.0.0.0/8";
/** A service that restarts is given more time: 2 to 4 s at the first try. */
const SPREAD_MS = { from: BACKOFF.firstMs * 16, to: BACKOFF.firstMs * 32 };
/** From the start of the new process until all are back. Tests share their
 * machine. */
const BACK_WITHIN_MS = 40_000;
const MEMORY_MAX = 400 * 1_048_576;

Deno.test({
  name:
    "ten thousand disconnected pages come back spread over time and are served without an error",
  ignore: Deno.build.os !== "linux",
  async fn() {
    await using stage = await setStage(1);
    const cookie = stage.agents[0]?.cookie ?? "";
    const how = { data: stage.data, args: [BY_PROXY], by: MANY_FILES };
    await using load = new Load();
    const first = await startService(how);
    const agent = await DeskAgent.connect(first.url, cookie);
    const before = await load.come({
      url: `${first.url}/widgets/service`,
      count: PAGES,
      start: JSON.stringify({ mt: "Start", uuid: stage.widget, v: 1 }),
    });
    equal(before.ready, PAGES);
    agent.say({ type: "choose", presence: "away" });
    await until(load, ({ presences }) => presences["away"] === PAGES);

    await first.stop("SIGTERM");
    agent[Symbol.dispose]();
    const startedAt = performance.now();
    await using second = await startService({
      ...how,
      port: Number(new URL(first.url).port),
    });
    const peak = await watchPeak(second.pid);
    using again = await DeskAgent.connect(second.url, cookie);
    await until(
      load,
      ({ ready, returned, presences }) =>
        ready === PAGES && returned === PAGES && presences["away"] === PAGES,
    );
    const tookMs = performance.now() - startedAt;
    again.say({ type: "choose", presence: "dnd" });
    const after = await until(
      load,
      ({ presences }) => presences["dnd"] === PAGES,
    );

    deepEqual(after.codes, { 1012: PAGES });
    equal(after.errors, 0);
    ok(after.shortestMs >= SPREAD_MS.from, `${after.shortestMs} ms`);
    ok(after.longestMs <= SPREAD_MS.to, `${after.longestMs} ms`);
    ok(after.longestMs - after.shortestMs > 1_500, "they are spread");
    ok(tookMs < BACK_WITHIN_MS, `all were back after ${tookMs} ms`);
    const taken = await peak();
    ok(taken < MEMORY_MAX, `It took ${taken >> 20} MiB`);
    equal(second.output().includes("ERR"), false, second.output());
    console.log(`back in ${Math.round(tookMs)} ms, ${taken >> 20} MiB`);
    await load.close();
  },
});

/** Looks until it `is` so; fails after a minute with what is there. */
async function until(
  load: Load,
  is: (loyalty: Loyalty) => boolean,
): Promise<Loyalty> {
  const deadline = performance.now() + 60_000;
  for (;;) {
    const loyalty = await load.look();
    if (is(loyalty)) return loyalty;
    if (performance.now() > deadline) throw new Error(JSON.stringify(loyalty));
    await new Promise((done) => setTimeout(done, 100));
  }
}
