import { configure, resetSync } from "@logtape/logtape";

/**
 * Collects the program's log from the level "info" up, each line with its
 * values, until the result is disposed of. `look` also receives the values.
 */
export async function logInto(
  lines: string[],
  look: (properties: Record<string, unknown>) => void = () => {},
): Promise<Disposable> {
  await configure({
    sinks: {
      lines: ({ message, properties }) => {
        lines.push(message.join(""));
        look(properties);
      },
    },
    loggers: [
      { category: "widgets", lowestLevel: "info", sinks: ["lines"] },
      { category: ["logtape", "meta"], lowestLevel: "error", sinks: [] },
    ],
    reset: true,
  });
  return { [Symbol.dispose]: () => resetSync() };
}
