/** A collector of OpenTelemetry that remembers what a service exports. */
export interface Collector extends AsyncDisposable {
  /** A command that starts a service which exports to this collector. */
  by: string[];
  /** Paths of the requests, such as `/v1/traces`. */
  paths: Set<string>;
  /** Everything that was exported, as text. */
  text(): string;
  /** Resolves when `isThere` is true; rejects after 30 s. */
  until(isThere: () => boolean): Promise<void>;
}

const WITHIN_MS = 30_000;

/**
 * Starts a collector on loopback. End its services with SIGKILL: at the exit the
 * runtime waits for its exporter, sometimes over a minute.
 */
export function openCollector(): Collector {
  const exported: string[] = [];
  const paths = new Set<string>();
  const waiting = new Set<() => void>();
  // Some connection of the exporter may wait for its next request.
  const over = new AbortController();
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, signal: over.signal, onListen() {} },
    async (request) => {
      exported.push(new TextDecoder().decode(await request.arrayBuffer()));
      paths.add(new URL(request.url).pathname);
      for (const look of waiting) look();
      return new Response(null);
    },
  );
  return {
    by: [
      "env",
      "OTEL_DENO=true",
      `OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:${server.addr.port}`,
      "OTEL_METRIC_EXPORT_INTERVAL=200",
      "OTEL_BSP_SCHEDULE_DELAY=100",
      "OTEL_BLRP_SCHEDULE_DELAY=100",
    ],
    paths,
    text: () => exported.join("\n"),
    async until(isThere) {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      const tooLate = setTimeout(() => {
        reject(new Error(`Only ${[...paths].join(", ") || "nothing"} came`));
      }, WITHIN_MS);
      const look = () => isThere() && resolve();
      waiting.add(look);
      look();
      await promise.finally(() => {
        clearTimeout(tooLate);
        waiting.delete(look);
      });
    },
    async [Symbol.asyncDispose]() {
      over.abort();
      await server.finished;
    },
  };
}
