import { openStoreOn, type Store } from "@/lib/store/open.ts";
import { FakeClock } from "./fake_clock.ts";

/** A store in memory with a clock that stands still: `using store = await …`. */
export async function memoryStore(
  clock = new FakeClock(),
  kv?: Deno.Kv,
): Promise<Store & { clock: FakeClock }> {
  const opened = await openStoreOn(
    kv ?? await Deno.openKv(":memory:"),
    clock,
  );
  if (!opened.ok) throw new Error(`Cannot open: ${opened.error.reason}`);
  return { ...opened.value, clock };
}

/** A path for a store in a new folder, deleted with all in it at the end. */
export async function temporaryPath(): Promise<
  AsyncDisposable & { path: string }
> {
  const folder = await Deno.makeTempDir({ prefix: "contact-widgets-" });
  return {
    path: `${folder}/data/store.sqlite3`,
    [Symbol.asyncDispose]: () => Deno.remove(folder, { recursive: true }),
  };
}

/** All that stands in the store at a path, which nobody has open: keys as
 * people read them, and values. Bytes become text, so that it can be searched. */
export async function everything(path: string): Promise<[string, unknown][]> {
  using kv = await Deno.openKv(path);
  const decoder = new TextDecoder();
  const readable = (value: unknown): unknown =>
    value instanceof Uint8Array
      ? decoder.decode(value)
      : typeof value === "object" && value !== null && !Array.isArray(value)
      ? Object.fromEntries(
        Object.entries(value).map(([name, one]) => [name, readable(one)]),
      )
      : value;
  const all: [string, unknown][] = [];
  for await (const { key, value } of kv.list({ prefix: [] })) {
    all.push([key.map(String).join("/"), readable(value)]);
  }
  return all;
}
