import { deepEqual, equal } from "node:assert/strict";
import type { DeviceUser } from "./device_sheet.ts";
import { Sheet } from "./sheet.ts";

function newSheet() {
  const shown: string[] = [];
  const sheet: Sheet = new Sheet(
    {} as DeviceUser,
    () => shown.push(sheet.shown),
  );
  return { sheet, shown };
}

Deno.test("of keypad and devices one is shown at a time, and a second press hides it", () => {
  const { sheet, shown } = newSheet();

  sheet.toggle("keypad");
  sheet.toggle("devices");
  sheet.toggle("devices");

  deepEqual(shown, ["keypad", "devices", "none"]);
});

Deno.test("a device list that can't be shown is closed again", async () => {
  const { sheet, shown } = newSheet();
  sheet.toggle("devices");

  // No document here: showing fails as it does without a network.
  const place = { isConnected: true } as Element;
  await sheet.devices(place, () => "");

  deepEqual(shown, ["devices", "none"]);
});

Deno.test("the end of a call closes its sheet", () => {
  const { sheet } = newSheet();
  sheet.toggle("keypad");

  sheet.close();

  equal(sheet.shown, "none");
});
