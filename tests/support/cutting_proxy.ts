/** A connection between browsers and the service that can be cut. */
export interface CuttingProxy extends AsyncDisposable {
  /** `http://127.0.0.1:PORT`, to use in place of the service's URL. */
  url: string;
  /** Returns the number of connections. */
  size(): number;
  /** Cuts all connections at the same time, without a close. */
  cut(): void;
  /** From now on, silently drops all bytes. */
  swallow(): void;
}

/** Carries the bytes of every TCP connection to `target` and back. */
export function openCuttingProxy(target: string): CuttingProxy {
  const { hostname, port } = new URL(target);
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const open = new Set<Deno.TcpConn>();

  async function carry(near: Deno.TcpConn): Promise<void> {
    const far = await Deno.connect({ hostname, port: Number(port) });
    for (const conn of [near, far]) open.add(conn);
    const ways = [[near, far], [far, near]] as const;
    await Promise.race(ways.map(async ([from, to]) => {
      await from.readable.pipeThrough(hole()).pipeTo(to.writable);
    })).catch(() => {}); // Cut, or closed by one of them.
    for (const conn of [near, far]) close(conn);
  }

  let isHole = false;
  function hole(): TransformStream<Uint8Array, Uint8Array> {
    return new TransformStream({
      transform: (bytes, controller) => {
        if (!isHole) controller.enqueue(bytes);
      },
    });
  }

  function close(conn: Deno.TcpConn): void {
    if (!open.delete(conn)) return;
    try {
      conn.close();
    } catch {
      // The stream has closed it already.
    }
  }

  async function listen(): Promise<void> {
    for await (const conn of listener) carry(conn).catch(() => close(conn));
  }

  const listening = listen();
  const cut = () => {
    for (const conn of [...open]) close(conn);
  };
  return {
    url: `http://127.0.0.1:${listener.addr.port}`,
    size: () => open.size / 2,
    cut,
    swallow: () => isHole = true,
    async [Symbol.asyncDispose]() {
      listener.close();
      await listening;
      cut();
    },
  };
}
