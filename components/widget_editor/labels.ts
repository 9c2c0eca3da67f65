import type { AdminTexts } from "@/lib/i18n/admin/texts.ts";

/** Returns the label of the field at a path of the content: `company.phone`. */
export function labelOf(path: string, texts: AdminTexts): string {
  const label = path.split(".").reduce(memberOf, texts.editor.fields);
  return typeof label === "string" ? label : path;
}

/** Formats a value of the field at this path as in the form. */
export function valueText(
  path: string,
  value: string,
  texts: AdminTexts,
): string {
  const { editor, conflict } = texts;
  if (value === "") return conflict.empty;
  if (value === "true") return editor.yes;
  if (value === "false") return editor.no;
  const options: Record<string, object> = {
    "appearance.font": editor.fonts,
    "appearance.theme": editor.themes,
    "appearance.position": editor.positions,
    protection: editor.protections,
  };
  const option = memberOf(options[path], value);
  return typeof option === "string" ? option : value;
}

function memberOf(node: unknown, key: string): unknown {
  return typeof node === "object" && node !== null
    ? new Map<string, unknown>(Object.entries(node)).get(key)
    : undefined;
}
