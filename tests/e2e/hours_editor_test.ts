import { deepEqual, equal } from "node:assert/strict";
import { Buffer } from "node:buffer";
import type { Locator, Page } from "playwright-core";
import {
  addAgent,
  addWidget,
  save,
  setUp,
} from "@/tests/support/admin_pages.ts";
import { AdminClient } from "@/tests/support/admin_client.ts";
import { checkAccess } from "@/tests/support/axe.ts";
import { openBrowser } from "@/tests/support/browser.ts";
import { enter, gone, press, reach, seen } from "@/tests/support/seen.ts";
import { type Service, startService } from "@/tests/support/service.ts";
import { forEachWidth, WINDOWS } from "@/tests/support/widths.ts";

const CALENDAR = [
  "BEGIN:VCALENDAR",
  "BEGIN:VEVENT",
  "DTSTART;VALUE=DATE:20001225",
  "RRULE:FREQ=YEARLY",
  "SUMMARY:Christmas Day",
  "END:VEVENT",
  "BEGIN:VEVENT",
  "DTSTART;VALUE=DATE:20990410",
  "SUMMARY:Good Friday",
  "END:VEVENT",
  "BEGIN:VEVENT",
  "DTSTART:20990410T090000Z",
  "SUMMARY:Meeting",
  "END:VEVENT",
  "END:VCALENDAR",
].join("\r\n");

/** Returns the content of the only widget with this name. */
async function contentOf({ url }: Service, page: Page, name: string) {
  const cookies = await page.context().cookies();
  const client = new AdminClient(
    url,
    cookies.map(({ name, value }) => `${name}=${value}`).join("; "),
  );
  const widgets = await client.widgets();
  return widgets.find(({ content }) => content.name === name)?.content;
}

async function chooseFile(part: Locator, text: string): Promise<void> {
  await part.locator('input[type="file"][accept*=".ics"]').setInputFiles({
    name: "holidays.ics",
    mimeType: "text/calendar",
    buffer: Buffer.from(text),
  });
}

/** Checks the page while no control is half below the fixed header. */
async function checkFromTop(page: Page): Promise<void> {
  await page.evaluate(() => scrollTo(0, 0));
  await checkAccess(page);
}

forEachWidth(
  "an administrator limits a widget to opening hours, and imports holidays",
  async (width) => {
    await using service = await startService();
    await using browser = await openBrowser();
    const { page } = await browser.open({
      ...WINDOWS[width],
      timezoneId: "Asia/Kathmandu",
    });
    await setUp(page, service);
    const panel = await addWidget(page, "cardset", "Team");
    await addAgent(page, panel, "ben", "Ben");
    await press(panel.getByRole("tab", { name: "Opening hours" }));
    await press(panel.getByRole("switch", { name: "Limit to opening hours" }));

    await seen(panel.getByRole("status").getByText(/^(Open|Closed) now/));
    await press(panel.getByRole("button", { name: "Remove time 1: Monday" }));
    await press(panel.getByRole("button", { name: "Add time: Monday" }));
    await enter(panel.getByLabel("Monday, time 1, from"), "22:00");
    await enter(panel.getByLabel("Monday, time 1, to"), "02:30");
    await reach(panel.getByText("ends the next day"));
    await press(
      panel.getByRole("button", { name: "Copy Monday to other days" }),
    );
    const copy = panel.getByRole("group", { name: "Copy Monday to" });
    await press(copy.getByLabel("Friday"));
    await press(copy.getByRole("button", { name: "Copy" }));
    await gone(copy);
    await chooseFile(panel, CALENDAR);
    const dialog = page.getByRole("dialog");
    await seen(dialog.getByText("Christmas Day: every year on December 25"));
    await seen(dialog.getByText("1 event with a time of day is left out."));
    await checkFromTop(page);
    await press(dialog.getByRole("button", { name: "Add 2 exceptions" }));
    await gone(dialog);
    await checkFromTop(page);
    await save(panel);

    const content = await contentOf(service, page, "Team");
    const night = [{ from: "22:00", to: "02:30" }];
    const office = [{ from: "09:00", to: "17:00" }];
    const christmas = { from: "2000-12-25", to: "2000-12-25", yearly: true };
    const friday = { from: "2099-04-10", to: "2099-04-10", yearly: false };
    deepEqual(content?.hours, {
      timeZone: content?.hours?.timeZone,
      week: [night, night, night, night, office, [], []],
      exceptions: [
        { name: "Christmas Day", ...christmas, intervals: [] },
        { name: "Good Friday", ...friday, intervals: [] },
      ],
    });
    equal(/^Asia\/Kat(h)?mandu$/.test(content?.hours?.timeZone ?? ""), true);
  },
);

