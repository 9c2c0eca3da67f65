import { deepEqual } from "node:assert/strict";
import { PRESENCES } from "@/lib/model/presence.ts";
import { openBrowser } from "@/tests/support/browser.ts";
import { type Chance, chance } from "@/tests/support/chance.ts";
import { info, session } from "@/tests/support/visitor_messages.ts";
import type { Shown } from "@/tests/support/widget_dom/model.ts";

const ROOT = new URL("../../", import.meta.url).pathname;

async function bundle(entry: string, config: string): Promise<string> {
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      "bundle",
      "--quiet",
      "--platform=browser",
      "--no-lock",
      `--config=${config}`,
      `tests/support/widget_dom/${entry}`,
    ],
    cwd: ROOT,
  }).output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
  return new TextDecoder().decode(stdout);
}

/** Any widget at any moment. */
function randomShown(chance: Chance): Shown {
  const some = (text: string) => chance.below(2) === 0 ? "" : text;
  const agents = Array.from({ length: chance.below(5) }, (_, i) =>
    info({
      id: `agent${chance.below(6)}${i}`,
      dn: some("Ada Lovelace"),
      department: some("Sales"),
      phonenumber: some("+49 30 1"),
      email: some("ada@example.com"),
      company: chance.below(2) === 0 ? {} : { name: "Shuttles", fax: "1" },
      presence: chance.pick(PRESENCES),
      media: (["voice", "video", "email", "chat"] as const)
        .filter(() => chance.below(2) === 0),
      ...(chance.below(2) === 0
        ? {}
        : { link: { label: some("Book"), url: "https://example.com/" } }),
    }));
  return {
    session: session(
      { type: chance.pick(["sidebar", "cardset"]) },
      {
        hideWhenUnavailable: chance.below(3) === 0,
        showBranding: chance.below(2) === 0,
        position: chance.pick(["end", "start", "bottom"]),
        title: some("Help"),
      },
    ),
    cards: agents,
    help: some("Questions?"),
    notice: some("A preview"),
    running: chance.below(2) === 0,
    picture: some("data:image/png;base64,AA=="),
  };
}

Deno.test("the widget's renderer produces the same DOM as Preact, from any previous state", async () => {
  await using browser = await openBrowser();
  const { page } = await browser.open();
  await page.addScriptTag({
    content: await bundle("own.tsx", "widget/bundle.json"),
  });
  await page.addScriptTag({ content: await bundle("preact.tsx", "deno.json") });
  const random = chance();
  const moments = Array.from({ length: 300 }, () => randomShown(random));

  const different = await page.evaluate((moments) => {
    type Draw = (shown: unknown, into: Element) => void;
    const { drawOwn, drawPreact } = globalThis as unknown as Record<
      "drawOwn" | "drawPreact",
      Draw
    >;
    const own = document.createElement("div");
    const preact = document.createElement("div");
    document.body.append(own, preact);
    return moments.flatMap((moment, i) => {
      drawOwn(moment, own);
      drawPreact(moment, preact);
      const [one, other] = [own, preact].map((root) => {
        const copy = root.cloneNode(true); // Preact makes texts of "".
        copy.normalize();
        return copy;
      });
      return one?.isEqualNode(other ?? null)
        ? []
        : [`moment ${i}:\n${own.innerHTML}\n${preact.innerHTML}`];
    });
  }, moments);

  deepEqual(different.slice(0, 1), [], `CW_SEED=${random.seed}`);
});
