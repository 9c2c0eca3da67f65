import { getLogger } from "@logtape/logtape";
import {
  connect,
  type ConnectionOptions,
  errors,
  type Msg,
  type NatsConnection,
} from "@nats-io/transport-node";
import type { Clock } from "@/lib/base/clock.ts";
import { errorMessage } from "@/lib/base/error_message.ts";
import { parseJson } from "@/lib/base/parse_json.ts";
import { err, ok, type Result } from "@/lib/base/result.ts";
import type { ReturningBus } from "./bus.ts";
import type { NatsAddress } from "./nats_address.ts";
import { hideContents, natsOptions } from "./nats_options.ts";
import { keepNatsErrorListeners } from "./nats_sockets.ts";

const log = getLogger(["widgets", "cluster"]);

/** Time to reach NATS at the start. */
const CONNECT_WITHIN_MS = 30_000;
/** Wait between two tries of the first connection. */
const CONNECT_AGAIN_MS = 250;
/** Time in which the last messages are sent before the connection is closed. */
const FLUSH_MS = 500;
/** Time for a client to answer `reaches`. After that it is busy, not gone. */
const REACHES_MS = 200;

export interface NatsBusOptions {
  clock: Clock;
  /** Content of a file with an nkey seed or NATS creds, instead of a password. */
  credentials?: string;
  /** A message was dropped because it is not JSON. */
  onBadFrame?(): void;
  /** Time to reach NATS at the start: 30 s. */
  connectWithinMs?: number;
  /** Time between two pings: 2 s. After the second one without an answer, the
   * client connects again. */
  pingMs?: number;
}

/** The state of the connection, and its beginning (`Clock.now`). */
export interface BusState {
  state: "connected" | "away";
  since: number;
}

/**
 * A bus over NATS core. It reconnects forever. Messages that are sent while NATS
 * is away are lost: what they would have said is out of date by then.
 */
export class NatsBus implements ReturningBus, AsyncDisposable {
  readonly #connection: NatsConnection;
  readonly #options: NatsBusOptions;
  readonly #returns = new Set<() => void>();
  #state: BusState;

  /** Connects; retries for 30 s, except if NATS refuses to sign in. The error is
   * a sentence without a period that names what is wrong. */
  static async connect(
    address: NatsAddress,
    options: NatsBusOptions,
  ): Promise<Result<NatsBus, string>> {
    const { clock, connectWithinMs = CONNECT_WITHIN_MS } = options;
    const prepared = natsOptions(address, options);
    if (!prepared.ok) return prepared;
    hideContents();
    keepNatsErrorListeners();
    const end = clock.now() + connectWithinMs;
    for (;;) {
      try {
        await signIn(prepared.value);
        return ok(new NatsBus(await connect(prepared.value), options));
      } catch (error) {
        const servers = address.servers.join(", ");
        if (isRefusal(error)) {
          return err(`NATS at ${servers} refuses to sign in: ${reason(error)}`);
        }
        if (clock.now() + CONNECT_AGAIN_MS > end) {
          return err(`NATS at ${servers} cannot be reached: ${reason(error)}`);
        }
        await new Promise<void>((go) => clock.after(CONNECT_AGAIN_MS, go));
      }
    }
  }

  private constructor(connection: NatsConnection, options: NatsBusOptions) {
    this.#connection = connection;
    this.#options = options;
    this.#state = { state: "connected", since: options.clock.now() };
    this.#watch();
  }

  get state(): BusState {
    return this.#state;
  }

  get isAway(): boolean {
    return this.#state.state === "away";
  }

