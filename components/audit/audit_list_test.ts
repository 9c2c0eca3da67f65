import { deepEqual, equal } from "node:assert/strict";
import { err, ok } from "@/lib/base/result.ts";
import type { AuditEntry } from "@/lib/model/audit.ts";
import { AuditList } from "./audit_list.ts";

Deno.test("loading earlier changes continues at the first one of them", async () => {
  const asked: string[] = [];
  const list = new AuditList({ entries: [entry("c")], next: "3.c" }, {
    listAudit(after = "") {
      asked.push(after);
      return Promise.resolve(ok({ entries: [entry("b"), entry("a")] }));
    },
  });

  await list.showEarlier();
  await list.showEarlier(); // The past has ended.

  deepEqual(asked, ["3.c"]);
  deepEqual(list.entries.value.map(({ id }) => id), ["c", "b", "a"]);
  equal(list.goOnAt.value, "b");
  equal(list.next.value, undefined);
});

Deno.test("pressing twice sends one request", async () => {
  let asked = 0;
  const answer = Promise.withResolvers<void>();
  const list = new AuditList({ entries: [], next: "1.a" }, {
    async listAudit() {
      asked++;
      await answer.promise;
      return ok({ entries: [], next: "0.z" });
    },
  });

  const both = [list.showEarlier(), list.showEarlier()];
  const meanwhile = list.asking.value.state;
  answer.resolve();
  await Promise.all(both);

  equal(meanwhile, "loading");
  equal(asked, 1);
  deepEqual(list.asking.value, { state: "idle" });
});

Deno.test("a failed request loses nothing, and a retry continues from the same place", async () => {
  const answers = [
    err({ reason: "offline" as const, text: "" }),
    ok({ entries: [entry("a")] }),
  ];
  const list = new AuditList({ entries: [entry("b")], next: "2.b" }, {
    listAudit: () => Promise.resolve(answers.shift()!),
  });

  await list.showEarlier();
  const failed = list.asking.value;
  const kept = [list.entries.value.length, list.next.value];
  await list.showEarlier();

  deepEqual(failed, { state: "failed", reason: "offline" });
  deepEqual(kept, [1, "2.b"]);
  deepEqual(list.entries.value.map(({ id }) => id), ["b", "a"]);
  deepEqual(list.asking.value, { state: "idle" });
});

function entry(id: string): AuditEntry {
  const change = {
    type: "widget-created",
    uuid: "0".repeat(32),
    name: id,
  } as const;
  return { id, at: 0, by: { id: "1", name: "ada" }, change };
}
