import * as v from "valibot";
import { parseJson } from "@/lib/base/parse_json.ts";
import { err, ok, type Result } from "@/lib/base/result.ts";
import { DESK_LIMITS } from "./limits.ts";
import { PageMessage } from "./page_messages.ts";
import { ServiceMessage } from "./service_messages.ts";

/** The error of an invalid frame. `text` is for the log and for developers. */
export interface DeskDecodeError {
  reason: "too-big" | "not-json" | "unknown-type" | "invalid";
  text: string;
}

/** Decodes a frame of an agent's page. Never throws. */
export function decodePageMessage(
  frame: string,
): Result<PageMessage, DeskDecodeError> {
  if (frame.length > DESK_LIMITS.frameLength) {
    const text = `Cannot take ${frame.length} characters: the limit is ` +
      DESK_LIMITS.frameLength;
    return err({ reason: "too-big", text });
  }
  return decode(PageMessage, frame);
}

/** Decodes a frame of the service. Never throws. A page ignores unknown
 * messages, because the service may be newer. */
export function decodeServiceMessage(
  frame: string,
): Result<ServiceMessage, DeskDecodeError> {
  return decode(ServiceMessage, frame);
}

/** Encodes a message as a frame. */
export function encode(message: PageMessage | ServiceMessage): string {
  return JSON.stringify(message);
}

function decode<T>(
  schema: v.GenericSchema<unknown, T>,
  frame: string,
): Result<T, DeskDecodeError> {
  const json = parseJson(frame);
  if (json === undefined) {
    return err({ reason: "not-json", text: "Cannot read the frame as JSON" });
  }
  const read = v.safeParse(schema, json);
  if (read.success) return ok(read.output);
  const [issue] = read.issues;
  const path = v.getDotPath(issue) ?? "";
  const reason = path === "type" ? "unknown-type" : "invalid";
  return err({ reason, text: `Cannot take "${path}": ${issue.message}` });
}
