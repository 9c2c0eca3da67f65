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
  /** The nodes of the `n`th instance; by default it knows all of them. */
  nodesOf?: (n: number) => readonly NatsServer[];
  /** The command that starts the `n`th instance, as `startService` has it. */
  startedBy?: (n: number) => string[];
  /** The main.ts of the `n`th instance, if it has another version. */
  mainOf?: (n: number) => string | undefined;
  /** The URL of an empty store; by default it is a new schema. */
  kv?: string;
  stage?: StageOptions;
}

/** The hosts in the URL of a store. */
const HOSTS = /@([^/]+)\//;
const SECRET_KEY = "the key of a fleet of instances";

/** One of the instances: a program that is started again under the same name,
 * with its own connections to the store and the bus. */
export class Instance implements AsyncDisposable {
  readonly name: string;
  /** The main.ts of another version, from the next start on. */
  main: string | undefined;
  readonly toStore: readonly CuttingProxy[];
  readonly toBus: readonly CuttingProxy[];
  readonly #data = Deno.makeTempDirSync({ prefix: "widgets-" });
  readonly #args: string[];
  readonly #by: string[];
  readonly #balancer: Balancer;
  #service: Service | undefined;
  /** The output of earlier processes. */
  #printed = "";

  constructor(
    name: string,
    { kv, nats, args, balancer, by = [] }: {
      kv: string;
      nats: readonly NatsServer[];
      args: readonly string[];
      balancer: Balancer;
      by?: string[];
    },
  ) {
    this.name = name;
    this.#balancer = balancer;
    this.#by = by;
    const [, stores = ""] = HOSTS.exec(kv) ?? [];
    this.toStore = stores.split(",")
      .map((host) => openCuttingProxy(`http://${host}`));
    const store = kv.replace(HOSTS, () => `@${hostsOf(this.toStore)}/`);
    this.toBus = nats.map(({ host }) => openCuttingProxy(`http://${host}`));
    this.#args = [
      `--kv=${store}`,
      ...nats.length > 0 ? [`--nats=nats://${hostsOf(this.toBus)}`] : [],
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
    const how = { data: this.#data, args: this.#args, by: this.#by };
    this.#service = await startService({ ...how, main: this.main });
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
    for (const proxy of this.toStore) proxy.part();
  }

  partBus(): void {
    for (const proxy of this.toBus) proxy.part();
  }

  join(): void {
    for (const proxy of [...this.toStore, ...this.toBus]) proxy.join();
  }

  /** Loses all answers of the store, until its connections are cut. */
  loseStoreAnswers(): void {
    for (const proxy of this.toStore) proxy.loseAnswers();
  }

  /** Cuts its connections to the store; it can open new ones. */
  cutStore(): void {
    for (const proxy of this.toStore) proxy.cut();
  }

  /** Keeps back all that it says to the store, until `release`. */
  holdStore(): void {
    for (const proxy of this.toStore) proxy.hold();
  }

  releaseStore(): void {
    for (const proxy of this.toStore) proxy.release();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop("SIGKILL"); // Ends a frozen one too.
    for (const proxy of [...this.toStore, ...this.toBus]) {
      await proxy[Symbol.asyncDispose]();
    }
    await Deno.remove(this.#data, { recursive: true });
  }
}

function hostsOf(proxies: readonly CuttingProxy[]): string {
  return proxies.map(({ port }) => `127.0.0.1:${port}`).join(",");
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
export async function startFleet(options: FleetOptions): Promise<Fleet> {
  const { postgres, nats, instances: count, agents, args = [] } = options;
  const { nodesOf = () => nats, startedBy = () => [], stage } = options;
  const { mainOf = () => undefined } = options;
  await using stack = new AsyncDisposableStack();
  const kv = options.kv ?? await postgres.newUrl();
  const staged = stack.use(await setStage(agents, { ...stage, kv }));
  const balancer = stack.use(new Balancer());
  const instances = Array.from({ length: count }, (_, n) => {
    const own = { nats: nodesOf(n), by: startedBy(n) };
    const name = "ABCDEFGH"[n] ?? String(n);
    const instance = new Instance(name, { kv, args, balancer, ...own });
    instance.main = mainOf(n);
    return stack.use(instance);
  });
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
