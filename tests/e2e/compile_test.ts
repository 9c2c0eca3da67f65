import { equal, match } from "node:assert/strict";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

// `deno compile` downloads a runtime. DENORT_BIN names one on this machine
// instead, so that what happens without a good one does not depend on the net.

const RUNTIMES = [
  { what: "cannot be had", path: "/nowhere/denort" },
  // It packs, and the program it makes is Deno itself, which does not serve.
  { what: "makes no program that serves", path: Deno.execPath() },
];

for (const { what, path } of RUNTIMES) {
  Deno.test(`if the runtime of deno compile ${what}, the task says so and builds a self-unpacking file`, async () => {
    const folder = await Deno.makeTempDir({ prefix: "compile-" });
    const file = `${folder}/contact-widgets`;

    const made = await run(Deno.execPath(), {
      args: ["run", "-A", "tools/compile.ts", file],
      cwd: ROOT,
      env: { DENORT_BIN: path, DENO_NO_UPDATE_CHECK: "1", NO_COLOR: "1" },
    });
    const header = (await Deno.readFile(file)).subarray(0, 200);
    const left = await Array.fromAsync(
      Deno.readDir(folder),
      ({ name }) => name,
    );
    const version = await run(file, {
      args: ["--version"],
      clearEnv: true,
      env: { PATH: "/usr/bin:/bin", CW_CACHE: `${folder}/cache` },
    });
    await Deno.remove(folder, { recursive: true });

    equal(made.code, 0, made.text);
    match(
      made.text,
      /^deno compile does not work here \(.+\), so this is a file that unpacks itself$/m,
    );
    match(new TextDecoder().decode(header), /^#!\/bin\/sh\n/);
    equal(left.join(), "contact-widgets");
    match(version.text, /^Contact Widgets \d+\.\d+\.\d+\n$/);
  });
}

Deno.test("deno task compile builds what is stale, then compiles", async () => {
  const { tasks } = JSON.parse(await Deno.readTextFile(`${ROOT}deno.json`));

  equal(
    tasks.compile.command,
    "deno run -A dev.ts build --if-stale && deno run -A tools/compile.ts",
  );
});

async function run(
  program: string,
  options: Deno.CommandOptions,
): Promise<{ code: number; text: string }> {
  const { code, stdout, stderr } = await new Deno.Command(program, options)
    .output();
  const decoder = new TextDecoder();
  return { code, text: decoder.decode(stdout) + decoder.decode(stderr) };
}
