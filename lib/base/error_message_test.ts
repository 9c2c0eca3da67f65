import { deepEqual } from "node:assert/strict";
import { errorMessage } from "./error_message.ts";

Deno.test("errorMessage() returns a message without the name of its error", () => {
  const thrown = [new TypeError("disk full"), "no disk", undefined];

  deepEqual(thrown.map(errorMessage), ["disk full", "no disk", "undefined"]);
});
