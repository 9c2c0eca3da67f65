import { deepEqual, equal } from "node:assert/strict";
import { err, ok } from "@/lib/base/result.ts";
import type { BlockVisitor } from "@/lib/protocol/admin/blocks.ts";
import { blocksNetwork } from "./block_form.tsx";
import { BlockModel } from "./block_model.ts";

const TEXTS = {
  done: "done",
  tooOld: "old",
  tooMany: "many",
  failed: "failed",
};
const VIEW = {
  ...{ id: "b", at: 1, by: "ada", network: true },
  ...{ contact: "c1", widget: "w", address: "ada" },
};

function modelOf(
  { network = true, reason = "" }: { network?: boolean; reason?: string } = {},
) {
  const sent: BlockVisitor[] = [];
  const error = { reason: "internal", text: "" } as const;
  const model = new BlockModel("c1", {
    getBlockable: () =>
      Promise.resolve(
        reason === "not-found"
          ? err({ ...error, reason: "not-found" as const })
          : ok({ network }),
      ),
    blockVisitor: (block) => {
      sent.push(block);
      return Promise.resolve(
        reason === "too-many"
          ? err({ ...error, reason: "too-many" as const })
          : reason === "internal"
          ? err(error)
          : ok(VIEW),
      );
    },
  }, TEXTS);
  return { model, sent };
}

Deno.test("a block for an hour begins with the visit alone, a longer one with the network, and the choice counts", () => {
  const there = { network: true };
  const chosen = [
    blocksNetwork({ time: "hour" }, there),
    blocksNetwork({ time: "day" }, there),
    blocksNetwork({ time: "hour", network: true }, there),
    blocksNetwork({ time: "permanent", network: false }, there),
    blocksNetwork({ time: "permanent" }, { network: false }),
  ];

  deepEqual(chosen, [false, true, true, false, false]);
});

Deno.test("a visitor is blocked once, as chosen", async () => {
  const { model, sent } = modelOf();

  await model.open();
  model.choice.value = { time: "week" };
  const done = await Promise.all([model.block(), model.block()]);

  deepEqual(done, [true, false]);
  deepEqual(sent, [{ contact: "c1", for: "week", network: true }]);
  deepEqual([model.asked.value.state, model.outcome.value], ["closed", "done"]);
});

Deno.test("the reason why a visitor cannot be blocked is shown", async () => {
  for (
    const [reason, text] of [
      ["not-found", "old"],
      ["too-many", "many"],
      ["internal", "failed"],
    ]
  ) {
    const { model } = modelOf({ reason: reason! });

    await model.open();
    const isDone = await model.block();

    equal(isDone, false);
    equal(model.outcome.value, text);
    equal(model.asked.value.state, "closed");
  }
});
