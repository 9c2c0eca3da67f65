import { dirname } from "node:path";
import { pathToFileURL } from "node:url";
import { gatherInto } from "@/tests/support/gather.ts";
import { IGNORED_TESTS, innerRooms } from "./plan.ts";

/** The result of a command in the copy. */
export type Outcome =
  | { state: "passed"; ms: number }
  | { state: "failed"; ms: number; output: string }
  | { state: "timeout"; ms: number };

/**
 * A copy of the repository as it is now, changes that are not committed
 * included. Mutants live in the copy only. Disposing it deletes the copy.
 */
export class WorkingCopy implements AsyncDisposable {
  readonly root: string;
  readonly #stopped: AbortSignal;
  readonly #modules = new Map<string, Promise<string[]>>();

  private constructor(root: string, stopped: AbortSignal) {
    this.root = root;
    this.#stopped = stopped;
  }

  /** Copies all files that git knows or would add, and the build if any. */
  static async of(from: string, stopped: AbortSignal): Promise<WorkingCopy> {
    const root = await Deno.makeTempDir({ prefix: "contact-widgets-mutate-" });
    const copy = new WorkingCopy(root, stopped);
    for (const path of [...await sourceFiles(from), ...await built(from)]) {
      await Deno.mkdir(dirname(`${root}/${path}`), { recursive: true });
      await Deno.copyFile(`${from}/${path}`, `${root}/${path}`);
    }
    return copy;
  }

  read(path: string): Promise<string> {
    return Deno.readTextFile(`${this.root}/${path}`);
  }

  write(path: string, text: string): Promise<void> {
    return Deno.writeTextFile(`${this.root}/${path}`, text);
  }

  /** Returns the modules with all tests at a path, which load the program once
   * for all of their files. Tests in browsers stay files. */
  modules(tests: string): Promise<string[]> {
    if (tests.startsWith("tests/e2e")) return Promise.resolve([tests]);
    const known = this.#modules.get(tests);
    if (known !== undefined) return known;
    const modules = this.#gather(tests);
    this.#modules.set(tests, modules);
    return modules;
  }

  async #gather(tests: string): Promise<string[]> {
    const folder = `${this.root}/.gathered/${this.#modules.size}`;
    await Deno.mkdir(folder, { recursive: true });
    const root = pathToFileURL(`${this.root}/`);
    const except = [...IGNORED_TESTS, ...innerRooms(tests)];
    const selection = { only: [tests], except };
    return await gatherInto(folder, selection, root);
  }

  /**
   * Runs `deno` in the copy. After `limitMs`, and when the tool is stopped, it
   * ends with all programs that it started.
   */
  async deno(
    args: string[],
    limitMs: number,
    env: Record<string, string> = {},
  ): Promise<Outcome> {
    const since = performance.now();
    const child = new Deno.Command(Deno.execPath(), {
      args,
      cwd: this.root,
      env: { NO_COLOR: "1", ...env },
      detached: true, // Its own process group, so that all of it can end.
      stdin: "null",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    const late = AbortSignal.timeout(limitMs);
    const end = () => endGroup(child.pid);
    const either = AbortSignal.any([late, this.#stopped]);
    either.addEventListener("abort", end);
    try {
      const { success, stdout, stderr } = await child.output();
      const ms = performance.now() - since;
      if (success) return { state: "passed", ms };
      if (late.aborted) return { state: "timeout", ms };
      const output = [stdout, stderr].map((bytes) =>
        new TextDecoder().decode(bytes)
      ).join("");
      return { state: "failed", ms, output };
    } finally {
      either.removeEventListener("abort", end);
      end(); // A failed test may have left a program behind.
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Deno.remove(this.root, { recursive: true });
  }
}

function endGroup(pid: number): void {
  try {
    Deno.kill(-pid, "SIGKILL");
  } catch {
    // It has ended.
  }
}

async function sourceFiles(root: string): Promise<string[]> {
  const { success, stdout, stderr } = await new Deno.Command("git", {
    args: ["ls-files", "-z", "--cached", "--others", "--exclude-standard"],
    cwd: root,
  }).output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
  const paths = new TextDecoder().decode(stdout).split("\0").filter(Boolean);
  const isThere = await Promise.all(paths.map((path) => isFile(root, path)));
  return paths.filter((_, at) => isThere[at]);
}

function isFile(root: string, path: string): Promise<boolean> {
  return Deno.stat(`${root}/${path}`).then((it) => it.isFile, () => false);
}

/** The files of the last build. Tests that need them do not build them. */
async function built(root: string, folder = "_fresh"): Promise<string[]> {
  const paths: string[] = [];
  if (!await isFolder(`${root}/${folder}`)) return paths;
  for await (const { name, isDirectory } of Deno.readDir(`${root}/${folder}`)) {
    const path = `${folder}/${name}`;
    if (isDirectory) paths.push(...await built(root, path));
    else paths.push(path);
  }
  return paths;
}

function isFolder(path: string): Promise<boolean> {
  return Deno.stat(path).then((it) => it.isDirectory, () => false);
}
