import { deepEqual, equal, ok } from "node:assert/strict";
import { en as admin } from "@/lib/i18n/admin/en.ts";
import { en as desk } from "@/lib/i18n/desk/en.ts";
import { en as widget } from "@/lib/i18n/widget/en.ts";
import { WIDGET_LANGUAGES } from "@/lib/i18n/widget/languages.ts";
import { AGENTS_MAX } from "@/lib/model/widget.ts";
import { isSecret } from "@/lib/program/config.ts";
import { environmentName, flagName, SETTINGS } from "@/lib/program/settings.ts";
import { VERSION } from "@/lib/program/version.ts";
import { BUDGET } from "@/tools/widget_sizes.ts";

const ROOT = new URL("../../", import.meta.url);
/** Settings that are no setting of the service: docs/settings.md, at the end. */
const OTHERS = ["CW_PASSPHRASE", "CW_CACHE", "CW_SEED"];

Deno.test("links in the docs work, including their anchors", async () => {
  const broken: string[] = [];
  for (const [name, text] of await documents()) {
    for (const link of linksIn(text)) {
      if (/^https?:|^mailto:/.test(link)) continue;
      const [path = "", anchor] = link.split("#");
      const url = path === ""
        ? new URL(name, ROOT)
        : new URL(path, new URL(name, ROOT));
      const target = await Deno.stat(url).catch(() => undefined);
      if (target === undefined) broken.push(`${name}: ${link}`);
      else if (anchor !== undefined && target.isFile) {
        const anchors = anchorsOf(await Deno.readTextFile(url));
        if (!anchors.includes(anchor)) broken.push(`${name}: ${link}`);
      }
    }
  }

  deepEqual(broken, []);
});

Deno.test("settings, flags, tasks and commands in the docs exist", async () => {
  const { tasks } = JSON.parse(
    await Deno.readTextFile(new URL("deno.json", ROOT)),
  );
  const own = Object.keys(SETTINGS);
  const settings = [
    ...own.map(environmentName),
    ...own.filter(isSecret).map((name) => `${environmentName(name)}_FILE`),
    ...OTHERS,
  ];
  const flags = [
    ...Object.keys(SETTINGS).map(flagName),
    ...["--help", "--version", "--yes"],
  ];
  const commands = ["check-config", "export", "import", "reset-password"];
  const wrong: string[] = [];
  let found = 0;
  for (const [name, text] of await documents()) {
    const check = (pattern: RegExp, known: string[]) => {
      for (const [, one = ""] of text.matchAll(pattern)) {
        found++;
        if (!known.includes(one)) wrong.push(`${name}: ${one}`);
      }
    };
    check(/\b(CW_[A-Z_]*[A-Z])\b/g, settings);
    check(/\b(?:deno(?:@[\d.]+)?) task ([\w-]+)/g, Object.keys(tasks));
    check(/\.?\/?contact-widgets ([a-z][\w-]+) /g, commands);
    check(/contact-widgets (?:[\w.-]+ )*(--[\w-]+)/g, flags);
  }

  ok(found > 50);
  deepEqual(wrong, []);
});

Deno.test("every picture is shown in a document, with alternative text", async () => {
  const shown = new Set<string>();
  const wordless: string[] = [];
  for (const [name, text] of await documents()) {
    for (const [, words = "", path = ""] of text.matchAll(PICTURE)) {
      shown.add(new URL(path, new URL(name, ROOT)).href);
      if (words.trim().length < 10) wordless.push(`${name}: ${path}`);
    }
  }
  const folder = new URL("docs/images/", ROOT);
  const there = (await filesIn(folder)).map((file) => new URL(file, folder));

  deepEqual(wordless, []);
  deepEqual(there.map(({ href }) => href).sort(), [...shown].sort());
  for (const picture of there) {
    const { size } = await Deno.stat(picture);
    ok(size < 200_000, `${picture.pathname} has ${size} bytes`);
  }
});

Deno.test("the guides name things as the pages do", async () => {
  const texts = textsIn([admin, desk, widget]).join("\n").toLowerCase();
  const unknown: string[] = [];
  for (const name of ["docs/admin.md", "docs/agent.md"]) {
    const text = await Deno.readTextFile(new URL(name, ROOT));
    const labels = [...text.matchAll(/\*\*([^*]+)\*\*|(?<!\w)_([^_]+)_(?!\w)/g)]
      .map(([, bold, said]) => (bold ?? said ?? "").replace(/\s+/g, " "));
    ok(labels.length > 10);
    unknown.push(
      ...labels.filter((label) => !texts.includes(label.toLowerCase()))
        .map((label) => `${name}: ${label}`),
    );
  }

  deepEqual(unknown, []);
});

Deno.test("numbers in the docs match the program", async () => {
  const facts: [RegExp, number[]][] = [
    [/(\d+) languages/g, [Object.keys(WIDGET_LANGUAGES).length]],
    [/up to (\d+) agents/g, [AGENTS_MAX]],
    [/(\d+) KB/g, Object.values(BUDGET).map((bytes) => bytes / 1_024)],
  ];
  const wrong: string[] = [];
  let found = 0;
  for (const [name, text] of await documents()) {
    if (name === "docs/performance.md") continue; // Measured, not promised.
    for (const [pattern, known] of facts) {
      for (const [all, number = ""] of text.matchAll(pattern)) {
        found++;
        if (!known.includes(Number(number))) wrong.push(`${name}: ${all}`);
      }
    }
  }

  ok(found >= 8);
  deepEqual(wrong, []);
});

