/** A Deno KV that can be slow, or fail. */
export interface FaultyKv {
  kv: Deno.Kv;
  /** Sets its behaviour: `ok`; `fails` immediately; `hangs` until it is `ok`
   * again. */
  be(state: "ok" | "fails" | "hangs"): void;
}

/**
 * Opens a KV in memory with failures on demand: of writes, or also of reads.
 */
export async function openFaultyKv(
  { readsToo = false }: { readsToo?: boolean } = {},
): Promise<FaultyKv> {
  const kv = await Deno.openKv(":memory:");
  const { atomic, get, getMany, list, set } = kv;
  const remove = kv.delete;
  let state: "ok" | "fails" | "hangs" = "ok";
  let again = Promise.withResolvers<void>();
  async function pass<T>(run: () => Promise<T>): Promise<T> {
    if (state === "hangs") await again.promise;
    if (state === "fails") throw new Error("disk I/O error");
    return await run();
  }
  if (readsToo) {
    kv.get = ((...args: Parameters<Deno.Kv["get"]>) =>
      pass(() =>
        get.apply(kv, args)
      )) as Deno.Kv["get"];
    kv.getMany = ((...args: Parameters<Deno.Kv["getMany"]>) =>
      pass(() => getMany.apply(kv, args))) as Deno.Kv["getMany"];
    kv.list = <T>(...args: Parameters<Deno.Kv["list"]>) => {
      const found = list.apply(kv, args) as Deno.KvListIterator<T>;
      const { next } = found;
      found.next = () => pass(() => next.call(found));
      return found;
    };
  }
  kv.set = (...args) => pass(() => set.apply(kv, args));
  kv.delete = (...args) => pass(() => remove.apply(kv, args));
  kv.atomic = () => {
    const operation = atomic.call(kv);
    const { commit } = operation;
    operation.commit = () => pass(() => commit.call(operation));
    return operation;
  };
  return {
    kv,
    be(next) {
      state = next;
      if (next !== "hangs") {
        again.resolve();
        again = Promise.withResolvers();
      }
    },
  };
}
