import { deepEqual, equal } from "node:assert/strict";
import { pageAddress } from "./page_address.ts";

const SECRET =
  "https://ada:pass@shop.example:8443/reset;v=1?token=SECRET&utm_source=mail&utm_source=x%26y#access_token=abc";

Deno.test("pageAddress() keeps only origin and path", () => {
  equal(pageAddress(SECRET), "https://shop.example:8443/reset;v=1");
});

Deno.test("pageAddress() keeps every value of the named query parameters", () => {
  equal(
    pageAddress(SECRET, ["utm_source", "UTM_SOURCE", "other"]),
    "https://shop.example:8443/reset;v=1?utm_source=mail&utm_source=x%26y",
  );
});

Deno.test("pageAddress() returns nothing for an address that isn't a web page", () => {
  const others = [
    "",
    "/path",
    "file:///home/ada/x.html",
    "javascript:alert(1)",
  ];

  deepEqual(others.map((address) => pageAddress(address)), ["", "", "", ""]);
});
