import { deepEqual } from "node:assert/strict";
import type { Page } from "playwright-core";
import axe from "axe-core";

const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/** Fails with the rules of WCAG 2.2 AA that the page breaks, and where. */
export async function checkAccess(page: Page): Promise<void> {
  deepEqual(await findViolations(page), []);
}

/** The rules that another theme can break. */
const COLOUR_RULES = ["color-contrast", "link-in-text-block"];

/** Returns the rules of WCAG 2.2 AA that the page breaks, each with its node:
 * all rules, or only those about colours. */
export async function findViolations(
  page: Page,
  which: "all" | "colours" = "all",
): Promise<string[]> {
  if (await page.evaluate(() => !("axe" in globalThis))) {
    await page.evaluate(axe.source);
  }
  return await page.evaluate(async (runOnly) => {
    const { axe } = globalThis as unknown as {
      axe: { run(options: unknown): Promise<{ violations: Violation[] }> };
    };
    interface Violation {
      id: string;
      nodes: { target: unknown[]; failureSummary?: string }[];
    }
    const { violations } = await axe.run({
      runOnly,
      resultTypes: ["violations"],
    });
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) =>
        `${id}: ${target.flat().join(" ")} ${failureSummary}`
      )
    );
  }, which === "all" ? RULES : { type: "rule", values: COLOUR_RULES });
}
