/** Instances that a cursor names, at most: those that wrote last. */
const INSTANCES_MAX = 100;

/** The number of the last known message of the trace, by instance. */
export type TraceCursor = ReadonlyMap<string, number>;

/** Reads what `writeCursor` has written. A number without an instance belongs to
 * `own`. Ignores everything else. */
export function readCursor(text: string, own: string): TraceCursor {
  const cursor = new Map<string, number>();
  for (const part of text.split(",")) {
    const [, instance, id] = /^(?:([\w-]{1,64})\.)?(\d{1,15})$/.exec(part) ??
      [];
    if (id !== undefined) cursor.set(instance ?? own, Number(id));
  }
  return cursor;
}

/** Formats a cursor for a query; a single process has no id. */
export function writeCursor(cursor: TraceCursor): string {
  return [...cursor]
    .map(([instance, id]) => instance === "" ? `${id}` : `${instance}.${id}`)
    .join();
}

/** Returns the cursor after these messages. It still names an instance that did
 * not answer, so that none of its messages is repeated. */
export function cursorAfter(
  before: TraceCursor,
  found: ReadonlyMap<string, readonly { id: number }[]>,
): TraceCursor {
  const cursor = new Map(before);
  for (const [instance, entries] of found) {
    const last = entries.at(-1);
    if (last === undefined) continue;
    cursor.delete(instance);
    cursor.set(instance, last.id);
  }
  return new Map([...cursor].slice(-INSTANCES_MAX));
}
