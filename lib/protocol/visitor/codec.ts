import * as v from "valibot";
import { parseJson } from "@/lib/base/parse_json.ts";
import { err, ok, type Result } from "@/lib/base/result.ts";
import { ClientMessage } from "./client_messages.ts";
import type { ContactMessage } from "./contact_messages.ts";
import { LIMITS } from "./limits.ts";
import type { SessionInfo, SessionMessage } from "./session_messages.ts";

/** A message of the service to a page. */
export type ServerMessage = SessionMessage | ContactMessage;

/** The error of an invalid frame, for the page's developers. */
export interface DecodeError {
  /** The place: `frame`, `mt`, `ChatMessage.text`. */
  field: string;
  /** The invalid value and what is allowed, in English. */
  text: string;
}

/**
 * Decodes a WebSocket frame. Never throws. Unknown members are removed. The
 * error repeats nothing of the frame.
 */
export function decodeClientMessage(
  frame: string,
): Result<ClientMessage, DecodeError> {
  if (isTooLong(frame)) {
    return refused("frame", `must have at most ${LIMITS.frameBytes} bytes`);
  }
  const json = parseJson(frame);
  if (!isObject(json)) return refused("frame", "must be one JSON object");
  const result = v.safeParse(ClientMessage, json, {
    abortEarly: true,
    abortPipeEarly: true,
  });
  return result.success ? ok(result.output) : err(explain(result.issues[0]));
}

/** Encodes a message of the service as a frame. Members keep their order. */
export function encode(message: ServerMessage): string {
  return JSON.stringify(message);
}

/**
 * Encodes a Session in two parts that are the same for all visitors of a widget
 * and language; the visitor's own token is inserted between them.
 */
export function encodeSession(
  { resume: _, v: version, ...shared }: SessionInfo,
): (resume: string) => string {
  const head = `${JSON.stringify(shared).slice(0, -1)},"resume":`;
  const tail = `,"v":${JSON.stringify(version)}}`;
  return (resume) => head + JSON.stringify(resume) + tail;
}

function isTooLong(frame: string): boolean {
  if (frame.length > LIMITS.frameBytes) return true;
  if (frame.length * 3 <= LIMITS.frameBytes) return false;
  return new TextEncoder().encode(frame).length > LIMITS.frameBytes;
}

function isObject(json: unknown): json is { mt?: unknown } {
  return typeof json === "object" && json !== null && !Array.isArray(json);
}

function refused(field: string, must: string): Result<never, DecodeError> {
  return err({ field, text: `Cannot take ${field}: ${must}` });
}

type Issue = v.InferIssue<typeof ClientMessage>;

function explain(issue: Issue): DecodeError {
  const path = v.getDotPath(issue) ?? "";
  const mt = typeOf(issue);
  const field = mt === undefined || path === "mt" ? path : `${mt}.${path}`;
  return { field, text: `Cannot take ${field}: ${allowed(issue)}` };
}

/** Our schemas' messages say what is allowed. The library's own messages say it
 * in `expected`, but repeat the received value in their text. */
function allowed(issue: Issue): string {
  if (issue.message.startsWith("must")) return issue.message;
  if (issue.received === "undefined") return "must be there";
  const { expected } = issue;
  return `must be ${expected?.replace(/["()]/g, "") ?? "something else"}`;
}

/** Returns the message's type, if it is known. */
function typeOf(issue: Issue): string | undefined {
  const input = issue.path?.[0].input;
  if (typeof input !== "object" || input === null) return undefined;
  const known = ClientMessage.options.flatMap((option) =>
    "entries" in option
      ? [option.entries.mt.literal]
      : option.options.map(({ entries }) => entries.mt.literal)
  );
  return known.find((mt) => "mt" in input && input.mt === mt);
}
