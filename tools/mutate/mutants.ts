import { ts } from "@ts-morph/common";
import { type Edit, isQuiet, operatorsOf } from "./operators.ts";

/** A mutant of the program: one small change to one file. */
export interface Mutant {
  path: string;
  /** The line of its first edit, from 1. */
  line: number;
  operator: string;
  edits: Edit[];
}

const CHANGE_LENGTH_MAX = 78;

/**
 * Returns every mutant of a TypeScript file, in the order of the text. Types,
 * imports, strings, logs and `throw` statements have none.
 */
export function mutantsOf(path: string, text: string): Mutant[] {
  const file = ts.createSourceFile(
    path,
    text,
    ts.ScriptTarget.Latest,
    true,
    ts.ScriptKind.TS,
  );
  const found: Mutant[] = [];
  function visit(node: ts.Node): void {
    if (isLeftOut(node)) return;
    for (const { operator, edits } of operatorsOf(node, file)) {
      const start = edits[0]?.start ?? 0;
      const line = file.getLineAndCharacterOfPosition(start).line + 1;
      found.push({ path, line, operator, edits });
    }
    ts.forEachChild(node, visit);
  }
  visit(file);
  return found.sort((a, b) => offset(a) - offset(b));
}

/** Returns the text of the file with the mutant in it. */
export function apply({ edits }: Mutant, text: string): string {
  let changed = "";
  let at = 0;
  for (const edit of edits.toSorted((a, b) => a.start - b.start)) {
    changed += text.slice(at, edit.start) + edit.text;
    at = edit.end;
  }
  return changed + text.slice(at);
}

/**
 * Returns `before → after`: the changed line if it is short, otherwise only the
 * parts that differ.
 */
export function changeText(mutant: Mutant, text: string): string {
  const { edits } = mutant;
  const from = text.lastIndexOf("\n", offset(mutant) - 1) + 1;
  const last = Math.max(...edits.map(({ end }) => end));
  const lineEnd = text.indexOf("\n", last);
  const tail = lineEnd < 0 ? 0 : text.length - lineEnd;
  const after = apply(mutant, text);
  const lines = [
    oneLine(text.slice(from, text.length - tail)),
    oneLine(after.slice(from, after.length - tail)),
  ];
  if (lines.every(({ length }) => length <= CHANGE_LENGTH_MAX)) {
    return lines.join(" → ");
  }
  return edits.map(({ start, end, text: to }) =>
    `${cut(oneLine(text.slice(start, end)))} → ${cut(oneLine(to))}`
  ).join(", ");
}

function offset({ edits }: Mutant): number {
  return edits[0]?.start ?? 0;
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, " ").trim();
}

function cut(text: string): string {
  return text.length <= CHANGE_LENGTH_MAX
    ? text
    : `${text.slice(0, CHANGE_LENGTH_MAX - 1)}…`;
}

function isLeftOut(node: ts.Node): boolean {
  return ts.isTypeNode(node) || ts.isInterfaceDeclaration(node) ||
    ts.isTypeAliasDeclaration(node) || ts.isImportDeclaration(node) ||
    ts.isExportDeclaration(node) || ts.isThrowStatement(node) ||
    (ts.isCallExpression(node) && isQuiet(node));
}
