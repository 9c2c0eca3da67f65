const ROOT = new URL("../../", import.meta.url);

/** A source file of `routes/` or `islands/`, in the app's format. */
export interface CodeFile {
  /** Relative to its folder: `api/widgets/[uuid].ts`. */
  path: string;
  module: Readonly<Record<string, unknown>>;
}

/** Loads a file of a folder, without a build. */
export async function fileAt(folder: string, path: string): Promise<CodeFile> {
  return { path, module: await import(new URL(folder + path, ROOT).href) };
}

/** Loads all files of a folder that end in a slash, except tests. */
export async function* filesBelow(
  folder: string,
  inner = "",
): AsyncGenerator<CodeFile> {
  for await (
    const { name, isDirectory } of Deno.readDir(new URL(folder + inner, ROOT))
  ) {
    const path = inner + name;
    if (isDirectory) yield* filesBelow(folder, path + "/");
    else if (/(?<!_test)\.tsx?$/.test(name)) yield await fileAt(folder, path);
  }
}

/** Lists the methods and patterns of route files, as `GET /widgets/:uuid`. */
export function routesIn(files: CodeFile[]): string[] {
  return files.filter(({ path }) => !/(^|\/)_/.test(path))
    .flatMap(({ path, module }) => {
      const pattern = "/" + path.replace(/(^|\/)?index\.tsx?$|\.tsx?$/, "")
        .replace(/\[(\w+)\]/g, ":$1");
      const methods = new Set(
        Object.keys(module["handlers"] ?? module["handler"] ?? {}),
      );
      if (module["default"] !== undefined) methods.add("GET");
      return [...methods].map((method) => `${method} ${pattern}`);
    });
}
