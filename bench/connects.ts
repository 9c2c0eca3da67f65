import { type Bench, compare, inTurn } from "./bench.ts";

const VISITORS = 2_000;

export const connects: Bench = {
  name: "connects",
  title: "(b) Connects with Start, Session and all Infos, per second",
  async run(lab) {
    const figures = await inTurn(lab, async (contender, load) => {
      const rates: number[] = [];
      // The second crowd finds a program that has warmed up.
      for (let crowd = 0; crowd < 2; crowd++) {
        const { tookMs } = await load.open({
          url: contender.visitors,
          starts: [contender.start],
          count: VISITORS,
          atOnce: 64,
          frames: contender.script.start.length,
        });
        rates.push(VISITORS / tookMs * 1_000);
        await load.close();
      }
      return rates;
    });
    return compare(["first 2000", "next 2000"], figures);
  },
};
