import { deepEqual } from "node:assert/strict";
import * as v from "valibot";
import { PushBrowser } from "@/tests/support/push_browser.ts";
import { BrowserSubscription, PushEndpoint } from "./endpoint.ts";

Deno.test("[PUSH7] an endpoint is an https URL of a named host on the default port", () => {
  const good = [
    "https://fcm.googleapis.com/fcm/send/abc:def-_",
    "https://updates.push.services.mozilla.com/wpush/v2/abc",
    "https://web.push.apple.com/abc",
    "https://wns2-par02p.notify.windows.com/w/?token=abc%3d",
    "https://push.example.com:443/abc",
    "https://push.example.com/".padEnd(1_024, "a"),
  ];
  const bad = [
    ...["http://push.example.com/a", "https://push.example.com:8443/a"],
    ...["https://127.0.0.1/a", "https://[::1]/a", "https://0x7f000001/a"],
    ...["https://localhost/a", "https://u:p@push.example.com/a", "a"],
    ...["https://u@push.example.com/a", "https://push.example.com/#a", ""],
    "https://:p@push.example.com/a",
    "https://push.example.com/".padEnd(1_025, "a"),
  ];

  deepEqual(good.filter((one) => !v.is(PushEndpoint, one)), []);
  deepEqual(bad.filter((one) => v.is(PushEndpoint, one)), []);
});

Deno.test("[PUSH7] a subscription has a key on the curve and a secret of 16 bytes", () => {
  const endpoint = "https://push.example.com/a";
  const { keys } = new PushBrowser();
  const isGood = (changed: object) =>
    v.is(BrowserSubscription, { endpoint, keys: { ...keys, ...changed } });

  deepEqual(
    [{}, { auth: "AAAA" }, { p256dh: "A".repeat(87) }, { p256dh: keys.auth }]
      .map(isGood),
    [true, false, false, false],
  );
});
