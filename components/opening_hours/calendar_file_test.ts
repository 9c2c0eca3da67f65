import { deepEqual, equal } from "node:assert/strict";
import { CALENDAR_BYTES_MAX } from "./calendar_days.ts";
import { EVENTS_MAX, readCalendar } from "./calendar_file.ts";

const TODAY = "2030-06-15";

function calendar(...events: string[][]): string {
  const lines = events.flatMap((event) => [
    "BEGIN:VEVENT",
    ...event,
    "END:VEVENT",
  ]);
  return ["BEGIN:VCALENDAR", "VERSION:2.0", ...lines, "END:VCALENDAR", ""]
    .join("\r\n");
}

/** Each day as `name from to`, and `yearly`; then what was left out. */
function read(text: string): string[] {
  const result = readCalendar(text, TODAY);
  if (!result.ok) return [result.error.reason];
  const { found, timed, past, unread } = result.value;
  const left = Object.entries({ timed, past, unread })
    .filter(([, count]) => count > 0).map(([name, count]) =>
      `${count} ${name}`
    );
  return [
    ...found.map(({ name, from, to, yearly }) =>
      [name, from, to, ...(yearly ? ["yearly"] : [])].join(" ")
    ),
    ...left,
  ];
}

Deno.test("readCalendar() reads whole days, in the order of their first day", () => {
  const text = calendar(
    [
      "SUMMARY:Company holidays",
      "DTSTART;VALUE=DATE:20301223",
      "DTEND;VALUE=DATE:20310102",
    ],
    ["DTSTART;VALUE=DATE:20300815", "SUMMARY;LANGUAGE=de:Mariä Himmelfahrt"],
    ["DTSTART;VALUE=DATE:20300901", "DURATION:P1W", "SUMMARY:A\\, b\\; c\\nd"],
    ["DTSTART:20301003", "SUMMARY:Tag der Deutschen", " Einheit"],
  );

  deepEqual(read(text), [
    "Mariä Himmelfahrt 2030-08-15 2030-08-15",
    "A, b; c d 2030-09-01 2030-09-07",
    "Tag der DeutschenEinheit 2030-10-03 2030-10-03",
    "Company holidays 2030-12-23 2031-01-01",
  ]);
});

Deno.test("readCalendar() makes yearly exceptions of dates that repeat each year", () => {
  const text = calendar(
    ["DTSTART;VALUE=DATE:20001225", "RRULE:FREQ=YEARLY", "SUMMARY:Christmas"],
    [
      "DTSTART;VALUE=DATE:20000101",
      "DTEND;VALUE=DATE:20000102",
      "RRULE:FREQ=YEARLY;INTERVAL=1;BYMONTH=1;BYMONTHDAY=1;WKST=MO",
      "SUMMARY:New Year",
    ],
    ["DTSTART;VALUE=DATE:20240229", "RRULE:FREQ=YEARLY", "SUMMARY:Leap"],
  );

  deepEqual(read(text), [
    "New Year 2000-01-01 2000-01-01 yearly",
    "Christmas 2000-12-25 2000-12-25 yearly",
    "Leap 2024-02-29 2024-02-29 yearly",
  ]);
});

Deno.test("readCalendar() computes days that move, and repetitions that end, for the next years", () => {
  const text = calendar(
    [
      "DTSTART;VALUE=DATE:20101125",
      "RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH",
      "SUMMARY:Thanksgiving",
      "EXDATE;VALUE=DATE:20321125",
    ],
    [
      "DTSTART;VALUE=DATE:20300527",
      "RRULE:FREQ=YEARLY;BYMONTH=5;BYDAY=-1MO;COUNT=2",
      "SUMMARY:Memorial",
    ],
    [
      "DTSTART;VALUE=DATE:20290701",
      "RRULE:FREQ=YEARLY;UNTIL=20310701",
      "SUMMARY:Fair",
    ],
  );

  deepEqual(read(text), [
    "Fair 2030-07-01 2030-07-01",
    "Thanksgiving 2030-11-28 2030-11-28",
    "Memorial 2031-05-26 2031-05-26",
    "Fair 2031-07-01 2031-07-01",
    "Thanksgiving 2031-11-27 2031-11-27",
    "Thanksgiving 2033-11-24 2033-11-24",
  ]);
});