Deno.test("the changelog starts with the program's version", async () => {
  const text = await Deno.readTextFile(new URL("CHANGELOG.md", ROOT));

  equal(/^## (\S+)/m.exec(text)?.[1], VERSION);
});

Deno.test("paths in the docs exist", async () => {
  const missing: string[] = [];
  for (const [name, text] of await documents()) {
    for (const [, path = ""] of text.matchAll(PATH)) {
      const isThere = await Deno.stat(new URL(path, ROOT)).catch(() => false);
      if (!isThere && !MADE.includes(path)) missing.push(`${name}: ${path}`);
    }
  }

  deepEqual(missing, []);
});

Deno.test("documents named in comments exist", async () => {
  const names = (await filesUnder(ROOT)).filter((path) => path.endsWith(".md"));
  const missing: string[] = [];
  let found = 0;
  for (const path of await filesUnder(ROOT)) {
    if (!/\.(tsx?|css)$/.test(path)) continue;
    const text = await Deno.readTextFile(new URL(path, ROOT));
    for (const [, name = ""] of text.matchAll(/(?<![\w$}])([\w/]+\.md)\b/g)) {
      found++;
      const isThere = names.some((one) =>
        `/${one}`.endsWith(`/${name.replace(/^\//, "")}`)
      );
      if (!isThere) missing.push(`${path}: ${name}`);
    }
  }

  ok(found > 20);
  deepEqual(missing, []);
});

Deno.test("JSON and TypeScript in the docs is valid", async () => {
  const folder = await Deno.makeTempDir({ prefix: "documents-" });
  await Deno.copyFile(
    new URL("widget/widget.d.ts", ROOT),
    `${folder}/widget.d.ts`,
  );
  const compilerOptions = { lib: ["esnext", "dom", "dom.iterable"] };
  await Deno.writeTextFile(
    `${folder}/deno.json`,
    JSON.stringify({ compilerOptions }),
  );
  const files: string[] = [];
  for (const [name, text] of await documents()) {
    for (const [, kind = "", code = ""] of text.matchAll(FENCE)) {
      if (kind === "json") JSON.parse(code);
      if (kind !== "ts" && kind !== "tsx") continue;
      const file = `${name.replace(/\W/g, "_")}_${files.length}.${kind}`;
      await Deno.writeTextFile(`${folder}/${file}`, code);
      files.push(file);
    }
  }

  const { success, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["check", "--no-lock", ...files],
    cwd: folder,
    env: { NO_COLOR: "1" },
  }).output();

  await Deno.remove(folder, { recursive: true });
  ok(files.length > 0);
  ok(success, new TextDecoder().decode(stderr));
});

/** Made, hidden, or not ours. */
const FOREIGN = /^(\.|_fresh$|node_modules$|data$|dist$)/;
const PICTURE = /!\[([^\]]*)\]\(([^)\s]+)\)/g;
const FENCE = /^```(\w+)\n([^]*?)^```$/gm;
/** A path from the root, in backticks, without a pattern in it. */
const PATH =
  /`((?:components|deploy|desk|docs|islands|lib|routes|static|tests|tools|widget)\/[\w./-]+)`/g;
/** Names that exist only while docs/languages.md is followed. */
const MADE = ["lib/i18n/widget/ca.ts"];

/** Every text in a tree of them. */
function textsIn(node: unknown): string[] {
  if (typeof node === "string") return [node];
  return Object.values(node ?? {}).flatMap(textsIn);
}

/** Targets of links and pictures, outside of code. */
function linksIn(text: string): string[] {
  return [...text.replace(FENCE, "").matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, link = ""]) => link);
}

/** The documents for people: in the root and in docs/. */
async function documents(): Promise<[string, string][]> {
  const names: string[] = [];
  for (const folder of ["", "docs/"]) {
    const files = await filesIn(new URL(`./${folder}`, ROOT));
    names.push(
      ...files.filter((file) => file.endsWith(".md"))
        .map((file) => folder + file),
    );
  }
  return await Promise.all(
    names.map(async (name): Promise<[string, string]> => [
      name,
      await Deno.readTextFile(new URL(name, ROOT)),
    ]),
  );
}

/** Paths of all files that are ours, from the root. */
async function filesUnder(root: URL, folder = ""): Promise<string[]> {
  const entries = await Array.fromAsync(Deno.readDir(new URL(folder, root)));
  const ours = entries.filter(({ name }) => !FOREIGN.test(name));
  const found = await Promise.all(ours.map(({ name, isDirectory }) => {
    const path = folder + encodeURIComponent(name);
    return isDirectory ? filesUnder(root, `${path}/`) : [path];
  }));
  return found.flat();
}

async function filesIn(folder: URL): Promise<string[]> {
  const entries = await Array.fromAsync(Deno.readDir(folder));
  return entries.filter(({ isFile }) => isFile).map(({ name }) => name);
}

/** As forges make them of headings; of two that are the same, the second gets a number. */
function anchorsOf(text: string): string[] {
  const seen = new Map<string, number>();
  return [...text.replace(FENCE, "").matchAll(/^#+ (.*)$/gm)]
    .map(([, heading = ""]) => {
      const anchor = heading.toLowerCase().replace(/[^\p{L}\p{N}_\- ]/gu, "")
        .replaceAll(" ", "-");
      const before = seen.get(anchor) ?? 0;
      seen.set(anchor, before + 1);
      return before === 0 ? anchor : `${anchor}-${before}`;
    });
}
