import * as v from "valibot";
import { err, ok, type Result } from "@/lib/base/result.ts";

/** What every message has (SDK: AppWebsocket). Other members are decoded by
 * whoever knows the message. */
export const Envelope = v.looseObject({
  mt: v.pipe(v.string(), v.minLength(1), v.maxLength(64)),
  /** Absent: the service's own protocol. */
  api: v.exactOptional(v.pipe(v.string(), v.maxLength(64))),
  /** The requester's mark: repeated in the answer. */
  src: v.exactOptional(v.pipe(v.string(), v.maxLength(128))),
});
export type Envelope = v.InferOutput<typeof Envelope>;

/** A message that we send. */
export interface OutgoingMessage {
  mt: string;
  api?: string;
  src?: string;
  [member: string]: unknown;
}

/** Reads one frame. Never throws. */
export function decodeEnvelope(frame: string): Result<Envelope, string> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(frame);
  } catch {
    return err("no JSON");
  }
  const read = v.safeParse(Envelope, parsed);
  if (read.success) return ok(withoutEmptyApi(read.output));
  const [issue] = read.issues;
  return err(`${v.getDotPath(issue) ?? "message"}: ${issue.message}`);
}

/** Some senders write no API as an empty one. */
function withoutEmptyApi(message: Envelope): Envelope {
  const { api, ...rest } = message;
  return api === "" ? rest : message;
}

/** Says what is wrong with a message, shortly, for the list of errors. */
export function decodeError(
  { mt }: Envelope,
  [issue]: [v.BaseIssue<unknown>, ...v.BaseIssue<unknown>[]],
): string {
  return `${mt}.${v.getDotPath(issue) ?? ""}: ${issue.message}`;
}
