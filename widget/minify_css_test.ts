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
