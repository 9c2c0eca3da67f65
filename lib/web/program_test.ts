import { equal, match } from "node:assert/strict";

const PROGRAM = new URL("../../main.ts", import.meta.url).pathname;

Deno.test("the program tells its version and its settings", async () => {
  const version = await run(["--version"]);
  const help = await run(["--help"]);

  match(version.text, /^Contact Widgets \d+\.\d+\.\d+\n$/);
  match(help.text, /^contact-widgets \[COMMAND\] \[SETTINGS\]$/m);
  match(help.text, /--public-url +CW_PUBLIC_URL /);
});

Deno.test("a setting that cannot be used stops the start before anything is opened", async () => {
  const folder = await Deno.makeTempDir();
  const settings = [`--data=${folder}/data`, "--pbx-from=everywhere"];

  const started = await run(settings);
  const checked = await run(["check-config", ...settings]);

  const left = await Array.fromAsync(Deno.readDir(folder));
  await Deno.remove(folder, { recursive: true });
  equal(started.code, 1);
  match(
    started.text,
    /^--pbx-from "everywhere" must be addresses or networks such as/,
  );
  equal(checked.code, 1);
  equal(checked.text, started.text);
  equal(left.length, 0);
});

Deno.test("check-config says that settings are good, or which file is not", async () => {
  const good = await run(["check-config", "--port=8000"]);
  const bad = await run(["check-config", "--tls-cert=/x", "--tls-key=/y"]);

  equal(good.code, 0);
  equal(good.text, "The settings are good\n");
  equal(bad.code, 1);
  match(bad.text, /^CW_TLS_CERT cannot be read: No such file/);
});

async function run(args: string[]): Promise<{ code: number; text: string }> {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", PROGRAM, ...args],
    env: { NO_COLOR: "1" },
  }).output();
  const decoder = new TextDecoder();
  return { code, text: decoder.decode(stdout) + decoder.decode(stderr) };
}
