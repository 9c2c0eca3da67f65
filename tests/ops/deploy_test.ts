import { deepEqual, equal, match, ok } from "node:assert/strict";
import { environmentName, SETTINGS } from "@/lib/program/settings.ts";
import { SETTINGS_FILE, settingsDocument } from "@/tools/settings_docs.ts";
import { blocksOf } from "@/tests/support/guide.ts";
import { getProgram } from "@/tests/support/get_debian.ts";

const DEPLOY = new URL("../../deploy/", import.meta.url);
const read = (name: string) => Deno.readTextFile(new URL(name, DEPLOY));

Deno.test("docs/settings.md matches the output of `deno task settings`", async () => {
  equal(
    await Deno.readTextFile(SETTINGS_FILE),
    await settingsDocument(),
    "run deno task settings",
  );
});

Deno.test("systemd accepts the unit and rates it as well protected", async () => {
  const analyze = await getProgram("systemdAnalyze");
  const folder = await Deno.makeTempDir();
  const unit = `${folder}/contact-widgets.service`;
  const text = await read("contact-widgets.service");
  await Deno.writeTextFile(
    unit,
    text.replaceAll("/opt/contact-widgets/contact-widgets", "/bin/true"),
  );

  const verified = await output(analyze, ["verify", unit]);
  const rated = await output(analyze, ["security", "--offline=yes", unit]);

  await Deno.remove(folder, { recursive: true });
  equal(verified, "");
  const level = /exposure level for .*: (\d+\.\d)/.exec(rated)?.[1] ?? "10";
  ok(Number(level) <= 2, `exposure ${level}`);
  match(text, /^MemoryMax=/m);
});

Deno.test("the unit lets the service listen on port 443, and the guide's drop-in gives it access to the certificate", async () => {
  const analyze = await getProgram("systemdAnalyze");
  const guide = await read("../docs/operator.md");
  const [dropIn] = blocksOf(guide)
    .filter(({ text }) => text.includes("LoadCredential="));
  ok(dropIn);
  const folder = await Deno.makeTempDir();
  const unit = `${folder}/contact-widgets.service`;
  const text = (await read("contact-widgets.service"))
    .replaceAll("/opt/contact-widgets/contact-widgets", "/bin/true");
  await Deno.writeTextFile(unit, text);
  await Deno.mkdir(`${unit}.d`);
  await Deno.writeTextFile(`${unit}.d/override.conf`, dropIn.text);

  const verified = await output(analyze, ["verify", unit]);

  await Deno.remove(folder, { recursive: true });
  equal(verified, "");
  match(text, /^AmbientCapabilities=CAP_NET_BIND_SERVICE$/m);
  match(text, /^CapabilityBoundingSet=CAP_NET_BIND_SERVICE$/m);
  for (const [, path = ""] of dropIn.text.matchAll(/%d\/(\S+)/g)) {
    match(dropIn.text, new RegExp(`^LoadCredential=${path}:/`, "m"));
  }
});

Deno.test("the guide and the alert name both memory limits of the unit, and the alert fires first", async () => {
  const unit = await read("contact-widgets.service");
  const rules = await read("prometheus/contact-widgets.rules.yml");
  const guide = await read("../docs/operator.md");
  const limits = unit.match(/^Memory(?:High|Max)=\S+$/gm) ?? [];

  const [, bytes, description = ""] =
    /bytes\{[^}]*\} > (8e8)$.*?^ +description: (.*?)$/ms.exec(rules) ?? [];
  const [row = ""] = /^\| `ContactWidgetsMemory` .*$/m.exec(guide) ?? [];

  equal(limits.length, 2);
  for (const limit of limits) {
    ok(description.includes(limit), `the alert names ${limit}`);
    ok(row.includes(limit), `the guide names ${limit} next to the alert`);
    ok(sizing(guide).includes(limit), `Sizing names ${limit}`);
  }
  const high = Number(/^MemoryHigh=(\d+)M$/m.exec(unit)?.[1]);
  ok(Number(bytes) < high * 1_024 * 1_024);
});

Deno.test("nginx accepts the limits in the guide, which leave two connections per visitor", async () => {
  const nginx = await getProgram("nginx");
  const [block] = blocksOf(sizing(await read("../docs/operator.md")))
    .filter(({ text }) => text.includes("worker_connections"));
  ok(block);
  const folder = await Deno.makeTempDir();
  const file = `${folder}/nginx.conf`;
  const text = `pid ${folder}/pid; error_log stderr;\n${block.text}\nhttp {}`;
  await Deno.writeTextFile(file, text);

  const tested = await output(nginx, ["-t", "-q", "-p", folder, "-c", file]);

  await Deno.remove(folder, { recursive: true });
  equal(tested, "");
  const limit = (name: string) =>
    Number(new RegExp(`\\b${name} (\\d+);`).exec(block.text)?.[1]);
  ok(limit("worker_rlimit_nofile") > limit("worker_connections"));
});

/** The section of the guide about memory and connections. */
function sizing(guide: string): string {
  return /^## Sizing$.*?(?=^## )/ms.exec(guide)?.[0] ?? "";
}

Deno.test("the unit allows time to drain and sets only existing settings", async () => {
  const text = await read("contact-widgets.service");

  const seconds = Number(/^TimeoutStopSec=(\d+)s$/m.exec(text)?.[1]);
  ok(seconds > Number(SETTINGS.drainSeconds.byDefault));
  const known = [...Object.keys(SETTINGS).map(environmentName), "CW_CACHE"];
  for (const name of ["contact-widgets.service", "Dockerfile"]) {
    const named = [...(await read(name)).matchAll(/\b(CW_[A-Z_]+)/g)]
      .map(([setting]) => setting);
    ok(named.length > 0);
    deepEqual(named.filter((one) => !known.includes(one)), [], name);
  }
});

Deno.test("the Dockerfile copies and runs only existing files", async () => {
  const text = await read("Dockerfile");
  const { tasks } = JSON.parse(await read("../deno.json"));

  const task = /deno@\S+ \S+ task (\w+)|task (\w+)/.exec(text);
  ok(Object.hasOwn(tasks, task?.[1] ?? task?.[2] ?? ""));
  const [, made] = /COPY --from=build \/src\/(\S+)/.exec(text) ?? [];
  match(await read("../tools/compile.ts"), new RegExp(`"${made}"`));
});

Deno.test("the Dockerfile pins its images to exact versions", async () => {
  const images = [...(await read("Dockerfile")).matchAll(/^FROM (\S+)/gm)]
    .map(([, image = ""]) => image);

  equal(images.length, 2);
  for (const image of images) match(image, /^[a-z/]+:\d+\.\d+[\w.-]*$/);
});

async function output(program: string, args: string[]): Promise<string> {
  const { stdout, stderr } = await new Deno.Command(program, { args }).output();
  const decoder = new TextDecoder();
  return decoder.decode(stdout) + decoder.decode(stderr);
}
