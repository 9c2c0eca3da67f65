import { once } from "node:events";
import { Worker } from "node:worker_threads";
import type { Faults } from "./kv_connect/server.ts";

const PROGRAM = new URL("./kv_connect/worker.ts", import.meta.url);
const TOKEN_VARIABLE = "DENO_KV_ACCESS_TOKEN";

/**
 * A KV Connect server in memory, with the limits of denokv, in a thread of its
 * own. While it runs, its token is in the environment.
 */
export class KvConnectServer implements AsyncDisposable {
  readonly #worker: Worker;
  readonly #port: number;

  private constructor(worker: Worker, port: number) {
    this.#worker = worker;
    this.#port = port;
  }

  static async start(): Promise<KvConnectServer> {
    const token = crypto.randomUUID();
    const worker = new Worker(PROGRAM, { workerData: token });
    const [{ port }] = await once(worker, "message");
    Deno.env.set(TOKEN_VARIABLE, token);
    return new KvConnectServer(worker, port);
  }

  /** Returns the URL of a new database. */
  newUrl(): string {
    return `http://127.0.0.1:${this.#port}/${crypto.randomUUID()}`;
  }

  /** Sets what goes wrong with a database from now on; nothing by default. */
  async be(url: string, faults: Faults = {}): Promise<void> {
    const database = new URL(url).pathname.slice(1);
    const id = crypto.randomUUID();
    const { promise, resolve } = Promise.withResolvers<void>();
    const look = (done: { id: string }) => done.id === id && resolve();
    this.#worker.on("message", look);
    this.#worker.postMessage({ id, database, faults });
    await promise;
    this.#worker.off("message", look);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    Deno.env.delete(TOKEN_VARIABLE);
    await this.#worker.terminate();
  }
}
