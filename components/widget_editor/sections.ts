import type { Problems } from "./problems.ts";

/** The parts of the editor, in the order of their tabs. */
export const SECTIONS = [
  "agents",
  "details",
  "look",
  "behaviour",
  "hours",
  "privacy",
] as const;
export type EditorSection = (typeof SECTIONS)[number];

/** The section that shows the field of a path; the first matching prefix
 * counts. */
const PLACES: readonly [string, EditorSection][] = [
  ["agents", "agents"],
  ["company", "details"],
  ["appearance.title", "behaviour"],
  ["appearance.helpTexts", "behaviour"],
  ["appearance", "look"],
  ["lang", "behaviour"],
  ["hours", "hours"],
  ["idleChats", "behaviour"],
  ["messages", "behaviour"],
  ["callbacks", "behaviour"],
  ["sites", "privacy"],
  ["consent", "privacy"],
  ["visitorName", "privacy"],
];

/** Returns the section of a field; undefined for the name, which is in the
 * header. */
export function sectionOf(path: string): EditorSection | undefined {
  return PLACES.find(([prefix]) =>
    path === prefix || path.startsWith(prefix + ".")
  )?.[1];
}

/** Returns the sections with errors. */
export function sectionsWith(problems: Problems): Set<EditorSection> {
  const sections = Object.keys(problems).map(sectionOf);
  return new Set(sections.filter((section) => section !== undefined));
}
