import { deepEqual } from "node:assert/strict";
import { EventEmitter } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import { closeUnread } from "./body_limit.ts";

/** Answers a request; returns whether its connection was closed before and
 * after the answer was sent. */
function answered(
  headers: Record<string, string>,
  complete: boolean,
): [before: boolean, after: boolean] {
  let isClosed = false;
  const incoming = {
    headers,
    complete,
    socket: { destroySoon: () => isClosed = true },
  };
  const outgoing = new EventEmitter();
  closeUnread(
    incoming as unknown as IncomingMessage,
    outgoing as unknown as ServerResponse,
  );
  const before = isClosed;
  outgoing.emit("finish");
  return [before, isClosed];
}

Deno.test("after its answer, the connection of a chunked body that still arrives is closed", () => {
  const chunked = { "transfer-encoding": "chunked" };

  deepEqual(answered(chunked, false), [false, true]);
  deepEqual(answered(chunked, true), [false, false]);
  deepEqual(answered({ "content-length": "5" }, false), [false, false]);
});
