import { deepEqual } from "node:assert/strict";
import type { Socket } from "@/lib/base/socket.ts";
import { LossyWire } from "./lossy_wire.ts";

Deno.test("LossyWire delivers nothing to a page whose process has ended", () => {
  const heard: string[] = [];
  let service: Pick<Socket, "send"> | undefined;
  const wire = new LossyWire((socket) => {
    service = socket;
    return { message: () => {}, closed: () => {} };
  }, {
    opened: () => {},
    message: (text) => heard.push(text),
    closed: () => {},
  });
  wire.deliver("to-page");
  service?.send("before");
  wire.deliver("to-page");

  wire.endPage({ code: 1006, keep: 0 });
  service?.send("after");
  wire.deliver("to-page");

  deepEqual(heard, ["before"]);
});
