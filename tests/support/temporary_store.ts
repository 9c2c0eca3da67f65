import { openStoreOn, type Store } from "@/lib/store/open.ts";
import { FakeClock } from "./fake_clock.ts";

/** Opens a store in memory with a fake clock: `using store = await …`. */
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

/** Returns a path for a store in a new folder, which is deleted at the end. */
export async function temporaryPath(): Promise<
  AsyncDisposable & { path: string }
> {
  const folder = await Deno.makeTempDir({ prefix: "contact-widgets-" });
  return {
    path: `${folder}/data/store.sqlite3`,
    [Symbol.asyncDispose]: () => Deno.remove(folder, { recursive: true }),
  };
}

/** Returns the whole content of the closed store at a path: keys in readable
 * form, and values. Bytes become text, so that it can be searched. */
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
