import type { ComponentChildren } from "preact";

/** Data that components collect while one page is rendered to a string. */
export interface Render {
  /** Children of every `<Head>`, in the order of rendering. */
  head: ComponentChildren[];
  /** Islands that the browser hydrates, in the order of their markers. */
  islands: { name: string; props: Record<string, unknown> }[];
  /** For the inline script. */
  nonce: string;
  /** The path of the page. */
  path: string;
  /** The scripts of the islands; null in an app without a build. */
  build: {
    id: string;
    boot: string;
    scripts: ReadonlyMap<string, string[]>;
  } | null;
  /** True if the page reloads itself after the next build. */
  reload: boolean;
}

let current: Render | null = null;

/** Returns the page that is being rendered; null in browsers and between
 * pages. */
export function currentRender(): Render | null {
  return current;
}

/** Renders synchronously, so one variable is enough for all requests. */
export function during<T>(render: Render, run: () => T): T {
  const outer = current;
  current = render;
  try {
    return run();
  } finally {
    current = outer;
  }
}
