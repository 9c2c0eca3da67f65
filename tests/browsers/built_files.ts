import type { Part } from "@/tools/browser_targets.ts";

// Reads what browsers get, as `deno task build` has left it in _fresh.

const BUILD = new URL("../../_fresh/", import.meta.url);

export interface BuiltText {
  file: string;
  type: "script" | "style";
  text: string;
}

/** All scripts and style sheets of one part of the product. */
export async function builtFiles(part: Part): Promise<BuiltText[]> {
  const folders = part === "widget"
    ? ["widget/"]
    : await foldersOfPages(["scripts/", "static/"]);
  const files: BuiltText[] = [];
  for (const folder of folders) {
    for await (const { name } of Deno.readDir(new URL(folder, BUILD))) {
      const type = /\.js$/.test(name)
        ? "script"
        : /\.css$/.test(name)
        ? "style"
        : undefined;
      if (type === undefined) continue;
      const text = await Deno.readTextFile(new URL(folder + name, BUILD));
      files.push({ file: name, type, text });
    }
  }
  return files;
}

/** Builds of pages take turns between two folders; one is there at a time. */
async function foldersOfPages(inside: string[]): Promise<string[]> {
  const turns = await Array.fromAsync(Deno.readDir(BUILD), ({ name }) => name);
  const turn = turns.find((name) => name === "a" || name === "b");
  return inside.map((folder) => `${turn}/${folder}`);
}
