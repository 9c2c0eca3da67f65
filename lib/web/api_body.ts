import { HttpError } from "fresh";
import * as v from "valibot";
import { err, ok, type Result } from "@/lib/base/result.ts";
import { FORM_BYTES_MAX, JSON_BYTES_MAX } from "@/lib/port/body_limit.ts";
import type { ApiError } from "@/lib/protocol/admin/messages.ts";
import { invalid } from "./api_errors.ts";

/** Returns the fields of a form. Throws an HttpError: 413 if it has more than
 * `FORM_BYTES_MAX` bytes, 400 if it is not a form. */
export async function readForm(request: Request): Promise<FormData> {
  const body = await readBytes(request, FORM_BYTES_MAX);
  if (!body.ok) throw new HttpError(413);
  const type = request.headers.get("content-type") ?? "";
  try {
    return await new Response(body.value, { headers: { "content-type": type } })
      .formData();
  } catch {
    throw new HttpError(400);
  }
}

/**
 * Reads a request's JSON with the schema; checks its size before reading it.
 */
export async function readJson<S extends v.GenericSchema<unknown>>(
  request: Request,
  schema: S,
  bytesMax = JSON_BYTES_MAX,
): Promise<Result<v.InferOutput<S>, ApiError>> {
  const type = request.headers.get("content-type") ?? "";
  // A form on another website cannot send this type without a preflight
  // request.
  if (!/^application\/json\s*(;|$)/i.test(type)) {
    return err({ reason: "invalid", text: "must be application/json" });
  }
  const body = await readBytes(request, bytesMax);
  if (!body.ok) return body;
  const json = parse(body.value);
  if (!json.ok) return json;
  const result = v.safeParse(schema, json.value);
  return result.success ? ok(result.output) : err(invalid(result.issues));
}

/** Reads a request's body of at most `bytesMax` bytes; more is not read. */
export async function readBytes(
  request: Request,
  bytesMax: number,
): Promise<Result<Uint8Array<ArrayBuffer>, ApiError>> {
  const tooBig: ApiError = {
    reason: "too-big",
    text: `must have at most ${bytesMax} bytes`,
  };
  if (Number(request.headers.get("content-length") ?? 0) > bytesMax) {
    await request.body?.cancel();
    return err(tooBig);
  }
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  for await (const piece of request.body ?? []) {
    length += piece.length;
    if (length > bytesMax) return err(tooBig); // Leaving the loop cancels the body.
    pieces.push(piece);
  }
  return ok(await new Blob(pieces).bytes());
}

function parse(bytes: Uint8Array): Result<unknown, ApiError> {
  try {
    const decoder = new TextDecoder("utf-8", { fatal: true });
    return ok(JSON.parse(decoder.decode(bytes)));
  } catch {
    return err({ reason: "invalid", text: "must be JSON in UTF-8" });
  }
}
