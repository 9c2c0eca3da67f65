import { deepEqual } from "node:assert/strict";
import { chance } from "@/tests/support/chance.ts";
import { FakeClock } from "@/tests/support/fake_clock.ts";
import {
  FakeBrowser,
  installBrowser,
} from "@/tests/support/model/fake_browser.ts";
import { Typing } from "./typing.ts";

function typist() {
  const clock = new FakeClock();
  const browser = new FakeBrowser(clock, chance(1), new Map());
  const installed = installBrowser(() => browser);
  const told: boolean[] = [];
  const typing = new Typing((isTyping) => told.push(isTyping));
  return {
    clock,
    told,
    typing,
    [Symbol.dispose]: () => installed[Symbol.dispose](),
  };
}

Deno.test("typing is told at the first key, and its end 4 s after the last key", () => {
  using visitor = typist();

  visitor.typing.touch();
  visitor.clock.advance(3_999);
  visitor.typing.touch();
  visitor.clock.advance(3_999);
  const before = [...visitor.told];
  visitor.clock.advance(1);

  deepEqual([before, visitor.told], [[true], [true, false]]);
});

Deno.test("a message that is sent ends the typing immediately and once", () => {
  using visitor = typist();

  visitor.typing.stop();
  visitor.typing.touch();
  visitor.typing.stop();
  visitor.clock.advance(60_000);
  visitor.typing.touch();

  deepEqual(visitor.told, [true, false, true]);
});
