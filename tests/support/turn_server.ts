import { getProgram } from "./get_debian.ts";
import { freePort, ownAddress } from "./proxy.ts";

const CONFIG = new URL("../../deploy/turnserver.conf", import.meta.url);

/** Our own coturn, with the operators' configuration. */
export interface TurnServer extends AsyncDisposable {
  /** For `--turn`: an address with its port. */
  host: string;
  /** Relays that were opened, by name. */
  allocations(): string[];
}

/** Starts Debian's coturn on a free port with this shared secret. With
 * `peersHere`, it may relay to this host, whatever its address is. */
export async function startTurn(
  secret: string,
  { peersHere = true } = {},
): Promise<TurnServer> {
  const program = await getProgram("turnserver");
  const folder = await Deno.makeTempDir({ prefix: "turn-" });
  const ip = ownAddress(); // Browsers gather nothing on loopback.
  const port = freePort(ip);
  const config = (await Deno.readTextFile(CONFIG))
    .replaceAll("203.0.113.10", ip)
    .replace("listening-port=3478", `listening-port=${port}`)
    .replace("CHANGE-ME", secret);
  const rule = peersHere ? "allowed-peer-ip" : "denied-peer-ip";
  const here = `${config}${rule}=${ip}\n`;
  await Deno.writeTextFile(`${folder}/turnserver.conf`, here);
  const child = new Deno.Command(program, {
    args: [
      "-v",
      ...["-c", `${folder}/turnserver.conf`],
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
