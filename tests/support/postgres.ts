import { dirname } from "node:path";
import { getProgram } from "./get_debian.ts";
import { freePort } from "./proxy.ts";

/** Our own PostgreSQL, with a user `cw` and a database `cw`. Clients on 127.0.0.1
 * need the password; those of the socket do not. */
export interface PostgresServer extends AsyncDisposable {
  readonly port: number;
  /** Folder of the socket and of the certificate. */
  readonly folder: string;
  /** Returns the URL of a new, empty schema. */
  newUrl(): Promise<string>;
  /** Returns the URL of the database on 127.0.0.1 with these parameters. */
  url(parameters?: Record<string, string>): string;
  /** Runs statements as a superuser and returns what `psql` prints. */
  sql(text: string): Promise<string>;
  /** Ends it. `killed` is SIGKILL. */
  stop(how?: "killed" | "orderly"): Promise<void>;
  start(): Promise<void>;
  /** Starts a copy that follows this server and can be read only. */
  standby(): Promise<PostgresServer>;
  /** Offers TLS with `cert.pem` and `key.pem` of its folder. */
  takeCertificate(): Promise<void>;
  /** Makes a standby take writes. */
  promote(): Promise<void>;
}

export const PASSWORD = "p:a/s@s";

/** A commit need not survive the host, only the server. */
const FAST = {
  fsync: "off",
  full_page_writes: "off",
  max_connections: "200",
  shared_buffers: "16MB",
};

/** A busy host can need longer than the minute that `pg_ctl` waits. */
const WAIT_S = "240";

/** Starts an empty PostgreSQL of Debian on a free port. It takes a second, so a
 * file of tests starts one for all of them. */
export async function startPostgres(
  settings: Record<string, string> = {},
): Promise<PostgresServer> {
  const program = await getProgram("postgres");
  const server = new Server(program, settings);
  await server.create();
  await server.start();
  return server;
}

class Server implements PostgresServer {
  readonly port = freePort("127.0.0.1");
  readonly folder = Deno.makeTempDirSync({ prefix: "postgres-" });
  readonly #bin: string;
  readonly #owner: { uid: number; gid: number } | undefined;
  readonly #settings: Record<string, string>;
  /** Names of empty schemas; a call of psql takes longer than making many. */
  #schemas: string[] = [];
  #made = 0;
  #isNew = true;

  constructor(program: string, settings: Record<string, string>) {
    this.#bin = dirname(program);
    this.#settings = { ...FAST, ...settings };
    this.#owner = ownerOf();
  }