Deno.test("errors of opening hours are next to their fields, and a calendar file that cannot be read says so", async () => {
  await using service = await startService();
  await using browser = await openBrowser();
  const { page } = await browser.open({ locale: "de" });
  await page.goto(service.setupUrl ?? "");
  await enter(page.getByLabel("Anmeldename"), "ada");
  await enter(page.getByLabel("Ihr Name"), "Ada Example");
  await enter(
    page.getByLabel("Passwort", { exact: true }),
    "correct horse battery",
  );
  await enter(
    page.getByLabel("Passwort wiederholen"),
    "correct horse battery",
  );
  await press(page.getByRole("button", { name: "Konto anlegen" }));
  await press(page.locator(".widget-toggle").first());
  const panel = page.locator("section.widget[data-open]");
  await press(panel.getByRole("tab", { name: "Öffnungszeiten" }));
  await press(panel.getByRole("switch"));

  await press(
    panel.getByRole("button", { name: "Zeit hinzufügen: Dienstag" }),
  );
  await enter(panel.getByLabel("Dienstag, Zeit 2, von"), "16:00");
  await press(panel.getByRole("button", { name: "Ausnahme hinzufügen" }));
  await enter(panel.getByLabel("Letzter Tag"), "2001-01-01");
  await press(panel.getByRole("button", { name: "Speichern" }));
  await reach(
    panel.getByRole("group", { name: "Dienstag" })
      .getByText("Diese Zeiten überschneiden sich."),
  );
  await reach(panel.getByText("Das darf nicht vor dem ersten Tag liegen."));
  await enter(panel.getByLabel("Dienstag, Zeit 2, von"), "18:00");
  await gone(panel.getByText("Diese Zeiten überschneiden sich."));
  await chooseFile(panel, "<!DOCTYPE html>");

  await reach(
    panel.getByText("Das ist keine lesbare Kalenderdatei (.ics)."),
  );
  await checkFromTop(page);
});

Deno.test("the preview shows a widget open and closed, and an agent can have own hours", async () => {
  await using service = await startService();
  await using browser = await openBrowser();
  const { page } = await browser.open();
  await setUp(page, service);
  const panel = await addWidget(page, "cardset", "Team");
  await addAgent(page, panel, "ben", "Ben");

  await press(panel.getByRole("button", { name: "Edit Ben" }));
  const dialog = page.getByRole("dialog");
  await press(dialog.getByRole("switch", { name: "Own opening hours" }));
  await press(dialog.getByRole("button", { name: "Around the clock" }));
  await reach(dialog.getByText("24 hours").first());
  await checkAccess(page);
  await press(dialog.getByRole("button", { name: "Apply" }));
  const card = panel.frameLocator("iframe").locator(".card");
  await reach(card.getByText("Available"));
  await press(panel.getByRole("radio", { name: "Closed" }));
  await reach(card.getByText(/Back tomorrow at 9:00/));
  await press(panel.getByRole("radio", { name: "Open" }));
  await reach(card.getByText("Available"));
  await save(panel);

  const content = await contentOf(service, page, "Team");
  equal(content?.hours, undefined);
  deepEqual(
    content?.agents[0]?.hours?.week[6],
    [{ from: "00:00", to: "00:00" }],
  );
});
