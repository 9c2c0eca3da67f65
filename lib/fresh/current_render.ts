import type { ComponentChildren } from "preact";
import type { BuildCache } from "./build_cache.ts";

/** What components leave behind while one page is rendered to a string. */
export interface Render {
  /** Children of every `<Head>`, in the order in which they were met. */
  head: ComponentChildren[];
  /** Islands that the browser hydrates, in the order of their markers. */
  islands: { name: string; props: Record<string, unknown> }[];
  /** For inline scripts and styles. */
  nonce: string;
  /** The build that the islands come from; none in an app without one. */
  build: BuildCache | null;
  /** The page reloads itself after the next build. */
  reload: boolean;
}

let current: Render | null = null;

/** The page being rendered; null in browsers and between pages. */
export function currentRender(): Render | null {
  return current;
}

/** Renders synchronously, so that one variable is enough for all requests. */
export function during<T>(render: Render, run: () => T): T {
  const outer = current;
  current = render;
  try {
    return run();
  } finally {
    current = outer;
  }
}
