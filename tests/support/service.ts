/** The whole program as operators run it, in a separate process. */
export interface Service extends AsyncDisposable {
  /** `http://127.0.0.1:PORT`, without a slash at the end. */
  url: string;
  /** The one-time link for the first administrator, if one was printed. */
  setupUrl: string | undefined;
  /** Preview links of the example widgets, if they were printed. */
  previews: string[];
  /** Folder with its store. */
  data: string;
  pid: number;
  /** Everything it has printed so far, both streams. */
  output(): string;
  /** Ends it as an operator would, and waits. */
  stop(signal?: Deno.Signal): Promise<void>;
}

export interface ServiceOptions {
  args?: string[];
  /** Uses this folder and keeps it; by default a new one is deleted at the
   * end. */
  data?: string;
  /** Listens here again, so that clients can reconnect. */
  port?: number;
  /** A command that starts it with other rights: `["nice"]`. */
  by?: string[];
  /** The main.ts of another version. */
  main?: string | undefined;
  /** Another program than main.ts: its path, and how it is started. */
  program?: { path: string } & Deno.CommandOptions;
}

/** Longer than a planned stop takes in any test. */
const STOP_MS = 60_000;
const MAIN = new URL("../../main.ts", import.meta.url).pathname;

/** Starts main.ts on loopback and waits until it listens. */
export async function startService(
  { args = [], data, port = 0, by = [], main = MAIN, program }: ServiceOptions =
    {},
): Promise<Service> {
  const folder = data ?? await Deno.makeTempDir({ prefix: "widgets-" });
  const { path, ...how } = program ?? {};
  const own = path === undefined
    ? [Deno.execPath(), "run", "-A", main]
    : [path];
  const [command = "", ...before] = [...by, ...own];
  const child = new Deno.Command(command, {
    ...how,
    args: [
      ...before,
      "--host=127.0.0.1",
      `--port=${port}`,
      `--data=${folder}`,
      "--log=warning",
      // All visitors of a test share the address of loopback.
      "--contacts-per-address=1000",
      ...args,
    ],
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const printed = new Printed(child);
  let stopped = false;
  async function stop(signal: Deno.Signal = "SIGTERM"): Promise<void> {
    if (stopped) return;
    stopped = true;
    child.kill(signal);
    let isLate = false;
    const late = setTimeout(() => {
      isLate = true;
      child.kill("SIGKILL");
    }, STOP_MS);
    await child.status;
    clearTimeout(late);
    await printed.ended;
    if (isLate) {
      throw new Error(`${signal} did not end it within ${STOP_MS} ms`);
    }
  }
  const url = await printed.find(/\bURL +(https?:[^\s"]+)/);
  return {
    url: url.replace(/\/$/, ""),
    setupUrl: /^Sign in +(http:\S+)/m.exec(printed.text)?.[1],
    previews: [...printed.text.matchAll(/^Preview +(http:\S+)/gm)]
      .map(([, link = ""]) => link),
    data: folder,
    pid: child.pid,
    output: () => printed.text,
    stop,
    async [Symbol.asyncDispose]() {
      await stop();
      if (data === undefined) await Deno.remove(folder, { recursive: true });
    },
  };
}

/** The output of a process, in which a test can wait for text. */
class Printed {
  text = "";
  readonly ended: Promise<void>;
  readonly #waiting = new Set<() => void>();

  constructor(child: Deno.ChildProcess) {
    this.ended = Promise.all([
      this.#read(child.stdout),
      this.#read(child.stderr),
    ]).then(() => this.#wake("ended"));
  }

  #isEnded = false;

  /** Returns the first group of `pattern`, and all lines of the same write. */
  find(pattern: RegExp): Promise<string> {
    return new Promise((found, failed) => {
      const look = () => {
        // All start lines come in one write, and the last one closes them.
        const match = /^Ready$|"Ready"/m.test(this.text) &&
          pattern.exec(this.text);
        if (!match && !this.#isEnded) return;
        this.#waiting.delete(look);
        if (match) found(match[1] ?? "");
        else failed(new Error(`The service ended, saying:\n${this.text}`));
      };
      this.#waiting.add(look);
      look();
    });
  }

  async #read(stream: ReadableStream<Uint8Array>): Promise<void> {
    const decoder = new TextDecoderStream() as ReadableWritablePair<
      string,
      Uint8Array
    >;
    for await (const text of stream.pipeThrough(decoder)) {
      this.text += text;
      this.#wake();
    }
  }

  #wake(ended?: "ended"): void {
    if (ended) this.#isEnded = true;
    for (const look of [...this.#waiting]) look();
  }
}