Deno.test("readCalendar() counts what it leaves out: times of day, the past, and what it cannot read", () => {
  const text = calendar(
    ["DTSTART:20300701T090000Z", "SUMMARY:Meeting"],
    ["DTSTART;TZID=Europe/Berlin:20300701T090000", "RRULE:FREQ=WEEKLY"],
    ["DTSTART;VALUE=DATE:20300614", "SUMMARY:Yesterday"],
    ["DTSTART;VALUE=DATE:20300615", "SUMMARY:Today"],
    ["DTSTART;VALUE=DATE:20300701", "RRULE:FREQ=WEEKLY"],
    ["DTSTART;VALUE=DATE:20300701", "RRULE:FREQ=YEARLY;BYWEEKNO=20"],
    ["DTSTART;VALUE=DATE:20300701", "STATUS:CANCELLED"],
    ["DTSTART;VALUE=DATE:20300701", "DTEND;VALUE=DATE:20330701"],
    ["DTSTART;VALUE=DATE:20300231"],
    ["SUMMARY:Nothing"],
  );

  deepEqual(read(text), [
    "Today 2030-06-15 2030-06-15",
    "2 timed",
    "1 past",
    "6 unread",
  ]);
});

Deno.test("readCalendar() takes nothing from an alarm inside an event", () => {
  const text = calendar([
    "DTSTART;VALUE=DATE:20300701",
    "BEGIN:VALARM",
    "SUMMARY:Alarm",
    "DURATION:P3D",
    "END:VALARM",
    "SUMMARY:Event",
  ]);

  deepEqual(read(text), ["Event 2030-07-01 2030-07-01"]);
});

Deno.test("readCalendar() removes hidden characters from a name, and cuts it to its limit", () => {
  const text = calendar([
    "DTSTART;VALUE=DATE:20300701",
    `SUMMARY:\u202eEvil\u0007 ${"x".repeat(100)}`,
  ]);

  const result = readCalendar(text, TODAY);

  const name = result.ok ? result.value.found[0]?.name : "";
  equal(name, `Evil ${"x".repeat(55)}`);
});

Deno.test("readCalendar() rejects what is no calendar, or too big", () => {
  const one = ["DTSTART;VALUE=DATE:20300701"];

  deepEqual(read(""), ["unreadable"]);
  deepEqual(read("<!DOCTYPE html><p>BEGIN:VCALENDAR"), ["unreadable"]);
  deepEqual(read(calendar()), []);
  deepEqual(read(" ".repeat(CALENDAR_BYTES_MAX + 1)), ["too-big"]);
  equal(read(calendar(...Array(EVENTS_MAX).fill(one))).length, EVENTS_MAX);
  deepEqual(read(calendar(...Array(EVENTS_MAX + 1).fill(one))), ["too-many"]);
});

Deno.test("readCalendar() rejects a damaged file", () => {
  const lines = ["no property", "RRULE:FREQ=SOMETIMES", 'SUMMARY;X="a:b'];

  for (const line of lines) {
    deepEqual(read(calendar(["DTSTART;VALUE=DATE:20300701", line])), [
      "unreadable",
    ]);
  }
});

