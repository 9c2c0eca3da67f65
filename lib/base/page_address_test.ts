import { deepEqual, equal } from "node:assert/strict";
import { pageAddress } from "./page_address.ts";

const SECRET =
  "https://ada:pass@shop.example:8443/reset;v=1?token=SECRET&utm_source=mail&utm_source=x%26y#access_token=abc";

Deno.test("pageAddress() keeps origin and path alone", () => {
  equal(pageAddress(SECRET), "https://shop.example:8443/reset;v=1");
});

Deno.test("pageAddress() keeps the query parameters that are named, each value", () => {
  equal(
    pageAddress(SECRET, ["utm_source", "UTM_SOURCE", "other"]),
    "https://shop.example:8443/reset;v=1?utm_source=mail&utm_source=x%26y",
  );
});

Deno.test("pageAddress() returns nothing for what is not a web page", () => {
  const others = [
    "",
    "/path",
    "file:///home/ada/x.html",
    "javascript:alert(1)",
  ];

  deepEqual(others.map((address) => pageAddress(address)), ["", "", "", ""]);
});
