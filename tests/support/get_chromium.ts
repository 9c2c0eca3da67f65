import { getProgram, install } from "./get_debian.ts";

/**
 * Makes sure that the end-to-end tests have a Chromium: one that is there, or
 * Debian's. Prints its path. Exits with one sentence if there is none to be had.
 */
const PLACES = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/** Chromium without windows: it starts in a third of the time. */
const SHELL = "/usr/bin/chromium-headless-shell";

/** The path of an installed Chromium, or undefined. `CHROMIUM` names another. */
export function findChromium(): string | undefined {
  return find([SHELL, ...PLACES]);
}

/** The same for a test of what only a browser with windows has. */
export async function getWholeChromium(): Promise<string> {
  return find(PLACES) ?? await getProgram("chromium");
}

function find(places: string[]): string | undefined {
  const named = Deno.env.get("CHROMIUM");
  return (named === undefined ? places : [named]).find((path) => {
    try {
      return Deno.statSync(path).isFile;
    } catch {
      return false;
    }
  });
}

async function installOnDebian(): Promise<void> {
  console.log("No Chromium found: installing Debian's (about a minute) …");
  // The fonts come with the whole browser, and pages are laid out by them.
  const shell = ["chromium-headless-shell", "fonts-liberation"];
  if (await install(shell, SHELL)) return;
  await getProgram("chromium").catch(() => undefined); // Said below.
}

if (import.meta.main) {
  if (findChromium() === undefined) await installOnDebian();
  const path = findChromium();
  if (path === undefined) {
    console.error(
      "The end-to-end tests need Chromium: install it, or name its path in" +
        " the environment variable CHROMIUM.",
    );
    Deno.exit(1);
  }
  console.log(`Chromium: ${path}`);
}
