import { ok } from "node:assert/strict";

/** Only root on Linux may mount, so other users skip the tests that do. */
export const CANNOT_MOUNT = Deno.build.os !== "linux" || Deno.uid() !== 0;

const FILLER = "filler";

/** A small file system mounted over a folder, with a copy of its content. */
export class SmallDisk implements AsyncDisposable {
  readonly #folder: string;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  static async mount(
    folder: string,
    size = "1m",
  ): Promise<SmallDisk> {
    const aside = await Deno.makeTempDir({ prefix: "widgets-" });
    await run("cp", "-a", `${folder}/.`, aside);
    await run("mount", "-t", "tmpfs", "-o", `size=${size}`, "tmpfs", folder);
    await run("cp", "-a", `${aside}/.`, folder);
    await Deno.remove(aside, { recursive: true });
    return new SmallDisk(folder);
  }

  /** Takes all space that is left. Files can still be created, but no byte can
   * be written. */
  async fill(): Promise<void> {
    using file = await Deno.open(`${this.#folder}/${FILLER}`, {
      create: true,
      append: true,
    });
    const page = new Uint8Array(4_096);
    try {
      while (true) await file.write(page);
    } catch (error) {
      ok(/No space left/.test(String(error)), String(error));
    }
  }

  /** Returns the names of the files on it, without the one of `fill()`. */
  async names(): Promise<string[]> {
    const all = Deno.readDir(this.#folder);
    const names = await Array.fromAsync(all, ({ name }) => name);
    return names.filter((name) => name !== FILLER).sort();
  }

  grow(): Promise<void> {
    return run("mount", "-o", "remount,size=64m", this.#folder);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await run("umount", this.#folder);
  }
}

async function run(command: string, ...args: string[]): Promise<void> {
  const { success, stderr } = await new Deno.Command(command, { args })
    .output();
  ok(success, `${command}: ${new TextDecoder().decode(stderr)}`);
}
