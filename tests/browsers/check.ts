import type { Program } from "acorn";
import { simple } from "acorn-walk";
import { type Part, TARGETS } from "@/tools/browser_targets.ts";
import type { BuiltText } from "./built_files.ts";
import { lackingIn } from "./compat_data.ts";
import { type Guard, GUARDS } from "./guards.ts";
import {
  ownMembers,
  parseScript,
  scriptUses,
  type Use,
} from "./script_features.ts";
import { styleUses } from "./style_features.ts";

/** A feature that a target lacks, where it is used. */
export interface Finding {
  file: string;
  feature: string;
  property?: string;
  lacking: string[];
}

/** Features in the files that a target of `part` lacks, guarded or not. */
export function newFeatures(
  part: Part,
  files: readonly BuiltText[],
): Finding[] {
  const targets = TARGETS[part];
  const isNew = (feature: string) => lackingIn(feature, targets).length > 0;
  return usesIn(files, isNew)
    .filter(({ features }) => features.every(isNew))
    .map(({ features, ...use }) => ({
      ...use,
      feature: features[0] ?? "",
      lacking: lackingIn(features[0] ?? "", targets),
    }));
}

/** One sentence for each use that no guard explains, and each guard that has
 * nothing to guard any more. */
export function problemsOf(
  part: Part,
  files: readonly BuiltText[],
): string[] {
  const found = newFeatures(part, files);
  const guards = GUARDS.filter(({ parts }) => parts.includes(part));
  const unguarded = found.filter((use) =>
    !guards.some((guard) => isGuarded(use, guard))
  );
  return [
    ...new Set(unguarded.map(sentenceOf)),
    ...guards.flatMap((guard) => {
      const uses = found.filter((use) => isGuarded(use, guard)).length;
      const { feature, uses: expected = Math.max(1, uses) } = guard;
      return uses === expected ? [] : [
        `${part}: ${feature} is used ${uses} times, guards.ts says ${expected}`,
      ];
    }),
  ];
}

function isGuarded(
  { feature, property = "" }: Finding,
  guard: Guard,
): boolean {
  return `${feature}.`.startsWith(`${guard.feature}.`) &&
    (guard.properties ?? [property]).includes(property);
}

function sentenceOf({ file, feature, property, lacking }: Finding): string {
  const place = property === undefined ? "" : ` (in ${property})`;
  return `${file} uses ${feature}${place}, missing in ${lacking.join(", ")}`;
}

function usesIn(
  files: readonly BuiltText[],
  isNew: (feature: string) => boolean,
): Use[] {
  const scripts = files.filter(({ type }) => type === "script")
    .map(({ file, text }) => ({ file, program: parsed(file, text) }));
  const own = new Set(
    scripts.flatMap(({ program }) => [...ownMembers(program)]),
  );
  const styles = [
    ...files.filter(({ type }) => type === "style"),
    ...scripts.flatMap(({ file, program }) =>
      stylesIn(program).map((text) => ({ file, text }))
    ),
  ];
  return [
    ...scripts.flatMap(({ file, program }) => scriptUses(file, program, own)),
    ...styles.flatMap(({ file, text }) => styleUses(file, text, isNew)),
  ];
}

function parsed(file: string, text: string): Program {
  try {
    return parseScript(text);
  } catch (error) {
    throw new SyntaxError(`${file} has newer syntax: ${error}`);
  }
}

/** Style sheets that a script carries as text. */
function stylesIn(program: Program): string[] {
  const texts: string[] = [];
  simple(program, {
    TemplateElement: ({ value }) => texts.push(value.cooked ?? ""),
    Literal: ({ value }) => typeof value === "string" && texts.push(value),
  });
  return texts.filter((text) => /^[^{}]+\{[\w-]+:[^{}]+\}/.test(text));
}
