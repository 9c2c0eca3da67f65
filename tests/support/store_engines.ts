import { tmpdir } from "node:os";
import { openEngine } from "@/lib/store/open_engine.ts";
import { openStore, openStoreOn, type Store } from "@/lib/store/open.ts";
import type { StoreEngine } from "@/lib/store/store_engine.ts";
import { FakeClock } from "./fake_clock.ts";
import { KvConnectServer } from "./kv_connect_server.ts";
import { type PostgresServer, startPostgres } from "./postgres.ts";

// All engines that CW_KV can name. Tests of lib/store run on each of them:
//
//   eachEngine("a setting keeps the last value", async (engine) => {
//     await using store = await storeOn(engine);
//     …
//
// A test that is about files, such as one of their modes, stays a `Deno.test`.
// Another engine needs an entry in ENGINES, and nothing else.

/** A kind of store. */
export interface TestEngine {
  /** Part of the names of its tests. */
  readonly name: string;
  /** Starts its server, once for all tests of a module. */
  start?(): Promise<void>;
  stop?(): Promise<void>;
  /** Makes an empty store, which disposal deletes. */
  open(): Promise<EngineStore>;
}

export interface EngineStore extends AsyncDisposable {
  /** The value of CW_KV. With `:memory:`, each connection has separate data. */
  readonly url: string;
}

let kvConnect: KvConnectServer | undefined;
let postgres: PostgresServer | undefined;

/** The KV Connect server of this module's tests. */
export function kvConnectServer(): KvConnectServer {
  if (kvConnect === undefined) throw new Error("eachEngine() starts it");
  return kvConnect;
}

const ALL: readonly TestEngine[] = [
  { name: "memory", open: () => Promise.resolve(storeAt(":memory:")) },
  {
    name: "file",
    async open() {
      const folder = await Deno.makeTempDir({ dir: await fastFolder() });
      return {
        url: `${folder}/store.sqlite3`,
        [Symbol.asyncDispose]: () => Deno.remove(folder, { recursive: true }),
      };
    },
  },
  {
    name: "KV Connect",
    start: async () => void (kvConnect = await KvConnectServer.start()),
    async stop() {
      await kvConnect?.[Symbol.asyncDispose]();
      kvConnect = undefined;
    },
    open: () => Promise.resolve(storeAt(kvConnectServer().newUrl())),
  },
  {
    name: "PostgreSQL",
    start: async () => void (postgres = await startPostgres()),
    async stop() {
      await postgres?.[Symbol.asyncDispose]();
      postgres = undefined;
    },
    async open() {
      if (postgres === undefined) throw new Error("eachEngine() starts it");
      return storeAt(await postgres.newUrl());
    },
  },
];

/** TEST_ENGINES names some of them, separated by commas. The program warns about
 * unknown names that begin with CW. */
const named = Deno.env.get("TEST_ENGINES")?.split(",");

export const ENGINES: readonly TestEngine[] = ALL.filter(({ name }) =>
  named?.includes(name) ?? true
);

/** The engine whose server loses answers if asked to. */
export const KV_CONNECT = ENGINES.filter(({ name }) => name === "KV Connect");

/** The engines that several connections share, for tests of two programs. */
export const SHARED_ENGINES = ENGINES.filter(({ name }) => name !== "memory");

let isPrepared = false;

/** Registers a test on each engine, with its servers. */
export function eachEngine(
  name: string,
  test: (engine: TestEngine, step: Deno.TestContext) => Promise<void>,
  engines: readonly TestEngine[] = ENGINES,
): void {
  if (!isPrepared) {
    isPrepared = true;
    Deno.test.beforeAll(() => forAll((engine) => engine.start?.()));
    Deno.test.afterAll(() => forAll((engine) => engine.stop?.()));
  }
  for (const engine of engines) {
    Deno.test(`${name} (${engine.name})`, (step) => test(engine, step));
  }
}

/** Opens an empty KV of an engine: `await using kv = await kvOn(engine)`. */
export async function kvOn(
  engine: TestEngine,
): Promise<StoreEngine & AsyncDisposable> {
  const at = await engine.open();
  const kv = await openEngine(at.url);
  return Object.assign(kv, {
    async [Symbol.asyncDispose]() {
      await kv.close();
      await at[Symbol.asyncDispose]();
    },
  });
}

/** Opens an empty store of an engine with a fake clock, and its KV. */
export async function storeOn(
  engine: TestEngine,
  clock = new FakeClock(),
): Promise<Omit<Store, symbol> & AsyncDisposable & OnEngine> {
  const kv = await kvOn(engine);
  const opened = await openStoreOn(kv, clock);
  if (!opened.ok) throw new Error(`Cannot open: ${opened.error.reason}`);
  const { [Symbol.dispose]: _, ...store } = opened.value;
  const close = () => kv[Symbol.asyncDispose]();
  return { ...store, clock, kv, [Symbol.asyncDispose]: close };
}

/** Opens one store of an engine twice, as two instances do. They share a
 * clock. */
export async function storesOn(
  engine: TestEngine,
): Promise<AsyncDisposable & { stores: [Store, Store]; clock: FakeClock }> {
  const at = await engine.open();
  const clock = new FakeClock();
  const open = async () => {
    const opened = await openStore(at.url, { clock });
    if (!opened.ok) throw new Error(`Cannot open: ${opened.error.reason}`);
    return opened.value;
  };
  const stores: [Store, Store] = [await open(), await open()];
  return {
    ...{ stores, clock },
    async [Symbol.asyncDispose]() {
      for (const store of stores) await store[Symbol.asyncDispose]();
      await at[Symbol.asyncDispose]();
    },
  };
}

interface OnEngine {
  clock: FakeClock;
  kv: StoreEngine;
}

/** Returns a folder in memory, if there is one: these tests lose no power. */
async function fastFolder(): Promise<string> {
  const memory = "/dev/shm";
  const isThere = await Deno.stat(memory).then(() => true, () => false);
  return isThere ? memory : tmpdir();
}

function storeAt(url: string): EngineStore {
  return { url, [Symbol.asyncDispose]: () => Promise.resolve() };
}

async function forAll(
  run: (engine: TestEngine) => Promise<void> | undefined,
): Promise<void> {
  await Promise.all(ENGINES.map(run));
}
