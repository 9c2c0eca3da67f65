import { dropPlace } from "./order.ts";

/** The half of a row under the pointer. */
export type Edge = "before" | "after";

export interface DraggedRow {
  row: HTMLElement;
  handle: HTMLElement;
  /** Shared by the rows of a list; rows of other lists are not targets. */
  list: string;
  /** The row's current position. */
  place: () => number;
  /** The pointer is over this row, or has left it. */
  onOver: (edge: Edge | undefined) => void;
  onDragging: (isDragged: boolean) => void;
  /** Another row was dropped on this one, with its old and new position. */
  onMove: (from: number, to: number) => void;
}

/** The used part of the library's events, because its modules have no types. */
interface DragEvent {
  source: { data: Record<string, unknown> };
  location: { current: { input: { clientY: number } } };
}

/**
 * Makes a row draggable with the mouse and by touch, and a drop target. The
 * library is loaded here on first use, because the server never needs it.
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
