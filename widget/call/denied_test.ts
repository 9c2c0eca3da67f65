import { deepEqual } from "node:assert/strict";
import { deniedReason } from "./denied.ts";

const CHROME =
  "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36";
const IN_APPS = [
  "Mozilla/5.0 (iPhone) AppleWebKit/605.1.15 Mobile/21A [FBAN/FBIOS;FBAV/440.0]",
  "Mozilla/5.0 (iPhone) AppleWebKit/605.1.15 Mobile/21A Instagram 300.0 (iPhone)",
  "Mozilla/5.0 (iPhone) AppleWebKit/605.1.15 Mobile/21A [LinkedInApp]/9.29",
  "Mozilla/5.0 (Linux; Android 14; wv) Chrome/130.0 musical_ly_2023 BytedanceWebview/d8a21c6",
];

Deno.test("deniedReason() names the page's policy, the app, or the visitor's own choice", () => {
  const page = { userAgent: CHROME, isFramed: false, allowsMicrophone: true };

  const reasons = [
    page,
    { ...page, allowsMicrophone: false },
    { ...page, isFramed: true },
    { ...page, isFramed: true, allowsMicrophone: undefined },
    { ...page, allowsMicrophone: undefined },
    ...IN_APPS.map((userAgent) => ({ ...page, userAgent })),
  ].map(deniedReason);

  deepEqual(reasons, [
    "noPermission",
    "blockedByPage",
    "noPermission",
    "blockedByPage",
    "noPermission",
    ...IN_APPS.map(() => "inAppBrowser"),
  ]);
});
