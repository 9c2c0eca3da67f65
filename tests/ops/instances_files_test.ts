import { deepEqual, equal, match, ok } from "node:assert/strict";
import { environmentName, SETTINGS } from "@/lib/program/settings.ts";
import { readConfig } from "@/lib/program/config.ts";
import { getProgram } from "@/tests/support/get_debian.ts";
import { blocksOf, variablesOf } from "@/tests/support/guide.ts";
import { makeCertificate } from "@/tests/support/proxy.ts";

// The files of docs/instances.md, checked by the programs that read them.

const FOLDER = new URL("../../deploy/instances/", import.meta.url);
const GUIDE = new URL("../../docs/instances.md", import.meta.url);
const read = (name: string) => Deno.readTextFile(new URL(name, FOLDER));

Deno.test("HAProxy accepts its files, and asks /readyz of each instance", async () => {
  const haproxy = await getProgram("haproxy");
  const folder = await Deno.makeTempDir();
  await makeCertificate(folder, "127.0.0.1");
  const pem = await Deno.readTextFile(`${folder}/cert.pem`) +
    await Deno.readTextFile(`${folder}/key.pem`);
  await Deno.writeTextFile(`${folder}/widgets.pem`, pem);

  for (const name of ["haproxy.cfg", "haproxy-try.cfg"]) {
    const text = (await read(name)).replaceAll("/etc/haproxy/", `${folder}/`);
    await Deno.writeTextFile(`${folder}/${name}`, text);
    const checked = await output(haproxy, ["-c", "-f", `${folder}/${name}`]);

    match(checked, /Configuration file is valid/, name);
    ok(!/WARNING/.test(checked), checked);
    match(
      text,
      /^ {2}http-check send meth GET uri \/readyz ver HTTP\/1.1 hdr /m,
    );
    equal(text.match(/^ {2}server /gm)?.length, 2);
    ok(!/cookie|balance source/.test(text), "it is not sticky");
  }

  await Deno.remove(folder, { recursive: true });
});

Deno.test("Caddy accepts its file for several instances", async () => {
  const caddy = await getProgram("caddy");
  const config = `--config=${new URL("Caddyfile", FOLDER).pathname}`;
  const home = await Deno.makeTempDir();

  const checked = await output(
    caddy,
    ["validate", "--adapter=caddyfile", config],
    { HOME: home, XDG_DATA_HOME: home },
  );

  await Deno.remove(home, { recursive: true });
  match(checked, /Valid configuration/);
});

Deno.test("nats-server accepts its file and the arguments of the compose file", async () => {
  const nats = await getProgram("natsServer");
  const compose = await read("compose.yml");
  const words = compose.split("&nats-arguments\n")[1]?.split("nats2:")[0] ?? "";
  const names = [...words.matchAll(/^ +- (--[a-z_]+)=\S+$/gm)]
    .map(([, name = ""]) => name);

  const file = new URL("nats.conf", FOLDER).pathname;
  const checked = await output(nats, ["-t", "-c", file]);
  const help = await output(nats, ["--help"]);

  match(checked, /configuration file .* is valid/);
  equal(names.length, 5);
  for (const name of names) match(help, new RegExp(`${name} `), name);
});

Deno.test("the compose file and the guide set only existing settings, which go together", async () => {
  const compose = await read("compose.yml");
  const known = Object.keys(SETTINGS).map(environmentName);
  const given = [...compose.matchAll(/^ +(CW_\w+): (.*)$/gm)]
    .map(([, name = "", value = ""]): [string, string] => [
      name,
      value.replace(/\$\{\w+:\?\}/g, "a-secret-of-64-letters"),
    ]);
  const [settings] = blocksOf(await Deno.readTextFile(GUIDE))
    .filter(({ language }) => language === "ini");
  ok(settings);

  for (const all of [Object.fromEntries(given), variablesOf(settings)]) {
    const config = readConfig([], (name) => all[name]);

    deepEqual(Object.keys(all).filter((name) => !known.includes(name)), []);
    deepEqual(config.ok || config.error, true);
    ok("CW_KV" in all && "CW_NATS" in all && "CW_SECRET_KEY" in all);
  }
});

Deno.test("blocks of the guide that are not run say why", async () => {
  const blocks = blocksOf(await Deno.readTextFile(GUIDE));

  deepEqual(blocks.filter(({ notRun }) => !notRun), []);
  ok(blocks.length >= 4);
});

Deno.test("the shell accepts the scripts of the compose file, which mounts each of them", async () => {
  const compose = await read("compose.yml");
  for (const name of ["primary.sh", "standby.sh"]) {
    equal(await output("bash", ["-n", new URL(name, FOLDER).pathname]), "");
    ok(compose.includes(`- ./${name}:/`), name);
  }
});

async function output(
  program: string,
  args: string[],
  env: Record<string, string> = {},
): Promise<string> {
  const { stdout, stderr } = await new Deno.Command(program, { args, env })
    .output();
  const decoder = new TextDecoder();
  return decoder.decode(stdout) + decoder.decode(stderr);
}
