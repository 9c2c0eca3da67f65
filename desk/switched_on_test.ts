import { deepEqual, equal } from "node:assert/strict";
import { FakeStorage } from "@/tests/support/fake_storage.ts";
import {
  replaceGlobals,
  replaceProperty,
} from "@/tests/support/replace_globals.ts";
import { isSwitchedOn, switchOff, switchOn } from "./switched_on.ts";

Deno.test("[D42] isSwitchedOn() is true for the agent who opened the desk last, until they sign out", () => {
  using _ = replaceGlobals({ localStorage: new FakeStorage() });
  const states = () => ["ada", "ben"].map(isSwitchedOn);

  const never = states();
  switchOn("ada");
  const first = states();
  switchOn("ben");
  const second = states();
  switchOff();

  deepEqual([never, first, second, states()], [
    [false, false],
    [true, false],
    [false, true],
    [false, false],
  ]);
});

Deno.test("[D42] in a browser that blocks all storage, only the desk keeps the agent reachable", () => {
  const restore = replaceProperty(globalThis, "localStorage", {
    get() {
      throw new DOMException("Access is denied", "SecurityError");
    },
  });
  try {
    switchOn("ada");
    const isOn = isSwitchedOn("ada");
    switchOff();

    equal(isOn, false);
  } finally {
    restore();
  }
});
