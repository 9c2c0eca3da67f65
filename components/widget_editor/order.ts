/** Returns `list` with the item at `from` moved to `to`. */
export function moved<T>(
  list: readonly T[],
  from: number,
  to: number,
): readonly T[] {
  const item = list[from];
  if (item === undefined || to < 0 || to >= list.length || from === to) {
    return list;
  }
  return list.toSpliced(from, 1).toSpliced(to, 0, item);
}

/**
 * Returns the new position of the item at `from` after it was dropped on a half
 * of another one: `over` is the other's position and `edge` the half, both
 * before the move.
 */
export function dropPlace(
  from: number,
  { over, edge }: { over: number; edge: "before" | "after" },
): number {
  const gap = edge === "before" ? over : over + 1;
  return from < gap ? gap - 1 : gap;
}
