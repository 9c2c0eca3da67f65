import { configure, getConsoleSink, getTextFormatter } from "@logtape/logtape";
import type { Config } from "./settings.ts";

/** Sends the house's log to standard error, from `level` on. Called once. */
export async function startLog(level: Config["log"]): Promise<void> {
  await configure({
    sinks: {
      console: getConsoleSink({
        formatter: getTextFormatter({ timestamp: "date-time-tz" }),
      }),
    },
    loggers: [
      { category: "widgets", lowestLevel: level, sinks: ["console"] },
      {
        category: ["logtape", "meta"],
        lowestLevel: "warning",
        sinks: ["console"],
      },
    ],
  });
}
