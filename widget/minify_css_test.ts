import { equal } from "node:assert/strict";
import { minifyCss } from "./minify_css.ts";

Deno.test("minifyCss() takes out what only people need", () => {
  equal(
    minifyCss(
      "/* why */\n.a,\n.b :hover {\n  color: red;\n  margin: 0 calc(1px + 2px);\n}\n",
    ),
    ".a,.b :hover{color:red;margin:0 calc(1px + 2px)}",
  );
});

Deno.test("minifyCss() drops quotes, zeros and blanks that change nothing", () => {
  equal(
    minifyCss(
      '.a[dir="rtl"] > .b {\n  top: -0.5em;\n  margin: 0 10.5px !important;\n  background: f(\n    red 0.25,\n    blue\n  );\n}\n',
    ),
    ".a[dir=rtl]>.b{top:-.5em;margin:0 10.5px!important;background:f(red .25,blue)}",
  );
});
