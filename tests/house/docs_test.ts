import { deepEqual, ok } from "node:assert/strict";
import { environmentName, flagName, SETTINGS } from "@/lib/web/settings.ts";

const ROOT = new URL("../../", import.meta.url);
/** Settings that are no setting of the service: docs/settings.md, at the end. */
const OTHERS = ["CW_PASSPHRASE", "CW_CACHE", "CW_SEED"];

Deno.test("links in documents lead somewhere, also their anchors", async () => {
  const broken: string[] = [];
  for (const [name, text] of await documents()) {
    for (const [, link = ""] of text.matchAll(/\]\(([^)\s]+)\)/g)) {
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

Deno.test("settings, flags, tasks and commands in documents exist", async () => {
  const { tasks } = JSON.parse(
    await Deno.readTextFile(new URL("deno.json", ROOT)),
  );
  const settings = [...Object.keys(SETTINGS).map(environmentName), ...OTHERS];
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

/** The documents for people: in the root and in docs/. */
async function documents(): Promise<[string, string][]> {
  const names: string[] = [];
  for (const folder of ["", "docs/"]) {
    for await (const { name } of Deno.readDir(new URL(`./${folder}`, ROOT))) {
      if (name.endsWith(".md")) names.push(folder + name);
    }
  }
  return await Promise.all(
    names.map(async (name): Promise<[string, string]> => [
      name,
      await Deno.readTextFile(new URL(name, ROOT)),
    ]),
  );
}

/** As forges make them of headings. */
function anchorsOf(text: string): string[] {
  return [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading = ""]) =>
    heading.toLowerCase().replace(/[^\w\- ]/g, "").replaceAll(" ", "-")
  );
}