Deno.test("readCalendar() computes repetitions by week, month and day up to 100 days", () => {
  const text = calendar(
    [
      "DTSTART;VALUE=DATE:20300705",
      "RRULE:FREQ=WEEKLY;BYDAY=FR;COUNT=2",
      "SUMMARY:Summer Friday",
    ],
    [
      "DTSTART;VALUE=DATE:20301129",
      "RRULE:FREQ=MONTHLY;BYDAY=-1FR;UNTIL=20310131",
      "SUMMARY:Stocktaking",
    ],
    [
      "DTSTART;VALUE=DATE:20310130",
      "RRULE:FREQ=MONTHLY;COUNT=2",
      "SUMMARY:Not in February",
    ],
    ["DTSTART;VALUE=DATE:20301224", "RRULE:FREQ=DAILY;COUNT=2", "SUMMARY:Day"],
    ["DTSTART;VALUE=DATE:20300701", "RRULE:FREQ=DAILY;COUNT=101"],
    ["DTSTART;VALUE=DATE:20100705", "RRULE:FREQ=WEEKLY;UNTIL=20300801"],
  );

  deepEqual(read(text), [
    "Summer Friday 2030-07-05 2030-07-05",
    "Summer Friday 2030-07-12 2030-07-12",
    "Stocktaking 2030-11-29 2030-11-29",
    "Day 2030-12-24 2030-12-24",
    "Day 2030-12-25 2030-12-25",
    "Stocktaking 2030-12-27 2030-12-27",
    "Not in February 2031-01-30 2031-01-30",
    "Stocktaking 2031-01-31 2031-01-31",
    "Not in February 2031-03-30 2031-03-30",
    "2 unread",
  ]);
});

Deno.test("readCalendar() computes a limited number of rules", () => {
  const rule = [
    "DTSTART;VALUE=DATE:20281123",
    "RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH",
  ];

  const rows = read(calendar(...Array(EVENTS_MAX).fill(rule)));

  const left = Number(/^(\d+) unread$/.exec(rows.at(-1) ?? "")?.[1]);
  // Each of the others has four days, from 2030 to 2033.
  equal((rows.length - 1) / 4 + left, EVENTS_MAX);
  equal(left > 1_500 && left < 1_800, true, String(left));
});

Deno.test("readCalendar() leaves out days that a rule does not have, and rules that the library misreads", () => {
  const text = calendar(
    [
      "DTSTART;VALUE=DATE:20240229",
      "RRULE:FREQ=YEARLY;UNTIL=20330301",
      "SUMMARY:Leap",
    ],
    ["DTSTART;VALUE=DATE:20300701", "RRULE:FREQ=YEARLY;BYMONTH=2,7;COUNT=9"],
    ["DTSTART;VALUE=DATE:20300701", "RRULE:FREQ=MONTHLY;BYDAY=53MO;COUNT=2"],
    ["DTSTART;VALUE=DATE:20300701", "RRULE:FREQ=WEEKLY;INTERVAL=0;COUNT=2"],
    ["DTSTART;VALUE=DATE:20300701", "RRULE:FREQ=YEARLY", "RDATE:20300801"],
  );

  const rows = read(text);

  deepEqual(rows.filter((row) => row.includes("Leap")), [
    "Leap 2032-02-29 2032-02-29",
  ]);
  deepEqual(rows.at(-1), "2 unread");
});

Deno.test("readCalendar() reads a hostile file in a short time", () => {
  const start = performance.now();
  for (
    const line of [
      "DTSTART;X=" + '"'.repeat(200_000),
      ";A=B".repeat(100_000),
      "BEGIN:VEVENT\r\n".repeat(70_000),
      "RRULE:" + ";".repeat(500_000),
      "\r\n ".repeat(300_000),
      // The library would not return from the first two of these rules.
      "RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
      "RRULE:FREQ=WEEKLY;INTERVAL=2000000000",
      "RRULE:FREQ=YEARLY;BYMONTH=4;BYDAY=1MO;BYMONTHDAY=15",
      "RRULE:FREQ=MONTHLY;BYDAY=1MO;BYMONTHDAY=15",
      "RRULE:FREQ=SECONDLY",
    ]
  ) readCalendar(calendar(["DTSTART;VALUE=DATE:20300701", line]), TODAY);

  equal(performance.now() - start < 2_000, true);
});
