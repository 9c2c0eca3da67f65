/** Processor time that the probe needs each time. */
export const PROBE_MS = 5;

const PROBE = new URL("host_probe.ts", import.meta.url).pathname;

/**
 * Measures how long processes of this host wait for a processor, by one that needs
 * it for 5 ms, 20 times a second. So a test of times can tell a slow program from
 * a busy host.
 */
export class HostPace implements AsyncDisposable {
  readonly #child: Deno.ChildProcess;
  readonly #reading: Promise<void>;
  #waits: number[] = [];

  constructor() {
    this.#child = new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", "--quiet", PROBE],
      stdout: "piped",
    }).spawn();
    this.#reading = this.#read();
  }

  /** Returns the time that work of `workMs` has waited for a processor, on average
   * since the last call. */
  lap(workMs: number): number {
    const waits = this.#waits;
    this.#waits = [];
    const waitedMs = waits.reduce((sum, ms) => sum + ms, 0);
    const workedMs = waits.length * PROBE_MS;
    return workedMs === 0 ? 0 : waitedMs / workedMs * workMs;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#child.kill("SIGKILL");
    await this.#reading;
    await this.#child.status;
  }

  async #read(): Promise<void> {
    const texts = this.#child.stdout.pipeThrough(new TextDecoderStream());
    let rest = "";
    for await (const text of texts) {
      const lines = (rest + text).split("\n");
      rest = lines.pop() ?? "";
      this.#waits.push(...lines.map(Number));
    }
  }
}
