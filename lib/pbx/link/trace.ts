import { cut } from "@/lib/base/cut.ts";
import { escapeHidden } from "@/lib/base/plain_text.ts";
import { LIMITS } from "../limits.ts";

/** One message as /admin/pbx shows it: without secrets, and clipped. */
export interface TraceEntry {
  /** Counts up, without gaps. */
  id: number;
  /** Milliseconds since 1970. */
  time: number;
  /** Key of the link; a connection without a login has its address here. */
  link: string;
  direction: "in" | "out" | "note";
  mt: string;
  api: string;
  text: string;
}

/** What never stands in the trace, wherever it is in a message. */
const SECRETS = new Set([
  "digest",
  "challenge",
  "key",
  "password",
  "pwd",
  "turnPwd",
  "salt",
]);
/** What people write to each other is not for the admin either. */
const PRIVATE = new Set(["data", "note"]);

/** The last messages of all links, oldest first. */
export class Trace {
  readonly #entries: TraceEntry[] = [];
  #next = 1;

  add(entry: Omit<TraceEntry, "id">): void {
    this.#entries.push({ ...entry, id: this.#next++ });
    if (this.#entries.length > LIMITS.traceEntries) this.#entries.shift();
  }

  /** Entries after the one with the id `after` whose text, link or api contains `text`. */
  entries({ text = "", after = 0 } = {}): TraceEntry[] {
    const part = text.toLowerCase();
    return this.#entries.filter((entry) =>
      entry.id > after &&
      `${entry.link}\n${entry.api}\n${entry.text}`.toLowerCase().includes(part)
    );
  }
}

/** A frame's text with all secrets replaced. Never throws. */
export function withoutSecrets(frame: string): string {
  if (frame.length > LIMITS.frameLength) {
    return `(${frame.length} characters)`;
  }
  try {
    const shown = JSON.stringify(JSON.parse(frame), (name, value: unknown) => {
      if (SECRETS.has(name)) return "***";
      if (PRIVATE.has(name) && typeof value === "string") {
        return `(${value.length} characters)`;
      }
      return value;
    });
    return clip(escapeHidden(shown));
  } catch {
    return `(no JSON, ${frame.length} characters)`;
  }
}

function clip(text: string): string {
  if (text.length <= LIMITS.traceLength) return text;
  return `${cut(text, LIMITS.traceLength)}… (${text.length} characters)`;
}
