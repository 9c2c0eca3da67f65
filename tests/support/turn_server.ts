import { getProgram } from "./get_debian.ts";
import { freePort, ownAddress } from "./proxy.ts";

/** A coturn of our own, as docs/operator.md configures one. */
export interface TurnServer extends AsyncDisposable {
  /** For `--turn`: an address with its port. */
  host: string;
  /** Relays that were opened, by the name that asked. */
  allocations(): string[];
}

/** Starts Debian's coturn on a free port with this shared secret. */
export async function startTurn(secret: string): Promise<TurnServer> {
  const program = await getProgram("/usr/bin/turnserver", "coturn");
  const folder = await Deno.makeTempDir({ prefix: "turn-" });
  const ip = ownAddress(); // Browsers gather nothing on loopback.
  const port = freePort(ip);
  const child = new Deno.Command(program, {
    args: [
      ...`-n -v --no-cli --no-tls --no-dtls --fingerprint --simple-log`
        .split(" "),
      "--use-auth-secret",
      `--static-auth-secret=${secret}`,
      "--realm=turn.example.com",
      `--listening-ip=${ip}`,
      `--relay-ip=${ip}`,
      `--listening-port=${port}`,
      `--allow-loopback-peers`,
      `--pidfile=${folder}/pid`,
      `--userdb=${folder}/db`,
      "--log-file=stdout",
    ],
    stdout: "piped",
    stderr: "null",
  }).spawn();
  const listening = Promise.withResolvers<void>();
  let log = "";
  const read = (async () => {
    const decoder = new TextDecoder();
    for await (const bytes of child.stdout) {
      log += decoder.decode(bytes);
      if (/IPv4\. UDP listener opened|UDP listener opened/.test(log)) {
        listening.resolve();
      }
    }
    listening.reject(new Error(`The TURN server ended, saying:\n${log}`));
  })();
  await listening.promise;
  return {
    host: `${ip}:${port}`,
    allocations: () =>
      [...log.matchAll(
        /user <([^>]*)>: incoming packet ALLOCATE processed, success/g,
      )]
        .map(([, user = ""]) => user),
    async [Symbol.asyncDispose]() {
      child.kill("SIGTERM");
      await child.status;
      await read;
      await Deno.remove(folder, { recursive: true });
    },
  };
}
