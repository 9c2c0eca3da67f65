import { Signal } from "@preact/signals";
import { DevalueError, stringify } from "devalue";
import { isValidElement } from "preact";
import type { Render } from "./current_render.ts";

/** Signals keep their identity: two islands with one signal share it. */
const reducers = {
  Signal: (value: unknown) => value instanceof Signal && [value.peek()],
};

/**
 * Returns the props of a page's islands as JSON that is safe inside `<script>`:
 * `[[island, props], …]` in devalue's format. Throws a `TypeError` that names
 * island and prop if a value cannot be serialized.
 */
export function islandsJson(islands: Render["islands"]): string {
  for (const { name, props } of islands) {
    for (const [prop, value] of Object.entries(props)) {
      if (!hasJsx(value)) continue;
      throw refusal(name, prop, "JSX cannot be sent to browsers");
    }
  }
  try {
    const json = stringify(
      islands.map(({ name, props }) => [name, props]),
      reducers,
    );
    return json.replaceAll("<", "\\u003c");
  } catch (error) {
    if (!(error instanceof DevalueError)) throw error;
    // The path starts with [index of the island][1], then the prop.
    const [, index, path = ""] = /^\[(\d+)\]\[1\]\.?(.*)$/.exec(error.path) ??
      [];
    const name = islands[Number(index)]?.name ?? "?";
    throw refusal(name, path, error.message);
  }
}

function refusal(island: string, prop: string, why: string): TypeError {
  return new TypeError(
    `Cannot pass prop "${prop}" to island "${island}": ${why}`,
  );
}

function hasJsx(value: unknown): boolean {
  if (value instanceof Signal) return false; // JSX can contain it too.
  return Array.isArray(value) ? value.some(hasJsx) : isValidElement(value);
}
