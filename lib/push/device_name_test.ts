import { deepEqual } from "node:assert/strict";
import { deviceName } from "./device_name.ts";

Deno.test("deviceName() names browser and system, also of browsers that imitate others", () => {
  const like = "AppleWebKit/537.36 (KHTML, like Gecko)";
  const agents: [userAgent: string, name: string][] = [
    [
      `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${like} Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0`,
      "Edge, Windows",
    ],
    [
      `Mozilla/5.0 (Linux; Android 10; K) ${like} Chrome/140.0.0.0 Mobile Safari/537.36`,
      "Chrome, Android",
    ],
    [
      "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
      "Firefox, Linux",
    ],
    [
      "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1",
      "Safari, iPhone",
    ],
    [
      "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15",
      "Safari, macOS",
    ],
    ["curl/8.0", ""],
    ["", ""],
  ];

  deepEqual(
    agents.map(([userAgent]) => deviceName(userAgent)),
    agents.map(([, name]) => name),
  );
});
