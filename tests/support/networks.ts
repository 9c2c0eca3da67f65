import { findChromium } from "./get_chromium.ts";

/** A company and a visitor, two ways between them; only one is up at a time. */
export interface Networks extends AsyncDisposable {
  /** Prefix of a command that runs at the company, or at the visitor. */
  company: string[];
  visitor: string[];
  /** The company's address, which stays the same on both ways. */
  address: string;
  /** Programs that start Chromium there. */
  companyChromium: string;
  visitorChromium: string;
  /** Switches the visitor from the first connection to the second, as from WLAN
   * to mobile. */
  change(): Promise<void>;
}

// Addresses for documentation: browsers take them for public ones.
const ADDRESS = "192.0.2.1";
const WAYS = { wlan: "198.51.100", mobile: "203.0.113" };

/**
 * Creates separate network namespaces, in which only the test runs. Undefined
 * if that is not allowed, because it needs root and kernel support.
 */
export async function openNetworks(): Promise<Networks | undefined> {
  const id = crypto.randomUUID().slice(0, 6);
  const [company, visitor] = [`cw-c-${id}`, `cw-v-${id}`];
  const folder = await Deno.makeTempDir({ prefix: "networks-" });
  await using stack = new AsyncDisposableStack();
  stack.defer(() => Deno.remove(folder, { recursive: true }));
  try {
    for (const name of [company, visitor]) {
      await must("netns", "add", name);
      stack.defer(async () => void await ip("netns", "del", name));
      await must("-n", name, "link", "set", "lo", "up");
    }
    await addLan(company);
    for (const [name, net] of Object.entries(WAYS)) {
      await addWay(name, net, company, visitor);
    }
    await take("wlan", visitor);
  } catch (error) {
    console.log(String(error));
    return undefined;
  }
  const programs = [company, visitor].map((name) => chromium(folder, name));
  const [companyChromium = "", visitorChromium = ""] = await Promise.all(
    programs,
  );
  const all = stack.move();
  return {
    company: ["ip", "netns", "exec", company],
    visitor: ["ip", "netns", "exec", visitor],
    address: ADDRESS,
    companyChromium,
    visitorChromium,
    async change() {
      await must("-n", visitor, "link", "set", "wlan", "down");
      await must("-n", visitor, "addr", "flush", "dev", "wlan");
      await take("mobile", visitor);
    },
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };
}

/** The company's own network, which is always there. */
async function addLan(company: string): Promise<void> {
  const end = ["type", "veth", "peer", "name", "lan-end"];
  await must("-n", company, "link", "add", "lan", ...end);
  await must("-n", company, "addr", "add", `${ADDRESS}/24`, "dev", "lan");
  for (const name of ["lan", "lan-end"]) await raise(company, name);
}

/** The company's end of a way is up, the visitor's end waits. */
async function addWay(
  name: string,
  net: string,
  company: string,
  visitor: string,
): Promise<void> {
  const end = ["type", "veth", "peer", "name", name, "netns", visitor];
  await must("-n", company, "link", "add", name, ...end);
  await must("-n", company, "addr", "add", `${net}.1/24`, "dev", name);
  await raise(company, name);
}

async function take(name: keyof typeof WAYS, visitor: string) {
  const net = WAYS[name];
  await raise(visitor, name);
  await must("-n", visitor, "addr", "add", `${net}.2/24`, "dev", name);
  await must("-n", visitor, "route", "add", "default", "via", `${net}.1`);
}

/** Without a link-local address of IPv6: it would come seconds later, and a browser
 * that is just loading a page would fail, because its network has changed. */
async function raise(space: string, device: string): Promise<void> {
  const link = ["link", "set", device];
  await must("-n", space, ...link, "addrgenmode", "none");
  await must("-n", space, ...link, "up");
}

async function chromium(folder: string, name: string): Promise<string> {
  const path = `${folder}/${name}`;
  const command = `exec ip netns exec ${name} ${findChromium()} "$@"`;
  await Deno.writeTextFile(path, `#!/bin/sh\n${command}\n`, { mode: 0o755 });
  return path;
}

async function must(...args: string[]): Promise<void> {
  if (!await ip(...args)) throw new Error(`ip ${args.join(" ")} has failed`);
}

async function ip(...args: string[]): Promise<boolean> {
  try {
    const command = new Deno.Command("ip", { args, stderr: "null" });
    return (await command.output()).success;
  } catch {
    return false; // There is no such program.
  }
}
