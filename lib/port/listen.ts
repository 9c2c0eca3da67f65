import type { Server } from "node:http";
import { type Clock, systemClock } from "@/lib/base/clock.ts";
import { errorMessage } from "@/lib/base/error_message.ts";
import { descriptorsMax } from "./descriptors.ts";
import { IdleConnections, type IdleLimits } from "./idle_connections.ts";
import { ListenerWatch } from "./listener_watch.ts";
import { Networks } from "./networks.ts";
import type { PortSettings } from "./port_settings.ts";

/** A browser opens about six connections; an office behind one address, a few
 * hundred. */
const IDLE_PER_ADDRESS = 256;
const FIRST_REQUEST_MS = 10_000;

/** Makes a server listen. Resolves with its port. Rejects with a sentence for
 * the operator if that fails. */
export function listen(
  server: Server,
  { host, port }: { host: string; port: number },
): Promise<number> {
  return new Promise((done, failed) => {
    const onError = (error: Error) => {
      failed(new Error(notListeningText({ host, port }, error)));
    };
    server.once("error", onError);
    server.listen(port, host, () => {
      server.off("error", onError);
      const address = server.address();
      done(typeof address === "object" && address ? address.port : port);
    });
  });
}

function notListeningText(
  { host, port }: { host: string; port: number },
  error: unknown,
): string {
  const code = error instanceof Error && "code" in error ? error.code : "";
  const other = "choose another one with CW_PORT or --port";
  if (code === "EADDRINUSE") return `Port ${port} is in use: ${other}`;
  if (code === "EACCES") return `Port ${port} is not permitted: ${other}`;
  return `Cannot listen on CW_HOST ${JSON.stringify(host)}, port ${port}: ` +
    `${errorMessage(error)}. Use 0.0.0.0, 127.0.0.1 or an address of this host`;
}

/** Returns the limits of idle connections for a process with so many
 * descriptors. */
export function idleLimitsOf(descriptorsMax: number): IdleLimits {
  return {
    perAddress: IDLE_PER_ADDRESS,
    total: Math.floor(descriptorsMax / 4),
    firstRequestMs: FIRST_REQUEST_MS,
  };
}

/**
 * Keeps a listening server able to accept connections: limits idle ones and,
 * after the process ran out of descriptors, listens again. Ends when disposed
 * of.
 */
export function keepAccepting(
  server: Server,
  { config, clock, port, idleLimits }: {
    config: PortSettings;
    clock: Clock;
    port: number;
    idleLimits?: IdleLimits;
  },
): Disposable {
  const { host } = config;
  const guards = new DisposableStack();
  guards.use(
    new IdleConnections(server, {
      limits: idleLimits ?? idleLimitsOf(descriptorsMax()),
      clock,
      proxies: new Networks(config.trustedProxies),
    }),
  );
  const again = async () => {
    await listen(server, { host, port });
  };
  guards.use(
    // Accepting a connection takes real time, whatever clock the other parts
    // use.
    new ListenerWatch(server, {
      host,
      port,
      clock: systemClock,
      listen: again,
    }),
  );
  return guards;
}
