import { equal } from "node:assert/strict";
import { wayBack } from "./way_back.ts";

Deno.test("wayBack() stays on this site for any requested address", () => {
  const from = new URL("https://cw.example.com/login");
  const cases = {
    "/desk": "/desk",
    "/admin/people?x=1#top": "/admin/people?x=1#top",
    "/a/../admin": "/admin",
    "": "/admin",
    "desk": "/admin",
    "https://evil.example/": "/admin",
    "//evil.example/": "/admin",
    "/\\evil.example/": "/admin",
    "/\t/evil.example/": "/admin",
    "/.//evil.example/": "/admin",
    "javascript:alert(1)": "/admin",
  };

  for (const [next, expected] of Object.entries(cases)) {
    equal(wayBack(next, from, "/admin"), expected, next);
  }
});
