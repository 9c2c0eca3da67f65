import { deepEqual, equal, match, ok } from "node:assert/strict";
import { systemClock } from "@/lib/base/clock.ts";
import { openStore } from "@/lib/store/open.ts";
import { claimStore } from "@/lib/store/store_claim.ts";
import { INVALID } from "@/tests/support/setting_samples.ts";
import { runProgram } from "@/tests/support/run_program.ts";
import { environmentName } from "./settings.ts";

Deno.test("the program prints its version and its settings", async () => {
  const version = await runProgram(["--version"]);
  const help = await runProgram(["--help"]);

  match(version.text, /^Contact Widgets \d+\.\d+\.\d+\n$/);
  match(help.text, /^contact-widgets \[COMMAND\] \[SETTINGS\]$/m);
  match(help.text, /--public-url +CW_PUBLIC_URL /);
});

Deno.test("an invalid setting stops the start before anything is opened", async () => {
  const folder = await Deno.makeTempDir();
  const settings = [`--data=${folder}/data`, "--pbx-from=everywhere"];

  const started = await runProgram(settings);
  const checked = await runProgram(["check-config", ...settings]);

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

Deno.test("a start and check-config reject an invalid value of every setting with the same message", async () => {
  const folder = await Deno.makeTempDir();
  const values = Object.entries(INVALID).flatMap(([name, [value = ""]]) => {
    // Leave `data` out, so that both commands use this test's folder.
    return name === "data" ? [] : [[environmentName(name), value]];
  });
  const environment = Object.fromEntries(values);
  const data = `--data=${folder}`;

  const started = await runProgram([data], environment);
  const checked = await runProgram(["check-config", data], environment);

  const left = await Array.fromAsync(Deno.readDir(folder));
  await Deno.remove(folder, { recursive: true });
  deepEqual([started.code, checked.code], [1, 1]);
  equal(checked.text, started.text);
  const lines = started.text.trim().split("\n");
  for (const name of Object.keys(environment)) {
    const [line = ""] = lines.filter((one) => one.startsWith(`${name} `));
    match(line, / must (be|have) /, name);
  }
  equal(lines.length, values.length);
  deepEqual(left, []);
});

Deno.test("a start and check-config reject unusable files of the settings with the same message", async () => {
  const folder = await Deno.makeTempDir();
  await Deno.writeTextFile(`${folder}/secret.key`, "short");
  const settings = [
    ...["--host=127.0.0.1", "--port=0", `--data=${folder}`],
    ...["--tls-cert=/nowhere/cert.pem", "--tls-key=/nowhere/key.pem"],
  ];

  const started = await runProgram([...settings, "--log=error"]);
  const checked = await runProgram(["check-config", ...settings]);

  const left = await Array.fromAsync(Deno.readDir(folder), ({ name }) => name);
  await Deno.remove(folder, { recursive: true });
  deepEqual([started.code, checked.code], [1, 1]);
  equal(checked.text, started.text);
  match(started.text, /^CW_TLS_CERT cannot be read: No such file/m);
  match(
    started.text,
    /^The key file \S+\/secret\.key has 5 bytes and must have 32: restore it/m,
  );
  deepEqual(left, ["secret.key"]);
});

Deno.test("a start and check-config reject an address of another host with the same message", async () => {
  const folder = await Deno.makeTempDir();
  const settings = ["--host=192.0.2.1", "--port=0", `--data=${folder}/data`];

  const started = await runProgram([...settings, "--log=error"]);
  const checked = await runProgram(["check-config", ...settings]);

  await Deno.remove(folder, { recursive: true });
  deepEqual([started.code, checked.code], [1, 1]);
  const sentence = /Cannot listen on CW_HOST "192\.0\.2\.1", port 0: .*/;
  match(checked.text, sentence);
  equal(sentence.exec(started.text)?.[0], sentence.exec(checked.text)?.[0]);
});

Deno.test("a start and check-config reject a store used by another process with the same message", async () => {
  const folder = await Deno.makeTempDir();
  const path = `${folder}/widgets.kv`;
  const made = await openStore(path);
  if (made.ok) made.value[Symbol.dispose]();
  const claim = await claimStore(path, systemClock);
  const settings = ["--host=127.0.0.1", "--port=0", `--data=${folder}`];

  const started = await runProgram([...settings, "--log=error"]);
  const checked = await runProgram(["check-config", ...settings]);

  if (claim.ok) await claim.value[Symbol.asyncDispose]();
  await Deno.remove(folder, { recursive: true });
  deepEqual([started.code, checked.code], [1, 1]);
  equal(checked.text, started.text);
  const owner = `process ${Deno.pid} on .+ is using it`;
  match(checked.text, new RegExp(`^Cannot open the store .+: ${owner}`));
});

Deno.test("options can precede the command", async () => {
  const folder = await Deno.makeTempDir();
  const settings = ["--host", "127.0.0.1", "--port", "0", `--data=${folder}`];

  const checked = await runProgram([...settings, "check-config"]);
  const exported = await runProgram([
    ...settings,
    "export",
    `${folder}/x.jsonl`,
  ]);

  await Deno.remove(folder, { recursive: true });
  deepEqual(checked, { code: 0, text: "Configuration OK\n" });
  match(exported.text, /^There is no store at .*: name its folder with --data/);
});

Deno.test("check-config reports everything that would stop a start, and changes nothing", async () => {
  const folder = await Deno.makeTempDir();
  using taken = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = taken.addr as Deno.NetAddr;
  const data = `--data=${folder}/data`;
  const here = "--host=127.0.0.1";

  const good = await runProgram(["check-config", "--port=0", here, data]);
  const bad = await runProgram([
    "check-config",
    `--port=${port}`,
    here,
    "--data=/proc/nowhere",
    "--tls-cert=/x",
    "--tls-key=/y",
  ]);

  const left = await Array.fromAsync(Deno.readDir(folder));
  await Deno.remove(folder, { recursive: true });
  deepEqual(good, { code: 0, text: "Configuration OK\n" });
  equal(bad.code, 1);
  match(bad.text, /^CW_TLS_CERT cannot be read: No such file/m);
  match(bad.text, /^Cannot open the store "\/proc\/nowhere\/widgets\.kv": /m);
  match(bad.text, new RegExp(`^Port ${port} is in use: choose another`, "m"));
  equal(left.length, 0);
});

Deno.test("check-config warns about misspelled and unused settings", async () => {
  const folder = await Deno.makeTempDir();
  const args = [
    "check-config",
    "--port=0",
    `--data=${folder}`,
    "--turn=a.example",
  ];

  const { code, text } = await runProgram(args, {
    CW_POTR: "1",
    CW_CACHE: "/x",
  });

  await Deno.remove(folder, { recursive: true });
  equal(code, 0);
  deepEqual(text.split("\n").slice(0, 2), [
    "Warning: CW_POTR is not a setting and is ignored",
    "Warning: CW_TURN is not used, because CW_TURN_SECRET is empty",
  ]);
  match(text, /^Warning: Neither CW_TLS_CERT nor CW_TRUSTED_PROXIES is set/m);
  match(text, /^Configuration OK$/m);
});

Deno.test({
  name:
    "a start and check-config warn about a data folder that others can write to",
  ignore: Deno.build.os === "windows",
  async fn() {
    const folder = await Deno.makeTempDir();
    const settings = ["--host=127.0.0.1", "--port=0", `--data=${folder}`];
    // So that the start ends after its warnings.
    const ending = ["--tls-cert=/nowhere/a", "--tls-key=/nowhere/b"];
    const warning = (mode: string) =>
      `Other users of this host can write to ${folder} (mode ${mode}), so they` +
      ` can delete or replace what is stored: run chmod 700 ${folder}`;

    await Deno.chmod(folder, 0o777);
    const checked = await runProgram(["check-config", ...settings]);
    const started = await runProgram([...settings, ...ending]);
    await Deno.chmod(folder, 0o770);
    const group = await runProgram(["check-config", ...settings]);
    await Deno.chmod(folder, 0o755);
    const readable = await runProgram(["check-config", ...settings]);

    const { mode } = await Deno.stat(folder);
    await Deno.remove(folder, { recursive: true });
    deepEqual(checked, {
      code: 0,
      text: `Warning: ${warning("0777")}\nConfiguration OK\n`,
    });
    ok(started.text.includes(`Check the settings: ${warning("0777")}`));
    ok(group.text.includes(warning("0770")));
    deepEqual(readable, { code: 0, text: "Configuration OK\n" });
    equal((mode ?? 0) & 0o777, 0o755);
  },
});

Deno.test("an unknown command or option is named", async () => {
  deepEqual(await runProgram(["frobnicate"]), {
    code: 1,
    text: "Unknown command frobnicate (see --help)\n",
  });
  deepEqual(await runProgram(["--prot=1"]), {
    code: 1,
    text: "Unknown option --prot (see --help)\n",
  });
});

Deno.test("check-config warns about a secret without effect and a short passphrase", async () => {
  const folder = await Deno.makeTempDir();
  const settings = ["--host=127.0.0.1", "--port=0", `--data=${folder}/data`];

  const checked = await runProgram(["check-config", ...settings], {
    CW_TURN_SECRET: "s3cret",
    CW_PASSPHRASE: "short",
  });

  await Deno.remove(folder, { recursive: true });
  deepEqual(checked, {
    code: 0,
    text: "Warning: CW_PASSPHRASE must have at least 12 characters, so export" +
      " and import refuse it\n" +
      "Warning: CW_TURN_SECRET is not used, because CW_TURN is empty\n" +
      "Configuration OK\n",
  });
});
