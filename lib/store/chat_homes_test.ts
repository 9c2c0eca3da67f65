import { deepEqual } from "node:assert/strict";
import type { ChatChange } from "@/lib/model/running_chat.ts";
import { chatOf, entries } from "@/tests/support/any_chat.ts";
import { eachEngine, kvOn } from "@/tests/support/store_engines.ts";
import { RunningChatStore } from "./running_chat_store.ts";
import type { StoreEngine } from "./store_engine.ts";
import { withCommits } from "./with_commits.ts";

function begun(id: string): ChatChange {
  return { type: "kept", id, chat: chatOf(id), entries: [] };
}

function said(id: string): ChatChange {
  return { type: "kept", id, entries: entries(1, 1) };
}

/** An engine that can keep the answer of a commit back. */
function holding(kv: StoreEngine) {
  const answer = Promise.withResolvers<void>();
  const done = Promise.withResolvers<void>();
  let isHolding = false;
  const engine = withCommits(kv, () => {
    const operation = kv.atomic();
    const { commit } = operation;
    operation.commit = async () => {
      const isHeld = isHolding;
      isHolding = false;
      const result = await commit.call(operation);
      if (!isHeld) return result;
      done.resolve();
      await answer.promise;
      return result;
    };
    return operation;
  });
  return {
    engine,
    /** Holds the next answer; resolves when its commit is done. */
    hold(): Promise<void> {
      isHolding = true;
      return done.promise;
    },
    release: () => answer.resolve(),
  };
}

eachEngine(
  "[CHAT24] a chat that was claimed before the answer of its first write is not written any more",
  async (engine) => {
    await using kv = await kvOn(engine);
    const { engine: slow, hold, release } = holding(kv);
    const first = new RunningChatStore(slow, "first");
    const second = new RunningChatStore(kv, "second");
    await first.write([begun("other")]);

    const isDone = hold();
    const writing = first.write([begun("a")]);
    await isDone;
    await second.claim("a", () => true);
    await first.write([said("other")]); // It finds that its fence has changed.
    release();
    await writing;
    const claimed = await first.write([said("a")]);

    deepEqual(claimed, ["a"]);
    const found = await Array.fromAsync(second.all());
    deepEqual(
      found.map(({ chat, entries }) => [chat.id, entries.length]),
      [["a", 0], ["other", 1]],
    );
  },
);
