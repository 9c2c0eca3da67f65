import { statusOf } from "./http_status.ts";
import { TcpPairs } from "./tcp_pairs.ts";

const CHECK_EVERY_MS = 200;
const CHECK_WITHIN_MS = 1_000;
/** Checks without an answer after which the connections to it are cut. */
const SILENT_MAX = 2;

/** An instance behind the balancer. */
interface Target {
  url: string;
  isReady: boolean;
  /** Checks without an answer, one after the other. */
  silent: number;
  pairs: TcpPairs;
}

/**
 * A load balancer in front of several instances, as HAProxy in TCP mode is.
 * Sends each connection to the next instance that is ready: no client gets the
 * same one twice. An instance whose `/readyz` doesn't say 200 gets no new
 * connections, and one whose `/healthz` doesn't answer loses those that it has.
 */
export class Balancer implements AsyncDisposable {
  readonly #listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  /** `http://127.0.0.1:PORT`, to use in place of an instance's URL. */
  readonly url = `http://127.0.0.1:${this.#listener.addr.port}`;
  /** Connections that no instance took. */
  refused = 0;
  readonly #targets = new Map<string, Target>();
  readonly #waiting = new Set<() => void>();
  readonly #running = new Set<Promise<void>>();
  #next = 0;
  #preferred: string | undefined;

  constructor() {
    this.#run(this.#listen());
  }

  /** Sends connections to this instance too, as soon as it is ready. */
  add(url: string): void {
    const pairs = new TcpPairs();
    const target = { url, isReady: false, silent: 0, pairs };
    this.#targets.set(url, target);
    this.#run(this.#watch(target));
  }

  remove(url: string): void {
    this.#targets.delete(url);
  }

  /** Sends the next connection to this instance, if it is ready. */
  aim(url: string): void {
    this.#next = Math.max(0, this.#ready().findIndex((one) => one.url === url));
  }

  /** Sends all further connections to this instance while it is ready, or to
   * each in turn again. */
  prefer(url: string | undefined): void {
    this.#preferred = url;
  }

  /** Resolves when this number of instances are ready. */
  ready(count: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const look = () => {
      if (this.#ready().length >= count) resolve();
    };
    this.#waiting.add(look);
    look();
    return promise.finally(() => this.#waiting.delete(look));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const all = [...this.#targets.values()];
    this.#targets.clear();
    this.#listener.close();
    for (const { pairs } of all) pairs.cut();
    await Promise.all(this.#running);
  }

  #ready(): Target[] {
    return [...this.#targets.values()].filter(({ isReady }) => isReady);
  }

  #run(task: Promise<void>): void {
    this.#running.add(task);
    void task.finally(() => this.#running.delete(task));
  }

  async #listen(): Promise<void> {
    for await (const conn of this.#listener) this.#run(this.#carry(conn));
  }

  async #watch(target: Target): Promise<void> {
    const isWanted = () => this.#targets.get(target.url) === target;
    while (isWanted()) {
      // Without the store, `/readyz` answers late, and `/healthz` immediately.
      const [ready, alive] = await Promise.all(
        ["/readyz", "/healthz"]
          .map((path) => statusOf(target.url + path, CHECK_WITHIN_MS)),
      );
      target.isReady = ready === 200 && isWanted();
      target.silent = alive === undefined ? target.silent + 1 : 0;
      if (target.silent >= SILENT_MAX) target.pairs.cut();
      for (const look of [...this.#waiting]) look();
      await new Promise((done) => setTimeout(done, CHECK_EVERY_MS));
    }
  }

  async #carry(near: Deno.TcpConn): Promise<void> {
    const found = await this.#connect();
    if (found === undefined) {
      this.refused++;
      return near.close();
    }
    await found.target.pairs.join(near, found.far);
  }

  /** Tries the ready instances in turn. */
  async #connect(): Promise<
    { target: Target; far: Deno.TcpConn } | undefined
  > {
    for (let tries = this.#ready().length; tries > 0; tries--) {
      const ready = this.#ready();
      const target = ready.find(({ url }) => url === this.#preferred) ??
        ready[this.#next++ % ready.length];
      if (target === undefined) return undefined;
      const { hostname, port } = new URL(target.url);
      try {
        const far = await Deno.connect({ hostname, port: Number(port) });
        return { target, far };
      } catch {
        target.isReady = false;
      }
    }
    return undefined;
  }
}
