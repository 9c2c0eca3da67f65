import { getProgram } from "./get_debian.ts";
import { makeCertificate } from "./proxy.ts";

/** A nats-server of Debian on loopback. */
export interface NatsServer extends AsyncDisposable {
  /** `127.0.0.1:port` for clients. */
  readonly host: string;
  /** `127.0.0.1:port` for the other servers of a cluster. */
  readonly route: string;
  /** Path of the certificate, with `tls`. */
  readonly certificate: string;
  /** Kills it without a goodbye to its clients. */
  kill(): Promise<void>;
  /** Starts it again on the same ports. */
  restart(): Promise<void>;
  /** Stops it for a while; its connections stay open. */
  suspend(): void;
  resume(): void;
}

export interface NatsServerOptions {
  /** Further lines of its configuration. */
  config?: string;
  tls?: boolean;
  /** Makes it a part of a cluster, whose other servers have these routes. */
  routes?: string[];
  /** The address that clients learn of this server; by default its real one. */
  advertised?: string;
}

/** Starts a server on a free port. */
export async function startNats(
  { config = "", tls = false, routes, advertised }: NatsServerOptions = {},
): Promise<NatsServer> {
  const program = await getProgram("natsServer");
  const folder = await Deno.makeTempDir({ prefix: "nats-" });
  if (tls) await makeCertificate(folder, "127.0.0.1");
  const files =
    `cert_file: "${folder}/cert.pem", key_file: "${folder}/key.pem"`;
  let [host, route] = ["127.0.0.1:-1", "127.0.0.1:-1"];
  let child: Deno.ChildProcess;
  async function start(): Promise<void> {
    const path = `${folder}/nats.conf`;
    const cluster = `cluster { name: test, listen: "${route}", routes: [${
      (routes ?? []).map((one) => `"nats://${one}"`).join(", ")
    }] }`;
    await Deno.writeTextFile(
      path,
      [
        ...[`listen: "${host}"`, config],
        ...tls ? [`tls { ${files} }`] : [],
        ...routes ? [cluster] : [],
        ...advertised ? [`client_advertise: "${advertised}"`] : [],
      ].join("\n"),
    );
    const running = await run(program, {
      ...{ configuration: path, isClustered: routes !== undefined },
    });
    child = running.child;
    host = `127.0.0.1:${running.port}`;
    route = `127.0.0.1:${running.routePort ?? -1}`;
  }
  async function kill(): Promise<void> {
    try {
      child.kill("SIGKILL");
    } catch {
      // It has ended already.
    }
    await child.status;
  }
  await start();
  return {
    get host() {
      return host;
    },
    get route() {
      return route;
    },
    certificate: `${folder}/cert.pem`,
    kill,
    restart: start,
    suspend: () => child.kill("SIGSTOP"),
    resume: () => child.kill("SIGCONT"),
    async [Symbol.asyncDispose]() {
      await kill();
      await Deno.remove(folder, { recursive: true });
    },
  };
}

/** Starts three servers that form a cluster. If they are hidden, clients learn of
 * servers that they can't reach, so that they only use the addresses that they
 * were given, such as those of proxies. */
export async function startNatsCluster(
  { isHidden = false } = {},
): Promise<[NatsServer, NatsServer, NatsServer]> {
  const start = (n: number, routes: string[]) =>
    startNats({ routes, ...isHidden && { advertised: `127.0.0.1:${n}` } });
  const first = await start(1, []);
  const [second, third] = await Promise.all([
    start(2, [first.route]),
    start(3, [first.route]),
  ]);
  return [first, second, third];
}

/** Resolves when a server is ready. */
async function run(
  program: string,
  { configuration, isClustered }: {
    configuration: string;
    isClustered: boolean;
  },
): Promise<{
  child: Deno.ChildProcess;
  port: number;
  routePort: number | undefined;
}> {
  const child = new Deno.Command(program, {
    ...{ args: ["-c", configuration], stdout: "null", stderr: "piped" },
  }).spawn();
  const ready = Promise.withResolvers<string>();
  (async () => {
    let log = "";
    const decoder = new TextDecoder();
    for await (const bytes of child.stderr) {
      log += decoder.decode(bytes);
      const isReady = log.includes(
        isClustered ? "Listening for route" : "Server is ready",
      );
      if (isReady) ready.resolve(log);
    }
    ready.reject(new Error(`nats-server ended, saying:\n${log}`));
  })();
  const log = await ready.promise;
  const portAfter = (text: string) => {
    const found = new RegExp(`${text} connections on [^\\s]*:(\\d+)`).exec(log);
    return found === null ? undefined : Number(found[1]);
  };
  const port = portAfter("client");
  if (port === undefined) throw new Error(`nats-server has no port:\n${log}`);
  return { child, port, routePort: portAfter("route") };
}
