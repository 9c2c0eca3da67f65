import { deepEqual, equal } from "node:assert/strict";
import type { Colleagues } from "@/lib/protocol/admin/colleagues.ts";
import { FakeClock } from "@/tests/support/fake_clock.ts";
import { ColleagueSearch } from "./colleague_search.ts";

const BOB = { address: "bob", name: "Bob", presence: "online" } as const;
const FOUND: Colleagues = {
  ...{ agents: [BOB], hasMore: false, teams: [], atPbx: [] },
};

function open({ first }: { first: Colleagues | undefined } = { first: FOUND }) {
  const clock = new FakeClock();
  const asked: { text: string; signal: AbortSignal }[] = [];
  let answer = first;
  const search = new ColleagueSearch((text, signal) => {
    asked.push({ text, signal });
    return Promise.resolve(answer);
  }, clock);
  return {
    ...{ clock, asked, search },
    answerWith: (next: Colleagues | undefined) => void (answer = next),
  };
}

const turn = () => new Promise<void>((resolve) => setTimeout(resolve));

Deno.test("the list of colleagues is read immediately, after a pause in typing, and every 5 s", async () => {
  const { clock, asked, search } = open();
  using _search = search;
  equal(search.found.value.state, "loading");
  await turn();
  deepEqual(search.found.value, { state: "found", ...FOUND });

  search.search("b");
  search.search("bo");
  clock.advance(249);
  equal(asked.length, 1);
  clock.advance(1);
  await turn();
  clock.advance(5_000);
  await turn();

  deepEqual(asked.map(({ text }) => text), ["", "bo", "bo"]);
});

Deno.test("a list that cannot be read is tried again, and the last one stays", async () => {
  const { clock, search, answerWith } = open({ first: undefined });
  using _search = search;
  await turn();
  equal(search.found.value.state, "failed");
  answerWith(FOUND);
  clock.advance(5_000);
  await turn();
  answerWith(undefined);
  clock.advance(5_000);
  await turn();

  deepEqual(search.found.value, { state: "found", ...FOUND });
});

Deno.test("a closed list asks no more", async () => {
  const { clock, asked, search } = open();
  search[Symbol.dispose]();
  await turn();
  clock.advance(60_000);

  equal(asked.length, 1);
  equal(asked[0]?.signal.aborted, true);
  equal(search.found.value.state, "loading");
});

Deno.test("a list that is not answered within 8 s counts as one that cannot be read", async () => {
  const clock = new FakeClock();
  using search = new ColleagueSearch((_, signal) => {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    signal.addEventListener("abort", () => resolve(undefined));
    return promise;
  }, clock);

  clock.advance(7_999);
  await turn();
  const before = search.found.value.state;
  clock.advance(1);
  await turn();

  deepEqual([before, search.found.value.state], ["loading", "failed"]);
});
