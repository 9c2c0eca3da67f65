/** Space between two launchers, in px. */
const GAP = 8;

/**
 * Keeps the launchers of a page's widgets from covering each other: each is
 * lifted above those of earlier widgets that are in its way. `roots` loses the
 * roots of widgets that have left the page.
 */
export function stack(roots: Set<HTMLElement>): void {
  const placed: { left: number; right: number; top: number }[] = [];
  for (const root of roots) {
    const launch = root.querySelector<HTMLElement>(".launch");
    if (!root.isConnected) roots.delete(root);
    if (!root.isConnected || !launch) continue;
    // Unlike a rectangle, these don't follow the animation of its arrival.
    const { offsetLeft: left, offsetWidth, offsetHeight } = launch;
    const right = left + offsetWidth;
    const bottom = parseFloat(getComputedStyle(launch).bottom);
    const lifts = placed
      .filter((other) => left < other.right && other.left < right)
      .map(({ top }) => top + GAP - bottom);
    const lift = Math.max(0, ...lifts);
    launch.style.marginBottom = `${lift}px`;
    placed.push({ left, right, top: bottom + lift + offsetHeight });
  }
}
