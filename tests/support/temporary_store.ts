import { openEngine } from "@/lib/store/open_engine.ts";
import { openStoreOn, type Store } from "@/lib/store/open.ts";
import type { StoreEngine } from "@/lib/store/store_engine.ts";
import { FakeClock } from "./fake_clock.ts";

/** Opens a store in memory with a fake clock: `using store = await …`. */
export async function memoryStore(
  clock = new FakeClock(),
  kv?: StoreEngine,
): Promise<Store & { clock: FakeClock }> {
  const opened = await openStoreOn(
    kv ?? await openEngine(":memory:"),
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

/** Opens what a store consists of: `await using kv = await …`. */
export async function kvAt(
  pathOrUrl: string,
): Promise<StoreEngine & AsyncDisposable> {
  const kv = await openEngine(pathOrUrl);
  return Object.assign(kv, {
    [Symbol.asyncDispose]: async () => await kv.close(),
  });
}

/** Returns the whole content of the store at a path or URL: keys in readable
 * form, and values. Bytes become text, so that it can be searched. */
export async function everything(
  pathOrUrl: string,
): Promise<[string, unknown][]> {
  await using kv = await kvAt(pathOrUrl);
  return await everythingIn(kv);
}

/** Returns the whole content of an open store, in the same form. */
export async function everythingIn(
  kv: StoreEngine,
): Promise<[string, unknown][]> {
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
