import { AsyncLocalStorage } from "node:async_hooks";
import nodeConsole from "node:console";
import {
  configure,
  getConsoleSink,
  getJsonLinesFormatter,
  getLogger,
  getTextFormatter,
  type LogRecord,
} from "@logtape/logtape";
import { escapeHidden } from "@/lib/base/plain_text.ts";
import type { Config } from "./settings.ts";

/** Sends the program's log to the console, from level `log` on. Call it once.
 * Lines that are logged during a request have its id. */
export async function startLog(
  { log, logFormat }: Pick<Config, "log" | "logFormat">,
): Promise<void> {
  const formatter = logFormat === "json" ? formatJson : formatText;
  // The current console, even if it is changed later.
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
  else takeExceptions();
}

const textLines = getTextFormatter({
  timestamp: "date-time-tz",
  value: textOf,
});

/** Formats a line for people. That of a failed request ends with its id, by
 * which the user or the proxy can name it. An exception's stack is indented
 * below its line, so that each line of the log begins with a time. */
function formatText(record: LogRecord): string {
  const { level, properties: { requestId, stack } } = record;
  const hasFailed = level === "error" || level === "fatal";
  const id = hasFailed && typeof requestId === "string"
    ? ` (requestId ${requestId})`
    : "";
  const below = Array.isArray(stack) ? stack : [];
  return [textLines(record).trimEnd() + id, ...below].join("\n") + "\n";
}

const jsonLines = getJsonLinesFormatter({ message: "template" });

/**
 * Writes one object per line. `message` has its values filled in, for people;
 * `template` is the same for all lines of one kind, so that they can be
 * counted; `properties` has the values.
 */
function formatJson(record: LogRecord): string {
  const { message: template, ...rest } = JSON.parse(jsonLines(record));
  const message = record.message
    .map((part, at) => at % 2 === 0 ? part : textOf(part, String)).join("");
  return `${escapeHidden(JSON.stringify({ ...rest, message, template }))}\n`;
}

/** Formats a value for a sentence. Hidden characters are escaped, because a
 * stranger's text could otherwise forge a line of the log. */
function textOf(value: unknown, inspect: (value: unknown) => string): string {
  if (value instanceof Error) {
    return escapeHidden(`${value.name}: ${value.message}`);
  }
  if (typeof value !== "string") return inspect(value);
  return escapeHidden(JSON.stringify(value).slice(1, -1))
    .replaceAll('\\"', '"');
}

/** In text mode, exceptions on the console become lines of the log. Sentences
 * for the operator stay unchanged. */
function takeExceptions(): void {
  const log = getLogger(["widgets", "console"]);
  const { error: print } = console;
  console.error = (text: unknown, ...rest: unknown[]) => {
    const thrown = rest.find((one) => one instanceof Error);
    if (thrown === undefined) return print(text, ...rest);
    const [error = "", ...below] = Deno.inspect(thrown).split("\n");
    const stack = below.map((line) => `    ${escapeHidden(line.trimEnd())}`);
    log.error("{text} {error}", { text: String(text), error, stack });
  };
}

/** In JSON mode every line must be JSON, so output of packages becomes an
 * object too. */
function takeErrors(): void {
  const log = getLogger(["widgets", "console"]);
  console.error = (first: unknown, ...rest: unknown[]) => {
    const error = rest.find((one) => one instanceof Error);
    const text = String(first);
    log.error("{text}", error === undefined ? { text } : { text, error });
  };
}
