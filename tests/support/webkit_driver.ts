import { getProgram } from "./get_debian.ts";

// The processes of WebKitGTK under test, and the commands of WebDriver.

const MINI_BROWSER = "/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser";
/** Milliseconds that a test waits, as in the other browsers. */
const TIMEOUT_MS = 15_000;
/** Milliseconds that one command may take; starting the browser takes longest. */
const COMMAND_MS = 60_000;

/** Starts a screen, the driver and the browser; returns the session's address. */
export async function openSession(
  stack: AsyncDisposableStack,
): Promise<string> {
  const driver = await getProgram("webkitDriver");
  const display = await openDisplay(await getProgram("xvfb"), stack);
  const port = freePort();
  own(
    stack,
    new Deno.Command(driver, {
      args: [`--port=${port}`, "--host=127.0.0.1"],
      env: { DISPLAY: display, LC_ALL: "C.UTF-8", LANGUAGE: "en" },
      stdout: "null",
      stderr: "null",
    }).spawn(),
  );
  const url = `http://127.0.0.1:${port}`;
  await answers(`${url}/status`);
  const options = { binary: MINI_BROWSER, args: ["--automation"] };
  const { sessionId } = await ask<{ sessionId: string }>(
    "POST",
    `${url}/session`,
    {
      capabilities: { alwaysMatch: { "webkitgtk:browserOptions": options } },
    },
  );
  const session = `${url}/session/${sessionId}`;
  stack.defer(() => ask("DELETE", session));
  return session;
}

/** Retries until there is an answer. */
export async function until<T>(
  what: string | (() => string),
  look: () => Promise<T | undefined>,
): Promise<T> {
  const end = performance.now() + TIMEOUT_MS;
  for (;;) {
    const found = await look().catch((error) => {
      if (!isPassing(error)) throw error;
      return undefined;
    });
    if (found !== undefined) return found;
    if (performance.now() > end) {
      const name = typeof what === "string" ? what : what();
      throw new Error(`Not within ${TIMEOUT_MS} ms: ${name}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** True if the page was just left, or the element replaced. */
function isPassing(error: unknown): boolean {
  return error instanceof Error &&
    /stale element|no such window|javascript error|unknown error/
      .test(error.message);
}

/** One command of WebDriver; rejects with its error, or if a page hangs. */
export async function ask<T>(
  method: string,
  url: string,
  body?: unknown,
): Promise<T> {
  const response = await fetch(url, {
    method,
    signal: AbortSignal.timeout(COMMAND_MS),
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const { value } = await response.json();
  if (!response.ok) throw new Error(`${value.error}: ${value.message}`);
  return value;
}

function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return (listener.addr as Deno.NetAddr).port;
}

async function answers(url: string): Promise<void> {
  await until("WebKitWebDriver answers", async () => {
    try {
      const response = await fetch(url);
      await response.body?.cancel();
      return response.ok ? true : undefined;
    } catch {
      return undefined; // It does not listen yet.
    }
  });
}

/** Starts a screen without a monitor; returns its name. */
async function openDisplay(
  path: string,
  stack: AsyncDisposableStack,
): Promise<string> {
  const child = own(
    stack,
    new Deno.Command(path, {
      args: [
        "-displayfd",
        "1",
        "-screen",
        "0",
        "1400x1000x24",
        "-nolisten",
        "tcp",
      ],
      stdout: "piped",
      stderr: "null",
    }).spawn(),
  );
  const reader = child.stdout.getReader();
  stack.defer(() => reader.cancel());
  let printed = "";
  while (!printed.includes("\n")) {
    const { value, done } = await reader.read();
    if (done) throw new Error("Xvfb ended before it had a display");
    printed += new TextDecoder().decode(value);
  }
  return `:${printed.trim()}`;
}

/** Ends the process with the stack. */
function own<C extends Deno.ChildProcess>(
  stack: AsyncDisposableStack,
  child: C,
): C {
  stack.defer(async () => {
    try {
      child.kill("SIGTERM");
    } catch {
      // It has ended already.
    }
    await child.status;
  });
  return child;
}
