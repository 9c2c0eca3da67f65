/** TCP connections that are joined in pairs, and can all be cut. */
export class TcpPairs {
  readonly #open = new Set<Deno.TcpConn>();

  /** Returns the number of pairs. */
  get size(): number {
    return this.#open.size / 2;
  }

  /** Carries all bytes both ways until one of them ends. `change` may drop bytes
   * to or from `far`. */
  async join(
    near: Deno.TcpConn,
    far: Deno.TcpConn,
    change: (way: "to" | "from") => TransformStream<Uint8Array, Uint8Array>[] =
      () => [],
  ): Promise<void> {
    const both = [near, far];
    for (const conn of both) {
      conn.setNoDelay(true);
      this.#open.add(conn);
    }
    const carry = (way: "to" | "from") => {
      const [from, to] = way === "to" ? [near, far] : [far, near];
      return change(way)
        .reduce<ReadableStream<Uint8Array>>(
          (stream, step) => stream.pipeThrough(step),
          from.readable,
        ).pipeTo(to.writable);
    };
    await Promise.race([carry("to"), carry("from")])
      .catch(() => {}); // Cut, or closed by one of them.
    for (const conn of both) this.#close(conn);
  }

  /** Cuts all connections without a goodbye. */
  cut(): void {
    for (const conn of [...this.#open]) this.#close(conn);
  }

  #close(conn: Deno.TcpConn): void {
    if (!this.#open.delete(conn)) return;
    closeQuietly(conn);
  }
}

/** Closes a connection that a stream or a time limit may have closed. */
export function closeQuietly(conn: Deno.TcpConn): void {
  try {
    conn.close();
  } catch {
    // It was closed already.
  }
}
