import type { IncomingMessage, ServerResponse } from "node:http";
import { HttpError } from "fresh";
import { PICTURE_BYTES_MAX } from "@/lib/model/picture.ts";

/** The largest widget has about 650 KiB (lib/store/widget_store_test.ts). */
export const JSON_BYTES_MAX = 1024 * 1024;

/** The largest form has five short fields (routes/setup.tsx). */
export const FORM_BYTES_MAX = 8 * 1024;

const TEXT = "This is too big";
const HEADERS = { "cache-control": "no-store", "connection": "close" };

/** Paths at which pictures are uploaded. */
const PICTURE_PATHS = ["/api/pictures", "/api/account/picture"];

/** Returns the maximum number of bytes of a request's body at this path. */
export function bodyBytesMax(path: string): number {
  if (PICTURE_PATHS.includes(path)) return PICTURE_BYTES_MAX;
  return path.startsWith("/api/") ? JSON_BYTES_MAX : FORM_BYTES_MAX;
}

/**
 * Answers 413 and closes the connection if a request announces a longer body
 * than its path allows. Returns whether it did.
 */
export function refuseLongBody(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): boolean {
  const [path = ""] = (incoming.url ?? "").split("?");
  const length = Number(incoming.headers["content-length"] ?? 0);
  if (length <= bodyBytesMax(path)) return false;
  outgoing.on("finish", () => incoming.socket.destroySoon());
  outgoing.writeHead(413, HEADERS).end(TEXT);
  return true;
}

/** Closes the connection after the answer if a chunked body is still being
 * sent. Its length is unknown, so it is not read to the end. */
export function closeUnread(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): void {
  if (incoming.headers["transfer-encoding"] === undefined) return;
  outgoing.on("finish", () => {
    if (!incoming.complete) incoming.socket.destroySoon();
  });
}

/**
 * Answers a request through `answer`, which never sees more than `bytesMax`
 * bytes of its body. A longer body gets 413, whatever `answer` returns.
 */
export async function withBodyLimit(
  request: Request,
  bytesMax: number,
  answer: (request: Request) => Promise<Response>,
): Promise<Response> {
  const { url, method, headers, signal } = request;
  if (method === "GET" || method === "HEAD" || request.body === null) {
    return await answer(request);
  }
  let length = 0;
  const reader = request.body.getReader();
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
    async pull(controller) {
      const { done, value } = await reader.read().catch(brokenOff);
      if (done) return controller.close();
      length += value.length;
      if (length > bytesMax) throw new HttpError(413, TEXT);
      controller.enqueue(new Uint8Array(value));
    },
    cancel: (reason) => reader.cancel(reason),
  });
  try {
    const response = await answer(
      new Request(url, { method, headers, signal, body }),
    );
    if (length <= bytesMax) return response;
    await response.body?.cancel();
  } catch (error) {
    if (length <= bytesMax) throw error;
  }
  return new Response(TEXT, { status: 413, headers: HEADERS });
}

/** The client has caused this, so it does not belong in the log as an error. */
function brokenOff(): never {
  throw new HttpError(400, "The request ended early");
}
