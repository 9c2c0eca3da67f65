import { AsyncLocalStorage } from "node:async_hooks";
import {
  configure,
  getConsoleSink,
  getJsonLinesFormatter,
  getTextFormatter,
} from "@logtape/logtape";
import type { Config } from "./settings.ts";

/** Sends the house's log to the console, from level `log` on. Called once. What
 * is logged during a request carries its id. */
export async function startLog(
  { log, logFormat }: Pick<Config, "log" | "logFormat">,
): Promise<void> {
  const formatter = logFormat === "json"
    // The text with its gaps is the same for all that are alike: it can be
    // counted. What fills the gaps stands in `properties`.
    ? getJsonLinesFormatter({ message: "template" })
    : getTextFormatter({ timestamp: "date-time-tz" });
  await configure({
    sinks: { console: getConsoleSink({ formatter }) },
    loggers: [
      { category: "widgets", lowestLevel: log, sinks: ["console"] },
      {
        category: ["logtape", "meta"],
        lowestLevel: "warning",
        sinks: ["console"],
      },
    ],
    contextLocalStorage: new AsyncLocalStorage(),
  });
}
