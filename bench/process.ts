/** A measured server in a separate process. */
export interface Process extends AsyncDisposable {
  url: string;
  pid: number;
  /** Time from the start of the process until it listens. */
  startedInMs: number;
}

/** Starts a Deno program and waits for its lines `URL …` and `Ready`. */
export async function startProcess(args: string[]): Promise<Process> {
  const startedAt = performance.now();
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", ...args],
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  const reader = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  let printed = "";
  while (!/^Ready$/m.test(printed)) {
    const { value, done } = await reader.read();
    if (done) throw new Error(`The server ended, saying:\n${printed}`);
    printed += value;
  }
  const startedInMs = performance.now() - startedAt;
  const url = /^URL +(http:\S+?)\/?$/m.exec(printed)?.[1] ?? "";
  const rest = drain(reader);
  return {
    url,
    pid: child.pid,
    startedInMs,
    async [Symbol.asyncDispose]() {
      child.kill("SIGTERM");
      await child.status;
      await rest;
    },
  };
}

/** Returns the resident memory of a process, in bytes (Linux). */
export async function memoryOf(pid: number): Promise<number> {
  const status = await Deno.readTextFile(`/proc/${pid}/status`);
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) * 1_024;
}

async function drain(
  reader: ReadableStreamDefaultReader<string>,
): Promise<void> {
  while (!(await reader.read()).done);
}
