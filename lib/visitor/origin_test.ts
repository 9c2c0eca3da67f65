import { deepEqual } from "node:assert/strict";
import { isWelcome } from "./origin.ts";

Deno.test("[V15] an allowed site is an origin, or all its subdomains with *.", () => {
  const cases: [string, string | null, boolean][] = [
    ["https://example.com", "https://example.com", true],
    ["https://example.com", "https://EXAMPLE.com", true],
    ["https://example.com:443", "https://example.com", true],
    ["http://example.com", "http://example.com:80", true],
    ["https://example.com", "http://example.com", false],
    ["https://example.com", "https://example.com:8443", false],
    ["https://example.com:8443", "https://example.com:8443", true],
    ["https://example.com", "https://www.example.com", false],
    ["https://example.com", "https://example.com.evil.com", false],
    ["https://*.example.com", "https://www.example.com", true],
    ["https://*.example.com", "https://a.b.example.com", true],
    ["https://*.example.com", "https://example.com", false],
    ["https://*.example.com", "https://notexample.com", false],
    ["https://*.example.com", "https://.example.com", false],
    ["https://*.example.com", "http://www.example.com", false],
    ["https://*.example.com", "https://www.example.com:8443", false],
    ["https://*.example.com:8443", "https://www.example.com:8443", true],
    ["https://example.com", "null", false],
    ["https://example.com", null, false],
  ];

  const welcome = cases.map(([site, origin]) => isWelcome(origin, [site]));

  deepEqual(welcome, cases.map(([, , expected]) => expected));
  deepEqual([isWelcome(null, []), isWelcome("null", [])], [true, true]);
});
