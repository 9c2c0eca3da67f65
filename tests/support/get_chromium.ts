import { getProgram } from "./get_debian.ts";

/**
 * Makes sure that the end-to-end tests have a Chromium: an installed one, or
 * Debian's. Prints its path. Exits with one sentence if none is available.
 */
const PLACES = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/** Chromium without windows, which starts in a third of the time. */
const SHELL = "/usr/bin/chromium-headless-shell";

/** Returns the path of an installed Chromium, or undefined. `CHROMIUM`
 * overrides it. */
export function findChromium(): string | undefined {
  return find([SHELL, ...PLACES]);
}

/** The same for a test that needs a browser with windows. */
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
  await getProgram("chromiumShell")
    .catch(() => getProgram("chromium"))
    .catch(() => undefined); // Said below.
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
