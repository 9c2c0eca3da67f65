import { deepEqual, equal } from "node:assert/strict";
import { err, ok } from "@/lib/base/result.ts";
import { newContent } from "@/lib/model/widget.ts";
import type { VersionView } from "@/lib/protocol/admin/messages.ts";
import { VersionHistory } from "./version_history.ts";

Deno.test("an outdated answer is dropped after another version was chosen", async () => {
  const slow = Promise.withResolvers<void>();
  const history = new VersionHistory("a", {
    listVersions: () => Promise.resolve(ok([])),
    async getVersion(_uuid, version) {
      if (version === 1) await slow.promise;
      return ok(view(version));
    },
  });

  const first = history.choose(1);
  await history.choose(2);
  slow.resolve();
  await first;

  deepEqual(history.chosen.value, { state: "there", value: view(2) });
});

Deno.test("a history that can't be loaded shows the reason", async () => {
  const refuse = () =>
    Promise.resolve(err({ reason: "offline" as const, text: "" }));
  const history = new VersionHistory("a", {
    listVersions: refuse,
    getVersion: refuse,
  });

  const before = history.versions.value.state;
  await history.load();
  await history.choose(1);

  equal(before, "loading");
  deepEqual(history.versions.value, { state: "failed", reason: "offline" });
  deepEqual(history.chosen.value, { state: "failed", reason: "offline" });
});

function view(version: number): VersionView {
  const by = { id: "1", name: "ada" };
  return { version, at: 0, by, content: newContent(`v${version}`, "en") };
}