  onReturn(run: () => void): Disposable {
    const own = () => run();
    this.#returns.add(own);
    return { [Symbol.dispose]: () => this.#returns.delete(own) };
  }

  tell(subject: string, message: unknown): void {
    if (this.isAway || this.#connection.isClosed()) return;
    try {
      this.#connection.publish(subject, JSON.stringify(message));
    } catch (error) {
      log.error("Cannot send a message on {subject}: {error}", {
        ...{ subject, error },
      });
    }
  }

  on(subject: string, hear: (message: unknown) => void): Disposable {
    if (this.#connection.isClosed()) return { [Symbol.dispose]: () => {} };
    const subscription = this.#connection.subscribe(subject, {
      callback: (error, message) => {
        if (error !== null) {
          log.error("NATS refuses to deliver {subject}: {error}", {
            ...{ subject, error },
          });
        } else this.#hear(message, hear);
      },
    });
    return { [Symbol.dispose]: () => subscription.unsubscribe() };
  }

  /** Resolves to false if no client listens to a subject, so the process that
   * did has ended. A process that is busy or suspended still listens. */
  async reaches(subject: string): Promise<boolean> {
    if (this.isAway) return true;
    const options = { timeout: REACHES_MS, noMux: false };
    try {
      await this.#connection.request(subject, "", options);
      return true;
    } catch (error) {
      return !isNoResponders(error);
    }
  }

  /** Resolves when NATS has received everything so far. */
  flush(): Promise<void> {
    return this.#connection.flush();
  }

  /** Sends what is pending and closes the connection. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#connection.isClosed()) return;
    if (!this.isAway) {
      const { promise, resolve } = Promise.withResolvers<void>();
      using _timer = this.#options.clock.after(FLUSH_MS, resolve);
      await Promise.race([this.#connection.flush().catch(() => {}), promise]);
    }
    await this.#connection.close();
  }

  #hear(message: Msg, hear: (message: unknown) => void): void {
    if (message.reply) {
      message.respond(); // An instance asks whether this one listens.
      return;
    }
    // An exception here would end the client's reader, and so the connection.
    try {
      const content = parseJson(message.string());
      if (content === undefined) this.#options.onBadFrame?.();
      else hear(content);
    } catch (error) {
      log.error("Cannot handle a message on {subject}: {error}", {
        ...{ subject: message.subject, error },
      });
    }
  }

  async #watch(): Promise<void> {
    for await (const status of this.#connection.status()) {
      if (status.type === "disconnect") this.#setState("away");
      else if (status.type === "reconnect") this.#setState("connected");
      else if (status.type === "update" && status.deleted?.length) {
        // A server of the cluster has ended, and its clients reconnect.
        this.#notifyOfReturn();
      } else if (status.type === "error") {
        log.error("NATS reports an error: {error}", { error: status.error });
      }
    }
    this.#setState("away");
  }

  #setState(state: BusState["state"]): void {
    if (state === this.#state.state) return;
    const since = this.#options.clock.now();
    const seconds = (since - this.#state.since) / 1_000;
    this.#state = { state, since };
    if (state === "away") {
      if (!this.#connection.isClosed()) {
        log.warn("The connection to NATS is lost; reconnecting");
      }
      return;
    }
    log.info("NATS is connected again after {seconds} s", { seconds });
    this.#notifyOfReturn();
  }

  #notifyOfReturn(): void {
    for (const run of [...this.#returns]) run();
  }
}

/** Signs in at one of the servers that the setting names. In a cluster, each
 * server that refuses names the others, so the client would try them in turn
 * forever. */
async function signIn(options: ConnectionOptions): Promise<void> {
  const only = { ...options, ignoreClusterUpdates: true };
  await (await connect(only)).close();
}

function isRefusal(error: unknown): boolean {
  return error instanceof errors.AuthorizationError ||
    error instanceof errors.UserAuthenticationExpiredError;
}

function isNoResponders(error: unknown): boolean {
  return error instanceof errors.NoRespondersError ||
    error instanceof errors.RequestError && error.isNoResponders();
}

function reason(error: unknown): string {
  const { cause } = error instanceof Error ? error : { cause: undefined };
  return cause === undefined
    ? errorMessage(error)
    : `${errorMessage(error)} (${errorMessage(cause)})`;
}
