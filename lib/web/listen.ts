import type { Server } from "node:http";
import { type Clock, systemClock } from "@/lib/base/clock.ts";
import { descriptorsMax } from "./descriptors.ts";
import { IdleConnections, type IdleLimits } from "./idle_connections.ts";
import { ListenerWatch } from "./listener_watch.ts";
import { Networks } from "./networks.ts";
import type { Config } from "./settings.ts";

/** A browser opens about six; an office behind one address, a few hundred. */
const IDLE_PER_ADDRESS = 256;
const FIRST_REQUEST_MS = 10_000;

/** Makes a server listen. Resolves with its port; rejects if that is taken. */
export function listen(
  server: Server,
  { host, port }: { host: string; port: number },
): Promise<number> {
  return new Promise((done, failed) => {
    server.once("error", failed);
    server.listen(port, host, () => {
      server.off("error", failed);
      const address = server.address();
      done(typeof address === "object" && address ? address.port : port);
    });
  });
}

/**
 * Keeps a listening server able to accept connections: limits those that are idle
 * and, after the process ran out of descriptors, listens again. Ends when disposed.
 */
export function keepAccepting(
  server: Server,
  { config, clock, port, idleLimits }: {
    config: Config;
    clock: Clock;
    port: number;
    idleLimits?: IdleLimits;
  },
): Disposable {
  const { host } = config;
  const guards = new DisposableStack();
  guards.use(
    new IdleConnections(server, {
      limits: idleLimits ?? {
        perAddress: IDLE_PER_ADDRESS,
        total: Math.floor(descriptorsMax() / 4),
        firstRequestMs: FIRST_REQUEST_MS,
      },
      clock,
      proxies: new Networks(config.trustedProxies),
    }),
  );
  const again = async () => {
    await listen(server, { host, port });
  };
  guards.use(
    // Accepting a connection takes real time, whatever clock the rest has.
    new ListenerWatch(server, {
      host,
      port,
      clock: systemClock,
      listen: again,
    }),
  );
  return guards;
}
