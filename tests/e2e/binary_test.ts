import { deepEqual, equal, match, ok } from "node:assert/strict";
import type { WidgetView } from "@/lib/protocol/admin/messages.ts";
import { AdminClient, PASSWORD } from "@/tests/support/admin_client.ts";
import { type Binary, makeBinary } from "@/tests/support/binary.ts";
import { blocksOf, variablesOf } from "@/tests/support/guide.ts";
import { freePort } from "@/tests/support/proxy.ts";
import { type Service, startService } from "@/tests/support/service.ts";
import { openWire } from "@/tests/support/wire.ts";

// The file that operators get, where nothing is installed and as a user who may
// write to one folder only.

const DEPLOY = new URL("../../deploy", import.meta.url).pathname;
const GUIDE = new URL("../../docs/operator.md", import.meta.url);

let binary: Binary;
Deno.test.beforeAll(async () => void (binary = await makeBinary()));
Deno.test.afterAll(async () => await binary[Symbol.asyncDispose]());

Deno.test("one file serves pages, the widget's script and visitors, and restarts with its data", async () => {
  const how = { data: `${binary.home}/data`, program: program() };

  let uuid: string;
  {
    await using service = await startService({
      ...how,
      args: [`--admin-password=${PASSWORD}`],
    });
    const admin = await AdminClient.signIn(service.url, "admin", PASSWORD);
    const widget = await admin.addWidget("sidebar", (content) => {
      content.name = "Kept";
    });
    uuid = widget.uuid;
    await checkPages(service, admin);
    equal(await nameFor(service, uuid), "Kept");
  }
  await using again = await startService(how);

  equal(await nameFor(again, uuid), "Kept");
  const admin = await AdminClient.signIn(again.url, "admin", PASSWORD);
  const kept = await admin.call<WidgetView>("GET", `/api/widgets/${uuid}`);
  equal(kept.content.name, "Kept");
});

Deno.test("the compiled program's commands work on the data and check the settings", async () => {
  const version = await run(["--version"]);
  const good = await run(["check-config", "--port=0"]);
  const bad = await run(["check-config", "--port=none"]);
  const tls = await run(["check-config", "--tls-cert=x", "--tls-key=y"]);
  const nothing = await run(["export", "x", "--data=nowhere"]);

  match(version.text, /^Contact Widgets \d+\.\d+\.\d+\n$/);
  match(good.text, /^Configuration OK$/m);
  equal(bad.code, 1);
  match(bad.text, /^--port "none" must be a whole number/);
  equal(tls.code, 1);
  match(tls.text, /^CW_TLS_CERT cannot be read: No such file/);
  equal(nothing.code, 1);
  match(nothing.text, /^There is no store at nowhere/);
});

Deno.test("the program unpacks once and completely, even if several start at the same time", async () => {
  const cache = `${binary.home}/fresh`;

  const runs = await Promise.all(
    Array.from({ length: 3 }, () => run(["--version"], { cache })),
  );

  equal(runs.map(({ code }) => code).join(), "0,0,0");
  const unpacked = await Array.fromAsync(Deno.readDir(cache));
  equal(unpacked.length, 1);
  match(unpacked[0]?.name ?? "", /^[0-9a-f]{16}$/);
  const inside = await Array.fromAsync(
    Deno.readDir(`${cache}/${unpacked[0]?.name}`),
    ({ name }) => name,
  );
  equal(inside.sort().join(), "app,cache,deno,running");
});

Deno.test("the program reports in one sentence that it can't unpack", async () => {
  const nowhere = await run(["--version"], { cache: "/proc/nowhere" });

  equal(nowhere.code, 1);
  equal(
    nowhere.text,
    "contact-widgets: cannot unpack into /proc/nowhere: it must be a folder" +
      " of user nobody that can be written to. Name another one in CW_CACHE\n",
  );
});

Deno.test("a program unpacked by root runs from a read-only folder", async () => {
  if (Deno.uid() !== 0) return; // Only root can play root.
  const cache = `${binary.home}/by-root`;
  const { uid: _, gid: __, ...asRoot } = binary.how(cache);
  await new Deno.Command(binary.path, { ...asRoot, args: ["--version"] })
    .output();

  await using service = await startService({
    data: `${binary.home}/data-by-root`,
    program: { path: binary.path, ...binary.how(cache) },
  });

  const ready = await fetch(`${service.url}/readyz`);
  equal(await ready.text(), "ready\n");
});

Deno.test("the program runs no files that another user has planted", async () => {
  if (Deno.uid() !== 0) return; // Only root can play another user.
  const cache = `${binary.home}/planted`;
  await run(["--version"], { cache });
  const [unpacked] = await Array.fromAsync(Deno.readDir(cache));
  await Deno.chown(`${cache}/${unpacked?.name}`, 1, 1);

  const planted = await run(["--version"], { cache });

  equal(planted.code, 1);
  match(planted.text, /belongs to somebody else/);
});

