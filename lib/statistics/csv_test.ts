import { deepEqual, equal, ok } from "node:assert/strict";
import { csvOf } from "./csv.ts";
import { figuresOf } from "./figures.ts";

const figures = figuresOf(
  new Map([
    ["shown", 40],
    ["opened", 7],
    ["voice.ended.16", 1],
    ["voice.wait.3", 1],
    ["voice.waitMs", 4_240],
    ["voice.ms", 61_000],
    ["chat.missed.19", 2],
    ["messages", 3],
    ["chat.handovers", 2],
    ["voice.handovers", 2],
    ["video.handovers", 3],
    ["callbacks.asked", 4],
    ["callbacks.taken", 3],
    ["callbacks.over", 1],
    ["queue.wait.0", 1],
    ["queue.wait.5", 2],
    ["queue.left", 1],
  ]),
);
const points = [
  { start: "2026-11-22T00:00", figures },
  { start: "2026-11-23T00:00", figures: figuresOf(new Map()) },
];

Deno.test("[ST10] CSV has a byte order mark, a header and one line per point", () => {
  const csv = csvOf({ zone: "Europe/Berlin", points }, {
    widget: "Shop",
    agent: "",
  });

  const [header = "", first, second, end] = csv.split("\r\n");
  ok(header.startsWith("\uFEFFstart,time_zone,widget,agent,shown,opened,"));
  equal(
    first,
    "2026-11-22 00:00,Europe/Berlin,Shop,,40,7,2,1,0,0,1,2,4,4.8,4.2,61,0,3,2,4,3,1,3,1,67.5,90,5",
  );
  equal(
    second,
    "2026-11-23 00:00,Europe/Berlin,Shop,,0,0,0,0,0,0,0,0,,,,0,0,0,0,0,0,0,0,0,,,0",
  );
  equal(end, "");
  const ofAgent = csvOf({ zone: "UTC", points }, { widget: "", agent: "ada" });
  ok(ofAgent.split("\r\n")[1]?.startsWith("2026-11-22 00:00,UTC,,ada,,,2,1,"));
  equal(header.split(",").length, first?.split(",").length);
});

Deno.test("[ST10] no name becomes a formula or breaks its cell", () => {
  const names = [
    ["=1+1", "'=1+1"],
    ["+49", "'+49"],
    ["-x", "'-x"],
    ["@SUM(A1)", "'@SUM(A1)"],
    ["\t=1", "'\t'=1"],
    ['Shop "North", west', '"Shop ""North"", west"'],
    ['=HYPERLINK("a","b")', '"\'=HYPERLINK(""a"",""b"")"'],
  ];

  const cells = names.map(([name = ""]) =>
    csvOf({ zone: "UTC", points: points.slice(0, 1) }, {
      widget: name,
      agent: "",
    }).split("\r\n")[1]?.slice(
      "2026-11-22 00:00,UTC,".length,
      -",,40,7,2,1,0,0,1,2,4,4.8,4.2,61,0,3,2,4,3,1,3,1,67.5,90,5".length,
    )
  );

  deepEqual(cells, names.map(([, cell]) => cell));
});
