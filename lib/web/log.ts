import { AsyncLocalStorage } from "node:async_hooks";
import nodeConsole from "node:console";
import {
  configure,
  getConsoleSink,
  getJsonLinesFormatter,
  getLogger,
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
  // The console as it is now, whoever changes it later.
  const own = Object.create(nodeConsole, {
    error: { value: console.error },
  });
  await configure({
    sinks: { console: getConsoleSink({ formatter, console: own }) },
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
  if (logFormat === "json") takeErrors();
}

/** Who reads JSON can read nothing else: what a package says by itself becomes
 * an object too. */
function takeErrors(): void {
  const log = getLogger(["widgets", "console"]);
  console.error = (first: unknown, ...rest: unknown[]) => {
    const error = rest.find((one) => one instanceof Error);
    log.error(String(first), error === undefined ? {} : { error });
  };
}
