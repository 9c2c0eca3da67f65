import { dropPlace } from "./order.ts";

/** Which half of a row something is held over. */
export type Edge = "before" | "after";

export interface DraggedRow {
  row: HTMLElement;
  handle: HTMLElement;
  /** Rows of the same list share it; rows of others are no targets. */
  list: string;
  /** Where the row stands now. */
  place: () => number;
  /** Held over this row, or not any more. */
  onOver: (edge: Edge | undefined) => void;
  onDragging: (isDragged: boolean) => void;
  /** Another row was dropped on this one: from where, to which place. */
  onMove: (from: number, to: number) => void;
}

/** What of the library's events is used; its modules come without types. */
interface DragEvent {
  source: { data: Record<string, unknown> };
  location: { current: { input: { clientY: number } } };
}

/**
 * Makes a row draggable with the mouse and by touch, and a place to drop others.
 * The library is loaded here, on first use: the server never needs it.
 */
export async function dragRow(
  { row, handle, list, place, onOver, onDragging, onMove }: DraggedRow,
  signal: AbortSignal,
): Promise<void> {
  const { draggable, dropTargetForElements } = await import(
    "@atlaskit/pragmatic-drag-and-drop/dist/esm/entry-point/element/adapter.js"
  );
  if (signal.aborted) return;
  const ends = [
    draggable({
      element: row,
      dragHandle: handle,
      getInitialData: () => ({ list, from: place() }),
      onDragStart: () => onDragging(true),
      onDrop: () => onDragging(false),
    }),
    dropTargetForElements({
      element: row,
      canDrop: ({ source }: DragEvent) => source.data.list === list,
      onDrag: ({ location, source }: DragEvent) =>
        onOver(
          source.data.from === place()
            ? undefined
            : edgeOf(row, location.current.input.clientY),
        ),
      onDragLeave: () => onOver(undefined),
      onDrop: ({ location, source }: DragEvent) => {
        onOver(undefined);
        const from = Number(source.data.from);
        const edge = edgeOf(row, location.current.input.clientY);
        onMove(from, dropPlace(from, { over: place(), edge }));
      },
    }),
  ];
  signal.addEventListener("abort", () => ends.forEach((end) => end()));
}

function edgeOf(row: HTMLElement, y: number): Edge {
  const { top, height } = row.getBoundingClientRect();
  return y < top + height / 2 ? "before" : "after";
}
