import { deepEqual, equal, match } from "node:assert/strict";
import { en } from "@/lib/i18n/desk/en.ts";
import { replaceGlobals } from "@/tests/support/replace_globals.ts";
import { TabTitle } from "./tab_title.ts";

/** As much of a page as a tab shows. */
function page(icon: { href: string } | null): Disposable & { title: string } {
  const fake = { title: "Desk", querySelector: () => icon };
  return Object.assign(fake, replaceGlobals({ document: fake }));
}

Deno.test("the tab's title and icon show how many visitors are waiting, and return to normal", () => {
  const icon = { href: "/icon.svg" };
  using tab = page(icon);
  const title = new TabTitle(en);

  const seen = [3, 9, 10].map((count) => {
    title.show(count);
    const [, text] = /sans-serif">(.*?)</
      .exec(decodeURIComponent(icon.href)) ?? [];
    return [tab.title, text];
  });
  const { href } = icon;
  title.show(0);

  deepEqual(seen, [
    [`(3) ${en.title}`, "3"],
    [`(9) ${en.title}`, "9"],
    [`(10) ${en.title}`, "9+"],
  ]);
  match(href, /^data:image\/svg\+xml,/);
  deepEqual([tab.title, icon.href], ["Desk", "/icon.svg"]);
});

Deno.test("a page without an icon shows the number in its title", () => {
  using tab = page(null);

  new TabTitle(en).show(1);

  equal(tab.title, `(1) ${en.title}`);
});
