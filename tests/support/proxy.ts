import { networkInterfaces } from "node:os";
import { getProgram } from "./get_debian.ts";

const DEPLOY = new URL("../../deploy/", import.meta.url);

/** A reverse proxy with TLS, configured by the operators' file. */
export interface Proxy extends AsyncDisposable {
  /** `https://address:port`. */
  url: string;
  /** `http://address:port`, where nginx redirects to https; Caddy's is off here. */
  plainUrl: string;
  /** Its self-signed certificate. */
  certificate: string;
  /** An address of its clients that differs from the proxy's. */
  clientAddress: string;
  /** Reloads the configuration, as an operator does after a change. */
  reload(): Promise<void>;
}

interface Running {
  child: Deno.ChildProcess;
  reload(): Promise<void>;
}

/** Starts Debian's nginx, Caddy or HAProxy before the service at `upstream`. */
export async function startProxy(
  kind: "nginx" | "caddy" | "haproxy",
  upstream: string,
): Promise<Proxy> {
  const folder = await Deno.makeTempDir({ prefix: "proxy-" });
  const address = ownAddress();
  const port = freePort(address);
  const plainPort = freePort(address);
  const certificate = await makeCertificate(folder, address);
  const { host } = new URL(upstream);
  const make = { nginx, caddy, haproxy }[kind];
  const { child, reload } = await make({
    folder,
    listen: `${address}:${port}`,
    listenPlain: `${address}:${plainPort}`,
    host,
  });
  await answers(address, port);
  return {
    url: `https://${address}:${port}`,
    plainUrl: `http://${address}:${plainPort}`,
    certificate,
    clientAddress: address,
    reload,
    async [Symbol.asyncDispose]() {
      child.kill("SIGTERM");
      await child.status;
      await Deno.remove(folder, { recursive: true });
    },
  };
}

interface Place {
  folder: string;
  listen: string;
  listenPlain: string;
  host: string;
}

async function nginx(
  { folder, listen, listenPlain, host }: Place,
): Promise<Running> {
  const program = await getProgram("nginx");
  const site = (await Deno.readTextFile(new URL("nginx.conf", DEPLOY)))
    .replace("listen 443", `listen ${listen}`)
    .replace("listen 80", `listen ${listenPlain}`)
    .replace("127.0.0.1:8000", host)
    .replace(/\/etc\/ssl\/\S+\/fullchain.pem/, `${folder}/cert.pem`)
    .replace(/\/etc\/ssl\/\S+\/privkey.pem/, `${folder}/key.pem`);
  const all = `daemon off; pid ${folder}/pid; error_log stderr;
    events {} http { access_log off; ${
    ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
      .map((name) => `${name}_temp_path ${folder}/${name};`).join(" ")
  } ${site} }`;
  await Deno.writeTextFile(`${folder}/nginx.conf`, all);
  const args = ["-p", folder, "-c", `${folder}/nginx.conf`];
  const child = spawn(program, args, folder);
  return { child, reload: async () => await child.kill("SIGHUP") };
}

async function caddy({ folder, listen, host }: Place): Promise<Running> {
  const program = await getProgram("caddy");
  const site = (await Deno.readTextFile(new URL("Caddyfile", DEPLOY)))
    .replace(
      "widgets.example.com {",
      `https://${listen} {\n\ttls ${folder}/cert.pem ${folder}/key.pem`,
    )
    .replace("127.0.0.1:8000", host);
  const admin = `127.0.0.1:${freePort("127.0.0.1")}`;
  const own = `{\n\tadmin ${admin}\n\tauto_https disable_redirects\n}\n`;
  await Deno.writeTextFile(`${folder}/Caddyfile`, own + site);
  const file = ["--adapter=caddyfile", `--config=${folder}/Caddyfile`];
  const child = spawn(program, ["run", ...file], folder);
  return {
    child,
    async reload() {
      // The file has not changed, so the reload has to be forced.
      const args = ["reload", ...file, `--address=${admin}`, "--force"];
      const { success } = await spawn(program, args, folder).status;
      if (!success) throw new Error("Caddy has not been reloaded");
    },
  };
}

/** Both of its servers are the same one. */
async function haproxy(
  { folder, listen, listenPlain, host }: Place,
): Promise<Running> {
  const program = await getProgram("haproxy");
  const pem = await Promise.all(
    ["cert.pem", "key.pem"].map((name) =>
      Deno.readTextFile(`${folder}/${name}`)
    ),
  );
  await Deno.writeTextFile(`${folder}/both.pem`, pem.join(""));
  const file = new URL("instances/haproxy.cfg", DEPLOY);
  const config = (await Deno.readTextFile(file))
    .replace("bind :80\n", `bind ${listenPlain}\n`)
    .replace("bind :443", `bind ${listen}`)
    .replace("crt /etc/haproxy/widgets.pem", `crt ${folder}/both.pem`)
    .replace(/10\.0\.0\.1[12]:8000/g, host);
  await Deno.writeTextFile(`${folder}/haproxy.cfg`, config);
  const args = ["-W", "-db", "-f", `${folder}/haproxy.cfg`];
  const child = spawn(program, args, folder);
  return { child, reload: async () => await child.kill("SIGUSR2") };
}

function spawn(
  program: string,
  args: string[],
  home: string,
): Deno.ChildProcess {
  const quiet = { stdout: "null", stderr: "null" } as const;
  const env = { HOME: home, XDG_DATA_HOME: home, XDG_CONFIG_HOME: home };
  return new Deno.Command(program, { args, env, ...quiet }).spawn();
}

/** Resolves when the port is open; retries while a program starts. */
async function answers(hostname: string, port: number): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    try {
      (await Deno.connect({ hostname, port })).close();
      return;
    } catch {
      await new Promise((again) => setTimeout(again, 50));
    }
  }
  throw new Error("The proxy has not started");
}

/** Creates `cert.pem` and `key.pem` in a folder and returns the certificate. Its
 * subject is an IP address, or a name such as `DNS:example.com`. */
export async function makeCertificate(
  folder: string,
  address: string,
): Promise<string> {
  const subject = address.includes("DNS:") ? address : `IP:${address}`;
  const { success } = await new Deno.Command("openssl", {
    args: "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2"
      .split(" ").concat(
        ["-addext", "basicConstraints=critical,CA:FALSE"],
        ["-subj", "/CN=widgets", "-addext", `subjectAltName=${subject}`],
        ["-keyout", `${folder}/key.pem`, "-out", `${folder}/cert.pem`],
      ),
    stderr: "null",
  }).output();
  if (!success) throw new Error("openssl has made no certificate");
  return await Deno.readTextFile(`${folder}/cert.pem`);
}

/** Not loopback, so that a client is not mistaken for the proxy. */
export function ownAddress(): string {
  const all = Object.values(networkInterfaces()).flatMap((own) => own ?? []);
  const found = all.find((one) => one.family === "IPv4" && !one.internal);
  return found?.address ?? "127.0.0.1";
}

export function freePort(hostname: string): number {
  using listener = Deno.listen({ hostname, port: 0 });
  return listener.addr.port;
}