Deno.test("the operator's guide works word for word in an empty folder", async () => {
  const port = freePort("127.0.0.1");
  const guide = await Deno.readTextFile(GUIDE);
  const commands = blocksOf(guide)
    .filter(({ language }) => language === "sh")
    .map(({ text }) => text.replaceAll("localhost:8000", `localhost:${port}`));
  const folder = `${binary.home}/guide`;
  await Deno.mkdir(folder);
  await Deno.copyFile(binary.path, `${folder}/contact-widgets`);

  // What the guide starts must not outlive it.
  const script = `set -eu\ntrap 'kill $(jobs -p) 2>/dev/null || true' EXIT\n` +
    commands.join("\n");
  const { code, stdout, stderr } = await new Deno.Command("/usr/bin/timeout", {
    args: ["60", "bash", "-c", script],
    cwd: folder,
    clearEnv: true,
    env: {
      PATH: "/usr/bin:/bin",
      HOME: binary.home,
      CW_PORT: `${port}`,
      CW_HOST: "127.0.0.1",
    },
  }).output();

  const decoder = new TextDecoder();
  const said = decoder.decode(stdout);
  equal(code, 0, decoder.decode(stderr) + said);
  ok(commands.length >= 7);
  match(said, /^Contact Widgets \d/m);
  match(said, /^Configuration OK$/m);
  match(said, /^Sign in {2}http/m);
  match(said, /^New password of admin: \w+$/m);
  match(said, /^contact_widgets_visitors 0$/m);
  match(said, /^Dry run: nothing was written\. Add --yes to import\.$/m);
  match(said, /^Imported\./m);
});

Deno.test("settings in the operator's guide are valid, and commands that the test skips have a reason", async () => {
  const blocks = blocksOf(await Deno.readTextFile(GUIDE));
  const others = blocks.filter(({ language }) => language !== "sh");
  const settings = others
    .filter(({ language, notRun }) => language === "ini" && !notRun);
  const left = others
    .filter((block) => !settings.includes(block) && !block.notRun);

  for (const block of settings) {
    // Another port, because something else may listen at the guide's.
    const { code, text } = await run(["check-config", "--port=0"], {
      variables: variablesOf(block),
    });
    equal(code, 0, `line ${block.line}: ${text}`);
  }

  ok(settings.length >= 2);
  deepEqual(left, []);
});

Deno.test("the files of the guide's systemd commands are installed where the unit expects them", async () => {
  const guide = await Deno.readTextFile(GUIDE);
  const [block] = blocksOf(guide).filter(({ text }) => /^install /m.test(text));
  const installs = block?.text.split("\n")
    .filter((line) => line.startsWith("install ")) ?? [];
  const place = await Deno.makeTempDir({ prefix: "root-" });
  await Deno.copyFile(binary.path, `${place}/contact-widgets`);
  await Deno.symlink(DEPLOY, `${place}/deploy`);
  for (const folder of ["opt", "etc/systemd/system"]) {
    await Deno.mkdir(`${place}/${folder}`, { recursive: true });
  }

  for (const line of installs) {
    const script = line.replace(/ \/(?=opt|etc)/g, ` ${place}/`);
    const { success, stderr } = await new Deno.Command("sh", {
      args: ["-c", script],
      cwd: place,
    }).output();
    ok(success, `${line}: ${new TextDecoder().decode(stderr)}`);
  }

  const unit = await Deno.readTextFile(
    `${place}/etc/systemd/system/contact-widgets.service`,
  );
  const named = [...unit.matchAll(/^(?:ExecStart|EnvironmentFile)=-?(\S+)/gm)]
    .map(([, path = ""]) => path);
  for (const path of named) ok((await Deno.stat(place + path)).isFile, path);
  await Deno.remove(place, { recursive: true });
  equal(installs.length, 3);
  equal(named.length, 2);
});

async function checkPages(
  { url }: Service,
  { cookie }: AdminClient,
): Promise<void> {
  const page = await fetch(`${url}/admin`, { headers: { cookie } });
  const html = await page.text();
  equal(page.status, 200);
  const paths = [...html.matchAll(/(?:src|href)="(\/[^"]+\.(?:js|css))/g)]
    .map(([, path = ""]) => path);
  ok(paths.length > 1);
  for (const path of [...paths, "/widget.js"]) {
    const response = await fetch(url + path);
    ok((await response.text()).length > 0, path);
    equal(response.status, 200, path);
  }
}

/** Returns the widget's name as a visitor's page receives it. */
async function nameFor({ url }: Service, uuid: string): Promise<unknown> {
  await using page = await openWire<Record<string, unknown>>(
    `${url}/widgets/service`,
  );
  page.say({ mt: "Start", uuid });
  const session = await page.heard.until(({ mt }) => mt === "Session");
  return session.name;
}

function program() {
  return { path: binary.path, ...binary.how() };
}

async function run(
  args: string[],
  { cache, variables }: {
    cache?: string;
    variables?: Record<string, string>;
  } = {},
): Promise<{ code: number; text: string }> {
  const { env, ...how } = binary.how(cache);
  const { code, stdout, stderr } = await new Deno.Command(binary.path, {
    ...how,
    env: { ...env, ...variables },
    args,
  }).output();
  const decoder = new TextDecoder();
  return { code, text: decoder.decode(stdout) + decoder.decode(stderr) };
}
