import { buildWidget, type BuiltFile } from "@/widget/build.ts";

// Writes widget/sizes.json, to be committed with what changes the widget.

/** Bytes after gzip by the moment when they load. */
export interface Sizes {
  /** Before cards are on the screen, in at most two requests. */
  withThePage: number;
  /** The first click: chat, and what chat and call share. */
  onAClick: number;
  /** The first call, in addition. */
  onACall: number;
  /** The launcher of a running contact (when there is one), choice of devices
   * (when it is opened), quality of a call (when it is connected), a chat as a
   * file (when it is saved), the reason why the microphone is denied (when it
   * is), the form for a message (when nobody can be reached), notices of an idle
   * chat and of a queue (when there is one), what the tab has stored (when a chat
   * continues on the next page), when agents are back (outside opening hours),
   * use of the panel above a modal dialog of the page (when there is one), proof
   * of work before a contact (where the widget asks for it), the colours (while an
   * older service sends none), the admin's preview, the place of the launchers of
   * several widgets of a page. */
  whenAskedFor: number;
}

/** Maximum number of bytes, by moment. */
export const BUDGET = {
  withThePage: 12 * 1024,
  onAClick: 16 * 1024,
  onACall: 10 * 1024,
};

/** The sizes of the last commit, written by `deno task sizes`. */
export const SIZES_FILE = new URL("../widget/sizes.json", import.meta.url);

/** The entry and what it imports before it runs, of the built files by name. */
export function eagerNames(
  code: ReadonlyMap<string, string>,
  name = "widget.js",
): Set<string> {
  const names = new Set([name]);
  const imports = /(?:from|import)"\.\/([^"]+)"/g;
  for (const [, next = ""] of (code.get(name) ?? "").matchAll(imports)) {
    for (const each of eagerNames(code, next)) names.add(each);
  }
  return names;
}

/** Moment at which a file is loaded. */
export function momentOf(
  name: string,
  code: ReadonlyMap<string, string>,
): keyof Sizes {
  const comesWith = (first: RegExp) =>
    [...code.keys()].some((each) =>
      first.test(each) && eagerNames(code, each).has(name)
    );
  if (eagerNames(code).has(name)) return "withThePage";
  if (comesWith(/^mod-/)) return "onAClick";
  return comesWith(/^start_call-/) ? "onACall" : "whenAskedFor";
}

export function sizesOf(
  files: readonly BuiltFile[],
  code: ReadonlyMap<string, string>,
): Sizes {
  const sizes: Sizes = {
    withThePage: 0,
    onAClick: 0,
    onACall: 0,
    whenAskedFor: 0,
  };
  for (const { name, gzip } of files) sizes[momentOf(name, code)] += gzip;
  return sizes;
}

/** The sizes of the last commit; without git, those of the file. */
export async function lastSizes(): Promise<Sizes> {
  const git = await new Deno.Command("git", {
    args: ["show", "HEAD:widget/sizes.json"],
    cwd: new URL("./", import.meta.url),
    stderr: "null",
  }).output().catch(() => undefined);
  const text = git?.success
    ? new TextDecoder().decode(git.stdout)
    : await Deno.readTextFile(SIZES_FILE);
  return JSON.parse(text);
}

/** One row a moment: what it is now, was, and may be. */
export function sizesTable(now: Partial<Sizes>, last: Sizes) {
  const names = Object.keys(now) as (keyof Sizes)[];
  return Object.fromEntries(names.map((name) => {
    const bytes = now[name] ?? 0;
    const budget = name === "whenAskedFor" ? undefined : BUDGET[name];
    return [name, {
      bytes,
      "last commit": last[name],
      difference: bytes - last[name],
      budget,
      left: budget === undefined ? undefined : budget - bytes,
    }];
  }));
}

if (import.meta.main) {
  const folder = await Deno.makeTempDir();
  const files = await buildWidget(folder);
  const code = new Map<string, string>();
  for (const { name } of files) {
    code.set(name, await Deno.readTextFile(`${folder}/${name}`));
  }
  await Deno.remove(folder, { recursive: true });
  const sizes = sizesOf(files, code);
  console.table(sizesTable(sizes, await lastSizes().catch(() => sizes)));
  await Deno.writeTextFile(SIZES_FILE, `${JSON.stringify(sizes, null, 2)}\n`);
}
