import { cut } from "@/lib/base/cut.ts";
import { escapeHidden } from "@/lib/base/plain_text.ts";
import { LIMITS } from "../limits.ts";

/** A message as /admin/pbx shows it: without secrets, and clipped. */
export interface TraceEntry {
  /** Increasing, without gaps. */
  id: number;
  /** Milliseconds since 1970. */
  time: number;
  /** Key of the link; for a connection without a login, its address. */
  link: string;
  direction: "in" | "out" | "note";
  mt: string;
  api: string;
  text: string;
}

/** Members that are removed from the trace, wherever they are in a message. */
const SECRETS = new Set([
  "digest",
  "challenge",
  "key",
  "password",
  "pwd",
  "turnPwd",
  "salt",
]);
/** The text of chats must not be visible to administrators either. */
const PRIVATE = new Set(["data", "note"]);

/** The last messages of all links, oldest first. */
export class Trace {
  readonly #entries: TraceEntry[] = [];
  #next = 1;

  add(entry: Omit<TraceEntry, "id">): void {
    this.#entries.push({ ...entry, id: this.#next++ });
    if (this.#entries.length > LIMITS.traceEntries) this.#entries.shift();
  }

  /** Returns the entries after the one with the id `after` whose text, link or
   * api contains `text`. */
  entries({ text = "", after = 0 } = {}): TraceEntry[] {
    const part = text.toLowerCase();
    return this.#entries.filter((entry) =>
      entry.id > after &&
      `${entry.link}\n${entry.api}\n${entry.text}`.toLowerCase().includes(part)
    );
  }
}

/** Replaces all secrets in a frame's text. Never throws. */
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
