import { type Bench, compare, inTurn } from "./bench.ts";

export const coldStart: Bench = {
  name: "cold_start",
  title: "(g) From the start of the process until it listens, in ms",
  async run(lab) {
    const figures = await inTurn(
      lab,
      ({ process }) => Promise.resolve([process.startedInMs]),
    );
    return compare(["cold start"], figures);
  },
};
