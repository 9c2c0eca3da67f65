import { deepEqual, equal } from "node:assert/strict";
import { type LinkState, openLink, stepLink } from "./link_machine.ts";

const START = 1_000_000;
const LOGIN = JSON.stringify({
  mt: "AppLogin",
  sip: "widgets",
  digest: "0".repeat(64),
});
const INFO = JSON.stringify({ mt: "PbxInfo", domain: "example.com" });

/** Returns the time left at each of these events, which are a second apart. */
function leftAfter(events: Parameters<typeof stepLink>[1][]) {
  let link: LinkState = openLink("0123", START);
  let now = START;
  return events.map((event) => {
    now += 1_000;
    link = stepLink(link, event, now).state;
    return `${link.state} ${link.until && link.until - now}`;
  });
}

function frame(message: object | string): Parameters<typeof stepLink>[1] {
  const text = typeof message === "string" ? message : JSON.stringify(message);
  return { type: "frame", text };
}

Deno.test("[P18] each step of a login has its own time, which other messages don't prolong", () => {
  equal(openLink("0123", START).until, START + 10_000);
  deepEqual(
    leftAfter([
      frame({ mt: "KeepAlive" }),
      frame({ mt: "Unknown" }),
      frame({ mt: "AppChallenge" }),
      frame({ mt: "AppChallenge" }),
      frame({ mt: "KeepAlive" }),
      frame(LOGIN),
      frame({ mt: "KeepAlive" }),
    ]),
    [
      "opening 9000",
      "opening 8000",
      "challenged 10000",
      "challenged 9000",
      "challenged 8000",
      "checking 10000",
      "checking 9000",
    ],
  );
});

Deno.test("[P18] after the login any message prolongs the wait for PbxInfo, and then there is no limit", () => {
  deepEqual(
    leftAfter([
      frame({ mt: "AppChallenge" }),
      frame(LOGIN),
      { type: "checked", genuine: true },
      frame("no JSON"),
      frame({ mt: "KeepAlive" }),
      frame(INFO),
      frame({ mt: "KeepAlive" }),
    ]).slice(2),
    [
      "welcome 180000",
      "welcome 180000",
      "welcome 180000",
      "ready undefined",
      "ready undefined",
    ],
  );
});
