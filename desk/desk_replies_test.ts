import { deepEqual, equal } from "node:assert/strict";
import { deferred } from "@/lib/base/deferred.ts";
import { err, ok } from "@/lib/base/result.ts";
import type { SavedReplyList } from "@/lib/protocol/admin/saved_replies.ts";
import { DeskReplies } from "./desk_replies.ts";

const FOUND: SavedReplyList = { replies: [], agent: "Otto" };

Deno.test("saved replies are read once at a time, and known ones stay if that fails later", async () => {
  const answers = [
    err({ reason: "offline" as const, text: "" }),
    ok(FOUND),
    err({ reason: "offline" as const, text: "" }),
  ];
  let asked = 0;
  let answer = deferred<void>();
  const replies = new DeskReplies({
    async savedReplies() {
      const own = answers[asked++];
      await answer.promise;
      return own ?? ok(FOUND);
    },
  });
  const states: string[] = [];

  for (const _ of answers) {
    const both = [replies.load(), replies.load()];
    states.push(replies.known.value.state);
    answer.resolve();
    await Promise.all(both);
    states.push(replies.known.value.state);
    answer = deferred<void>();
  }

  equal(asked, 3);
  deepEqual(states, [
    ...["loading", "failed", "loading", "found", "found", "found"],
  ]);
});