  async create(): Promise<void> {
    await this.#own();
    await this.#run("initdb", [
      ...["-D", `${this.folder}/data`, "-U", "postgres", "-E", "UTF8"],
      ...["--no-locale", "--no-sync", "--auth-local=trust"],
      "--auth-host=scram-sha-256",
    ]);
  }

  async #own(): Promise<void> {
    const { uid, gid } = this.#owner ?? {};
    if (uid !== undefined) await Deno.chown(this.folder, uid, gid ?? null);
  }

  async start(): Promise<void> {
    const settings = Object.entries({
      ...this.#settings,
      port: String(this.port),
      listen_addresses: "127.0.0.1",
      unix_socket_directories: this.folder,
    }).map(([name, value]) => `-c ${name}=${value}`).join(" ");
    await this.#control(["start", "-w", "-t", WAIT_S, "-o", settings]);
    if (this.#isNew) {
      await this.sql(
        `create role cw login password '${PASSWORD}'; create database cw owner cw`,
      );
    }
    this.#isNew = false;
  }

  async standby(): Promise<PostgresServer> {
    const copy = new Server(`${this.#bin}/postgres`, this.#settings);
    await copy.#own();
    await copy.#run("pg_basebackup", [
      ...["-h", this.folder, "-p", String(this.port), "-U", "postgres"],
      ...["-D", `${copy.folder}/data`, "-R", "-X", "stream", "-c", "fast"],
    ]);
    copy.#isNew = false;
    await copy.start();
    return copy;
  }

  async takeCertificate(): Promise<void> {
    const { uid, gid } = this.#owner ?? {};
    const key = `${this.folder}/key.pem`;
    if (uid !== undefined) await Deno.chown(key, uid, gid ?? null);
    await Deno.chmod(key, 0o600);
    for (
      const setting of [
        `ssl_cert_file = '${this.folder}/cert.pem'`,
        `ssl_key_file = '${key}'`,
        "ssl = on",
      ]
    ) await this.sql(`alter system set ${setting}`);
    await this.sql("select pg_reload_conf()");
  }

  async promote(): Promise<void> {
    await this.sql("select pg_promote()");
  }

  async stop(how: "killed" | "orderly" = "orderly"): Promise<void> {
    if (how === "orderly") return await this.#control(["stop", "-m", "fast"]);
    const file = `${this.folder}/data/postmaster.pid`;
    const [pid = ""] = (await Deno.readTextFile(file)).split("\n");
    const own = `/proc/${pid}/task/${pid}/children`;
    const children = (await Deno.readTextFile(own)).trim().split(" ");
    Deno.kill(Number(pid), "SIGKILL");
    // Its processes end soon after it, and until then it cannot start again.
    while (
      (await Promise.all([pid, ...children].map(isRunning))).some(Boolean)
    );
  }

  url(parameters: Record<string, string> = {}): string {
    const query = new URLSearchParams(parameters);
    const password = encodeURIComponent(PASSWORD);
    return `postgres://cw:${password}@127.0.0.1:${this.port}/cw?${query}`;
  }

  async newUrl(): Promise<string> {
    if (this.#schemas.length === 0) await this.#makeSchemas();
    return this.url({ schema: this.#schemas.pop() ?? "" });
  }

  async #makeSchemas(): Promise<void> {
    const names = Array.from({ length: 40 }, () => `s${++this.#made}`);
    const made = names
      .map((name) => `create schema ${name} authorization cw;`).join("");
    await this.sql(`\\c cw\n${made}`);
    this.#schemas = names;
  }

  sql(text: string): Promise<string> {
    return this.#run("psql", [
      ...["-h", this.folder, "-p", String(this.port), "-U", "postgres"],
      ...["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d", "postgres"],
    ], text);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#control(["stop", "-m", "immediate"]).catch(() => {}); // It has.
    await Deno.remove(this.folder, { recursive: true });
  }

  async #control(args: string[]): Promise<void> {
    const log = ["-l", `${this.folder}/log`];
    await this.#run("pg_ctl", ["-D", `${this.folder}/data`, ...log, ...args]);
  }

  async #run(name: string, args: string[], input = ""): Promise<string> {
    const child = new Deno.Command(`${this.#bin}/${name}`, {
      args,
      cwd: this.folder,
      stdin: "piped",
      stdout: "piped",
      stderr: "piped",
      ...this.#owner,
    }).spawn();
    const writer = child.stdin.getWriter();
    await writer.write(new TextEncoder().encode(input));
    await writer.close();
    const { success, stdout, stderr } = await child.output();
    const decoder = new TextDecoder();
    if (!success) throw new Error(`${name}: ${decoder.decode(stderr)}`);
    return decoder.decode(stdout).trim();
  }
}

function isRunning(pid: string): Promise<boolean> {
  return Deno.stat(`/proc/${pid}`).then(() => true, () => false);
}

/** PostgreSQL refuses to run as root, so it gets the user of its package. */
function ownerOf(): { uid: number; gid: number } | undefined {
  if (Deno.uid() !== 0) return undefined;
  const users = Deno.readTextFileSync("/etc/passwd");
  const [, uid, gid] = /^postgres:[^:]*:(\d+):(\d+):/m.exec(users) ?? [];
  if (uid === undefined) throw new Error("There is no user postgres");
  return { uid: Number(uid), gid: Number(gid) };
}
