import { equal } from "node:assert/strict";
import { isOrigin } from "./origins.ts";

Deno.test("an origin is a scheme, a host and an optional port, and can't extend a policy", () => {
  const good = [
    "https://pbx.example.com",
    "https://pbx.example.com:8443",
    "http://192.0.2.10",
    "https://[2001:db8::1]:444",
  ];
  const bad = [
    "",
    "*",
    "pbx.example.com",
    "https://*.example.com",
    "https://pbx.example.com/",
    "https://pbx.example.com:443",
    "https://PBX.example.com",
    "https://pbx.example.com; script-src *",
    "https://pbx.example.com;script-src",
    "https://'self'",
    "ftp://pbx.example.com",
    "https://user@pbx.example.com",
  ];

  for (const text of good) equal(isOrigin(text), true, text);
  for (const text of bad) equal(isOrigin(text), false, text);
});
