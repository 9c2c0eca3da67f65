import { setTimeout as delay } from "node:timers/promises";

// Programs that tests need besides Deno, from packages of Debian.

/** Each program: its path, and the packages that bring it. */
const PROGRAMS = {
  // Without windows, it starts in a third of the time. Pages are laid out by
  // the fonts that come with the whole browser.
  chromiumShell: {
    path: "/usr/bin/chromium-headless-shell",
    from: ["chromium-headless-shell", "fonts-liberation"],
  },
  caddy: { path: "/usr/bin/caddy", from: ["caddy"] },
  chromium: { path: "/usr/bin/chromium", from: ["chromium"] },
  faketime: { path: "/usr/bin/faketime", from: ["faketime"] },
  firefox: { path: "/usr/bin/firefox-esr", from: ["firefox-esr"] },
  aiosmtpd: { path: "/usr/bin/aiosmtpd", from: ["python3-aiosmtpd"] },
  haproxy: { path: "/usr/sbin/haproxy", from: ["haproxy"] },
  natsServer: { path: "/usr/sbin/nats-server", from: ["nats-server"] },
  nginx: { path: "/usr/sbin/nginx", from: ["nginx-light"] },
  postgres: {
    path: "/usr/lib/postgresql/15/bin/postgres",
    from: ["postgresql-15"],
  },
  promtool: { path: "/usr/bin/promtool", from: ["prometheus"] },
  systemdAnalyze: { path: "/usr/bin/systemd-analyze", from: ["systemd"] },
  turnserver: { path: "/usr/bin/turnserver", from: ["coturn"] },
  webkitDriver: {
    path: "/usr/bin/WebKitWebDriver",
    from: ["webkit2gtk-driver"],
  },
  xvfb: { path: "/usr/bin/Xvfb", from: ["xvfb"] },
};
export type Program = keyof typeof PROGRAMS;

/** Maximum wait for another running apt-get. */
const BUSY_MS_MAX = 5 * 60_000;
const BUSY_RETRY_MS = 1_000;

/**
 * Returns the path of a program that a test needs, and installs it if it is
 * missing. Throws one sentence if that fails.
 */
export async function getProgram(name: Program): Promise<string> {
  const { path, from } = PROGRAMS[name];
  if (await isThere(path) || await install(from, path)) return path;
  throw new Error(
    `This test needs ${path} (on Debian: apt-get install ${from.join(" ")})`,
  );
}

/** Installs packages; returns true if there is a file at `path` afterwards. */
async function install(
  packages: readonly string[],
  path: string,
): Promise<boolean> {
  await updateLists();
  await aptGet(["install", ...packages]);
  return await isThere(path);
}

let updated: Promise<boolean> | undefined;

/** Updates the lists of packages once: with older ones, apt-get would install
 * older browsers. Without a network, the present lists are used. */
function updateLists(): Promise<boolean> {
  return updated ??= aptGet(["update"]);
}

function isThere(path: string): Promise<boolean> {
  return Deno.stat(path).then(() => true, () => false);
}

/** Runs apt-get when no other one is running; returns whether it succeeded. */
async function aptGet(args: string[]): Promise<boolean> {
  const sudo = Deno.uid() === 0 ? [] : ["sudo", "-n"];
  const [command = "", ...rest] = [...sudo, "apt-get"];
  const end = performance.now() + BUSY_MS_MAX;
  for (;;) {
    const output = await new Deno.Command(command, {
      args: [...rest, "-q", "-y", "--no-install-recommends", ...args],
      env: {
        DEBIAN_FRONTEND: "noninteractive",
        LC_ALL: "C",
        RUNLEVEL: "1", // The package must not start its service.
      },
    }).output().catch(() => undefined);
    if (output === undefined || output.success) return output !== undefined;
    const isBusy = /Could not get lock|Unable to (acquire|lock)/
      .test(new TextDecoder().decode(output.stderr));
    if (!isBusy || performance.now() > end) return false;
    await delay(BUSY_RETRY_MS);
  }
}

if (import.meta.main) {
  const missing: typeof PROGRAMS[Program][] = [];
  for (const program of Object.values(PROGRAMS)) {
    if (!await isThere(program.path)) missing.push(program);
  }
  for (const { from, path } of missing) await install(from, path);
}
