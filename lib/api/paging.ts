import * as v from "valibot";
import { WidgetUuid } from "@/lib/model/widget.ts";

const LIMIT_MAX = 100;
const LIMIT = 50;

/** The query of a list. */
export const PageQuery = v.strictObject({
  limit: v.pipe(
    v.optional(
      v.pipe(
        v.number("must be a number"),
        v.integer("must be a whole number"),
        v.minValue(1, "must be at least 1"),
        v.maxValue(LIMIT_MAX, `must be at most ${LIMIT_MAX}`),
      ),
      LIMIT,
    ),
    v.description("Maximum number of items of the page."),
  ),
  after: v.pipe(
    v.exactOptional(
      v.pipe(v.string(), v.minLength(1, "must not be empty"), v.maxLength(256)),
    ),
    v.description("The `next` of the page before; absent for the first page."),
  ),
});

/** The position in a list that has no `limit`. */
export function positionOf(form: RegExp) {
  return v.pipe(
    v.string(),
    v.regex(form, "must be the next of a page"),
    v.description("The `next` of the page before; absent for the first page."),
  );
}

/** The filter by a widget. */
export const WidgetFilter = v.message(
  WidgetUuid,
  "must be 32 hex digits, lower case",
);

/** The position of the next page. */
export const Next = v.pipe(
  v.string(),
  v.description("Send it as `after` to get the next page. Absent on the last."),
);

/** Returns a page of items in the order of their keys, which are unique.
 * `after` is the last key of the page before. */
export function pageByKey<T>(
  all: readonly T[],
  keyOf: (item: T) => string,
  { limit, after = "" }: v.InferOutput<typeof PageQuery>,
): { items: T[]; next?: string } {
  const rest = all
    .map((item) => ({ item, key: keyOf(item) }))
    .filter(({ key }) => key > after)
    .sort((one, other) => one.key < other.key ? -1 : 1);
  const page = rest.slice(0, limit);
  const last = page.at(-1);
  const items = page.map(({ item }) => item);
  if (last === undefined || rest.length <= limit) return { items };
  return { items, next: last.key };
}

/** Returns the parameters of a query as a schema expects them: numbers where
 * they look like numbers. A parameter that is sent twice is invalid. */
export function queryOf(params: URLSearchParams): Record<string, unknown> {
  const query: Record<string, unknown> = Object.create(null);
  for (const name of new Set(params.keys())) {
    const [text = "", ...more] = params.getAll(name);
    const isNumber = name === "limit" && /^-?\d{1,15}$/.test(text);
    query[name] = more.length > 0 ? [text] : isNumber ? Number(text) : text;
  }
  return query;
}
