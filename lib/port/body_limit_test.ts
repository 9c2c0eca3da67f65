import { deepEqual, equal, ok } from "node:assert/strict";
import { EventEmitter } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import { HttpError } from "fresh";
import { bodyBytesMax, refuseLongBody, withBodyLimit } from "./body_limit.ts";

/** A form whose pieces come without a length; `fails`: the client breaks off. */
function formOf(pieces: string[], fails = false): Request {
  const left = pieces.map((piece) => new TextEncoder().encode(piece));
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      const piece = left.shift();
      if (piece) return controller.enqueue(piece);
      if (fails) controller.error(new Error("aborted"));
      else controller.close();
    },
  });
  const headers = { "content-type": "application/x-www-form-urlencoded" };
  return new Request("http://localhost/login", {
    method: "POST",
    headers,
    body,
  });
}

/** Returns the error of a route that reads its form, and the answer. */
async function readForm(request: Request) {
  let thrown: unknown;
  const answer = withBodyLimit(request, 20, async (request) => {
    try {
      return new Response(String((await request.formData()).get("name")));
    } catch (error) {
      thrown = error;
      throw error;
    }
  });
  const response = await answer.catch(() => undefined);
  return { response, thrown };
}

Deno.test("a form within the limit arrives complete, in pieces", async () => {
  const { response } = await readForm(formOf(["name=a", "da"]));

  equal(await response?.text(), "ada");
});

Deno.test("a form over the limit gets 413 and isn't logged as an error", async () => {
  const { response, thrown } = await readForm(
    formOf(["name=", "a".repeat(16)]),
  );

  equal(response?.status, 413);
  ok(thrown instanceof HttpError);
  equal(thrown.status, 413);
});

Deno.test("a form that the client aborts isn't logged as an error", async () => {
  const { response, thrown } = await readForm(formOf(["name="], true));

  equal(response, undefined);
  ok(thrown instanceof HttpError);
  equal(thrown.status, 400);
});

const BYTES_MAX: [path: string, bytes: number][] = [
  ["/api/pictures", 60_000],
  ["/api/account/picture", 60_000],
  ["/api/widgets/1", 1_048_576],
  ["/login", 8_192],
];

Deno.test("a body may have 60,000 bytes as a picture, 1 MiB in the API, 8 KiB as a form", () => {
  for (const [path, bytes] of BYTES_MAX) {
    equal(bodyBytesMax(path), bytes, path);
    deepEqual(announced(`${path}?a=1`, bytes), { refused: false });
    deepEqual(announced(`${path}?a=1`, bytes + 1), {
      refused: true,
      status: 413,
      isClosed: true,
    });
  }
});

/** Announces a body of this length; returns how it was answered. */
function announced(url: string, length: number) {
  const seen: { status?: number; isClosed?: boolean } = {};
  const incoming = {
    url,
    headers: { "content-length": String(length) },
    socket: { destroySoon: () => seen.isClosed = true },
  };
  const outgoing = Object.assign(new EventEmitter(), {
    writeHead(status: number) {
      seen.status = status;
      return { end: () => outgoing.emit("finish") };
    },
  });
  const refused = refuseLongBody(
    incoming as unknown as IncomingMessage,
    outgoing as unknown as ServerResponse,
  );
  return { refused, ...seen };
}
