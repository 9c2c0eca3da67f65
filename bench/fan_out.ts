import { type Bench, compare, inTurn, median } from "./bench.ts";

const CHANGES = 9;
const SAVES = 5;
/** The service merges changes of one agent that follow each other faster. */
const CHANGE_EVERY_MS = 600;

export const fanOut: Bench = {
  name: "fan_out",
  title: "(c), (d) From a change to the last visitor, in ms",
  async run(lab) {
    const figures = await inTurn(lab, async (contender, load) => {
      const { script } = contender;
      await load.open({
        url: contender.visitors,
        starts: [contender.start],
        count: lab.visitors,
        atOnce: 64,
        frames: script.start.length,
      });
      const times = async (count: number, trigger: "change" | "save") => {
        const frames = script.broadcasts[trigger]?.length ?? 0;
        const all: number[] = [];
        for (let n = 0; n < count; n++) {
          if (trigger === "change") await pause(CHANGE_EVERY_MS);
          all.push(await load.heard(frames, () => contender[trigger]()));
        }
        return median(all);
      };
      const figures = [
        await times(CHANGES, "change"),
        await times(SAVES, "save"),
      ];
      await load.close();
      return figures;
    });
    return compare(
      [`presence, ${lab.visitors} pages`, `Save, ${lab.visitors} pages`],
      figures,
    );
  },
};

function pause(ms: number): Promise<void> {
  return new Promise((done) => setTimeout(done, ms));
}
