import * as v from "valibot";
import { parseJson } from "@/lib/base/parse_json.ts";
import { err, ok, type Result } from "@/lib/base/result.ts";

/** The members of every message (SDK: AppWebsocket). Other members are decoded
 * by the code that handles the message. */
export const Envelope = v.looseObject({
  mt: v.pipe(v.string(), v.minLength(1), v.maxLength(64)),
  /** Absent for the service's own protocol. */
  api: v.exactOptional(v.pipe(v.string(), v.maxLength(64))),
  /** The requester's mark, which the answer repeats. */
  src: v.exactOptional(v.pipe(v.string(), v.maxLength(128))),
});
export type Envelope = v.InferOutput<typeof Envelope>;

/** A message from us. */
export interface OutgoingMessage {
  mt: string;
  api?: string;
  src?: string;
  [member: string]: unknown;
}

/** Parses a frame. Never throws. */
export function decodeEnvelope(frame: string): Result<Envelope, string> {
  const parsed = parseJson(frame);
  if (parsed === undefined) return err("no JSON");
  const read = v.safeParse(Envelope, parsed);
  if (read.success) return ok(withoutEmptyApi(read.output));
  const [issue] = read.issues;
  return err(`${v.getDotPath(issue) ?? "message"}: ${issue.message}`);
}

/** Some senders write an empty API instead of none. */
function withoutEmptyApi(message: Envelope): Envelope {
  const { api, ...rest } = message;
  return api === "" ? rest : message;
}

/** Returns the decoded members of a message. An invalid message is described
 * briefly in the link's list of errors. */
export function decodeMessage<T>(
  schema: v.GenericSchema<unknown, T>,
  message: Envelope,
  link: { problem(text: string): void },
): T | undefined {
  const read = v.safeParse(schema, message);
  if (read.success) return read.output;
  const [issue] = read.issues;
  const path = v.getDotPath(issue) ?? "";
  link.problem(`${message.mt}.${path}: ${issue.message}`);
  return undefined;
}
