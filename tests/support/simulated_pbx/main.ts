import { setTimeout as delay } from "node:timers/promises";
import { COMPANY, enliven } from "./company.ts";
import { SimulatedPbx } from "./simulated_pbx.ts";
import { WeriftMedia } from "./werift_media.ts";
import { webSocketWire } from "./wire.ts";

const HELP = `Usage: deno task simulated-pbx [--url URL] [--password PASSWORD]
  --url       The App's instance path, ws://127.0.0.1:8000/widgets
  --password  Password of the App object, demo

While it runs, type
  presence NAME open|closed [ACTIVITY]   as: presence atlantis open away
  boolean NAME on|off
  rights NAME,NAME                       then it connects anew
  cut                                    the link breaks, and comes back`;

const RETRY_MS = 2_000;

/** A PBX with a small company that acts automatically and takes commands. */
export function startCompany(url: string, password: string): SimulatedPbx {
  const pbx = new SimulatedPbx(webSocketWire(url), {
    ...structuredClone(COMPANY),
    password,
    openMedia: () => new WeriftMedia(),
  });
  enliven(pbx);
  return pbx;
}

/** Connects, and reconnects whenever the link is lost, as a PBX does, until
 * `signal`. */
export async function stayLinked(
  pbx: SimulatedPbx,
  { signal, say }: { signal: AbortSignal; say: (line: string) => void },
): Promise<void> {
  while (!signal.aborted) {
    try {
      await pbx.connect();
      say("PBX is linked");
      await pbx.lost();
      say("PBX has lost its link");
    } catch {
      say("PBX was refused, or nobody listens");
    }
    await delay(RETRY_MS, undefined, { signal }).catch(() => {});
  }
}

function obey(pbx: SimulatedPbx, line: string): void {
  const [command, name = "", value = "", activity = ""] = line.trim().split(
    /\s+/,
  );
  if (command === "cut") pbx.cut();
  else if (command === "boolean") pbx.setBoolean(name, value === "on");
  else if (command === "presence") {
    const status = value === "closed" ? "closed" : "open";
    pbx.setPresence(name, { status, activity });
  } else if (command === "rights") {
    pbx.options.apis = name.split(",");
    pbx.cut();
  } else console.log(HELP);
}

if (import.meta.main) {
  const given = (flag: string, otherwise: string) => {
    const at = Deno.args.indexOf(flag);
    return at < 0 ? otherwise : Deno.args[at + 1] ?? otherwise;
  };
  if (Deno.args.includes("--help")) {
    console.log(HELP);
    Deno.exit();
  }
  const url = given("--url", "ws://127.0.0.1:8000/widgets");
  const pbx = startCompany(url, given("--password", "demo"));
  const { signal } = new AbortController();
  void stayLinked(pbx, { signal, say: (line) => console.log(line) });
  const lines = Deno.stdin.readable.pipeThrough(new TextDecoderStream());
  for await (const text of lines) {
    for (const line of text.split("\n").filter((one) => one !== "")) {
      obey(pbx, line);
    }
  }
}
