import { Signal } from "@preact/signals";
import { stringify } from "devalue";
import type { Render } from "./current_render.ts";

/** Signals keep their identity: two islands with one signal share it. */
const reducers = {
  Signal: (value: unknown) => value instanceof Signal && [value.peek()],
};

/**
 * Returns the props of a page's islands as JSON that is safe inside `<script>`:
 * `[[island, props], …]` in devalue's format. Throws if a value cannot be
 * serialized.
 */
export function islandsJson(islands: Render["islands"]): string {
  const pairs = islands.map(({ name, props }) => [name, props]);
  return stringify(pairs, reducers).replaceAll("<", "\\u003c");
}
