import { equal, ok } from "node:assert/strict";
import { type Chance, chance } from "@/tests/support/chance.ts";
import { temporaryPath } from "@/tests/support/temporary_store.ts";
import { openStore } from "./open.ts";

const ROUNDS = 4;
const UUID = "a".repeat(32);
const SAVER = new URL("../../tests/support/saver.ts", import.meta.url);

Deno.test("kill -9 at any moment loses no acknowledged save", async () => {
  await using folder = await temporaryPath();
  const luck = chance();
  const why = `CW_SEED=${luck.seed}`;
  for (let round = 0; round < ROUNDS; round++) {
    const acknowledged = await saveUntilKilled(folder.path, luck);

    const opened = await openStore(folder.path);
    ok(opened.ok, why);
    using store = opened.value;
    const widget = await store.widgets.get(UUID);
    const stored = Number(widget?.value.content.name);
    // The last one may have been stored and its word not have come through.
    ok(
      stored === acknowledged || stored === acknowledged + 1,
      `${why}: ${acknowledged} was acknowledged, ${stored} is stored`,
    );
    const emails = widget?.value.content.agents.map(({ email }) => email) ?? [];
    ok(emails.every((email) => email.endsWith(`@${stored}`)), why);
    equal(widget?.version, stored + 1);
    const before = await store.widgets.history.get(UUID, stored);
    equal(before?.content.name, `${stored - 1}`);
  }
});

/** The last number that the saver has printed before it was killed. */
async function saveUntilKilled(
  path: string,
  luck: Chance,
): Promise<number> {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", SAVER.pathname, path, UUID],
    stdout: "piped",
  }).spawn();
  const saves = 3 + luck.below(40);
  const withinMs = luck.next() * 5;
  let text = "";
  let killing = false;
  for await (const bytes of child.stdout) {
    text += new TextDecoder().decode(bytes);
    if (killing || text.split("\n").length <= saves) continue;
    killing = true; // Somewhere in a save, not always between two.
    setTimeout(() => child.kill("SIGKILL"), withinMs);
  }
  await child.status;
  return Number(text.split("\n").at(-2)); // What follows the last end is cut off.
}
