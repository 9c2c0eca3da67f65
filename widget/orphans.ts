import type { Core } from "./core.ts";

// A site that swaps its pages without loading them (Turbo, view transitions)
// removes an element and inserts another one for the same widget. The visitor's
// call or chat continues in between, and moves to the new element.

/** Time for which a widget without an element is kept. */
const KEEP_MS = 10_000;

interface Orphan {
  core: Core;
  timer: ReturnType<typeof setTimeout>;
}

const orphans = new Map<string, Orphan>();

/** Keeps the core of a removed element for the next one of the same widget. */
export function leaveCore(core: Core): void {
  core.onchange = core.ontell = () => {};
  const key = keyOf(core.address);
  orphans.get(key)?.core.dispose();
  const timer = setTimeout(() => {
    orphans.delete(key);
    core.dispose();
  }, KEEP_MS);
  orphans.set(key, { core, timer });
}

/** Returns the core that an earlier element of this widget left, if it is still
 * kept. */
export function takeCore(
  address: { uuid: string; url: string },
): Core | undefined {
  const orphan = orphans.get(keyOf(address));
  if (orphan === undefined) return undefined;
  clearTimeout(orphan.timer);
  orphans.delete(keyOf(address));
  return orphan.core;
}

function keyOf({ uuid, url }: { uuid: string; url: string }): string {
  return `${uuid} ${url}`;
}
