import type { Agent } from "@/lib/model/agent.ts";
import type { Appearance } from "@/lib/model/appearance.ts";
import type { Company } from "@/lib/model/company.ts";
import type { WidgetContent, WidgetType } from "@/lib/model/widget.ts";
import { problemText } from "@/lib/i18n/admin/refusal_text.ts";
import type { AdminTexts } from "@/lib/i18n/admin/texts.ts";
import type { Problems } from "./problems.ts";

/** The content for a section of the editor, and the function that changes it. */
export interface Editing {
  type: WidgetType;
  content: WidgetContent;
  problems: Problems;
  edit: (change: Partial<WidgetContent>) => void;
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

/** Returns the error of a field that has one value per line. */
export function errorIn(
  problems: Problems,
  path: string,
  texts: AdminTexts,
): string | undefined {
  const first = Object.entries(problems).find(([other]) =>
    other === path || other.startsWith(path + ".")
  );
  return first && problemText(first[1], texts);
}

/** Splits the text into lines, unchanged; {@linkcode tidy} cleans them up
 * later. */
export function toList(text: string): string[] {
  return text === "" ? [] : text.split("\n");
}
