import { deepEqual } from "node:assert/strict";
import { InMemory, turns } from "@/tests/support/simulated_pbx/in_memory.ts";

/** Answers with a list: its name, its member, and an item with a name. */
const LISTS: [mt: string, member: string, item: (name: string) => unknown][] = [
  ["GetBooleansResult", "booleans", (name) => ({ name, on: true })],
  ["GetGroupsResult", "groups", (name) => name],
  ["GetPseudoObjectsResult", "objects", (cn) => ({ cn })],
  [
    "GetPseudoObjectsResult",
    "objects",
    (guid) => ({ cn: "a", guid: guid === "name" ? "" : guid }),
  ],
];

/** Returns true if an answer with this list is read. */
async function isRead(mt: string, member: string, list: unknown[]) {
  using setup = new InMemory();
  const pbx = setup.pbx();
  pbx.distort = (answer) =>
    answer.mt === mt ? [{ ...answer, [member]: list }] : [answer];
  await pbx.connect();
  await turns();
  const problems = setup.bank.status().links[0]?.errors ?? [];
  return !problems.some(({ text }) => text.startsWith(mt));
}

Deno.test("[P32] a list of 501 Booleans, groups or queues is unreadable", async () => {
  for (const [mt, member, item] of LISTS) {
    const lists = [500, 501].map((length) => Array(length).fill(item("name")));

    deepEqual(
      await Promise.all(lists.map((list) => isRead(mt, member, list))),
      [true, false],
      mt,
    );
  }
});

Deno.test("[P32] the name of a Boolean, group or queue has 200 characters at most", async () => {
  for (const [mt, member, item] of LISTS) {
    const lists = [200, 201].map((length) => [item("x".repeat(length))]);

    deepEqual(
      await Promise.all(lists.map((list) => isRead(mt, member, list))),
      [true, false],
      mt,
    );
  }
});
