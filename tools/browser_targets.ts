/** The oldest version of each browser family that a part of the product supports. */
export interface Targets {
  safari: string;
  chrome: string;
  firefox: string;
}

export type Part = "widget" | "pages";

/**
 * Supported browsers, from these versions on. `widget` is the script on foreign
 * pages; `pages` are the admin pages, the desk and the sign-in. Builds are lowered
 * to these versions, tests compare the built files and docs/ with them.
 * Edge counts as Chrome, and every browser on iOS as Safari.
 */
export const TARGETS: Record<Part, Targets> = {
  widget: { safari: "16.4", chrome: "109", firefox: "115" },
  pages: { safari: "17.0", chrome: "120", firefox: "128" },
};
