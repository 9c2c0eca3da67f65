import type { BuildCache } from "./build_cache.ts";
import { type FileRoutes, fileRoutes } from "./file_routes.ts";
import type { AnyPage, Frame } from "./render.ts";
import { type Endpoint, Router, type Step } from "./router.ts";
import type { LayoutConfig, Method } from "./types.ts";

/** An instruction to an app; each applies to the later ones. */
export type Item =
  | { kind: "step"; step: Step; covers: Covers; catches: boolean }
  | { kind: "layout"; covers: Covers; component: AnyPage; config: LayoutConfig }
  | { kind: "wrapper"; component: AnyPage }
  | { kind: "route"; method: Method | "ALL"; pattern: string; steps: Step[] }
  | { kind: "files"; prefix: string };

type Covers = (url: URL) => boolean;

export interface Compiled {
  router: Router;
  /** The steps before the 404 of a request that no route matched. */
  unmatched: Endpoint;
  /** All error pages that cover a URL. */
  catchers(url: URL): Step[];
}

/** Sorts the app's instructions by the requests that need them. */
export function compile(items: Item[], build: BuildCache | null): Compiled {
  const router = new Router();
  const trees = new Map<Item, FileRoutes>();
  items.forEach((item, at) => {
    const before = items.slice(0, at);
    const frame = (url: URL) => frameOf(before, url);
    if (item.kind === "route") {
      const steps = (url: URL) => [...stepsOf(before, url), ...item.steps];
      router.add(item.method, item.pattern, { steps, frame });
    } else if (item.kind === "files") {
      const tree = fileRoutes(build?.routes ?? [], item.prefix, frame);
      trees.set(item, tree);
      for (const { method, pattern, endpoint } of tree.routes) {
        const steps = (url: URL) => [
          ...stepsOf(before, url),
          ...endpoint.steps(url),
        ];
        router.add(method, pattern, { ...endpoint, steps });
      }
    }
  });
  return {
    router,
    unmatched: {
      steps: (url) => stepsOf(items, url, (item) => trees.get(item)?.root),
      frame: (url) => frameOf(items, url),
    },
    catchers: (url) =>
      stepsOf(items.filter(catching), url, (item) => trees.get(item)?.catchers),
  };
}

function catching(item: Item): boolean {
  return item.kind === "files" || item.kind === "step" && item.catches;
}

/** Returns the middlewares on the path to a URL, including those of a tree of
 * files. */
function stepsOf(
  items: Item[],
  url: URL,
  ofTree: (item: Item) => Step[] | undefined = () => [],
): Step[] {
  return items.flatMap((item) => {
    if (item.kind === "files") return ofTree(item) ?? [];
    return item.kind === "step" && item.covers(url) ? [item.step] : [];
  });
}

function frameOf(items: Item[], url: URL): Frame {
  const frame: Frame = { wrapper: null, layouts: [] };
  for (const item of items) {
    if (item.kind === "wrapper") frame.wrapper = item.component;
    if (item.kind === "layout" && item.covers(url)) frame.layouts.push(item);
  }
  return frame;
}
