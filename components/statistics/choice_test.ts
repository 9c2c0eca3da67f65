import { deepEqual, equal } from "node:assert/strict";
import { choiceOf, ownDays, queryOf, stepsFor } from "./choice.ts";

Deno.test("the selection is written to the address and read back", () => {
  for (
    const query of [
      "",
      "period=7d",
      "period=own&from=2026-11-01&to=2026-11-09&by=day",
      `period=12m&by=week&widget=${"a".repeat(32)}&agent=ada`,
    ]
  ) {
    equal(queryOf(choiceOf(query)), query);
  }
});

Deno.test("an invalid address shows the default view", () => {
  const first = choiceOf("");

  deepEqual(first, {
    period: "30d",
    from: "",
    to: "",
    by: "",
    widget: "",
    agent: "",
  });
  deepEqual(choiceOf("period=1y&by=minute&color=red&from=2026-11-01"), first);
  deepEqual(choiceOf("period=own&from=2026-11-01"), first);
});

Deno.test("only steps that fit the period are offered", () => {
  const own = (from: string, to: string) =>
    stepsFor({ ...choiceOf(""), period: "own", from, to });

  deepEqual(own("2026-11-01", "2026-11-01"), ["hour", "day"]);
  deepEqual(own("2026-10-01", "2026-11-30"), ["day", "week", "month"]);
  deepEqual(own("2024-10-01", "2026-11-30"), ["week", "month"]);
  deepEqual(ownDays("2026-03-05"), { from: "2026-02-20", to: "2026-03-05" });
});
