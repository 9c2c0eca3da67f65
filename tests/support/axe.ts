import { deepEqual } from "node:assert/strict";
import type { Page } from "playwright-core";
import axe from "axe-core";

/** Fails with the rules of WCAG 2.2 AA that the page breaks, and where. */
export async function checkAccess(page: Page): Promise<void> {
  await page.evaluate(axe.source);
  const found = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: { run(options: unknown): Promise<{ violations: Violation[] }> };
    };
    interface Violation {
      id: string;
      nodes: { target: unknown[]; failureSummary?: string }[];
    }
    const { violations } = await axe.run({
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    });
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) =>
        `${id}: ${target.flat().join(" ")} ${failureSummary}`
      )
    );
  });
  deepEqual(found, []);
}
