import { deepEqual } from "node:assert/strict";
import { replaceGlobals } from "@/tests/support/replace_globals.ts";
import { viewportSheet } from "./viewport.ts";

Deno.test("the part of the window above the on-screen keyboard is followed", () => {
  const rules: string[] = [];
  const view = Object.assign(new EventTarget(), { height: 700, offsetTop: 0 });
  using _globals = replaceGlobals({
    innerHeight: 700,
    visualViewport: view,
    CSSStyleSheet: class {
      replaceSync(css: string) {
        if (css !== "") rules.push(css);
      }
    },
  });
  const change = (event: string, height: number, offsetTop: number) => {
    Object.assign(view, { height, offsetTop });
    view.dispatchEvent(new Event(event));
  };

  const sheet = viewportSheet();
  change("resize", 400, 0); // The keyboard opens.
  change("scroll", 400, 100);
  change("resize", 800, 0); // Zoomed out: larger than the window.
  const isShared = viewportSheet() === sheet;

  deepEqual(rules, [
    ".root{--view-height:700px;--view-below:0px}",
    ".root{--view-height:400px;--view-below:300px}",
    ".root{--view-height:400px;--view-below:200px}",
    ".root{--view-height:800px;--view-below:0px}",
  ]);
  deepEqual(isShared, true);
});
