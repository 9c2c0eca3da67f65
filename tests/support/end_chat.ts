import type { Page } from "playwright-core";
import { press } from "./seen.ts";

/** Ends the running chat of a page's widget, and confirms it as visitors do. */
export async function endChat(
  page: Page,
  { endChat, endAsk } = { endChat: "End chat", endAsk: "End this chat?" },
): Promise<void> {
  const end = { name: endChat, exact: true };
  await press(page.getByRole("button", end));
  await press(
    page.getByRole("alertdialog", { name: endAsk })
      .getByRole("button", end),
  );
}
