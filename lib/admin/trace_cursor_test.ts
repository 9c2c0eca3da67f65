import { deepEqual, equal } from "node:assert/strict";
import { cursorAfter, readCursor, writeCursor } from "./trace_cursor.ts";

Deno.test("a cursor names the last message of each instance, and a number alone that of this one", () => {
  const cursor = new Map([["a1", 7], ["b2", 40]]);

  equal(writeCursor(cursor), "a1.7,b2.40");
  deepEqual(readCursor("a1.7,b2.40", "a1"), cursor);
  deepEqual(readCursor("12", "a1"), new Map([["a1", 12]]));
  equal(writeCursor(new Map([["", 12]])), "12");
  deepEqual(readCursor("", ""), new Map());
  deepEqual(
    readCursor("a1.-1,.3,x y.4,b2.4e9,,c3.5", ""),
    new Map([["c3", 5]]),
  );
});

Deno.test("a cursor keeps an instance that is silent or has nothing new, and names at most 100", () => {
  const before = new Map([["a1", 7], ["b2", 40], ["c3", 1]]);
  const many = Array.from(
    { length: 120 },
    (_, n): [string, { id: number }[]] => [
      `i${n}`,
      [{ id: n }],
    ],
  );

  const after = cursorAfter(
    before,
    new Map([["a1", [{ id: 8 }, { id: 9 }]], ["c3", []], ["d4", []]]),
  );

  deepEqual(after, new Map([["b2", 40], ["c3", 1], ["a1", 9]]));
  equal(cursorAfter(before, new Map(many)).size, 100);
});
