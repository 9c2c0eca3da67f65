import { deepEqual, equal } from "node:assert/strict";
import { anAgent, contentWith } from "@/tests/support/any_widget.ts";
import { apiApp, errorOf } from "@/tests/support/api_app.ts";
import { someException, someHours } from "@/tests/support/opening_hours.ts";

const HOURS = someHours({
  timeZone: "Europe/Berlin",
  days: [1, 2, 3, 4, 5, 6, 7],
  times: ["00:00-00:00"],
});

async function widgetApp() {
  const app = await apiApp();
  const { cookie } = await app.signIn("ada", "admin");
  const made = await app.call("POST", "/api/widgets", {
    cookie,
    body: { type: "sidebar" },
  });
  const { uuid, revision } = await made.json();
  return {
    put: (content: unknown) =>
      app.call("PUT", `/api/widgets/${uuid}`, {
        cookie,
        body: { revision, content },
      }),
    state: (hours: unknown) =>
      app.call("POST", "/api/hours", { cookie, body: hours }),
    [Symbol.dispose]: () => app[Symbol.dispose](),
  };
}

Deno.test("PUT /api/widgets names the field of opening hours that are not valid, and what is allowed", async () => {
  using app = await widgetApp();
  const late = { ...someException("2030-12-24"), to: "2030-12-23" };
  const table: [object, string, string][] = [
    [
      contentWith([], { hours: { ...HOURS, timeZone: "Europe/Berlim" } }),
      "content.hours.timeZone",
      "must be a time zone",
    ],
    [
      contentWith([
        anAgent("a"),
        anAgent("b", {
          hours: { ...HOURS, timeZone: "Mars/Base" },
        }),
      ]),
      "content.agents.1.hours.timeZone",
      "must be a time zone",
    ],
    [
      contentWith([], {
        hours: someHours({ days: [3], times: ["09:00-12:00", "11:00-13:00"] }),
      }),
      "content.hours.week.2",
      "must not overlap",
    ],
    [
      contentWith([anAgent("a", { hours: { ...HOURS, exceptions: [late] } })]),
      "content.agents.0.hours.exceptions.0.to",
      "must not be earlier than the first day",
    ],
    [
      { ...contentWith([]), hours: { ...HOURS, holidays: [] } },
      "content.hours.holidays",
      "",
    ],
  ];

  for (const [content, field, text] of table) {
    const error = await errorOf(await app.put(content), 400);

    equal(error.field, field);
    if (text !== "") equal(error.text, text);
  }
});

Deno.test("opening hours are stored with the widget, and a widget without them has none", async () => {
  using app = await widgetApp();
  const agents = [anAgent("a", { hours: HOURS }), anAgent("b")];
  const content = contentWith(agents, { hours: HOURS });

  const saved = await (await app.put(content)).json();

  deepEqual(saved.content.hours, HOURS);
  deepEqual(saved.content.agents.map((agent: object) => "hours" in agent), [
    true,
    false,
  ]);
});

Deno.test("POST /api/hours answers with the state of hours that are being edited", async () => {
  using app = await widgetApp();
  const closed = { ...HOURS, week: HOURS.week.map(() => []) };

  const states = [
    await (await app.state(HOURS)).json(),
    await (await app.state(closed)).json(),
  ];
  const error = await errorOf(
    await app.state({ ...HOURS, timeZone: "Mars/Base" }),
    400,
  );

  deepEqual(states, [{ open: true }, { open: false }]);
  deepEqual([error.field, error.text], ["timeZone", "must be a time zone"]);
});
