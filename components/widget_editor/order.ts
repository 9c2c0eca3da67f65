/** `list` with the item at `from` moved to stand at `to`. */
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
 * Where the item at `from` stands after it was dropped on the half of another:
 * `over` is that one's place, `edge` the half, both before anything moved.
 */
export function dropPlace(
  from: number,
  { over, edge }: { over: number; edge: "before" | "after" },
): number {
  const gap = edge === "before" ? over : over + 1;
  return from < gap ? gap - 1 : gap;
}
