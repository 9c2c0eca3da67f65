import { once } from "node:events";
import { Worker } from "node:worker_threads";
import type { Faults } from "./kv_connect/server.ts";

const PROGRAM = new URL("./kv_connect/worker.ts", import.meta.url);
const TOKEN_VARIABLE = "DENO_KV_ACCESS_TOKEN";

/**
 * A KV Connect server in memory, with the limits of denokv, in a separate
 * thread. While it runs, its token is in the environment.
 */
export class KvConnectServer implements AsyncDisposable {
  readonly #worker: Worker;
  readonly #port: number;
  readonly #token: string;
  /** Callbacks for confirmations, by the id of their message. */
  readonly #waiting = new Map<string, () => void>();

  private constructor(worker: Worker, port: number, token: string) {
    this.#worker = worker;
    this.#port = port;
    this.#token = token;
    worker.on("message", ({ id }) => this.#waiting.get(id)?.());
  }

  static async start(): Promise<KvConnectServer> {
    const token = crypto.randomUUID();
    const worker = new Worker(PROGRAM, { workerData: token });
    const [{ port }] = await once(worker, "message");
    const server = new KvConnectServer(worker, port, token);
    server.giveToken();
    return server;
  }

  /** Sets the token that programs send, by default the right one. */
  giveToken(token: string | undefined = this.#token): void {
    Deno.env.set(TOKEN_VARIABLE, token);
  }

  /** Takes the token out of the environment. */
  takeToken(): void {
    Deno.env.delete(TOKEN_VARIABLE);
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
    this.#waiting.set(id, resolve);
    this.#worker.postMessage({ id, database, faults });
    await promise;
    this.#waiting.delete(id);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.takeToken();
    await this.#worker.terminate();
  }
}
