import { err, ok, type Result } from "@/lib/base/result.ts";
import type { WidgetOverview } from "@/lib/store/widget_overviews.ts";

export interface PageOptions {
  limit: number;
  /** The `next` of the page before; absent for the first one. */
  after?: string | undefined;
}

/** A page of a list. */
export interface ListPage<T> {
  items: T[];
  /** Absent on the last page. */
  next?: string;
}

type Place = Pick<WidgetOverview, "createdAt" | "uuid">;

/** Returns a page of widgets, oldest first. A widget that is created or deleted
 * between two pages moves no other one. */
export function pageOf(
  all: readonly WidgetOverview[],
  { limit, after }: PageOptions,
): Result<ListPage<WidgetOverview>, { reason: "no-page" }> {
  const from = after === undefined ? undefined : placeOf(after);
  if (from === undefined && after !== undefined) {
    return err({ reason: "no-page" });
  }
  const rest = all.toSorted(inOrder)
    .filter((widget) => from === undefined || inOrder(widget, from) > 0);
  const items = rest.slice(0, limit);
  const last = items.at(-1);
  if (last === undefined || rest.length <= limit) return ok({ items });
  return ok({ items, next: `${last.createdAt}.${last.uuid}` });
}

function placeOf(after: string): Place | undefined {
  const [, at, uuid] = /^(\d{1,15})\.([0-9a-f]{32})$/.exec(after) ?? [];
  if (at === undefined || uuid === undefined) return undefined;
  return { createdAt: Number(at), uuid };
}

function inOrder(one: Place, other: Place): number {
  return one.createdAt - other.createdAt ||
    (one.uuid < other.uuid ? -1 : Number(one.uuid > other.uuid));
}
