import type { Agent } from "@/lib/model/agent.ts";
import type { Appearance } from "@/lib/model/appearance.ts";
import type { Company } from "@/lib/model/company.ts";
import type { WidgetContent, WidgetType } from "@/lib/model/widget.ts";
import { fill } from "@/lib/i18n/fill.ts";
import { problemText } from "@/lib/i18n/admin/refusal_text.ts";
import type { AdminTexts } from "@/lib/i18n/admin/texts.ts";
import type { ContentChange } from "./draft.ts";
import type { Problems } from "./problems.ts";

/** The content for a section of the editor, and the function that changes it. */
export interface Editing {
  type: WidgetType;
  content: WidgetContent;
  problems: Problems;
  edit: (change: ContentChange) => void;
}

export function editCompany(editing: Editing, change: Partial<Company>): void {
  editing.edit({ company: { ...editing.content.company, ...change } });
}

export function editAppearance(
  editing: Editing,
  change: Partial<Appearance>,
): void {
  editing.edit({ appearance: { ...editing.content.appearance, ...change } });
}

export function editAgents(editing: Editing, agents: readonly Agent[]): void {
  editing.edit({ agents: [...agents] });
}

/** Returns the error next to the field of this path, if any. */
export function errorAt(
  problems: Problems,
  path: string,
  texts: AdminTexts,
): string | undefined {
  const problem = problems[path];
  return problem === undefined ? undefined : problemText(problem, texts);
}

/** Returns the first error of a field that has one value per line, and in which
 * of its `lines` it is. */
export function errorIn(
  problems: Problems,
  { path, lines }: { path: string; lines: readonly string[] },
  texts: AdminTexts,
): string | undefined {
  const first = Object.entries(problems).find(([other]) =>
    other === path || other.startsWith(path + ".")
  );
  if (first === undefined) return undefined;
  const problem = problemText(first[1], texts);
  // The schemas count without the empty lines, which tidy() removes.
  const place = Number(first[0].slice(path.length + 1));
  const line = lines
    .flatMap((text, n) => text.trim() === "" ? [] : n + 1)[place];
  return first[0] === path || line === undefined
    ? problem
    : fill(texts.refusals.inLine, { line, problem });
}

/** Splits the text into lines, unchanged; {@linkcode tidy} cleans them up
 * later. */
export function toList(text: string): string[] {
  return text === "" ? [] : text.split("\n");
}
