import { closeQuietly, TcpPairs } from "./tcp_pairs.ts";

/** A connection between two programs that can be cut. */
export interface CuttingProxy extends AsyncDisposable {
  /** `http://127.0.0.1:PORT`, to use in place of the service's URL. */
  url: string;
  port: number;
  /** Returns the number of connections. */
  size(): number;
  /** Cuts all connections at the same time, without a close. */
  cut(): void;
  /** Cuts all connections, and each new one, until `join`. */
  part(): void;
  join(): void;
  /** Keeps all bytes back until `release`, in both directions. */
  hold(): void;
  release(): void;
  /** From now on, silently drops all bytes. */
  swallow(): void;
  /** Silently drops all bytes that the service sends, until `cut`. */
  loseAnswers(): void;
}

/** Carries the bytes of every TCP connection to `target` and back. */
export function openCuttingProxy(target: string): CuttingProxy {
  const { hostname, port } = new URL(target);
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const pairs = new TcpPairs();
  const carried = new Set<Promise<void>>();
  let isParted = false;
  const bytes = new Passage();

  async function carry(near: Deno.TcpConn): Promise<void> {
    try {
      if (isParted) return;
      const far = await Deno.connect({ hostname, port: Number(port) });
      if (isParted) closeQuietly(far);
      else await pairs.join(near, far, (way) => [bytes.way(way)]);
    } catch {
      // Nothing listens there.
    } finally {
      closeQuietly(near);
    }
  }

  async function listen(): Promise<void> {
    for await (const conn of listener) {
      const carrying = carry(conn);
      carried.add(carrying);
      void carrying.finally(() => carried.delete(carrying));
    }
  }

  const listening = listen();
  return {
    url: `http://127.0.0.1:${listener.addr.port}`,
    port: listener.addr.port,
    size: () => pairs.size,
    cut() {
      pairs.cut();
      bytes.losesAnswers = false;
    },
    part() {
      isParted = true;
      pairs.cut();
    },
    join: () => void (isParted = false),
    hold: () => bytes.hold(),
    release: () => bytes.release(),
    swallow: () => bytes.swallow(),
    loseAnswers: () => void (bytes.losesAnswers = true),
    async [Symbol.asyncDispose]() {
      isParted = true;
      bytes.release();
      listener.close();
      await listening;
      pairs.cut();
      await Promise.all(carried);
    },
  };
}

/** Lets bytes pass, keeps them back, or drops them. */
class Passage {
  losesAnswers = false;
  #isHole = false;
  #free = Promise.withResolvers<void>();

  constructor() {
    this.#free.resolve();
  }

  hold(): void {
    this.#free = Promise.withResolvers();
  }

  release(): void {
    this.#free.resolve();
  }

  swallow(): void {
    this.#isHole = true;
  }

  way(way: "to" | "from"): TransformStream<Uint8Array, Uint8Array> {
    return new TransformStream({
      transform: async (bytes, controller) => {
        await this.#free.promise;
        const isLost = this.#isHole || way === "from" && this.losesAnswers;
        if (!isLost) controller.enqueue(bytes);
      },
    });
  }
}
