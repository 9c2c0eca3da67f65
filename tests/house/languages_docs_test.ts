import { deepEqual, equal, match, ok } from "node:assert/strict";

const ROOT = new URL("../../", import.meta.url);
const WIDGET = "lib/i18n/widget/ca.ts";

Deno.test("following docs/languages.md adds a language", async () => {
  await using copy = await copyOfTexts();
  const steps = await stepsOfTheGuide();
  ok(steps.length >= 6);
  let tests = 0;

  for (const step of steps) {
    if (step.startsWith("deno check lib/i18n/widget")) {
      await copy.edit(WIDGET, /title: ".*"/, 'title: "Us podem ajudar?"');
    }
    const { success, said } = await copy.run(step);
    ok(success, `${step}\n${said}`);
    if (step.includes("deno test")) {
      tests += Number(/(\d+) passed/.exec(said)?.[1]);
    }
  }

  ok(tests >= 5, `${tests} tests ran`);
  const { said } = await copy.run(`deno eval '
    import { WIDGET_LANGUAGES } from "@/lib/i18n/widget/languages.ts";
    import { adminLanguage } from "@/lib/i18n/admin/languages.ts";
    console.log(WIDGET_LANGUAGES.ca.title, adminLanguage("ca", null));'`);
  equal(said.trim(), "Us podem ajudar? ca");
});

Deno.test("mistakes in a language are reported as docs/languages.md says", async () => {
  await using copy = await copyOfTexts();
  const guide = await Deno.readTextFile(new URL("docs/languages.md", ROOT));
  const [copying = "", naming = "", checking = ""] = await stepsOfTheGuide();
  for (const step of [copying, naming]) await copy.run(step);
  const english = await copy.read(WIDGET);
  /** Returns the output of a command after one change to the new language. */
  async function broken(command: string, from: RegExp, to: string) {
    await copy.edit(WIDGET, from, to);
    const { success, said } = await copy.run(command);
    await copy.write(WIDGET, english);
    equal(success, false, to);
    return said;
  }
  const told = [...guide.matchAll(/^\| (?!what|--)(.*?) +\|/gm)]
    .map(([, row = ""]) => row);
  const [types = "", tests = ""] = checking.split("\n");
  const untyped = tests.replace("-A", "-A --no-check");

  const missing = await broken(types, / {2}hangUp: .*\n/, "");
  const extra = await broken(types, /hangUp:/, "hangup:");
  const slots = await broken(untyped, /Call \{name\}/, "Truca");

  match(missing, new RegExp(quoted(told[0])));
  match(extra, new RegExp(quoted(told[1])));
  match(slots, /ca callName:/);
  match(slots, /each tag is known to browsers[^]*\bca\b/);
  deepEqual(told.slice(2), [
    "`ca callName:` and two lists that differ",
    "`ca` in `each tag is known to browsers` failed",
  ]);
});

/** Returns the text between the first backticks as a literal pattern. */
function quoted(row = ""): string {
  return (/`([^`]+)`/.exec(row)?.[1] ?? "-")
    .replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

/** The commands of the guide, in its order: one text for each block. */
async function stepsOfTheGuide(): Promise<string[]> {
  const guide = await Deno.readTextFile(new URL("docs/languages.md", ROOT));
  return [...guide.matchAll(/^```sh\n([^]*?)^```/gm)]
    .map(([, step = ""]) => step);
}

interface Copy extends AsyncDisposable {
  run(step: string): Promise<{ success: boolean; said: string }>;
  read(path: string): Promise<string>;
  write(path: string, text: string): Promise<void>;
  edit(path: string, from: RegExp, to: string): Promise<void>;
}

/** The part of the repository that texts need, in a separate folder. */
async function copyOfTexts(): Promise<Copy> {
  const folder = await Deno.makeTempDir({ prefix: "language-" });
  const path = (name: string) => `${folder}/${name}`;
  for (const name of ["deno.json", "deno.lock"]) {
    await Deno.copyFile(new URL(name, ROOT), path(name));
  }
  const copying = new Deno.Command("cp", {
    args: ["-r", new URL("lib", ROOT).pathname, path("lib")],
  });
  ok((await copying.output()).success);
  return {
    async run(step) {
      const { success, stdout, stderr } = await new Deno.Command("sh", {
        args: ["-ec", `deno() { "${Deno.execPath()}" "$@"; }\n${step}`],
        cwd: folder,
        env: { NO_COLOR: "1" },
      }).output();
      const text = new TextDecoder();
      return { success, said: text.decode(stdout) + text.decode(stderr) };
    },
    read: (name) => Deno.readTextFile(path(name)),
    write: (name, text) => Deno.writeTextFile(path(name), text),
    async edit(name, from, to) {
      const text = await Deno.readTextFile(path(name));
      await Deno.writeTextFile(path(name), text.replace(from, to));
    },
    [Symbol.asyncDispose]: () => Deno.remove(folder, { recursive: true }),
  };
}
