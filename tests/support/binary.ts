import { fileURLToPath } from "node:url";

const ROOT = new URL("../../", import.meta.url);
/** All programs of the host that the product may need, besides a C library. */
const NEEDED = "sh tar gzip tail uname id ls mkdir mv rm".split(" ");

/** `dist/contact-widgets` as it is delivered, in a place without Deno, Node and
 * unnecessary rights. */
export interface Binary extends AsyncDisposable {
  path: string;
  /** An empty folder that it can write to. */
  home: string;
  /** Returns options for `Deno.Command`. Without `cache`, `home` is the
   * cache. */
  how(cache?: string): Deno.CommandOptions;
}

/** Builds it, once for all tests of a file. */
export async function makeBinary(): Promise<Binary> {
  const folder = await Deno.makeTempDir({ prefix: "contact-widgets-" });
  const program = `${folder}/program`;
  const path = `${program}/contact-widgets`;
  await run(["run", "-A", "dev.ts", "build", "--if-stale"]);
  await run(["run", "-A", "tools/compile.ts", "--self-extracting", path]);
  const home = `${folder}/home`;
  const bin = `${folder}/bin`;
  await Deno.mkdir(home);
  await Deno.mkdir(bin);
  for (const name of NEEDED) {
    await Deno.symlink(await which(name), `${bin}/${name}`);
  }
  await Deno.chmod(program, 0o555);
  await Deno.chmod(folder, 0o755);
  const isRoot = Deno.uid() === 0;
  if (isRoot) await Deno.chown(home, NOBODY.uid, NOBODY.gid);
  return {
    path,
    home,
    how: (cache = home) => ({
      cwd: home,
      clearEnv: true,
      env: { PATH: bin, CW_CACHE: cache },
      ...(isRoot ? NOBODY : {}), // Root can write everywhere.
    }),
    [Symbol.asyncDispose]: async () => {
      await Deno.chmod(program, 0o755);
      await Deno.remove(folder, { recursive: true });
    },
  };
}

const NOBODY = { uid: 65_534, gid: 65_534 };

async function which(name: string): Promise<string> {
  for (const folder of ["/usr/bin", "/bin"]) {
    const path = `${folder}/${name}`;
    if (await Deno.stat(path).then(() => true, () => false)) return path;
  }
  throw new Error(`Cannot find ${name} on this machine`);
}

async function run(args: string[]): Promise<void> {
  const { success, stderr } = await new Deno.Command(Deno.execPath(), {
    args,
    cwd: fileURLToPath(ROOT),
  }).output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
}
