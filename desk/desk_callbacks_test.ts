import { deepEqual, equal } from "node:assert/strict";
import { err, ok, type Result } from "@/lib/base/result.ts";
import type {
  DueCallback,
  DueCallbacks,
} from "@/lib/protocol/admin/callbacks.ts";
import type { CallError } from "@/lib/protocol/admin/json_client.ts";
import { dueCallback } from "@/tests/support/due_callback.ts";
import { DeskCallbacks } from "./desk_callbacks.ts";

type Answered = Result<DueCallbacks, CallError>;

/** Callbacks whose answers the test gives. */
function desk() {
  const answers: ((answer: Answered) => void)[] = [];
  const asked: string[] = [];
  const wait = (what: string) => {
    asked.push(what);
    return new Promise<Answered>((resolve) => answers.push(resolve));
  };
  const callbacks = new DeskCallbacks({
    dueCallbacks: () => wait("due"),
    actOnCallback: (number, { act }) => wait(`${act} ${number}`),
  });
  return {
    callbacks,
    asked,
    async answer(...list: DueCallback[]) {
      answers.shift()?.(ok({ callbacks: list }));
      await new Promise((resolve) => setTimeout(resolve, 0));
    },
    async fail(reason: CallError["reason"]) {
      answers.shift()?.(err({ reason, text: "" } as CallError));
      await new Promise((resolve) => setTimeout(resolve, 0));
    },
    numbers: () => callbacks.shown.value.map(({ number }) => number),
  };
}

Deno.test("a ring that the agent hides stays hidden until the callback rings again", async () => {
  const { callbacks, answer, numbers } = desk();
  void callbacks.refresh();
  await answer(dueCallback("A"), dueCallback("B", { state: "taken" }));

  callbacks.hide(dueCallback("A"));
  const hidden = [numbers(), callbacks.rings.value.length];
  void callbacks.refresh();
  await answer(dueCallback("A"));
  const same = numbers();
  void callbacks.refresh();
  await answer();
  void callbacks.refresh();
  await answer(dueCallback("A", { ring: 2 }));

  deepEqual(hidden, [["B"], 0]);
  deepEqual(same, []);
  deepEqual([numbers(), callbacks.rings.value.length], [["A"], 1]);
});

Deno.test("an older answer changes nothing", async () => {
  const { callbacks, answer, numbers } = desk();
  void callbacks.refresh();
  void callbacks.act(dueCallback("A"), "take");

  await answer(dueCallback("A")); // The question was asked before.
  await answer(dueCallback("A", { state: "taken" }));

  deepEqual(callbacks.shown.value.map(({ state }) => state), ["taken"]);
  deepEqual(numbers(), ["A"]);
});

Deno.test("an action that fails says why, and shows the current callbacks", async () => {
  for (
    const [reason, failure] of [
      ["conflict", "gone"],
      ["not-found", "gone"],
      ["offline", "failed"],
    ] as const
  ) {
    const { callbacks, asked, answer, fail } = desk();
    void callbacks.act(dueCallback("A"), "take");
    void callbacks.act(dueCallback("A"), "take"); // Pressed twice.
    await fail(reason);
    await answer(dueCallback("B"));

    deepEqual(asked, ["take A", "due"]);
    equal(callbacks.failure.value, failure);
    equal(callbacks.isBusy.value, false);
  }
});

Deno.test("the reason of a failed action stays while there are callbacks, and goes with the last one", async () => {
  const { callbacks, answer, fail } = desk();
  void callbacks.act(dueCallback("A"), "take");
  await fail("offline");
  await answer(dueCallback("B"));
  void callbacks.refresh();
  await answer(dueCallback("B"));
  const before = callbacks.failure.value;

  void callbacks.refresh();
  await answer();

  deepEqual([before, callbacks.failure.value], ["failed", null]);
});
