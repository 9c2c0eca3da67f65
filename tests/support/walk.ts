import type { Page } from "playwright-core";

const FOLDER = new URL("../../_walk/", import.meta.url);
/** The contact sheet of all walks. */
export const SHEET = new URL("index.html", FOLDER).pathname;

/** A session of a visitor and an agent, with screenshots of both after each
 * step. */
export class Walk {
  readonly #name: string;
  readonly #sides: Record<string, Page>;
  #steps = 0;

  private constructor(name: string, sides: Record<string, Page>) {
    this.#name = name;
    this.#sides = sides;
  }

  /** Begins a walk and deletes the screenshots of an earlier one. */
  static async begin(
    name: string,
    sides: Record<string, Page>,
  ): Promise<Walk> {
    const folder = new URL(`${name}/`, FOLDER);
    await Deno.remove(folder, { recursive: true }).catch(() => {});
    await Deno.mkdir(folder, { recursive: true });
    return new Walk(name, sides);
  }

  /**
   * Runs a step and takes a screenshot of each side, even if the step fails.
   * Names consist of lower-case letters and dashes.
   */
  async step(name: string, body: () => Promise<void>): Promise<void> {
    const number = String(++this.#steps).padStart(2, "0");
    try {
      await body();
    } finally {
      for (const [side, page] of Object.entries(this.#sides)) {
        if (page.isClosed()) continue;
        const file = `${this.#name}/${number}-${name}-${side}.png`;
        await page.screenshot({
          path: new URL(file, FOLDER).pathname,
          animations: "disabled",
        });
      }
      await writeSheet();
    }
  }
}

/** Writes a page with the screenshots of all walks, one row per step. */
async function writeSheet(): Promise<void> {
  const walks = await namesIn(FOLDER, (entry) => entry.isDirectory);
  const parts = await Promise.all(walks.map(async (walk) => {
    const files = await namesIn(
      new URL(`${walk}/`, FOLDER),
      ({ name }) => name.endsWith(".png"),
    );
    const figures = files.map((file) =>
      `<figure><img loading="lazy" src="${walk}/${file}">
       <figcaption>${file}</figcaption></figure>`
    );
    return `<h2>${walk}</h2><div>${figures.join("")}</div>`;
  }));
  await Deno.writeTextFile(
    SHEET,
    `<!doctype html><meta charset="utf-8"><title>Walks</title>
<style>
  body { font: 14px system-ui; margin: 1em }
  div { display: flex; flex-wrap: wrap; gap: 1em }
  figure { margin: 0 }
  img { block-size: 420px; border: 1px solid #999 }
</style>${parts.join("\n")}\n`,
  );
}

async function namesIn(
  folder: URL,
  filter: (entry: Deno.DirEntry) => boolean,
): Promise<string[]> {
  const entries = await Array.fromAsync(Deno.readDir(folder));
  return entries.filter(filter).map(({ name }) => name).sort();
}
