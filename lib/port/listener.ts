import { createServer, type RequestListener, type Server } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { getLogger } from "@logtape/logtape";
import type { Clock } from "@/lib/base/clock.ts";
import { every } from "@/lib/base/every.ts";
import { readCertificate } from "./certificate.ts";
import type { PortSettings } from "./port_settings.ts";

const log = getLogger(["widgets", "server"]);

/** Interval of checks of the certificate's files. */
const CERTIFICATE_EVERY_MS = 60_000;

/** Time after which files that do not fit together are read again: a renewal
 * writes one after the other. */
const CERTIFICATE_AGAIN_MS = 1_000;

/** Interval of checks for incomplete requests. */
const CHECK_EVERY_MS = 5_000;

export interface Listener extends Disposable {
  server: Server;
  tls: boolean;
}

/** Creates a server for `listener`, with TLS if the settings name a
 * certificate. A client that has not sent a complete request in time gets 408
 * and is disconnected. Rejects if the files cannot be read or do not match. */
export async function createListener(
  listener: RequestListener,
  { config, clock }: { config: PortSettings; clock: Clock },
): Promise<Listener> {
  const withinMs = config.requestSeconds * 1_000;
  const options = {
    headersTimeout: withinMs,
    requestTimeout: withinMs,
    connectionsCheckingInterval: Math.min(withinMs, CHECK_EVERY_MS),
  };
  if (config.tlsCert === "") {
    return {
      server: createServer(options, listener),
      tls: false,
      [Symbol.dispose]() {},
    };
  }
  let pair = await readCertificate(config);
  const server = createTlsServer({ ...options, ...pair }, listener);
  let again: Disposable | undefined;
  const timer = every(clock, CERTIFICATE_EVERY_MS, () => {
    again?.[Symbol.dispose]();
    void reload(() => {
      again = clock.after(CERTIFICATE_AGAIN_MS, () => void reload(report));
    });
  });

  async function reload(onError: (error: unknown) => void): Promise<void> {
    try {
      const next = await readCertificate(config);
      if (next.cert === pair.cert && next.key === pair.key) return;
      server.setSecureContext(next);
      pair = next;
      log.info("The certificate has changed and is in use");
    } catch (error) {
      if (server.listening) onError(error);
    }
  }

  return {
    server,
    tls: true,
    [Symbol.dispose]() {
      timer[Symbol.dispose]();
      again?.[Symbol.dispose]();
    },
  };
}

function report(error: unknown): void {
  log.error("Cannot use the new certificate, keeping the old one: {error}", {
    error,
  });
}
