import { deepEqual, equal } from "node:assert/strict";
import { FakeClock } from "@/tests/support/fake_clock.ts";
import { err, ok } from "@/lib/base/result.ts";
import type { AgentPage, FoundAgent } from "@/lib/protocol/admin/messages.ts";
import { AgentSearchModel, type FindAgents } from "./agent_search.ts";

Deno.test("the next keystroke cancels the previous search", async () => {
  const clock = new FakeClock();
  const asked: { text: string; signal: AbortSignal }[] = [];
  const search = new AgentSearchModel((text, { signal }) => {
    asked.push({ text, signal });
    return Promise.resolve(ok({ agents: [found(text)] }));
  }, clock);

  search.type("a");
  clock.advance(100);
  search.type("an");
  clock.advance(200);
  search.type("ann");
  clock.advance(200);
  await settled();

  deepEqual(asked.map(({ text }) => text), ["an", "ann"]);
  equal(asked[0]?.signal.aborted, true);
  deepEqual(search.state.value, { state: "found", agents: [found("ann")] });
});

Deno.test("more() appends the next page, and the last page has no more", async () => {
  const clock = new FakeClock();
  const pages = new Map<string | undefined, AgentPage>([
    [undefined, { agents: [found("ann")], next: "pbx:1" }],
    ["pbx:1", { agents: [found("ben")], notice: "pbx-no-search" }],
  ]);
  const find: FindAgents = (_text, { after }) =>
    Promise.resolve(ok(pages.get(after) ?? { agents: [] }));
  const search = new AgentSearchModel(find, clock);

  search.type("n");
  clock.advance(200);
  await settled();
  search.more();
  const meanwhile = search.state.value;
  await settled();

  deepEqual(meanwhile, { state: "searching", agents: [found("ann")] });
  deepEqual(search.state.value, {
    state: "found",
    agents: [found("ann"), found("ben")],
    notice: "pbx-no-search",
  });
});

Deno.test("a failed search shows an error, and a cancelled one doesn't", async () => {
  const clock = new FakeClock();
  const answers = [
    () => Promise.resolve(err({ reason: "internal" as const })),
    () => Promise.resolve(err({ reason: "offline" as const })),
    () => Promise.resolve(ok({ agents: [found("ann")] })),
  ];
  const search = new AgentSearchModel(() => answers.shift()!(), clock);
  const states: string[] = [];

  for (const text of ["a", "b"]) {
    search.type(text);
    clock.advance(200);
    await settled();
    states.push(search.state.value.state);
  }
  search.type("c");
  clock.advance(200);
  search.stop();
  await settled();

  deepEqual(states, ["failed", "failed"]);
  equal(search.state.value.state, "idle");
});

function found(address: string): FoundAgent {
  return { address, name: address, email: "", source: "desk" };
}

/** All that promises of the past have caused has happened. */
function settled(): Promise<void> {
  return new Promise((done) => setTimeout(done));
}
