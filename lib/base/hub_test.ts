import { deepEqual } from "node:assert/strict";
import { Hub } from "./hub.ts";

Deno.test("Hub.tell() reaches current listeners, and none after their disposal", () => {
  const hub = new Hub<{ saved: string; gone: number }>();
  const heard: string[] = [];
  const listen = (uuid: string) => heard.push(uuid);
  const first = hub.on("saved", listen);
  hub.on("saved", listen);

  hub.tell("saved", "a");
  first[Symbol.dispose]();
  hub.tell("saved", "b");
  hub.tell("gone", 1);

  deepEqual(heard, ["a", "a", "b"]);
});
