import { deepEqual, equal } from "node:assert/strict";
import { newChat } from "./chat.ts";
import { placed } from "./chat_lines.ts";
import type { TranscriptLine } from "./chat_state.ts";

const own = (id: string, seq?: number) => ({
  type: "own" as const,
  id,
  text: id,
  time: 1,
  ...(seq !== undefined && { seq }),
});
const agent = (seq: number) => ({
  type: "agent" as const,
  name: "",
  seq,
  text: `${seq}`,
  time: 1,
});
const note: TranscriptLine = {
  type: "note",
  note: "joined",
  name: "Ada",
  time: 1,
};

type Numbered = Parameters<typeof placed>[1];

/** Places a line among others; returns the numbers, ids and notes in order. */
function order(lines: TranscriptLine[], line: Numbered): (string | number)[] {
  const chat = { ...newChat({ id: "ada", name: "Ada" }, "", "c1"), lines };
  return placed(chat, line).lines.map((each) =>
    each.type === "note" ? each.note : each.seq ?? ("id" in each ? each.id : "")
  );
}

const TABLE: [string, TranscriptLine[], Numbered, (string | number)[]][] = [
  ["the first line", [], agent(1), [1]],
  ["a line that is the newest", [own("a", 1), note], agent(2), [
    1,
    "joined",
    2,
  ]],
  ["a late line between two others", [agent(1), agent(3)], agent(2), [1, 2, 3]],
  ["a late line before all others", [agent(2), agent(3)], agent(1), [1, 2, 3]],
  ["a late line before a note", [agent(1), note, agent(3)], agent(2), [
    1,
    "joined",
    2,
    3,
  ]],
  [
    "a line above those that the service may not have",
    [
      agent(1),
      own("a"),
      own("b"),
    ],
    agent(2),
    [1, 2, "a", "b"],
  ],
  [
    "a late line of the agent above a pending one",
    [
      own("a"),
      agent(2),
      own("b"),
    ],
    agent(3),
    ["a", 2, 3, "b"],
  ],
  ["the number of a line that was pending", [agent(1), own("a"), own("b")], {
    ...own("a"),
    seq: 2,
  }, [1, 2, "b"]],
  [
    "the number of a line that the agent's answer overtook",
    [
      own("a"),
      note,
      agent(2),
    ],
    { ...own("a"), seq: 1 },
    [1, "joined", 2],
  ],
  ["the number of a line above a lower one", [own("a"), agent(1)], {
    ...own("a"),
    seq: 2,
  }, [1, 2]],
  ["the number of a line below a higher one", [agent(3), own("a")], {
    ...own("a"),
    seq: 2,
  }, [2, 3]],
  [
    "the number of a line that keeps its place before a note",
    [
      agent(1),
      own("a"),
      note,
    ],
    { ...own("a"), seq: 2 },
    [1, 2, "joined"],
  ],
];

for (const [name, lines, line, expected] of TABLE) {
  Deno.test(`placed() inserts ${name}`, () => {
    deepEqual(order(lines, line), expected);
  });
}

Deno.test("placed() keeps the highest number of a chat", () => {
  const chat = newChat({ id: "ada", name: "Ada" }, "", "c1");

  const first = placed(chat, agent(3));
  const late = placed(first, agent(2));

  equal(first.seq, 3);
  equal(late.seq, 3);
});
