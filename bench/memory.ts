import { type Bench, compare, inTurn } from "./bench.ts";
import { memoryOf } from "./process.ts";

/** Garbage of the start is gone by then, and a heartbeat has not come yet. */
const SETTLE_MS = 5_000;
const SOME = 1_000;
/** Visitors who come and go before: code is compiled, the heap has its size. */
const WARM_UP = 500;

export const memory: Bench = {
  name: "memory",
  title: "(a) Memory per idle visitor, after Start, in KiB",
  async run(lab) {
    const figures = await inTurn(lab, async (contender, load) => {
      const { visitors: url, start, script } = contender;
      const open = (count: number) =>
        load.open({
          url,
          starts: [start],
          count,
          atOnce: 64,
          frames: script.start.length,
        });
      await open(WARM_UP);
      await load.close();
      await settle();
      const before = await memoryOf(contender.process.pid);
      const per: number[] = [];
      let there = 0;
      for (const visitors of [SOME, lab.visitors]) {
        await open(visitors - there);
        there = visitors;
        await settle();
        const after = await memoryOf(contender.process.pid);
        per.push((after - before) / visitors / 1_024);
      }
      await load.close();
      return per;
    });
    return compare([`at ${SOME}`, `at ${lab.visitors}`], figures);
  },
};

function settle(): Promise<void> {
  return new Promise((done) => setTimeout(done, SETTLE_MS));
}
