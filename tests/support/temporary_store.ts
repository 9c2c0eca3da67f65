import { openStore, type Store } from "@/lib/store/open.ts";
import { FakeClock } from "./fake_clock.ts";

/** A store in memory with a clock that stands still: `using store = await …`. */
export async function memoryStore(
  clock = new FakeClock(),
): Promise<Store & { clock: FakeClock }> {
  const opened = await openStore(":memory:", clock);
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
