import { deepEqual } from "node:assert/strict";
import type { WidgetOverview } from "@/lib/store/widget_overviews.ts";
import { property } from "@/tests/support/chance.ts";
import { pageOf } from "./widget_page.ts";

function widgetOf(n: number, createdAt: number): WidgetOverview {
  return {
    ...{ uuid: n.toString(16).padStart(32, "0"), type: "sidebar", name: "" },
    ...{ revision: "1", createdAt, updatedAt: 1, version: 1, agents: [] },
    by: { id: "", name: "" },
  };
}

Deno.test("[API7] the pages of a list have each widget once, in order, whatever is created or deleted between them", () => {
  property(50, (luck) => {
    const widgets = Array.from(
      { length: luck.below(30) },
      (_, n) => widgetOf(n, luck.below(5)),
    );
    const first = widgetOf(99, 0);
    const seen: string[] = [];
    let after: string | undefined;
    do {
      const others = luck.below(2) === 0 ? [...widgets, first] : widgets;
      const page = pageOf(others, { limit: 1 + luck.below(4), after });
      if (!page.ok) throw new Error(page.error.reason);
      seen.push(...page.value.items.map(({ uuid }) => uuid));
      after = page.value.next;
    } while (after !== undefined);

    const sorted = widgets.toSorted((a, b) =>
      a.createdAt - b.createdAt || a.uuid.localeCompare(b.uuid)
    );
    deepEqual(
      seen.filter((uuid) => uuid !== first.uuid),
      sorted.map(({ uuid }) => uuid),
    );
  });
});

Deno.test("[API7] a position that is no next of a page is refused", () => {
  for (const after of ["x", "1.2", `-1.${"0".repeat(32)}`, " "]) {
    deepEqual(pageOf([], { limit: 1, after }), {
      ok: false,
      error: { reason: "no-page" },
    });
  }
});
