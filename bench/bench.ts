import type { Contender } from "./contender.ts";
import type { Scene } from "./product.ts";
import { Load } from "./load.ts";

/** A table of figures; the columns' names contain the units. */
export interface Table {
  columns: string[];
  rows: (string | number)[][];
}

export interface Bench {
  /** Name on the command line and of the JSON file. */
  name: string;
  title: string;
  run(lab: Lab): Promise<Table>;
}

/** The environment of a bench. */
export interface Lab<C extends Contender = Contender> {
  scene: Scene;
  /** Number of visitors in the large rounds. */
  visitors: number;
  /** Number of measurements per figure; the median counts. */
  rounds: number;
  /** The measured servers: the program, and bare servers for comparison. */
  contenders: ((scene: Scene) => Promise<C>)[];
}

/**
 * Measures all contenders `rounds` times in turn, each time as a new process,
 * so that a busy moment of the host affects all of them. Returns figures by
 * name.
 */
export async function inTurn<C extends Contender>(
  { scene, rounds, contenders }: Lab<C>,
  measure: (contender: C, load: Load) => Promise<number[]>,
): Promise<Map<string, number[]>> {
  const all = new Map<string, number[][]>();
  for (let round = 0; round < rounds; round++) {
    for (const start of contenders) {
      await using contender = await start(scene);
      await using load = new Load();
      const figures = await measure(contender, load);
      all.set(contender.name, [...all.get(contender.name) ?? [], figures]);
    }
  }
  return new Map([...all].map(([name, runs]) => [name, medians(runs)]));
}

/** Returns the median of each column. */
export function medians(runs: number[][]): number[] {
  return (runs[0] ?? []).map((_, at) =>
    median(runs.map((run) => run[at] ?? 0))
  );
}

export function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? NaN;
  return sorted.length % 2 === 1
    ? upper
    : (upper + (sorted[middle - 1] ?? NaN)) / 2;
}

/** Returns rows of figures, each with its ratio to the two bare servers. */
export function compare(
  columns: string[],
  figures: Map<string, number[]>,
): Table {
  const [product, ...bare] = [...figures];
  const rows: Table["rows"] = columns.map((column, at) => {
    const own = product?.[1][at] ?? NaN;
    return [
      column,
      own,
      ...bare.flatMap(([, values]) => {
        const other = values[at] ?? NaN;
        return [other, `${(own / other).toFixed(2)}x`];
      }),
    ];
  });
  const names = bare.flatMap(([name]) => [name, "ratio"]);
  return { columns: ["", product?.[0] ?? "", ...names], rows };
}
