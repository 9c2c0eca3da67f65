import type { Server } from "node:http";
import { connect, type Socket } from "node:net";
import { getLogger } from "@logtape/logtape";
import type { Clock } from "@/lib/base/clock.ts";

const log = getLogger(["widgets", "server"]);

const CHECK_EVERY_MS = 2_000;
const ACCEPTED_WITHIN_MS = 1_500;
/** A single failure may be caused by a pause of the whole process. */
const FAILURES_MAX = 2;

/**
 * Notices when a server no longer accepts connections, and makes it listen again.
 *
 * When descriptors run out, the accept loop of Deno's `node:http` ends without an
 * error, and never starts again. So this connects to the server from time to time,
 * unless other connections show that it accepts.
 */
export class ListenerWatch implements Disposable {
  readonly #server: Server;
  readonly #clock: Clock;
  readonly #address: { host: string; port: number };
  readonly #listen: () => Promise<void>;
  #timer: Disposable;
  #acceptedAt: number;
  #isDisposed = false;
  #failures = 0;

  constructor(
    server: Server,
    { host, port, clock, listen }: {
      /** The address on which the server listens; may be a wildcard. */
      host: string;
      port: number;
      clock: Clock;
      /** Listens again on the same address. */
      listen: () => Promise<void>;
    },
  ) {
    this.#server = server;
    this.#clock = clock;
    this.#address = { host: reachable(host), port };
    this.#listen = listen;
    this.#acceptedAt = clock.now();
    this.#timer = this.#next();
    server.on("connection", this.#onAccepted);
  }

  [Symbol.dispose](): void {
    this.#isDisposed = true;
    this.#timer[Symbol.dispose]();
    this.#server.off("connection", this.#onAccepted);
  }

  readonly #onAccepted = () => {
    this.#acceptedAt = this.#clock.now();
    this.#failures = 0;
  };

  #next(): Disposable {
    return this.#clock.after(CHECK_EVERY_MS, async () => {
      await this.#check();
      if (!this.#isDisposed) this.#timer = this.#next();
    });
  }

  async #check(): Promise<void> {
    const startedAt = this.#clock.now();
    if (startedAt - this.#acceptedAt < CHECK_EVERY_MS) return;
    if (!await this.#isReachable(startedAt)) return;
    if (this.#acceptedAt >= startedAt || this.#isDisposed) return;
    if (++this.#failures < FAILURES_MAX) return;
    this.#failures = 0;
    log.error(
      "The server stopped accepting connections, probably because it ran out" +
        " of file descriptors. Listening again.",
    );
    this.#server.close();
    try {
      await this.#listen();
      this.#acceptedAt = this.#clock.now();
    } catch (error) {
      log.error("Cannot listen again, will retry: {error}", { error });
    }
  }

  /**
   * Connects, and waits until the server has accepted or should have. Returns
   * false if no connection could be made because this process has no descriptor
   * left.
   */
  #isReachable(startedAt: number): Promise<boolean> {
    return new Promise((done) => {
      const probe: Socket = connect(this.#address);
      const finish = (isReachable: boolean) => {
        timer[Symbol.dispose]();
        this.#server.off("connection", onAccepted);
        probe.destroy();
        done(isReachable);
      };
      const onAccepted = () => {
        if (this.#acceptedAt >= startedAt) finish(true);
      };
      const timer = this.#clock.after(ACCEPTED_WITHIN_MS, () => {
        finish(!probe.connecting);
      });
      this.#server.on("connection", onAccepted);
      probe.on("error", (error) => {
        // A refused connection means that the server no longer listens.
        finish("code" in error && error.code === "ECONNREFUSED");
      });
    });
  }
}

/** Returns an address of this host that reaches a server on `host`. */
function reachable(host: string): string {
  if (host === "0.0.0.0") return "127.0.0.1";
  return host === "::" ? "::1" : host;
}
