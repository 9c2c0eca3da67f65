import { deepEqual, equal, match, ok } from "node:assert/strict";
import { palette } from "@/lib/base/palette.ts";
import { DEFAULT_APPEARANCE, THEMES } from "@/lib/model/appearance.ts";
import { newContent } from "@/lib/model/widget.ts";
import { anAgent } from "@/tests/support/any_widget.ts";
import { someHours } from "@/tests/support/opening_hours.ts";
import { type Chance, chance } from "@/tests/support/chance.ts";
import { hardColours } from "./contrast.ts";
import { differences } from "./differences.ts";
import {
  cspLines,
  embedCode,
  pinnedCode,
  testPage,
  testPageName,
} from "./embed.ts";
import { dropPlace, moved } from "./order.ts";
import { same } from "./same.ts";

Deno.test("moved() moves one item and keeps the order of the others", () => {
  const list = ["a", "b", "c", "d"];

  deepEqual(moved(list, 0, 2), ["b", "c", "a", "d"]);
  deepEqual(moved(list, 3, 0), ["d", "a", "b", "c"]);
  equal(moved(list, 1, 4), list);
  equal(moved(list, 9, 0), list);
});

Deno.test("dropPlace() returns the index of the gap after removing the item", () => {
  const cases = [
    { from: 0, over: 2, edge: "before", place: 1 },
    { from: 0, over: 2, edge: "after", place: 2 },
    { from: 3, over: 1, edge: "before", place: 1 },
    { from: 3, over: 1, edge: "after", place: 2 },
    { from: 1, over: 1, edge: "after", place: 1 },
    { from: 1, over: 0, edge: "after", place: 1 },
  ] as const;

  for (const { from, place, ...drop } of cases) {
    equal(dropPlace(from, drop), place, JSON.stringify({ from, ...drop }));
  }
});

Deno.test("same() compares values by their JSON", () => {
  ok(same({ a: [1, { b: "x" }], c: null }, { c: null, a: [1, { b: "x" }] }));
  ok(!same({ a: 1 }, { a: 1, b: undefined }));
  ok(!same([1, 2], [2, 1]));
  ok(!same([], {}));
  ok(same(NaN, NaN));
});

const DAY = DEFAULT_APPEARANCE.colors;

Deno.test("hardColours() finds nothing in a new widget's colours, in either theme", () => {
  for (const theme of THEMES) {
    // A night that never ends has its accent warned of: 2.9 to 1.
    const found = theme === "dark" ? ["accent"] : [];
    deepEqual(hardColours(DAY, theme).map(({ colour }) => colour), found);
  }
});

Deno.test("hardColours() suggests the colour that the widget shows, which then passes in both themes", () => {
  const random = chance();
  for (let i = 0; i < 400; i++) {
    const theme = random.pick(THEMES);
    const colors = Object.fromEntries(
      Object.keys(DAY).map((key) => [key, randomColour(random)]),
    ) as typeof DAY;

    const found = hardColours(colors, theme);
    const better = { ...colors };
    for (const { colour, nearest } of found) better[colour] = nearest;

    deepEqual(hardColours(better, theme), [], `CW_SEED=${random.seed}`);
    for (const { colour, nearest, ratio } of found) {
      const shown = palette(colors, theme === "dark");
      if (colour !== "accent") equal(nearest, shown[colour]);
      ok(ratio < 4.5);
    }
  }
});

Deno.test("hardColours() waits until all colours are valid", () => {
  deepEqual(hardColours({ ...DAY, text: "#fff" }, "light"), []);
  const [found] = hardColours({ ...DAY, text: "#ffffff" }, "light");
  deepEqual([found?.colour, found?.ratio], ["text", 1]);
});

function randomColour(random: Chance): string {
  return `#${random.below(0x1000000).toString(16).padStart(6, "0")}`;
}

Deno.test("differences() names values, agents and their order", () => {
  const base = newContent("Contact", "en");
  const [ann, ben, cem] = ["ann", "ben", "cem"].map((a) => anAgent(a));
  ok(ann && ben && cem);
  const mine = { ...base, name: "Mine", agents: [ben, ann] };
  const theirs = {
    ...base,
    company: { ...base.company, phone: "1" },
    agents: [ann, { ...ben, name: "Ben" }, cem],
  };

  deepEqual(differences(base, base), []);
  deepEqual(differences(mine, theirs), [
    { type: "value", path: "name", mine: "Mine", theirs: "Contact" },
    { type: "value", path: "company.phone", mine: "", theirs: "1" },
    { type: "agent", who: "ben", where: "both" },
    { type: "agent", who: "cem", where: "theirs" },
    { type: "order" },
  ]);
});

Deno.test("differences() says that opening hours differ, on either side", () => {
  const base = newContent("Contact", "en");
  const hours = someHours({ days: [1], times: ["09:00-17:00"] });
  const limited = { ...base, hours };
  const other = someHours({ days: [2], times: ["09:00-17:00"] });

  deepEqual(differences(limited, limited), []);
  for (
    const [mine, theirs] of [
      [limited, base],
      [base, limited],
      [limited, { ...base, hours: other }],
    ] as const
  ) {
    deepEqual(differences(mine, theirs), [{ type: "hours" }]);
  }
});

Deno.test("the embed code has two lines, and the policy only what is needed", () => {
  const code = embedCode("https://cw.example.com", "a".repeat(32));
  const csp = cspLines("https://cw.example.com");

  equal(
    code,
    `<script type="module" src="https://cw.example.com/widget.js" async></script>
<contact-widget uuid="${"a".repeat(32)}"></contact-widget>`,
  );
  const pinned = pinnedCode("https://cw.example.com", "a".repeat(32), {
    script: "widget-ABCD2345.js",
    integrity: "sha384-x",
  });

  equal(
    pinned,
    `<script type="module" src="https://cw.example.com/widget-ABCD2345.js"
  integrity="sha384-x"
  crossorigin async></script>
<contact-widget uuid="${"a".repeat(32)}"></contact-widget>`,
  );
  equal(
    csp,
    `script-src https://cw.example.com;
connect-src wss://cw.example.com;
img-src data:;`,
  );
});

Deno.test("the test page inserts the name as text, not as HTML", () => {
  const content = newContent("</title><script>alert(1)</script>", "en");
  const page = testPage("https://cw.example.com", {
    widget: { uuid: "b".repeat(32), content },
    lang: "en",
    heading: "Try it",
    text: "This & that",
  });

  equal(page.match(/<script/g)?.length, 1);
  match(page, /<p>This &#38; that<\/p>/);
  match(page, /<contact-widget uuid="b{32}">/);
});

Deno.test("testPageName() returns a valid file name on every system", () => {
  equal(testPageName("Büro Köln / Ost"), "buro-koln-ost.html");
  equal(testPageName("聯絡"), "contact-widget.html");
});
