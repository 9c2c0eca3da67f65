import { Balancer } from "./balancer.ts";
import { type CuttingProxy, openCuttingProxy } from "./cutting_proxy.ts";
import type { NatsServer } from "./nats_server.ts";
import type { PostgresServer } from "./postgres.ts";
import { type Service, startService } from "./service.ts";
import { setStage, type Stage, type StageOptions } from "./stage.ts";

/** The servers of a fleet, which a test file starts once. */
export interface Servers {
  postgres: PostgresServer;
  /** None, one, or the nodes of a cluster. */
  nats: readonly NatsServer[];
}

export interface FleetOptions extends Servers {
  instances: number;
  agents: number;
  /** Further settings of all instances. */
  args?: string[];
  stage?: StageOptions;
}

const SECRET_KEY = "the key of a fleet of instances";

/** One of the instances: a program that is started again under the same name,
 * with its own connections to the store and the bus. */
export class Instance implements AsyncDisposable {
  readonly name: string;
  readonly toStore: CuttingProxy;
  readonly toBus: readonly CuttingProxy[];
  readonly #data = Deno.makeTempDirSync({ prefix: "widgets-" });
  readonly #args: string[];
  readonly #balancer: Balancer;
  #service: Service | undefined;
  /** What earlier processes printed. */
  #printed = "";

  constructor(
    name: string,
    { kv, nats, args, balancer }: {
      kv: string;
      nats: readonly NatsServer[];
      args: readonly string[];
      balancer: Balancer;
    },
  ) {
    this.name = name;
    this.#balancer = balancer;
    const store = new URL(kv);
    this.toStore = openCuttingProxy(`http://${store.host}`);
    store.port = String(this.toStore.port);
    this.toBus = nats.map(({ host }) => openCuttingProxy(`http://${host}`));
    const hosts = this.toBus.map(({ port }) => `127.0.0.1:${port}`);
    this.#args = [
      `--kv=${store}`,
      ...hosts.length > 0 ? [`--nats=nats://${hosts.join(",")}`] : [],
      `--secret-key=${SECRET_KEY}`,
      ...args,
    ];
  }

  get isUp(): boolean {
    return this.#service !== undefined;
  }

  get url(): string {
    if (this.#service === undefined) throw new Error(`${this.name} is down`);
    return this.#service.url;
  }

  get pid(): number {
    return this.#service?.pid ?? 0;
  }

  /** Everything it has printed, also before it was started again. */
  output(): string {
    return this.#printed + (this.#service?.output() ?? "");
  }

  async start(): Promise<void> {
    this.#service = await startService({ data: this.#data, args: this.#args });
    this.#balancer.add(this.#service.url);
  }

  /** Ends it, and waits. The balancer notices it like a real one. */
  async stop(signal: Deno.Signal): Promise<void> {
    const service = this.#service;
    if (service === undefined) return;
    await service.stop(signal);
    this.#balancer.remove(service.url);
    this.#printed += service.output();
    this.#service = undefined;
  }

  freeze(): void {
    Deno.kill(this.pid, "SIGSTOP");
  }

  thaw(): void {
    Deno.kill(this.pid, "SIGCONT");
  }

  partStore(): void {
    this.toStore.part();
  }

  partBus(): void {
    for (const proxy of this.toBus) proxy.part();
  }

  join(): void {
    for (const proxy of [this.toStore, ...this.toBus]) proxy.join();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop("SIGKILL"); // Ends a frozen one too.
    for (const proxy of [this.toStore, ...this.toBus]) {
      await proxy[Symbol.asyncDispose]();
    }
    await Deno.remove(this.#data, { recursive: true });
  }
}

/** Several instances as one service, behind a balancer. */
export interface Fleet extends AsyncDisposable {
  stage: Stage;
  instances: readonly Instance[];
  balancer: Balancer;
  /** The URL of its store, without a proxy. */
  kv: string;
  /** The URL at which everybody reaches the service. */
  url: string;
}

/** Starts a fleet on a new, empty store. */
export async function startFleet(
  { postgres, nats, instances: count, agents, args = [], stage }: FleetOptions,
): Promise<Fleet> {
  await using stack = new AsyncDisposableStack();
  const kv = await postgres.newUrl();
  const staged = stack.use(await setStage(agents, { ...stage, kv }));
  const balancer = stack.use(new Balancer());
  const how = { kv, nats, args, balancer };
  const instances = Array.from(
    { length: count },
    (_, n) => stack.use(new Instance("ABCDEFGH"[n] ?? String(n), how)),
  );
  await Promise.all(instances.map((instance) => instance.start()));
  await balancer.ready(count);
  const all = stack.move();
  return {
    stage: staged,
    instances,
    balancer,
    kv,
    url: balancer.url,
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };
}
