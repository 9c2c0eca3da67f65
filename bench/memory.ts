import { type Bench, compare, inTurn } from "./bench.ts";
import { inspected } from "./inspector.ts";
import { memoryOf } from "./process.ts";

/** Time after which freed memory was returned to the system. */
const SETTLE_MS = 2_000;
const SOME = 1_000;
/** Visitors who come and go first, so that code is compiled and the heap has
 * its size. */
const WARM_UP = 50;

export const memory: Bench = {
  name: "memory",
  title: "(a) Memory held per idle visitor, after Start, in KiB",
  async run(lab) {
    const contenders = lab.contenders.map(inspected);
    const figures = await inTurn({ ...lab, contenders }, async (
      { visitors: url, start, script, process, inspector },
      load,
    ) => {
      const held = async () => {
        await inspector.collectGarbage();
        await settle();
        return await memoryOf(process.pid);
      };
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
      const before = await held();
      const per: number[] = [];
      let there = 0;
      for (const visitors of [SOME, lab.visitors]) {
        await open(visitors - there);
        there = visitors;
        const after = await held();
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
